"""What each table and column means; the frozen dossier and plan; their checks."""

from konbit.dossier.columns import Column, Kind, Row, columns_of
from konbit.dossier.dossier import Dossier, texts_of
from konbit.dossier.facts import Fact
from konbit.dossier.plan import Comparison, Plan
from konbit.dossier.registry import BY_NAME, TABLES

__all__ = [
    "BY_NAME",
    "TABLES",
    "Column",
    "Comparison",
    "Dossier",
    "Fact",
    "Kind",
    "Plan",
    "Row",
    "columns_of",
    "texts_of",
]
