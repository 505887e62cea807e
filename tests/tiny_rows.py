"""Rows made of what a test cares about: everything else that is required gets a plain value."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from konbit.dossier import Dossier, Kind, Row, columns_of
from konbit.dossier.checks import FINDING_CODES, check
from konbit.dossier.facts import Fact
from konbit.dossier.tables.fund import Contribution, ContributionEvent
from konbit.dossier.tables.mandate import Mission
from konbit.dossier.tables.pledge import Offer, UnitEvent
from konbit.terms import Money

if TYPE_CHECKING:
    from konbit.dossier import Column
    from konbit.terms import Finding

R = TypeVar("R", bound=Row)

NOTHING_TO_PLAN = frozenset({"nothing-stated", "no-requirement", "nothing-priced"})
LONG_AGO = date(2024, 1, 1)
AS_OF = date(2025, 6, 30)

_PLAIN: dict[Kind, Any] = {
    Kind.CODE: "A",
    Kind.REFERENCE: "",
    Kind.TEXT: "text",
    Kind.INTEGER: 1,
    Kind.DECIMAL: Decimal(1),
    Kind.DATE: LONG_AGO,
    Kind.COUNTRY: "XXX",
    Kind.CURRENCY: "USD",
}


def make(table: type[R], /, **values: Any) -> R:
    """A row of a table with these values. References left out are empty."""
    fact = {"source": "a paper", "source_on": LONG_AGO, "confidence": "official"}
    base = fact if issubclass(table, Fact) else {}
    needed = {c.name: _plain(c) for c in columns_of(table) if c.required}
    return table(**{**needed, **base, **values})


def _plain(column: Column) -> Any:
    if column.kind is Kind.CHOICE:
        return column.words[0]
    if column.kind is Kind.MONEY:
        return usd(1)
    return _PLAIN[column.kind]


def usd(dollars: int) -> Money:
    """Whole dollars."""
    return Money(dollars * 100, "USD")


def event(offer: str, stage: str, on: date, units: int = 1, **more: Any) -> UnitEvent:
    """Something that happened to an offer; its code is made of offer, stage and day."""
    code = f"{offer}-{stage}-{on}"
    values = {"code": code, "offer": offer, "stage": stage, "on": on, "units": units}
    return make(UnitEvent, **{**values, "known_on": LONG_AGO, **more})


def offered(code: str = "A", units: int = 1, persons: int = 100, **more: Any) -> Offer:
    """An offer of like units."""
    values = {"code": code, "unit_count": units, "strength_persons": persons, **more}
    return make(Offer, **values)


def gift(code: str = "G", **more: Any) -> Contribution:
    """A contribution beside the funds, unless said otherwise."""
    return make(Contribution, **{"code": code, "instrument": "bilateral", **more})


def paid(
    gift_code: str, stage: str, on: date, amount: Money | None = None, **more: Any
) -> ContributionEvent:
    """A contribution reached a stage; its code is made of contribution, stage and day."""
    code = f"{gift_code}-{stage}-{on}"
    values = {"contribution": gift_code, "stage": stage, "on": on, "amount": amount}
    return make(ContributionEvent, **{"code": code, "known_on": LONG_AGO, **values, **more})


def tiny(*rows: Row) -> Dossier:
    """A dossier of a mission and these rows."""
    return Dossier.of((make(Mission, code="M"), *rows))


def found_in(*rows: Row, as_of: date | None = AS_OF) -> tuple[Finding, ...]:
    """What the checks find in a mission with these rows, but that nothing is required.

    Every finding names its values as the list of codes promises to those who write its sentence.
    """
    findings = check(tiny(*rows), as_of)
    for each in findings:
        assert tuple(name for name, _ in each.values) == FINDING_CODES[each.code], each
    return tuple(found for found in findings if found.code not in NOTHING_TO_PLAN)


def told(*rows: Row, as_of: date | None = AS_OF) -> list[tuple[str, str, str, str]]:
    """What the checks find, as code, table, row and column."""
    return [(f.code, f.table, f.row, f.column) for f in found_in(*rows, as_of=as_of)]
