"""What came of reading a dossier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from konbit.dossier import Dossier
from konbit.dossier.checks.references import unresolved_among
from konbit.terms import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from konbit.dossier import Row


@dataclass(frozen=True)
class Reading:
    """A dossier as read, with everything that was found on the way.

    Attributes:
        dossier: the dossier; None when any finding is an error, so that nothing is planned on half
            of what somebody wrote.
        findings: all findings, of all tables.
        rows: the rows that could be read, also where others could not.
    """

    dossier: Dossier | None
    findings: tuple[Finding, ...]
    rows: tuple[Row, ...] = ()

    @property
    def everything(self) -> tuple[Finding, ...]:
        """All findings, and of a dossier that cannot be read whole also references to nowhere.

        So a wrong name is told at once, and not only when every cell is mended. A table that is
        not read whole is not said to lack a row.
        """
        errors = [found for found in self.findings if found.severity is Severity.ERROR]
        if self.dossier is not None or any(not found.table for found in errors):
            return self.findings
        broken = {found.table for found in errors}
        return (*self.findings, *unresolved_among(self.rows, broken))

    @classmethod
    def of(cls, rows: Iterable[Row], findings: Iterable[Finding]) -> Reading:
        """The dossier of these rows, unless a finding is an error."""
        told, read = tuple(findings), tuple(rows)
        if any(found.severity is Severity.ERROR for found in told):
            return cls(None, told, read)
        return cls(Dossier.of(read), told, read)
