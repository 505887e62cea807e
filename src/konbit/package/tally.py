"""Findings gathered while a table is read: safe to print, and never more than a screen can hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.package.characters import UNPRINTABLE
from konbit.package.limits import LONGEST_SHOWN, MOST_OF_A_KIND
from konbit.terms import Severity
from konbit.terms.finding import finding

if TYPE_CHECKING:
    from konbit.terms import Finding


class Tally:
    """The findings of one table, or of a dossier as a whole.

    Of each kind the first `MOST_OF_A_KIND` are listed; the rest are counted in one finding
    `more-findings` of the same severity.

    Args:
        table: name of the table, empty for the dossier as a whole.
    """

    def __init__(self, table: str = "") -> None:
        self._table = table
        self._listed: list[Finding] = []
        self._counts: dict[tuple[str, Severity], int] = {}
        self.has_errors = False

    def add(
        self, code: str, severity: Severity, row: str = "", column: str = "", **values: object
    ) -> None:
        """Note a finding. What was read from the file is made safe to print and cut to length."""
        self.has_errors = self.has_errors or severity is Severity.ERROR
        kind = (code, severity)
        self._counts[kind] = self._counts.get(kind, 0) + 1
        if self._counts[kind] <= MOST_OF_A_KIND:
            safe = {name: shown(str(value)) for name, value in values.items()}
            self._listed.append(
                finding(code, severity, self._table, shown(row), shown(column), **safe)
            )

    @property
    def is_hopeless(self) -> bool:
        """Whether so much stops the table that reading on would tell nobody anything."""
        return self.has_errors and sum(self._counts.values()) > 100 * MOST_OF_A_KIND

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings in the order in which they were made, and how many more there are."""
        more = (
            finding("more-findings", severity, self._table, count=count - MOST_OF_A_KIND)
            for (_, severity), count in self._counts.items()
            if count > MOST_OF_A_KIND
        )
        return (*self._listed, *more)


def shown(text: str) -> str:
    """A text of a file as it may be shown: no control characters, of bounded length."""
    cut = text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "\u2026"
    return UNPRINTABLE.sub("\ufffd", cut)
