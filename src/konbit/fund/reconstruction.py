"""A fund's log put together afterwards, from a table of events that public sources tell.

Each row is an event: when it was known, when it was, what kind, its members, its source. The log
that comes of it says of itself that it is a reconstruction, and of each record whether it is a
placeholder. `paid` stands for allotment, obligation and payment at once, for sources tell payments
only; `as` gives a record a name by which `reversed` finds it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from konbit.fund.arithmetic import support_cost
from konbit.fund.books import Books
from konbit.fund.kinds import KINDS
from konbit.fund.log import admit, compose
from konbit.fund.record import Draft
from konbit.terms import Money

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from konbit.fund.record import Record
    from konbit.terms import Finding

ACTOR, APPROVER = "reconstruction", "reconstruction-second"
_TERMS: Mapping[str, Any] = {
    "modality": "",
    "cost_heads": [],
    "contributors": [],
    "places": [],
    "from_on": None,
    "until_on": None,
    "lethal": True,
}


class ReconstructionError(ValueError):
    """A row of the table does not fit; `row` counts from 1, `finding` says which rule."""

    def __init__(self, row: int, finding: Finding) -> None:
        super().__init__(f"row {row}: {finding.code} {dict(finding.values)}")
        self.row = row
        self.finding = finding


def reconstruct(rows: Iterable[Mapping[str, str]], fund: str, currency: str) -> list[Record]:
    """The records that rows become, in their order.

    Args:
        rows: columns `known_on`, `on`, `kind`, `members`, `placeholder`, `source`, `note`; in order
            of `known_on`.
        fund: code of the fund.
        currency: of the fund and of all amounts.

    Raises:
        ReconstructionError: a rule of the ledger does not allow a row.
    """
    books, records = Books(), []
    named: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        members = dict(part.split("=", 1) for part in row["members"].split(";") if part)
        for kind, body in _bodies(row["kind"], members, books, named, currency):
            told = {**body, "on": row["on"], "known_on": row["known_on"]}
            if row["placeholder"] == "yes":
                told["placeholder"] = True
            draft = Draft(kind=kind, body=told, key=f"{number}-{kind}", authority=_source(row))
            record = compose(
                draft,
                books,
                actor=ACTOR,
                approver=APPROVER if KINDS[kind].two else None,
                recorded_at=f"{row['known_on']}T12:00:00.000000Z",
                fund=fund,
            )
            found = admit(record, books)
            if found is not None:
                raise ReconstructionError(number, found)
            records.append(record)
            if "as" in members:
                named[members["as"]] = record.sequence
    return records


def _source(row: Mapping[str, str]) -> str:
    return f"{row['source']}: {row['note']}"[:500]


def _bodies(
    kind: str, members: dict[str, str], books: Books, named: Mapping[str, int], currency: str
) -> Iterator[tuple[str, dict[str, Any]]]:
    if kind == "paid":
        yield from _paid(members, books, currency)
        return
    body: dict[str, Any] = {n: v for n, v in members.items() if n not in {"as", "amount", "of"}}
    if "amount" in members:
        body["amount_minor"] = _minor(members["amount"], currency)
    if kind == "fund_opened":
        founders = [
            {"who": ACTOR, "role": "officer", "party": ""},
            {"who": APPROVER, "role": "approver", "party": ""},
        ]
        body.update(reconstruction=True, founders=founders)
    if kind == "purse_opened":
        heads = sorted(members.get("cost_heads", "").split())
        shares = {n: int(members[n]) for n in ("support_cost_ppm", "reserve_ppm")}
        body = {**_TERMS, **body, "cost_heads": heads, **shares}
    if kind == "contribution_opened":
        body["currency"] = currency
    if kind == "received":
        body["bank"] = members.get("bank") or next(iter(books.banks))
    if kind == "reversed":
        body["sequence"] = named[members["of"]]
    yield kind, body


def _paid(
    members: dict[str, str], books: Books, currency: str
) -> Iterator[tuple[str, dict[str, Any]]]:
    name, direct = members["name"], _minor(members["amount"], currency)
    use = {"contributor": members.get("contributor", ""), "place": "", "lethal": False}
    amount = direct + support_cost(direct, books.purses[members["purse"]]["support_cost_ppm"])
    yield (
        "allotted",
        {
            "purse": members["purse"],
            "allotment": name,
            "cost_head": members["cost_head"],
            **use,
            "amount_minor": amount,
            "until_on": None,
            "plan": "",
        },
    )
    yield (
        "obligated",
        {
            "allotment": name,
            "obligation": name,
            "payee": members["payee"],
            **use,
            "direct_minor": direct,
            "until_on": None,
            "claim": "",
        },
    )
    yield "disbursed", {"obligation": name, "bank": next(iter(books.banks)), "direct_minor": direct}


def _minor(text: str, currency: str) -> int:
    return Money.from_major(Decimal(text), currency).amount_minor
