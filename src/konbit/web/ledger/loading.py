"""Books filled from the database with what some drafts need, while the log is held.

Facts that are few (purses, banks, rates, roles, claims) are kept in the process from one time to
the next and only what is new is read; balances, allotments and obligations are read each time, and
only those that the drafts name.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection

from konbit.fund import Books, Record
from konbit.web.people.access import Standing
from konbit.web.people.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from konbit.fund import Draft
    from konbit.web.ledger.models import LedgerFund
    from konbit.web.people.models import User

_NAMED = {
    "allotments": ("allotment",),
    "obligations": ("obligation",),
    "contributions": ("contribution",),
    "purses": ("purse", "to_purse"),
    "banks": ("bank", "from_bank", "to_bank"),
    "claims": ("claim",),
    "sequences": ("sequence",),
}


class Held:
    """A log held until the transaction ends, and the books for some drafts.

    Attributes:
        books: as they are now, as far as the drafts need them.
        now: instant to record by.
        known: numbers of records whose key a draft has.
        trusted: what each person asked about is trusted with, by the person's number.
    """

    def __init__(
        self, books: Books, now: str, known: dict[str, int], trusted: dict[int, Standing]
    ) -> None:
        self.books = books
        self.now = now
        self.known = known
        self.trusted = trusted

    def demand(self, user: User, verb: str) -> None:
        """See that a person who was asked about may do something.

        Raises:
            PermissionDenied: the person may not.
        """
        if user.pk not in self.trusted or not self.trusted[user.pk].may(verb):
            raise PermissionDenied(verb)


_NOT_THEIRS = "42501"  # SQLSTATE of a privilege that somebody lacks
# Facts by fund: books without balances, and the leaf of the record after which they stand. Whoever
# uses them takes them out, and puts them back when the transaction is through.
_KEPT: dict[int, tuple[Books, str]] = {}


def hold(
    fund: LedgerFund,
    drafts: Iterable[Draft],
    people: Iterable[User] = (),
    *,
    flushes_later: bool = False,
) -> Held:
    """Wait for the log, and fill books for these drafts.

    Args:
        fund: whose log.
        drafts: what is wanted.
        people: who are asked about with it.
        flushes_later: let go of the log at commit, and see to it afterwards that it is on disk.

    Raises:
        PermissionDenied: the database does not let this user see the fund.
    """
    asked: dict[str, Any] = {
        **_asked(drafts),
        "people": [user.pk for user in people],
        "flushes_later": flushes_later,
    }
    books, leaf = _KEPT.pop(fund.pk, (Books(), ""))
    told = _begin(fund, books.size, asked)
    if (told["leaf"] or "") != leaf:
        books = Books()
        told = _begin(fund, 0, asked)
    _forget(books)
    for line in told["facts"]:
        books.learn(Record.from_bytes(line.encode()))
    _fill(books, told)
    trusted = {
        int(number): Standing(frozenset(map(Role, held["roles"])), held["own_code"])
        for number, held in told["people"].items()
    }
    return Held(books, told["now"], told["keys"], trusted)


def keep(fund: LedgerFund, books: Books, last: bytes) -> None:
    """Keep the facts of books whose last record has these bytes, for the next time."""
    from konbit.fund.transparency import leaf_hash

    _KEPT[fund.pk] = (books, leaf_hash(last).hex())


@contextmanager
def lend(fund: LedgerFund) -> Iterator[tuple[Books, str]]:
    """Facts that this process knows of a fund, without balances, and the leaf they stand after.

    Nobody else uses them meanwhile. Empty books where nothing is known.
    """
    books, leaf = _KEPT.pop(fund.pk, (Books(), ""))
    _forget(books)
    try:
        yield books, leaf
    finally:
        if leaf:
            _KEPT.setdefault(fund.pk, (books, leaf))


def _asked(drafts: Iterable[Draft]) -> dict[str, list[Any]]:
    found: dict[str, set[Any]] = {name: set() for name in ("keys", *_NAMED)}
    for draft in drafts:
        found["keys"].add(draft.key)
        for name, members in _NAMED.items():
            for member in members:
                value = draft.body.get(member)
                if type(value) in {str, int} and value != "":
                    found[name].add(value)
    return {name: sorted(values) for name, values in found.items()}


def _begin(fund: LedgerFund, since: int, asked: dict[str, Any]) -> dict[str, Any]:
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT konbit_ledger_begin(%s, %s, %s::jsonb)::text",
                [fund.pk, since, json.dumps(asked)],
            )
            row = cursor.fetchone()
    except ProgrammingError as error:
        if getattr(error.__cause__, "sqlstate", "") == _NOT_THEIRS:
            raise PermissionDenied("read") from error
        raise
    told: dict[str, Any] = json.loads(row[0]) if row else {}
    return told


def _forget(books: Books) -> None:
    """Drop what is read anew each time."""
    for kept in (books.balances, books.allotments, books.obligations, books.posted, books.keys):
        kept.clear()
    for claim in books.claims.values():
        claim["obligations"] = []


def _fill(books: Books, told: dict[str, Any]) -> None:
    for line in (*told["allotted"], *told["obligated"]):
        books.learn(Record.from_bytes(line.encode()))
    for line in told["undone"]:
        record = Record.from_bytes(line.encode())
        if record.postings:
            books.posted[record.sequence] = (record.kind, record.on, record.postings)
    for account, currency, amount, value in told["balances"]:
        books.balances[(account, currency)] = (amount, value)
    books.keys.update(told["keys"])
    books.size, books.recorded_at = told["size"], told["recorded_at"]
