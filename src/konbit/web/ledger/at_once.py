"""One person's records, recorded in one round trip, several people's in one commit.

What only needs facts (purses, banks, rates, roles: what a process keeps from one time to the next)
is asked here before the log is held, by every rule but those on balances and on numbers, which the
database asks when it appends. Whatever is unknown, unusual or refused here or there is left to the
slower way, which holds the log, reads all that is needed, and says what is wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, connection
from psycopg import Cursor

from konbit.fund.log import compose
from konbit.fund.rules import broken
from konbit.web.ledger.loading import lend
from konbit.web.people.roles import LEDGER_ROLES, MAY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from konbit.fund import Books, Draft
    from konbit.web.ledger.models import LedgerFund

# Of one person, and no fact; what they post follows from facts and their own body alone.
AT_ONCE = frozenset({"received", "interest"})
_OF_SOURCES = ("known_on", "placeholder")  # only of logs put together afterwards
_MOST_RECORDS = 1_000
# SQLSTATE of a rule, of a key that is there, of a fund that is not for the reader.
_REFUSED = frozenset({"23514", "23505", "42501"})
_RECORD = "CALL konbit_ledger_record(%s, %s, %s, %s, %s, NULL)"


class UnknownError(LookupError):
    """A rule asks for a balance, which is not known before the log is held."""


class _NoBalances(dict[tuple[str, str], tuple[int, int]]):
    """Balances that nobody knows yet."""

    def get(self, *_: Any) -> Any:
        raise UnknownError

    def __getitem__(self, _: Any) -> Any:
        raise UnknownError


def post_at_once(who: str, fund: LedgerFund, drafts: Sequence[Draft]) -> list[int] | None:
    """Numbers of the records, on disk; None where the slower way has to be taken.

    Args:
        who: the sender's identity in the log.
        fund: whose log.
        drafts: what is wanted.
    """
    if connection.in_atomic_block or len(drafts) > _MOST_RECORDS:
        return None
    if any(d.kind not in AT_ONCE or not d.body.keys().isdisjoint(_OF_SOURCES) for d in drafts):
        return None
    with lend(fund) as (books, leaf):
        asked = _asked(who, fund, drafts, books, leaf)
    return _recorded(asked, len(drafts)) if asked is not None else None


def _asked(
    who: str, fund: LedgerFund, drafts: Sequence[Draft], books: Books, leaf: str
) -> list[Any] | None:
    """What the database is asked to record; None where facts do not tell that it may be."""
    given = sorted(f"{role}:{party}" for holder, role, party in books.grants if holder == who)
    may = {str(role) for role in MAY["enter-ledger"]}
    if not any(LEDGER_ROLES[word.partition(":")[0]] in may for word in given):
        return None
    known, books.balances = books.balances, _NoBalances()
    try:
        lines = [_line(draft, books, who, fund.code) for draft in drafts]
    except UnknownError:
        return None
    finally:
        books.balances = known
    if None in lines:
        return None
    return [fund.pk, books.size, leaf, given, "\n".join(line for line in lines if line)]


def _line(draft: Draft, books: Books, who: str, fund: str) -> str | None:
    """A record's canonical JSON but for its number and instant; None if a rule is broken.

    Those two are asked about as if it came right after the last record that the books know.
    """
    instant = books.recorded_at
    record = compose(draft, books, actor=who, approver=None, recorded_at=instant, fund=fund)
    if broken(record, books, but=("overdrawn",)) is not None:
        return None
    line = record.to_bytes().decode()
    end = f'"recorded_at":"{instant}","rule":"{record.rule}","sequence":{record.sequence}}}'
    if not line.endswith(end):
        return None
    return f'{line[: -len(end)]}"recorded_at":"\x01","rule":"{record.rule}","sequence":\x02}}'


def _recorded(asked: list[Any], count: int) -> list[int] | None:
    try:
        connection.ensure_connection()
        # Prepared by the session once: the same call comes again and again.
        with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
            row = cursor.execute(_RECORD, asked, prepare=True).fetchone()
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", "") not in _REFUSED:
            raise
        return None  # asked again with the log held, it is refused in words, or known
    first = row[0] if row else None
    return None if first is None else list(range(first, first + count))
