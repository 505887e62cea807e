"""A fund to try things on: two purses, two donors, two currencies, five people."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from konbit.fund import Books, Draft, Record, admit, compose

if TYPE_CHECKING:
    from konbit.terms import Finding

_START = datetime(2026, 1, 1, tzinfo=UTC)
FOUNDERS = [
    {"who": "olga", "role": "officer", "party": ""},
    {"who": "otto", "role": "officer", "party": ""},
    {"who": "anna", "role": "approver", "party": ""},
    {"who": "abel", "role": "approver", "party": ""},
    {"who": "vera", "role": "verifier", "party": ""},
    {"who": "kofi", "role": "contributor", "party": "KEN"},
]
TERMS: dict[str, Any] = {
    "title": "Anything",
    "modality": "",
    "cost_heads": [],
    "contributors": [],
    "places": [],
    "from_on": None,
    "until_on": None,
    "lethal": True,
    "support_cost_ppm": 130_000,
    "reserve_ppm": 0,
}


@dataclass
class Log:
    """A log that grows; whatever is refused leaves it as it was.

    Attributes:
        books: what it adds up to.
        records: what is in it.
    """

    books: Books = field(default_factory=Books)
    records: list[Record] = field(default_factory=list)

    def do(self, kind: str, *, actor: Any = "olga", approver: Any = "anna", **body: Any) -> str:
        """Record something; the code of the rule that refuses it, or nothing."""
        found = self.tried(kind, actor=actor, approver=approver, **body)
        return "" if found is None else found.code.removeprefix("ledger-")

    def tried(
        self, kind: str, *, actor: Any = "olga", approver: Any = "anna", **body: Any
    ) -> Finding | None:
        """Record something, or the finding why not."""
        record = self.composed(kind, actor=actor, approver=approver, **body)
        found = admit(record, self.books)
        if found is None:
            self.records.append(record)
        return found

    def composed(
        self, kind: str, *, actor: Any = "olga", approver: Any = "anna", **body: Any
    ) -> Record:
        """The record it would be."""
        size = self.books.size
        at = _START + timedelta(days=size)
        document = body.pop("document", None)
        key = body.pop("key", f"key-{size}")
        draft = Draft(
            kind=kind,
            body={"on": at.date().isoformat(), **body},
            key=key,
            authority="Financial rule 1",
            document_sha256=document,
        )
        return compose(
            draft,
            self.books,
            actor=actor,
            approver=approver,
            recorded_at=at.isoformat(timespec="microseconds").replace("+00:00", "Z"),
            fund="FUND",
        )

    def must(self, kind: str, **body: Any) -> None:
        """Record something that is allowed."""
        found = self.tried(kind, **body)
        assert found is None, found


def opened(**terms: Any) -> Log:
    """A fund in dollars with purses A and B, a bank account in each currency, and gifts.

    CAN-1 and USA-1 give to A in Canadian and United States dollars; FRA-1 to B in dollars.
    """
    log = Log()
    log.must(
        "fund_opened",
        title="Fund",
        currency="USD",
        mission="M",
        reconstruction=False,
        founders=FOUNDERS,
    )
    log.must("bank_opened", bank="MAIN", currency="USD")
    log.must("bank_opened", bank="OTTAWA", currency="CAD")
    log.must("purse_opened", purse="A", **{**TERMS, **terms})
    log.must("purse_opened", purse="B", **TERMS)
    log.must("exchange_rate_dated", currency="CAD", rate="0.7312")
    for code, purse, currency in (
        ("CAN-1", "A", "CAD"),
        ("USA-1", "A", "USD"),
        ("FRA-1", "B", "USD"),
    ):
        log.must(
            "contribution_opened",
            contribution=code,
            donor=code[:3],
            purse=purse,
            currency=currency,
            title=code,
        )
    return log


def allotted(log: Log, code: str, amount: int, **more: Any) -> str:
    """Allot from purse A for personnel."""
    body = {
        "purse": "A",
        "cost_head": "personnel",
        "contributor": "",
        "place": "",
        "lethal": False,
        "until_on": None,
        "plan": "",
        **more,
    }
    return log.do("allotted", allotment=code, amount_minor=amount, **body)


def obligated(log: Log, allotment: str, code: str, direct: int, **more: Any) -> str:
    """Obligate from an allotment."""
    body = {
        "payee": "KEN",
        "contributor": "",
        "place": "",
        "lethal": False,
        "until_on": None,
        "claim": "",
        **more,
    }
    return log.do("obligated", allotment=allotment, obligation=code, direct_minor=direct, **body)


def with_money(amount: Any = 1_000_000, **terms: Any) -> Log:
    """A fund whose purse A has received dollars from USA-1."""
    log = opened(**terms)
    log.must("signed", contribution="USA-1", amount_minor=amount)
    log.must("received", contribution="USA-1", bank="MAIN", amount_minor=amount)
    return log
