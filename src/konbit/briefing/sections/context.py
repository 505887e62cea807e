"""What every section is written from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from konbit.briefing.assumed import Assumed
from konbit.briefing.names import Names
from konbit.briefing.page import anchor_of
from konbit.briefing.words import ColumnWords
from konbit.dossier.facts import Fact
from konbit.dossier.registry import TABLES
from konbit.dossier.tables.requirement import Requirement

if TYPE_CHECKING:
    from collections.abc import Container

    from konbit.briefing.words import Words
    from konbit.dossier.columns import Row
    from konbit.dossier.dossier import Dossier
    from konbit.dossier.plan import Plan

MOST_ROWS_OF_A_TABLE = 150
# Tables that no number of a plan comes from.
NOT_PLANNED_FROM = frozenset(
    {"organisations", "locations", "indicators", "observations", "milestones", "paragraphs",
     "documents", "scenario_edits", "track_records"}
)  # fmt: skip


@dataclass(frozen=True)
class Context:
    """A plan, the dossier it was made from, the words, and the figures at hand.

    Attributes:
        plan: what the page is about.
        dossier: the dossier, with all its rows.
        words: the reader's language.
        figures: names of the figures that can be shown.
    """

    plan: Plan
    dossier: Dossier
    words: Words
    figures: Container[str] = ()

    @cached_property
    def known(self) -> Dossier:
        """The dossier as it was known on the plan's day."""
        return self.dossier.known_on(self.plan.as_of_on)

    @cached_property
    def names(self) -> Names:
        """Titles by code."""
        return Names(self.dossier, self.words)

    @cached_property
    def column_words(self) -> ColumnWords:
        """What columns of the dossier are called, in the reader's language."""
        return ColumnWords(self.words.language)

    @cached_property
    def assumed(self) -> Assumed:
        """Which numbers rest on assumptions."""
        return Assumed(self.plan, self.known)

    @cached_property
    def requirements(self) -> dict[str, Requirement]:
        """The requirements known on the plan's day."""
        return self.known.by_code(Requirement)

    @cached_property
    def source_rows(self) -> dict[type[Row], tuple[Fact, ...]]:
        """By table that the plan could read: the rows known on its day."""
        return {
            table: facts
            for table in TABLES
            if table.TABLE not in NOT_PLANNED_FROM
            and (facts := tuple(r for r in self.known.rows(table) if isinstance(r, Fact)))
        }

    @cached_property
    def _shown_rows(self) -> frozenset[str]:
        return frozenset(
            anchor_of(row.TABLE, row.label)
            for rows in self.source_rows.values()
            for row in rows[:MOST_ROWS_OF_A_TABLE]
        )

    def row(self, table: str, code: str) -> str:
        """The address on the page of a row of the dossier; its table's when it is not shown."""
        anchor = anchor_of(table, code.partition("@")[0])
        return f"#{anchor}" if anchor in self._shown_rows else self.table(table)

    def table(self, table: str) -> str:
        """The address on the page of the rows of a table of the dossier, empty without rows."""
        shown = any(table == row_class.TABLE for row_class in self.source_rows)
        return f"#sources-{table}" if shown else ""
