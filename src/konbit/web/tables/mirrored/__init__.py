"""Every table of a dossier as a table of the database: plain lines, limits from the columns."""

from __future__ import annotations

from konbit.dossier.registry import TABLES
from konbit.web.tables.mirrored import (
    arrears,
    follow_up,
    fund,
    mandate,
    pledge,
    requirement,
    situation,
    uncertainty,
)
from konbit.web.tables.mirrored.base import Mirrored

_MODULES = (mandate, requirement, pledge, fund, arrears, situation, uncertainty, follow_up)

MODELS: dict[str, type[Mirrored]] = {
    table.TABLE: next(
        getattr(module, table.__name__) for module in _MODULES if hasattr(module, table.__name__)
    )
    for table in TABLES
}

__all__ = ["MODELS", "Mirrored"]
