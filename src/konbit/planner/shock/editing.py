"""Shocks as edits of a dossier: what comes out is an ordinary dossier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from konbit.dossier.difference import differences
from konbit.dossier.scenario import written_in
from konbit.dossier.shocks import Close, CutAssessed, Delay, Freeze, struck_in
from konbit.planner.shock.edits import Edits, WrongShockError
from konbit.planner.shock.money_shocks import cut_assessed, freeze
from konbit.planner.shock.place_shocks import close, delay
from konbit.planner.shock.unit_shocks import withdraw

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from konbit.dossier.dossier import Dossier
    from konbit.dossier.replay import Edited, Effect
    from konbit.dossier.shocks import Shock
    from konbit.planner.shock.edits import Setting
    from konbit.terms import Finding


@dataclass(frozen=True, eq=False)
class Shocked:
    """A dossier with shocks written into it.

    Attributes:
        dossier: the edits of the scenario are rows of it, so that none of them undoes a shock.
        effects: what each shock takes away.
        edits: rows added and cells changed by the shocks.
        split: offers that were parted in two, the new code to the old.
    """

    dossier: Dossier
    effects: tuple[Effect, ...]
    edits: tuple[Edited, ...]
    split: Mapping[str, str]


def shocked(
    dossier: Dossier, setting: Setting, shocks: Sequence[Shock]
) -> tuple[Shocked, tuple[Finding, ...]]:
    """Write shocks into a dossier, one after the other in order of the month in which they strike.

    Returns:
        The dossier, and a finding for every shock that cannot be replayed; such a shock changes
        nothing.
    """
    settled = written_in(dossier, setting.scenario)
    edits = Edits(settled, setting)
    effects, findings = [], []
    for shock in sorted(shocks, key=lambda one: struck_in(one, edits.months[0])):
        try:
            effects.append(_strike(edits, shock))
        except WrongShockError as error:
            findings.append(error.finding)
    edited = edits.dossier()
    changed = differences(settled, edited)
    return Shocked(edited, tuple(effects), changed, edits.split), tuple(findings)


def _strike(edits: Edits, shock: Shock) -> Effect:
    if isinstance(shock, Freeze):
        return freeze(edits, shock)
    if isinstance(shock, Close):
        return close(edits, shock)
    if isinstance(shock, Delay):
        return delay(edits, shock)
    if isinstance(shock, CutAssessed):
        return cut_assessed(edits, shock)
    return withdraw(edits, shock)
