"""What holds a requirement back is named, and lifting it gains most."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from konbit.dossier.plan import FAMILIES, FULL
from konbit.dossier.tables import fund, pledge, requirement
from konbit.planner import plan
from konbit.planner.family import Family
from limited_missions import (
    LIMITED,
    arrived,
    better_elsewhere,
    no_beds,
    no_medics,
    plain,
)
from missions import AS_OF, FACT, dossier, gift, mission, need, place

if TYPE_CHECKING:
    from konbit.dossier import Row
    from konbit.dossier.plan import Coverage, Plan

MONTHS = ("2024-03", "2024-04", "2024-05", "2024-06")


def planned(rows: list[Row], *, explain: bool = False) -> Plan:
    return plan(dossier(rows), AS_OF, explain=explain, calls=False)


def held_back(found: Plan, requirement_code: str = "R") -> dict[str, Coverage]:
    """Rows of a requirement that is not fully met, by month."""
    return {
        row.month: row
        for row in found.coverage
        if row.requirement == requirement_code and row.share < FULL
    }


@pytest.mark.parametrize(
    ("family", "months", "detail"),
    [
        ("offer", MONTHS, "police"),
        ("readiness", MONTHS[:2], "O"),
        ("camp", MONTHS, "S"),
        ("lift", MONTHS[:1], "BOAT"),
        ("enabler", MONTHS, "medical@S"),
        ("ceiling", MONTHS, "C"),
        ("money", MONTHS, "TF"),
        ("earmark", MONTHS, "TF"),
        ("timing", MONTHS[:2], "TF"),
        ("equipment", MONTHS, "APC"),
        ("eligibility", MONTHS, "O"),
        ("advance", MONTHS, "AAA"),
        ("arrears", MONTHS, "AAA"),
        ("priority", MONTHS, "police"),
        ("caveat", MONTHS, "O"),
        ("settling", MONTHS[:1], "O 2024-04"),
    ],
)
def test_what_holds_a_requirement_back_is_named(
    family: str, months: tuple[str, ...], detail: str
) -> None:
    found = held_back(planned(LIMITED[family]()))
    assert {m: (row.reason, row.detail) for m, row in found.items()} == dict.fromkeys(
        months, (family, detail)
    )


def test_every_reason_has_its_mission() -> None:
    assert set(LIMITED) == set(FAMILIES)


@pytest.mark.parametrize("family", [family.value for family in Family])
def test_lifting_what_holds_back_gains_most(family: str) -> None:
    found = planned(LIMITED[family](), explain=True)
    gains = {row.family: row.gain_points for row in found.relaxations}
    first = min(found.relaxations, key=lambda row: row.rank)
    absent = set() if family == "arrears" else {"arrears"}  # told where somebody is owed
    assert set(gains) == {f.value for f in Family} - absent
    assert first.family == family
    assert gains[family] > 0
    assert gains[family] == max(gains.values())
    assert first.held_back_months == len(held_back(found))


@pytest.mark.parametrize(
    "family",
    sorted({f.value for f in Family} - {"earmark", "timing", "arrears"}),
)
def test_no_other_family_would_gain_anything(family: str) -> None:
    """Cash with the wrong earmark, or too late, is also cash that other cash could replace.

    What is owed would not matter to a contributor that advances any amount.
    """
    found = planned(LIMITED[family](), explain=True)
    assert {row.family for row in found.relaxations if row.gain_points} == {family}


@pytest.mark.parametrize(
    ("family", "gain"),
    [
        ("offer", 4 * 10 * 5_000),
        ("readiness", 2 * 10 * 10_000),
        ("camp", 4 * 10 * 5_000),
        ("lift", 1 * 10 * 5_000),
        ("enabler", 4 * 10 * 10_000),
        ("ceiling", 4 * 10 * 5_000),
        ("earmark", 4 * 10 * 10_000),
        ("timing", 2 * 10 * 10_000),
        ("equipment", 4 * 10 * 5_000),
        ("eligibility", 4 * 10 * 10_000),
        ("arrears", 4 * 10 * 5_000),
    ],
)
def test_gain_of_a_family_is_the_weight_times_the_share_missing(family: str, gain: int) -> None:
    """Where the limit stands at whole units, the continuous model has the gain of the whole one."""
    row = planned(LIMITED[family](), explain=True).relaxations[0]
    assert (row.family, row.gain_points, row.upper_points) == (family, gain, gain)


def test_a_requirement_fully_met_has_no_reason() -> None:
    assert {
        (row.share, row.reason, row.reasons, row.detail) for row in planned(plain()).coverage
    } == {(FULL, "none", "", "")}


@pytest.mark.parametrize("lag", [1, 2, 3])
def test_a_unit_that_has_just_arrived_says_from_when_it_is_at_work(lag: int) -> None:
    rows = [*plain()[1:], mission(4, operational_lag_months=lag, minimum_stay_months=1)]
    found = held_back(planned(rows))
    assert {m: (row.reason, row.detail) for m, row in found.items()} == dict.fromkeys(
        MONTHS[:lag], ("settling", f"O {(*MONTHS, '2024-07')[lag]}")
    )


def test_an_offer_that_has_ended_is_its_contributors_condition_and_no_missing_money() -> None:
    found = held_back(planned(plain(available_until_on=date(2024, 5, 1))))
    assert {m: (row.reason, row.detail) for m, row in found.items()} == dict.fromkeys(
        MONTHS[2:], ("caveat", "O")
    )


def test_lift_that_is_short_is_named_and_not_lift_that_does_not_run() -> None:
    later = requirement.Lift(
        code="AIR", title="Air", mode="air", passengers_per_month=50, from_on=date(2024, 5, 1),
        **FACT,
    )  # fmt: skip
    ferry = requirement.Lift(code="FERRY", title="Ferry", mode="sea", cargo_tonnes_per_month=9,
                             **FACT)  # fmt: skip
    found = held_back(planned([*LIMITED["lift"](), later, ferry]))
    assert {m: (row.reason, row.detail) for m, row in found.items()} == {
        "2024-03": ("lift", "BOAT")
    }


def test_two_requirements_at_one_place_that_share_a_unit() -> None:
    """The one that counts less is held back by the other, not by some enabler."""
    rows = [*plain(units=1, needed=100), need("R-LESS", "police", "S", 100, priority=1)]
    found = planned(rows)
    assert held_back(found) == {}
    assert {row.reason for row in held_back(found, "R-LESS").values()} == {"priority"}


def test_a_site_that_is_not_usable_yet_is_a_missing_camp() -> None:
    rows = [
        replace(row, available_from_on=date(2024, 5, 1))
        if isinstance(row, requirement.Site)
        else row
        for row in plain()
    ]
    found = held_back(planned(rows))
    assert {m: (row.reason, row.detail) for m, row in found.items()} == {
        "2024-03": ("camp", "S"),
        "2024-04": ("camp", "S"),
    }


def test_units_sent_home_for_want_of_money_are_named_so() -> None:
    """Two units are there; the cash pays for one month of both."""
    found = planned([*plain(money=gift("G", "BBB", 200_000)), arrived(2)])
    assert {m: (row.reason, row.detail) for m, row in held_back(found).items()} == dict.fromkeys(
        MONTHS[1:], ("money", "TF")
    )


def test_units_no_longer_eligible_after_a_transfer_are_named_so() -> None:
    """Two units are there and not cleared; from May the funding model wants clearance."""
    steps = [
        fund.FundingModel(code="EASY", title="Easy", **FACT),
        fund.FundingModel(code="STRICT", title="Strict", requires_clearance=True, **FACT),
        fund.Scenario(code="X", title="Transfer", **FACT),
        fund.ScenarioStep(scenario="X", from_on=date(2024, 1, 1), funding_model="EASY", **FACT),
        fund.ScenarioStep(scenario="X", from_on=date(2024, 5, 1), funding_model="STRICT", **FACT),
    ]
    found = plan(dossier(plain(), arrived(2), *steps), AS_OF, "X", explain=False, calls=False)
    assert {m: (row.reason, row.detail) for m, row in held_back(found).items()} == dict.fromkeys(
        MONTHS[2:], ("eligibility", "O")
    )


def test_several_reasons_are_named_the_weightiest_first() -> None:
    """Of 400 needed, 100 have no bed and 200 are not offered."""
    rows = [row for row in no_beds() if not isinstance(row, requirement.Requirement)]
    found = held_back(planned([*rows, need("R", "police", "S", 400)]))
    assert {(row.reason, row.reasons) for row in found.values()} == {("offer", "offer camp")}


def test_missing_medics_hold_back_police_who_are_there_as_well() -> None:
    """One unit of police stands at the site; it covers nothing without medics."""
    found = held_back(planned([*no_medics(), arrived(1)]))
    assert {(row.share, row.reason, row.detail) for row in found.values()} == {
        (0, "enabler", "medical@S")
    }


def test_used_elsewhere_does_not_hide_that_the_rest_is_missing() -> None:
    """One unit, and 300 needed where it is not: priority for 100, no offer for 200."""
    rows = [row for row in better_elsewhere() if getattr(row, "code", "") != "R"]
    found = held_back(planned([*rows, need("R", "police", "S", 300, priority=1)]))
    assert {(row.reason, row.reasons) for row in found.values()} == {("offer", "offer priority")}


def test_a_unit_elsewhere_for_want_of_beds_is_not_said_to_count_more_there() -> None:
    """Two units; S, which counts more, houses one of them, and the other is at T."""
    rows = [*plain(beds=100), *place("T", 1_000), need("R-T", "police", "T", 100, 1)]
    found = held_back(planned(rows))
    assert {(row.reason, row.detail) for row in found.values()} == {("camp", "S")}


def test_a_unit_elsewhere_that_may_not_serve_here_is_its_contributors_condition() -> None:
    away = pledge.Caveat(code="V", offer="O", kind="only_site", site="T", **FACT)
    rows = [*plain(units=1, needed=100), *place("T", 1_000), need("R-T", "police", "T", 100, 1)]
    found = held_back(planned([*rows, away]))
    assert {(row.reason, row.detail) for row in found.values()} == {("caveat", "O")}
