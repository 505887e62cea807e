"""What every section is written from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from konbit.briefing.assumed import Assumed
from konbit.briefing.names import Names
from konbit.briefing.page import anchor_of
from konbit.dossier.tables.requirement import Requirement

if TYPE_CHECKING:
    from collections.abc import Container

    from konbit.briefing.words import Words
    from konbit.dossier.dossier import Dossier
    from konbit.dossier.plan import Plan


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
    def assumed(self) -> Assumed:
        """Which numbers rest on assumptions."""
        return Assumed(self.plan, self.known)

    @cached_property
    def requirements(self) -> dict[str, Requirement]:
        """The requirements known on the plan's day."""
        return self.known.by_code(Requirement)

    def row(self, table: str, code: str) -> str:
        """The address on the page of a row of the dossier."""
        return "#" + anchor_of(table, code.partition("@")[0])
