"""Money that a keeper with the log's key moves, counts or calls otherwise than it was.

Each lie is written into a sound log and signed properly; the audit finds it, by its rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from forged_logs import forge, forged_log, told

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ledger_cases import Log

log = pytest.fixture(forged_log)


def _gift_of_germany(log: Log) -> int:
    """Germany gives a thousand dollars to the same purse; the number of the record."""
    log.must("contribution_opened", contribution="GER-1", donor="GER", purse="A", currency="USD",
             title="Of Germany")  # fmt: skip
    log.must("signed", contribution="GER-1", amount_minor=100_000)
    log.must("received", contribution="GER-1", bank="MAIN", amount_minor=100_000)
    return log.books.size - 1


_BACK: dict[str, Any] = {"contribution": "GER-1", "bank": "MAIN", "amount_minor": 40_000}


def _refunded_and_then_never_received(log: Log) -> None:
    """Germany has its money twice: the second time out of the gift of the United States."""
    came = _gift_of_germany(log)
    log.must("refunded", taken_from="free", **_BACK)
    forge(log, "reversed", sequence=came)


def _reprogrammed_and_then_never_received(log: Log) -> None:
    """Germany consents, and what moves to the other purpose is the gift of the United States."""
    came = _gift_of_germany(log)
    log.must("reprogrammed", to_purse="B", consent_by="GER", document="cd" * 32, **_BACK)
    forge(log, "reversed", sequence=came)


def _undone_before_it_was(log: Log) -> None:
    forge(log, "reversed", sequence=log.books.size - 1, on="2026-01-15")


def _set_free_given_back_and_frozen_again_by_a_reversal(log: Log) -> None:
    _gift_of_germany(log)
    gift = {name: _BACK[name] for name in ("contribution", "amount_minor")}
    log.must("frozen", **gift)
    log.must("unfrozen", **gift)
    freed = log.books.size - 1
    log.must("refunded", taken_from="free", **{**_BACK, "amount_minor": 70_000})
    forge(log, "reversed", sequence=freed)


def _frozen_more_than_it_gave(log: Log) -> None:
    _gift_of_germany(log)
    forge(log, "frozen", contribution=_BACK["contribution"], amount_minor=100_001)


def _refunded_more_than_it_gave(log: Log) -> None:
    _gift_of_germany(log)
    forge(log, "refunded", taken_from="free", **{**_BACK, "amount_minor": 100_001})


def _refunded_to_another_purse(log: Log) -> None:
    """The bank is named right; what is given back comes out of a purse with other terms."""
    postings = [
        ["free:A", "USD", -40_000, -40_000], ["purse:A", "USD", 40_000, 40_000],
        ["refunded:A:USA-1", "USD", 40_000, 40_000], ["bank:MAIN:B", "USD", -40_000, -40_000],
    ]  # fmt: skip
    log.must("signed", contribution="FRA-1", amount_minor=90_000)
    log.must("received", contribution="FRA-1", bank="MAIN", amount_minor=90_000)
    forge(log, "refunded", taken_from="free", **{**_BACK, "contribution": "USA-1"},
          over={"body": {"postings": postings}})  # fmt: skip


def _terms_swapped(log: Log) -> None:
    """Two gifts are opened again, each for the purpose of the other."""
    for code, purse in (("USA-1", "B"), ("FRA-1", "A")):
        forge(log, "contribution_opened", contribution=code, donor=code[:3], purse=purse,
              currency="USD", title=code)  # fmt: skip


def _received_for_the_purpose_of_another(log: Log) -> None:
    log.must("signed", contribution="FRA-1", amount_minor=90_000)
    postings = [
        ["bank:MAIN:A", "USD", 5, 5], ["signed:B:FRA-1", "USD", -5, -5],
        ["free:A", "USD", 5, 5], ["purse:A", "USD", -5, -5],
    ]  # fmt: skip
    forge(log, "received", contribution="FRA-1", bank="MAIN", amount_minor=5,
          over={"body": {"postings": postings}})  # fmt: skip


def _consents_swapped(log: Log) -> None:
    _gift_of_germany(log)
    forge(log, "reprogrammed", to_purse="B", consent_by="USA", document="cd" * 32, **_BACK)


def _rate_of_another_day(log: Log) -> None:
    """A rate that was true once, and another is since then."""
    log.must("exchange_rate_dated", currency="CAD", rate="0.7000")
    postings = [
        ["bank:OTTAWA:A", "CAD", 1_000, 731], ["signed:A:CAN-1", "CAD", -1_000, -731],
        ["free:A", "USD", 731, 731], ["purse:A", "USD", -731, -731],
    ]  # fmt: skip
    forge(log, "received", contribution="CAN-1", bank="OTTAWA", amount_minor=1_000,
          over={"body": {"postings": postings}})  # fmt: skip


def _paid_twice_over(log: Log) -> None:
    """Each payment is within what was promised; both are not."""
    log.must("disbursed", actor="otto", obligation="O1", bank="MAIN", direct_minor=6_000)
    forge(log, "disbursed", actor="otto", obligation="O1", bank="MAIN", direct_minor=6_000)


def _paid_in_two_postings(log: Log) -> None:
    """One payment of 10,000 whose postings pay 6,000 and 6,000."""
    half = [
        ["obligated:A:O1", "USD", -6_000, -6_000], ["purse:A", "USD", 6_000, 6_000],
        ["spent:A:personnel:O1", "USD", 6_000, 6_000], ["bank:MAIN:A", "USD", -6_000, -6_000],
    ]  # fmt: skip
    forge(log, "disbursed", actor="otto", obligation="O1", bank="MAIN", direct_minor=10_000,
          over={"body": {"postings": [*half, *half]}})  # fmt: skip


def _sums_to_zero(log: Log) -> None:
    """Two postings more, which undo each other: one of them hides in an account for later."""
    postings = [
        ["bank:MAIN:A", "USD", 5, 5], ["interest:A", "USD", -5, -5],
        ["free:A", "USD", 5, 5], ["purse:A", "USD", -5, -5],
        ["free:A", "USD", -900, -900], ["free:B", "USD", 900, 900],
    ]  # fmt: skip
    forge(log, "interest", purse="A", bank="MAIN", amount_minor=5,
          over={"body": {"postings": postings}})  # fmt: skip


def _less_than_nothing_came(log: Log) -> None:
    """A payment to nobody, told as interest below zero."""
    forge(log, "interest", purse="A", bank="MAIN", amount_minor=-5)


def _other_currency_in_the_postings(log: Log) -> None:
    """A thousand Canadian dollars are booked as a thousand of the United States."""
    postings = [
        ["bank:OTTAWA:A", "USD", 1_000, 1_000], ["signed:A:CAN-1", "USD", -1_000, -1_000],
        ["free:A", "USD", 1_000, 1_000], ["purse:A", "USD", -1_000, -1_000],
    ]  # fmt: skip
    forge(log, "received", contribution="CAN-1", bank="OTTAWA", amount_minor=1_000,
          over={"body": {"postings": postings}})  # fmt: skip


def _at_a_bank_of_another_currency(log: Log) -> None:
    forge(log, "received", contribution="CAN-1", bank="MAIN", amount_minor=1_000)


def _another_currency_from_now_on(log: Log) -> None:
    forge(log, "bank_opened", bank="OTTAWA", currency="USD")


LIES: tuple[tuple[Callable[[Log], None], str], ...] = (
    (_refunded_and_then_never_received, "stage"),
    (_reprogrammed_and_then_never_received, "stage"),
    (_undone_before_it_was, "stage"),
    (_refunded_more_than_it_gave, "stage"),
    (_frozen_more_than_it_gave, "stage"),
    (_set_free_given_back_and_frozen_again_by_a_reversal, "stage"),
    (_refunded_to_another_purse, "postings"),
    (_terms_swapped, "reference"),
    (_received_for_the_purpose_of_another, "postings"),
    (_consents_swapped, "consent"),
    (_rate_of_another_day, "postings"),
    (_paid_twice_over, "overdrawn"),
    (_paid_in_two_postings, "postings"),
    (_sums_to_zero, "postings"),
    (_less_than_nothing_came, "shape"),
    (_other_currency_in_the_postings, "postings"),
    (_at_a_bank_of_another_currency, "reference"),
    (_another_currency_from_now_on, "reference"),
)


@pytest.mark.parametrize(("lie", "rule"), LIES, ids=[lie.__name__[1:] for lie, _ in LIES])
def test_forged_money_is_found_by_its_rule(
    lie: Callable[[Log], None],
    rule: str,
    log: Log,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert told(log, tmp_path / "honest", capsys) == ""
    lie(log)
    assert told(log, tmp_path / "forged", capsys) == rule
