"""Each kind of ask comes first where it is the one thing that helps, and keeps its promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from answered import answered
from konbit.dossier.tables import fund, mandate, pledge
from konbit.planner import plan
from limited_missions import (
    LIMITED,
    arrived,
    badly_equipped,
    better_elsewhere,
    frozen_cash,
    no_beds,
    no_cash,
    not_ready,
    plain,
    small_boat,
    too_few,
    wrong_earmark,
)
from missions import AS_OF, FACT, dossier, gift, state, trust_fund, usd

if TYPE_CHECKING:
    from collections.abc import Callable

    from konbit.dossier import Row
    from konbit.dossier.plan import Ask, Plan

LONG = 15  # months: more than the year of everybody's pay that one asks money for

CALLS: dict[str, Callable[[], list[Row]]] = {
    "unit": too_few,
    "ready": not_ready,
    "money": no_cash,
    "unfreeze": lambda: frozen_cash(LONG),
    "unearmark": lambda: wrong_earmark(LONG),
    "camp": no_beds,
    "lift": small_boat,
    "advance": LIMITED["advance"],
    "arrears": LIMITED["arrears"],
    "equipment": LIMITED["equipment"],
    "clearance": LIMITED["eligibility"],
    "admission": badly_equipped,
    "ceiling": LIMITED["ceiling"],
}
"""By kind of ask, a mission in which nothing helps as much."""


def called(rows: list[Row]) -> Plan:
    return plan(dossier(rows), AS_OF, explain=False)


def first(rows: list[Row]) -> Ask:
    return called(rows).asks[0]


@pytest.mark.parametrize(
    ("kind", "subject", "quantity", "dollars", "gain"),
    [
        ("unit", "police", 100, None, 4 * 50_000),
        ("ready", "O", 2, None, 2 * 100_000),
        ("money", "TF", None, 1_200_000, 4 * 100_000),
        ("unfreeze", "G", None, 10**7, LONG * 100_000),
        ("unearmark", "FOR-CCC", None, 10**7, LONG * 100_000),
        ("camp", "S", 100, None, 4 * 50_000),
        ("lift", "passengers", 200, None, 1 * 50_000),
        ("advance", "AAA", None, 150_000, 4 * 50_000),
        ("arrears", "AAA", None, 100_000, 4 * 50_000),
        ("equipment", "APC", 5, None, 4 * 50_000),
        ("ceiling", "C", 200, None, 4 * 50_000),
        ("clearance", "O", 2, None, 4 * 100_000),
        ("admission", "O", 2, None, 4 * 100_000),
    ],
)
def test_the_ask_that_helps_most_comes_first(
    kind: str, subject: str, quantity: int | None, dollars: int | None, gain: int
) -> None:
    """Each missing unit is half of the need: 5,000 × weight 10 in every month."""
    ask = first(CALLS[kind]())
    assert (ask.rank, ask.kind, ask.subject, ask.quantity) == (1, kind, subject, quantity)
    assert ask.amount == (None if dollars is None else usd(dollars))
    assert ask.by_month == "2024-03"
    assert (ask.gain_points, ask.gain_upper_points) == (gain, gain)
    assert ask.confirmed


@pytest.mark.parametrize(
    ("kind", "organisations"),
    [
        ("unit", "AAA offers-now"),
        ("ready", "AAA made-the-offer"),
        ("money", "BBB past-gift"),
        ("unfreeze", "BBB holds-the-frozen-money"),
        ("unearmark", "BBB set-the-earmark"),
        ("camp", "BBB past-gift"),
        ("lift", "BBB past-gift"),
        ("advance", "AAA sets-its-own-limit"),
        ("arrears", "CCC owes-it"),
        ("equipment", "BBB past-gift"),
        ("ceiling", ""),
        ("clearance", "AAA made-the-offer"),
        ("admission", "AAA made-the-offer"),
    ],
)
def test_whom_to_ask_and_why(kind: str, organisations: str) -> None:
    assert first(CALLS[kind]()).organisations == organisations


@pytest.mark.parametrize("kind", sorted(CALLS))
def test_an_answered_ask_gains_what_it_promised(kind: str) -> None:
    rows = CALLS[kind]()
    before = called(rows)
    confirmed = [ask for ask in before.asks if ask.confirmed]
    assert confirmed
    for ask in confirmed:
        after = plan(dossier(answered(rows, ask)), AS_OF, explain=False, calls=False)
        assert after.is_verified
        gained = after.covered_points - before.covered_points
        assert ask.gain_points <= gained <= ask.gain_upper_points


def test_nothing_is_asked_where_everything_is_met() -> None:
    assert called(plain()).asks == ()


def test_nothing_is_asked_that_helps_nobody() -> None:
    """Two things are missing at once: neither a bed nor money alone brings anybody."""
    rows = [*plain(beds=0, money=gift("G", "BBB", 10_000))]
    assert called(rows).asks == ()


def test_smaller_and_larger_sums_are_asked_for() -> None:
    """An eighth, a quarter, a half and all of a year of two units, 100,000 a unit-month."""
    asks = [ask for ask in called(no_cash(LONG)).asks if ask.kind == "money"]
    assert [(a.amount, a.gain_points) for a in asks] == [
        (usd(2_400_000), 24 * 50_000),
        (usd(1_200_000), 12 * 50_000),
        (usd(600_000), 6 * 50_000),
        (usd(300_000), 3 * 50_000),
    ]


def test_no_more_is_asked_for_than_helps() -> None:
    """Four months of two units cost 800,000: nobody asks for a whole year's pay."""
    asks = [ask for ask in called(no_cash()).asks if ask.kind == "money"]
    assert [ask.amount for ask in asks] == [usd(1_200_000), usd(600_000), usd(300_000)]


def test_sums_asked_for_cover_the_support_cost_and_have_two_digits() -> None:
    """2 × 100 people × 1,000 × 12 × 1.07 = 2,568,000, of which parts are asked for."""
    rows = [
        trust_fund(support="0.07") if isinstance(row, fund.Fund) else row for row in no_cash(LONG)
    ]
    amounts = {ask.amount for ask in called(rows).asks if ask.kind == "money"}
    assert amounts == {usd(2_500_000), usd(1_200_000), usd(640_000), usd(320_000)}


def test_of_a_gift_the_reserve_is_not_counted_on() -> None:
    """A half is kept: of 600,000 only 300,000, with the 45,000 there, pay three unit-months."""
    rows = [
        trust_fund(reserve="0.5") if isinstance(row, fund.Fund) else row for row in no_cash(LONG)
    ]
    gains = {ask.amount: ask.gain_points for ask in called(rows).asks}
    assert gains[usd(600_000)] == 3 * 50_000


def test_near_those_who_are_there_and_those_who_gave_come_before_others() -> None:
    """CCC offers now and is near; DDD had such units elsewhere; EEE is a group nobody can call."""
    near = mandate.Organisation(code="CCC", title="CCC", kind="state", distance_km=900, **FACT)
    group = mandate.Organisation(code="EEE", title="EEE", kind="group", **FACT)
    rows = [row for row in too_few() if getattr(row, "code", "") != "CCC"]
    asked = first(
        [
            *rows,
            near,
            group,
            state("DDD"),
            _record("1", "CCC"),
            _record("2", "DDD"),
            _record("3", "EEE"),
        ]
    )
    assert (
        asked.organisations == "AAA offers-now; CCC same-capability,lift-reach; DDD same-capability"
    )


def _record(code: str, organisation: str) -> Row:
    return pledge.TrackRecord(
        code=code,
        organisation=organisation,
        capability="police",
        mission="Elsewhere",
        year=2010,
        **FACT,
    )


def test_those_already_there_are_named_so() -> None:
    assert first([*too_few(), arrived(1)]).organisations == "AAA offers-now,already-there"


def test_asks_for_what_competes_elsewhere_are_for_one_more_unit() -> None:
    ask = first(better_elsewhere())
    assert (ask.kind, ask.quantity, ask.gain_points) == ("unit", 100, 4 * 100_000)


def test_calls_can_be_left_out() -> None:
    assert plan(dossier(too_few()), AS_OF, calls=False).asks == ()


def promises(*events: fund.ContributionEvent) -> list[Row]:
    """A mission short of cash, in which DDD made a promise beside BBB, who has given before."""
    promised = fund.Contribution(
        code="P", title="P", donor="DDD", instrument="trust_fund", fund="TF", **FACT
    )
    return [*no_cash(), state("DDD"), promised, *events]


def stage(name: str, dollars: int | None) -> fund.ContributionEvent:
    amount = None if dollars is None else usd(dollars)
    return fund.ContributionEvent(
        code=f"P-{name}", contribution="P", stage=name, on=FACT["source_on"], amount=amount, **FACT
    )


@pytest.mark.parametrize(
    ("events", "organisations"),
    [
        ([stage("pledged", 100)], "DDD promised; BBB past-gift"),
        ([stage("pledged", 100), stage("received", 40)], "DDD promised,past-gift; BBB past-gift"),
        ([stage("pledged", 100), stage("received", 100)], "BBB past-gift; DDD past-gift"),
        ([stage("pledged", 100), stage("withdrawn", 100)], "BBB past-gift"),
        ([stage("pledged", None)], "BBB past-gift; DDD promised-without-sum"),
    ],
)
def test_cash_is_asked_first_of_those_who_promised_it(
    events: list[fund.ContributionEvent], organisations: str
) -> None:
    """A pledge never pays, so that it should come is the first thing to ask for."""
    assert first(promises(*events)).organisations == organisations
