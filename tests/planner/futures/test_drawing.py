"""What is drawn for whom, and the rows as which it is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from konbit.dossier.tables import fund
from konbit.dossier.tables.fund import ContributionEvent
from konbit.dossier.tables.pledge import Offer, UnitEvent
from konbit.dossier.tables.requirement import LiftInterruption
from konbit.planner.futures.case import case_of
from konbit.planner.futures.happening import Happening
from konbit.planner.futures.holdings import holdings
from missions import AS_OF, FACT, dossier, gift, usd
from uncertain_missions import one_unit_there, prior, with_lift

if TYPE_CHECKING:
    from konbit.dossier import Row
    from konbit.planner.futures import Case


def case(*rows: Row | list[Row], months: int = 1) -> Case:
    return case_of(dossier(one_unit_there(100_000), *rows), AS_OF, "", 1, months)


def event(contribution: str, stage: str, dollars: int, day: int = 3) -> ContributionEvent:
    return fund.ContributionEvent(
        code=f"{contribution}-{stage}-{day}",
        contribution=contribution,
        stage=stage,
        on=date(2024, 1, day),
        amount=usd(dollars),
        **FACT,
    )


def test_where_a_contribution_stands() -> None:
    """Signed 1,000, received 600, of which 100 spent, 50 refunded, 200 frozen and 80 released."""
    found = case(
        gift("P", "CCC", 600),
        event("P", "signed", 1_000),
        event("P", "pledged", 2_000),
        event("P", "disbursed", 100),
        event("P", "refunded", 50),
        event("P", "frozen", 200),
        event("P", "released", 80),
    )
    world, treasury = found.world()

    held = {h.code: h for h in holdings(world.dossier, AS_OF, treasury.prices)}["P"]

    assert held.donor == "CCC"
    assert held.promised_minor == 40_000
    assert held.frozen_minor == 12_000
    assert held.unspent_minor == (600 - 50 - 120 - 100) * 100
    # January and February: two months since the fund's first receipt.
    assert held.monthly_minor == 30_000


def test_money_that_repeats_or_is_beside_the_fund_is_not_drawn() -> None:
    beside = gift("KIND", "CCC", 900, stage="pledged")
    found = case(
        gift("AGAIN", "CCC", 900, stage="pledged", reannounces="G"),
        gift("TOTAL", "CCC", 900, stage="pledged", cumulative=True),
        [replace(row, instrument="in_kind") for row in beside[:1]],  # type: ignore[call-arg] # a gift
        beside[1:],
        prior("cash_received_share", "1"),
    )
    assert found.happenings(0) == ()


def test_the_row_about_an_organisation_counts_before_that_for_anybody() -> None:
    found = case(
        gift("P", "CCC", 1_000, stage="pledged"),
        gift("Q", "BBB", 1_000, stage="pledged"),
        prior("cash_received_share", "0.25"),
        prior("cash_received_share", "1", by="CCC"),
    )
    assert found.happenings(0) == (
        Happening("received", "P", month=0, amount_minor=100_000),
        Happening("received", "Q", month=0, amount_minor=25_000),
    )


def test_who_freezes_sends_no_more() -> None:
    """All is frozen in the first month; what was promised for the third never comes."""
    found = case(
        gift("P", "CCC", 1_000, stage="pledged"),
        prior("cash_received_share", "1"),
        prior("cash_delay_months", "2"),
        prior("cash_freeze", "0.5", happens="1", within=1),
    )
    assert found.happenings(0) == (Happening("frozen", "G", month=0, amount_minor=5_000_000),)


def test_further_gifts_come_every_third_month_at_the_donors_pace() -> None:
    """100,000 in two months are 50,000 a month: a tenth of it is 15,000 every third month."""
    found = case(prior("cash_new_share", "0.1"))

    assert found.happenings(0) == (Happening("new", "G", month=2, amount_minor=1_500_000),)


def test_what_is_expected_is_weighed_and_rounded() -> None:
    found = case(
        gift("P", "CCC", 1_000, stage="pledged"),
        with_lift("CCC"),
        prior("cash_received_share", "0.5", happens="0.5"),
        prior("units_realised_share", "0.4"),
        prior("unit_withdraws", happens="0.4"),
        prior("lift_interruption", "2", happens="0.5", within=4),
    )
    assert found.expected() == (
        Happening("received", "P", month=0, amount_minor=25_000),
        Happening("stays_away", "NEXT", units=1),
        Happening("lift_lost", "AIR", until=4, share=2_500),
    )


def test_no_money_comes_while_it_is_decided() -> None:
    found = case(months=2)
    early = Happening("received", "P", month=0, amount_minor=1)

    assert found.held_back((early,)) == (Happening("received", "P", month=2, amount_minor=1),)


def test_a_future_is_written_as_ordinary_rows() -> None:
    found = case(with_lift("CCC"))

    written = found.dossier(
        (
            Happening("received", "G", month=1, amount_minor=5_000),
            Happening("stays_away", "NEXT", units=1),
            Happening("late", "NEXT", month=3),
            Happening("withdraws", "O", month=2),
            Happening("lift_lost", "AIR", month=1, until=3, share=10_000),
        )
    )

    money = {row.code: row for row in written.rows(ContributionEvent)}["future-0"]
    assert (money.stage, money.on, money.amount) == ("received", date(2024, 4, 1), usd(50))
    away = {row.code: row for row in written.rows(UnitEvent)}["future-1"]
    assert (away.stage, away.on, away.units) == ("withdrawn", AS_OF, 1)
    offers = {row.code: row for row in written.rows(Offer)}
    assert offers["NEXT"].available_from_on == date(2024, 6, 1)
    assert offers["O"].available_until_on == date(2024, 5, 1)
    (lost,) = written.rows(LiftInterruption)
    assert (lost.from_on, lost.until_on, lost.share_lost) == (
        date(2024, 4, 1), date(2024, 6, 1), Decimal(1),
    )  # fmt: skip
    assert all(row.is_known(AS_OF) for row in (money, away, lost))
