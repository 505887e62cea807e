"""Drawn missions cut to a few months, small enough to be solved to the end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from instances import draw
from konbit.dossier import Dossier
from konbit.dossier.tables.arrears import ClaimStanding
from konbit.dossier.tables.mandate import Mission
from konbit.terms import Money
from made_missions.frame import AS_OF, BEGAN_ON, FACT

if TYPE_CHECKING:
    from datetime import date


def short_mission(severity: str, seed: int, months: int = 8) -> Dossier:
    """The smallest drawn mission, planned for its first months only."""
    dossier = draw("XS", severity, seed)
    mission = replace(dossier.mission, horizon_months=months)
    return Dossier({**dossier.tables, Mission: (mission,)})


def with_arrears(dossier: Dossier, contributor: str, dollars: int, until_on: date) -> Dossier:
    """The same, where a contributor is owed so many dollars until a day."""
    row = ClaimStanding(
        fund="TRUST",
        claim="C-1",
        on=AS_OF,
        contributor=contributor,
        served_until_on=BEGAN_ON,
        claimed=Money(dollars * 100, "USD"),
        expected_on=until_on,
        **FACT,
    )
    return Dossier({**dossier.tables, ClaimStanding: (row,)})
