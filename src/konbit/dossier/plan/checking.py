"""Tables of a plan about itself: rules tested, and what it relies on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from konbit.dossier.columns import Row, code, integer, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Row):
    """A rule that was tested on the finished plan by separate arithmetic."""

    TABLE: ClassVar[str] = "verification"
    TITLE: ClassVar[str] = "Verification"
    ABOUT: ClassVar[str] = "Rules recomputed in whole numbers by code that did not make the plan."
    LINK: ClassVar[str] = "plan"
    KEY: ClassVar[tuple[str, ...]] = ("rule",)

    rule: str = code("Rule")
    tested: int = integer("Cases tested")
    violated: int = integer("Violations")
    first_violation: str = text("First violation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliance(Row):
    """How much of the plan rests on assumptions and placeholders."""

    TABLE: ClassVar[str] = "reliance"
    TITLE: ClassVar[str] = "What rests on assumptions"
    ABOUT: ClassVar[str] = (
        "Rows used by the plan, by table, and how many are assumed or placeholders."
    )
    LINK: ClassVar[str] = "plan"
    KEY: ClassVar[tuple[str, ...]] = ("about",)

    about: str = code("Table")
    rows_used: int = integer("Rows used")
    rows_assumed: int = integer("Of these assumed")
    rows_placeholder: int = integer("Of these placeholders")
