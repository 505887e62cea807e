"""A mission's tables as a dossier, now or after any change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.dossier import Dossier
from konbit.web.history.queries import last_change
from konbit.web.tables.keeping import Kept
from konbit.web.tables.mirrored import MODELS

if TYPE_CHECKING:
    from konbit.web.missions.models import Mission

_LARGEST_KEPT_ROWS = 20_000
_KEPT: Kept[Dossier] = Kept(8, lambda dossier: len(dossier.all_rows) <= _LARGEST_KEPT_ROWS)


def dossier_of(mission: Mission, change: int | None = None) -> Dossier:
    """The dossier of a mission after a change, by its number; without one, as it is now.

    As it is now is as its newest change left it, and is kept for that. Nobody sees changes of a
    mission who may not read it: for them there are none, and no rows.
    """
    if change is not None:
        return _read(mission, change)
    newest = last_change(mission)
    return _KEPT.of((mission.pk, newest), lambda: _read(mission, newest))


def _read(mission: Mission, change: int) -> Dossier:
    return Dossier.of(
        row
        for model in MODELS.values()
        for row in model.objects.of(mission.pk).after(change).rows()
    )
