"""A fund's ledger: records, the rules they satisfy, and what they add up to. Pure arithmetic."""

from konbit.fund.books import Books
from konbit.fund.kinds import KINDS, REGISTRY, Kind, Role
from konbit.fund.log import admit, compose, read_log, replay
from konbit.fund.record import Draft, Record
from konbit.fund.rules import broken
from konbit.fund.statement import statement_of, statement_sha256

__all__ = [
    "KINDS",
    "REGISTRY",
    "Books",
    "Draft",
    "Kind",
    "Record",
    "Role",
    "admit",
    "broken",
    "compose",
    "read_log",
    "replay",
    "statement_of",
    "statement_sha256",
]
