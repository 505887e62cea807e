"""A mission's tables as a dossier, now or after any change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.dossier import Dossier
from konbit.web.tables.mirrored import MODELS

if TYPE_CHECKING:
    from konbit.web.missions.models import Mission


def dossier_of(mission: Mission, change: int | None = None) -> Dossier:
    """The dossier of a mission after a change, by its number; without one, as it is now."""
    return Dossier.of(
        row
        for model in MODELS.values()
        for row in model.objects.of(mission.pk).after(change).rows()
    )
