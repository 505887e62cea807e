"""Drawn missions cut to a few months, small enough to be solved to the end."""

from __future__ import annotations

from dataclasses import replace

from instances import draw
from konbit.dossier import Dossier
from konbit.dossier.tables.mandate import Mission


def short_mission(severity: str, seed: int, months: int = 8) -> Dossier:
    """The smallest drawn mission, planned for its first months only."""
    dossier = draw("XS", severity, seed)
    mission = replace(dossier.mission, horizon_months=months)
    return Dossier({**dossier.tables, Mission: (mission,)})
