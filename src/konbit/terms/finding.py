"""Findings: what is wrong or worth knowing in a user's data, without words.

Words are put on at the edge, in the reader's language, from the code and the values.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs. Only an error stops a plan."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One finding: where it is and the values that a sentence about it needs.

    Attributes:
        code: what kind of finding, for instance `reference-missing`.
        severity: error, warning or note.
        table: table name, empty when it concerns the dossier as a whole.
        row: key of the row, or `line 12` when the row has no readable key.
        column: column name, empty when it concerns the whole row.
        values: named values for the sentence, as sorted pairs of strings.
    """

    code: str
    severity: Severity
    table: str = ""
    row: str = ""
    column: str = ""
    values: tuple[tuple[str, str], ...] = ()


def finding(
    code: str,
    severity: Severity,
    table: str = "",
    row: str = "",
    column: str = "",
    **values: object,
) -> Finding:
    """Make a finding; the values are turned into text and sorted by name."""
    pairs = tuple(sorted((name, str(value)) for name, value in values.items()))
    return Finding(code, severity, table, row, column, pairs)
