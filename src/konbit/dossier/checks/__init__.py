"""What can be wrong or worth knowing in a dossier: small rules, each one function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.dossier.cells import LATEST
from konbit.dossier.checks import (
    arrears,
    earmarks,
    events,
    mandate,
    money,
    planning,
    priors,
    references,
    requirements,
    rotation,
    sources,
    units,
)
from konbit.dossier.checks.codes import FINDING_CODES
from konbit.dossier.checks.scope import Scope
from konbit.dossier.facts import Fact

if TYPE_CHECKING:
    from datetime import date

    from konbit.dossier.checks.scope import Rule
    from konbit.dossier.dossier import Dossier
    from konbit.terms import Finding

RULES: tuple[Rule, ...] = (
    *references.RULES,
    *events.RULES,
    *units.RULES,
    *rotation.RULES,
    *money.RULES,
    *arrears.RULES,
    *earmarks.RULES,
    *requirements.RULES,
    *planning.RULES,
    *priors.RULES,
    *mandate.RULES,
    *sources.RULES,
)

__all__ = ["FINDING_CODES", "RULES", "check"]


def check(dossier: Dossier, as_of_on: date | None = None) -> tuple[Finding, ...]:
    """Everything that is wrong or worth knowing in a dossier, in order.

    Args:
        dossier: any dossier, however broken.
        as_of_on: the day on which rules about a day look; without it, the newest day on which
            some row became known. Structural rules look at all rows, used and known or not.
    """
    day = _last_day(dossier) if as_of_on is None else as_of_on
    scope = Scope(dossier, dossier.known_on(day), day)
    return tuple(sorted({found for rule in RULES for found in rule(scope)}))


def _last_day(dossier: Dossier) -> date:
    states_a_fact = any(isinstance(row, Fact) for row in dossier.all_rows)
    return dossier.last_known_on if states_a_fact else LATEST
