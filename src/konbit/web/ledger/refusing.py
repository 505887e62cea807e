"""Refusals of the ledger: by a rule, by the database, because somebody decided before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from konbit.terms import Severity
from konbit.terms.finding import finding

if TYPE_CHECKING:
    from django.db import DatabaseError

    from konbit.terms import Finding

REFUSED_BY_RULE = "23514"  # SQLSTATE of our own refusals in the database


class LedgerRefusedError(Exception):
    """A rule does not allow a record; `finding` says which rule, of which draft."""

    def __init__(self, finding: Finding, number: int = 0) -> None:
        super().__init__(finding.code)
        self.finding = finding
        self.number = number


class AlreadyDecidedError(Exception):
    """A proposal was approved, refused or taken back before."""


def refusal(error: DatabaseError) -> Exception:
    """The database's own refusal as a finding; anything else as it is."""
    cause = error.__cause__
    state = getattr(cause, "sqlstate", "")
    said = str(getattr(getattr(cause, "diag", None), "message_primary", ""))
    if state == REFUSED_BY_RULE and said.startswith("ledger-"):
        return LedgerRefusedError(told(said))
    return error


def told(code: str, **values: Any) -> Finding:
    """The finding of a rule that refused."""
    return finding(code, Severity.ERROR, **values)
