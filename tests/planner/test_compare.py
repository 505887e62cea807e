"""Funding models by date: who pays, who may serve, who may stay; scenarios side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from konbit.dossier.tables import fund, pledge, requirement
from konbit.planner import comparing, goals, plan
from konbit.planner.comparing import compare, has_transfer
from limited_missions import arrived, plain
from missions import AS_OF, FACT, dossier, gift, usd

if TYPE_CHECKING:
    from collections.abc import Callable

    from konbit.dossier import Dossier, Row
    from konbit.dossier.plan import Plan

MONTHS = ("2024-03", "2024-04", "2024-05", "2024-06", "2024-07", "2024-08")
TRANSFER = date(2024, 5, 1)


def model(code: str, payer: str, **more: Any) -> list[Row]:
    """A funding model under which one fund pays the people."""
    return [
        fund.FundingModel(code=code, title=code, **more, **FACT),
        fund.PayerRule(funding_model=code, cost_head="personnel", payer="fund", fund=payer, **FACT),
    ]


def scenario(code: str, *steps: tuple[date, str], **more: Any) -> list[Row]:
    """A scenario and its steps."""
    return [
        fund.Scenario(code=code, title=code, **more, **FACT),
        *(
            fund.ScenarioStep(scenario=code, from_on=on, funding_model=name, **FACT)
            for on, name in steps
        ),
    ]


def budget(code: str, dollars: int, from_on: date, until_on: date, **more: Any) -> fund.Budget:
    return fund.Budget(
        code=code,
        fund="ASSESSED",
        title=code,
        from_on=from_on,
        until_on=until_on,
        amount=usd(dollars),
        **more,
        **FACT,
    )


def account() -> fund.Fund:
    return fund.Fund(code="ASSESSED", title="Account", kind="assessed", currency="USD", **FACT)


def transferring(*rows: Row, voluntary: int = 10**7, units: int = 2, **gates: Any) -> Dossier:
    """Two units of 100 for six months: 100,000 a unit-month, from May at the assessed account.

    `X` transfers in May, `NEVER` stays voluntary.
    """
    return dossier(
        plain(months=6, units=units, money=gift("G", "BBB", voluntary)),
        account(),
        model("VOLUNTARY", "TF"),
        model("ASSESSED", "ASSESSED", **gates),
        scenario("X", (date(2024, 1, 1), "VOLUNTARY"), (TRANSFER, "ASSESSED")),
        scenario("NEVER", (date(2024, 1, 1), "VOLUNTARY")),
        *rows,
    )


YEAR = budget("B", 10**7, date(2024, 1, 1), date(2025, 1, 1))


def planned(whole: Dossier, chosen: str = "X") -> Plan:
    found = plan(whole, AS_OF, chosen, explain=False, calls=False)
    assert found.is_verified
    return found


def units_present(found: Plan, offer_code: str | None = None) -> list[int]:
    """Units there, month by month."""
    rows = [row for row in found.presence if offer_code in {None, row.offer}]
    return [sum(row.units for row in rows if row.month == month) for month in MONTHS]


def payers(found: Plan) -> list[str]:
    """Who pays, month by month."""
    return [
        "+".join(sorted({row.payer for row in found.obligations if row.month == month}))
        for month in MONTHS
    ]


def test_the_fund_pays_until_the_transfer_and_the_account_after_it() -> None:
    found = planned(transferring(YEAR))
    assert payers(found) == ["TF", "TF", *["ASSESSED"] * 4]
    assert units_present(found) == [2] * 6
    assert {row.month for row in found.payments} == set(MONTHS[:2])


def test_without_a_scenario_the_first_model_by_code_holds() -> None:
    assert payers(planned(transferring(YEAR), "")) == ["ASSESSED"] * 6


def test_the_mission_names_the_scenario_that_is_planned() -> None:
    whole = transferring(YEAR)
    named = replace(whole.mission, scenario="NEVER")
    again = dossier([row for row in whole.all_rows if row != whole.mission], named)
    assert planned(again, "").scenario == "NEVER"
    assert payers(planned(again, "")) == ["TF"] * 6


def test_before_its_first_step_a_scenario_has_the_model_of_the_first() -> None:
    late = scenario("LATE", (date(2024, 6, 1), "VOLUNTARY"))
    assert payers(planned(transferring(YEAR, *late), "LATE")) == ["TF"] * 6


def test_a_step_within_a_month_holds_from_the_next() -> None:
    mid = scenario("MID", (date(2024, 1, 1), "VOLUNTARY"), (date(2024, 5, 2), "ASSESSED"))
    assert payers(planned(transferring(YEAR, *mid), "MID")) == ["TF"] * 3 + ["ASSESSED"] * 3


def test_what_a_budget_does_not_use_lapses() -> None:
    """May and June have ten times what they need; July and August one unit-month: 100,000."""
    found = planned(
        transferring(
            budget("B1", 10**6, date(2024, 5, 1), date(2024, 7, 1)),
            budget("B2", 100_000, date(2024, 7, 1), date(2024, 9, 1)),
        )
    )
    assert units_present(found) == [2, 2, 2, 2, 1, 0]


@pytest.mark.parametrize(
    ("share", "unit_months"),
    [("1", 4), ("0.75", 3), ("0.74999999", 2), ("0.5", 2), ("0", 0)],
)
def test_an_appropriation_is_not_cash(share: str, unit_months: int) -> None:
    """400,000 for four months, of which a share comes in."""
    row = budget("B", 400_000, date(2024, 1, 1), date(2025, 1, 1), cash_share=Decimal(share))
    assert sum(units_present(planned(transferring(row)))[2:]) == unit_months


def test_months_without_a_budget_have_no_assessed_money() -> None:
    """A budget for June alone: who served until April has left and does not come back."""
    june = budget("B", 10**7, date(2024, 6, 1), date(2024, 7, 1))
    assert units_present(planned(transferring(june))) == [2, 2, 0, 0, 0, 0]
    assert units_present(planned(transferring(june, units=4))) == [2, 2, 0, 2, 0, 0]


def test_a_budget_of_another_scenario_is_not_there() -> None:
    row = budget("B", 10**7, date(2024, 1, 1), date(2025, 1, 1), scenario="NEVER")
    assert units_present(planned(transferring(row)))[2:] == [0] * 4


def clearance(status: str, on: date = date(2024, 2, 1)) -> pledge.DueDiligence:
    return pledge.DueDiligence(
        code=f"DD-{on}", offer="O", status=status, on=on, **{**FACT, "source_on": on}
    )


@pytest.mark.parametrize(
    ("status", "after"),
    [("clear", 2), ("mitigated", 2), ("pending", 0), (None, 0)],
)
def test_due_diligence_is_a_gate(status: str | None, after: int) -> None:
    rows = [] if status is None else [clearance(status)]
    found = planned(transferring(YEAR, *rows, requires_clearance=True))
    assert units_present(found) == [2, 2, *[after] * 4]


def test_a_suspended_offer_is_left_out_even_where_it_stands() -> None:
    whole = transferring(YEAR, clearance("suspended"), arrived(2))
    assert planned(whole, "NEVER").presence == ()


def test_the_newest_status_counts() -> None:
    rows = [clearance("clear"), clearance("pending", date(2024, 2, 10))]
    found = planned(transferring(YEAR, *rows, requires_clearance=True))
    assert units_present(found)[2:] == [0] * 4


@pytest.mark.parametrize("grace", [0, 1, 3, 4])
def test_grace_is_counted_from_the_transfer(grace: int) -> None:
    found = planned(transferring(YEAR, requires_clearance=True, grace_months=grace))
    assert units_present(found) == [2, 2, *[2] * grace, *[0] * (4 - grace)]


def test_there_is_no_grace_before_the_first_step() -> None:
    """A strict model from June on; before it, it holds as well, without grace."""
    late = scenario("LATE", (date(2024, 6, 1), "ASSESSED"))
    found = planned(transferring(YEAR, *late, requires_clearance=True, grace_months=1), "LATE")
    assert units_present(found) == [0, 0, 0, 2, 0, 0]


def agreed(on: date) -> pledge.Agreement:
    return pledge.Agreement(
        code="MOU",
        title="MOU",
        kind="mou",
        party="AAA",
        offer="O",
        signed_on=on,
        **{**FACT, "source_on": min(on, AS_OF)},
    )


@pytest.mark.parametrize(
    ("rows", "present"),
    [
        ([], [2, 2, 0, 0, 0, 0]),
        ([agreed(date(2024, 2, 1))], [2] * 6),
        ([agreed(date(2024, 5, 1))], [2] * 6),
        ([agreed(date(2024, 5, 2))], [2, 2, 0, 0, 0, 0]),  # in May not there, so gone in June
    ],
)
def test_those_there_need_an_agreement_by_the_day(rows: list[Row], present: list[int]) -> None:
    found = planned(transferring(YEAR, arrived(2), *rows, requires_agreement=True))
    assert units_present(found) == present


def test_those_to_come_have_an_agreement_behind_them() -> None:
    found = planned(transferring(YEAR, requires_agreement=True))
    assert units_present(found) == [2] * 6


@pytest.mark.parametrize(("brings", "after"), [(10, 2), (9, 2), (8, 0)])
def test_nine_tenths_of_the_equipment_must_be_brought(brings: int, after: int) -> None:
    kind = requirement.EquipmentType(code="APC", title="Carrier", **FACT)
    has = pledge.OfferEquipment(offer="O", equipment_type="APC", quantity=10, brings=brings, **FACT)
    found = planned(transferring(YEAR, kind, has, requires_equipment=True))
    assert units_present(found) == [2, 2, *[after] * 4]


@pytest.mark.parametrize(
    ("share", "staying"),
    [("1", 2), ("0.5", 1), ("0.49", 0), ("0", 0)],
)
def test_at_a_transfer_at_most_a_share_stays_on(share: str, staying: int) -> None:
    """Two units are there, nobody else may come: what goes at the transfer does not come back."""
    found = planned(transferring(YEAR, arrived(2), carry_over_share=Decimal(share)))
    assert units_present(found) == [2, 2, *[staying] * 4]


def test_new_arrivals_make_up_for_those_who_leave_at_a_transfer() -> None:
    """Two of four stay home until the transfer: half of those there go, the others come."""
    found = planned(transferring(YEAR, arrived(2), units=4, carry_over_share=Decimal("0.5")))
    assert units_present(found) == [2] * 6
    coming = {row.month: row.arriving_units for row in found.presence if row.arriving_units}
    assert coming["2024-05"] == 1


def test_the_model_that_one_comes_under_may_be_the_contributors_own_wish() -> None:
    caveat = pledge.Caveat(
        code="C", offer="O", kind="only_funding_model", funding_model="ASSESSED", **FACT
    )
    assert units_present(planned(transferring(YEAR, caveat))) == [0, 0, 2, 2, 2, 2]


def test_scenarios_stand_side_by_side() -> None:
    """With 400,000 voluntary dollars: four unit-months, and after a transfer all that follow."""
    whole = transferring(YEAR, voluntary=400_000)
    told: list[tuple[str, float]] = []
    found = compare(whole, AS_OF, ["X", "NEVER"], progress=lambda c, s: told.append((c, s)))
    assert [p.scenario for p in found.plans] == ["X", "NEVER"]
    assert [p.covered_points for p in found.plans] == [12 * 50_000, 4 * 50_000]
    assert [p.digest for p in found.plans] == [
        planned(whole, chosen).digest for chosen in ("X", "NEVER")
    ]
    assert found.delays == ()
    assert {code for code, _ in told} == {"X", "NEVER"}


def test_a_comparison_that_is_ended_leaves_out_what_was_not_begun() -> None:
    whole = transferring(YEAR, voluntary=400_000)
    scenarios = ["X", "NEVER", *("X",) * 6]
    told: list[float] = []
    found = compare(
        whole, AS_OF, scenarios, delays=(0, 1, 2, 3),
        watch=lambda reached, _most: told.append(reached), enough=lambda: bool(told),
    )  # fmt: skip
    assert 1 <= len(found.plans) < len(scenarios)
    assert found.is_ended
    assert all(made.is_verified for made in found.plans)
    assert sum(len(points) for _, points in found.delays) < 7 * 4
    whole_one = compare(whole, AS_OF, ["X", "NEVER"], delays=(0, 1), enough=lambda: False)
    assert (len(whole_one.plans), whole_one.is_ended) == (2, False)


def test_each_plan_of_a_comparison_has_the_same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(goals, "WHOLE_AT_ONCE", 0)
    begun: list[int] = []

    def limit() -> Callable[[], bool]:
        begun.append(1)
        return lambda: True

    found = compare(transferring(YEAR), AS_OF, ["X", "NEVER"], limit=limit)
    assert len(begun) == 2
    assert found.is_ended
    codes = [{note.code for note in made.findings} for made in found.plans]
    assert all("ended-in-time" in one for one in codes)


def test_each_month_of_delay_costs_what_the_account_would_have_paid() -> None:
    """400,000 dollars last for March and April; each month of delay is two unit-months lost."""
    found = compare(
        transferring(YEAR, voluntary=400_000), AS_OF, ["X", "NEVER"], delays=(0, 1, 2, 3, 9)
    )
    ((code, points),) = found.delays
    assert code == "X"
    assert [(p.delay_months, p.covered_points) for p in points] == [
        (0, 600_000),
        (1, 500_000),
        (2, 400_000),
        (3, 300_000),
        (9, 200_000),
    ]
    assert points[0].covered_points == found.plans[0].covered_points
    assert all(p.covered_points <= p.bound_points for p in points)


def test_a_transfer_to_an_empty_account_costs_less_the_later_it_comes() -> None:
    found = compare(transferring(), AS_OF, ["X"], delays=(0, 1, 2))
    assert [p.covered_points for _, points in found.delays for p in points] == [
        200_000,
        300_000,
        400_000,
    ]


def test_a_transfer_is_a_step_after_the_first_that_is_still_to_come() -> None:
    whole = transferring(YEAR)
    assert has_transfer(whole, AS_OF, "X")
    assert not has_transfer(whole, AS_OF, "NEVER")
    assert not has_transfer(whole, TRANSFER, "X")


def test_a_scenario_edits_the_dossier() -> None:
    """In scenario `SMALLER` the offer has one unit."""
    edit = fund.ScenarioEdit(
        scenario="SMALLER", table="offers", row="O", column="unit_count", value="1", **FACT
    )
    whole = transferring(YEAR, edit, *scenario("SMALLER", based_on="X"))
    found = compare(whole, AS_OF, ["X", "SMALLER"])
    assert [p.covered_points for p in found.plans] == [600_000, 300_000]
    assert payers(found.plans[1]) == payers(found.plans[0])


def test_a_delay_is_planned_by_search_where_the_mission_is_large(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is found is what is found of a small mission."""
    whole = transferring()
    ((_, exact),) = comparing.compare(whole, AS_OF, ["X"], delays=[0, 1]).delays
    monkeypatch.setattr(comparing, "ALL_AT_ONCE", 0)
    ((_, found),) = comparing.compare(whole, AS_OF, ["X"], delays=[0, 1]).delays
    assert exact[0].covered_points > 0
    for one, other in zip(exact, found, strict=True):
        assert other.covered_points == pytest.approx(one.covered_points, rel=0.01)
        assert other.bound_points >= one.covered_points - 1
