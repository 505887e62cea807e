"""Cash that may be spent, to the cent: every number here was worked by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from konbit.dossier.tables import fund
from missions import (
    FACT,
    gift,
    trust_fund,
    usd,
)
from paid_missions import (
    RATES,
    cents,
    euro,
    event,
    exchange,
    one_unit,
    opening,
    planned,
)


def test_the_reserve_is_a_share_of_receipts_rounded_up() -> None:
    """15 per cent of 100.01 are 15.0015: 15.01 are kept, 85.00 may be spent."""
    found = planned(
        one_unit(fund_row=trust_fund(reserve="0.15")),
        gift("G", "BBB", 0)[:1],
        event("e", "received", cents(10_001)),
    )
    assert opening(found) == [8_500, 8_500]


def test_frozen_released_refunded_and_spent() -> None:
    """Received 1,000, refunded 100: 900 net, of which 15 per cent, 135, are reserve.

    Frozen 400 and released 150: 250 may not be spent. Obligated 300 and of these disbursed 200: 300
    are gone. 900 − 135 − 250 − 300 = 215.
    """
    found = planned(
        one_unit(fund_row=trust_fund(reserve="0.15")),
        gift("G", "BBB", 0)[:1],
        event("a", "received", usd(1_000)),
        event("b", "refunded", usd(100)),
        event("c", "frozen", usd(400)),
        event("d", "released", usd(150)),
        event("e", "obligated", usd(300)),
        event("f", "disbursed", usd(200)),
    )
    assert opening(found) == [21_500, 21_500]


def test_more_released_than_frozen_makes_no_money() -> None:
    found = planned(
        one_unit(),
        gift("G", "BBB", 0)[:1],
        event("a", "received", usd(1_000)),
        event("b", "released", usd(150)),
    )
    assert opening(found) == [100_000, 100_000]


def test_more_taken_away_than_there_is_leaves_nothing_and_no_debt() -> None:
    found = planned(
        one_unit(),
        [*gift("G", "BBB", 1_000), *gift("G2", "AAA", 70, earmark="E")],
        fund.Earmark(code="E", title="E", **FACT),
        event("b", "frozen", usd(900)),
        event("c", "disbursed", usd(900)),
    )
    assert opening(found) == []
    assert opening(found, "E") == [7_000, 7_000]


@pytest.mark.parametrize(
    "more",
    [
        {"cumulative": True},
        {"reannounces": "G"},
        {"part_of": "G"},
        {"instrument": "in_kind", "fund": ""},
    ],
)
def test_what_repeats_another_row_or_is_in_kind_is_not_cash(more: dict[str, Any]) -> None:
    again = fund.Contribution(
        **{
            "code": "AGAIN",
            "title": "Again",
            "donor": "BBB",
            "instrument": "trust_fund",
            "fund": "TF",
            **more,
            **FACT,
        }
    )
    received = fund.ContributionEvent(
        code="x",
        contribution="AGAIN",
        stage="received",
        on=date(2024, 2, 1),
        amount=usd(5_000),
        **{**FACT, "source_on": date(2024, 2, 1)},
    )
    found = planned(one_unit(), gift("G", "BBB", 1_000), again, received)
    assert opening(found) == [100_000, 100_000]


@pytest.mark.parametrize("stage", ["announced", "pledged", "signed", "allotted"])
def test_nothing_but_what_was_received_is_cash(stage: str) -> None:
    assert opening(planned(one_unit(), gift("G", "BBB", 1_000, stage=stage))) == []


def test_future_receipts_count_from_the_month_whose_first_day_they_reach() -> None:
    """Known on the as-of day: 10 arrive on 1 April, 20 on 2 April, which counts from May."""
    found = planned(
        one_unit(4),
        gift("G", "BBB", 0)[:1],
        event("a", "received", usd(10), date(2024, 4, 1)),
        event("b", "received", usd(20), date(2024, 4, 2)),
    )
    assert opening(found) == [0, 1_000, 3_000, 3_000]


def test_what_is_not_known_yet_does_not_count() -> None:
    found = planned(
        one_unit(),
        gift("G", "BBB", 1_000),
        event("a", "received", usd(500), date(2024, 3, 1), known_on=date(2024, 2, 16)),
    )
    assert opening(found) == [100_000, 100_000]


@pytest.mark.parametrize(
    ("on", "dollars"),
    [
        (date(2024, 1, 31), 110),  # the rate of January
        (date(2024, 2, 1), 120),  # the rate of the day
        (date(2024, 3, 1), 120),  # the newest on the as-of day
    ],
)
def test_receipts_are_exchanged_at_the_rate_of_their_day(on: date, dollars: int) -> None:
    later = exchange(date(2024, 2, 20), "9")  # after the as-of day, if known before
    found = planned(
        one_unit(), RATES, later, gift("G", "BBB", 0)[:1], event("a", "received", euro(10_000), on)
    )
    assert opening(found) == [dollars * 100] * 2
