"""Shocks replayed on missions that can be worked by hand: March to June 2024, police at S."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from konbit.dossier.replay import Changes
from konbit.dossier.shocks import Close, CutAssessed, Delay, Freeze, Withdraw
from konbit.dossier.tables.fund import Budget, ContributionEvent, ScenarioEdit
from konbit.dossier.tables.pledge import Offer, UnitEvent
from konbit.dossier.tables.requirement import (
    BuildingOption,
    Lift,
    Phase,
    Requirement,
    SiteCapacity,
)
from konbit.planner import plan
from konbit.planner.shock import OtherDossierError, ShockError, replay
from konbit.planner.shock.distance import Layout, changes
from konbit.terms import Month
from law_missions import assessed
from limited_missions import PLENTY, arrived, no_cash, plain
from missions import AS_OF, FACT, dossier, offer, usd
from rotating_missions import boat as rotating_boat
from rotating_missions import rotating, stays

if TYPE_CHECKING:
    from collections.abc import Callable

    from konbit.dossier import Row
    from konbit.dossier.replay import Replay
    from konbit.dossier.shocks import Shock

MARCH, APRIL, MAY, JUNE = (Month(2024, number) for number in (3, 4, 5, 6))


def replayed(rows: list[Row], *shocks: Shock, scenario: str = "", **more: Any) -> Replay:
    return replay(dossier(rows), AS_OF, scenario, shocks, curve=(), **more)


def refused(rows: list[Row], *shocks: Shock) -> dict[str, dict[str, str]]:
    with pytest.raises(ShockError) as raised:
        replayed(rows, *shocks)
    return {found.code: dict(found.values) for found in raised.value.findings}


def told(found: Replay) -> list[tuple[object, ...]]:
    """Slips as tuples that can be read."""
    return [
        (s.units, s.change, s.before, s.after, s.months, s.lost_unit_months, s.reason)
        for s in found.slips
    ]


def test_a_gift_frozen_in_may_leaves_what_was_spent_until_then() -> None:
    """Two units cost 200,000 a month; 400,000 are gone by the end of April."""
    found = replayed(plain(), Freeze("G", MAY))

    [effect] = found.effects
    assert effect.amount == usd(PLENTY - 400_000)
    [event] = [e for e in found.shocked.rows(ContributionEvent) if e.stage == "frozen"]
    assert (event.contribution, event.on, event.amount) == ("G", date(2024, 5, 1), effect.amount)
    assert (found.kept_until, found.kept_changes) == (MAY, 0)
    assert told(found) == [(2, "leaves-earlier", "", "2024-05", -2, 4, "money")]
    assert found.after.covered_points * 2 == found.before.covered_points
    assert found.changes == Changes(unit_months=4, starts=0, orders=0)
    assert found.after.is_verified


def test_a_part_of_a_gift_frozen_leaves_the_rest_and_never_takes_more_than_is_left() -> None:
    part = replayed(plain(), Freeze("G", MAY, usd(100_000)))
    too_much = replayed(plain(), Freeze("G", MAY, usd(PLENTY)))

    assert part.effects[0].amount == usd(100_000)
    [event] = [e for e in part.shocked.rows(ContributionEvent) if e.stage == "frozen"]
    assert event.amount == usd(100_000)
    assert too_much.effects[0].amount == usd(PLENTY - 400_000)


def test_money_set_aside_for_a_minimum_stay_cannot_be_frozen() -> None:
    """Both units came in March for four months: all of their pay is set aside by then."""
    found = replayed(plain(stay=4), Freeze("G", APRIL))

    assert found.effects[0].amount == usd(PLENTY - 800_000)
    assert found.slips == ()


def test_a_gift_frozen_at_once_pays_for_nobody() -> None:
    found = replayed(plain(), Freeze("G"))

    assert found.effects[0].amount == usd(PLENTY)
    assert found.after.covered_points == 0
    assert told(found) == [(2, "never", "2024-03", "", None, 8, "money")]


def test_a_whole_offer_withdrawn_ends_with_its_last_day() -> None:
    found = replayed([*plain(), offer("P", "BBB", "police", 50)], Withdraw("O", None, MAY))

    assert found.effects[0].units == 2
    row = found.shocked.by_code(Offer)["O"]
    assert row.available_until_on == date(2024, 5, 1)
    assert row.confidence == "assumption"
    assert (2, "leaves-earlier", "", "2024-05", -2, 4, "withdrawn") in told(found)
    assert any(slip.offer == "P" and slip.change == "new" for slip in found.slips)


def test_a_part_of_an_offer_withdrawn_later_is_parted_from_the_rest() -> None:
    found = replayed(plain(), Withdraw("O", 1, MAY))

    offers = found.shocked.by_code(Offer)
    assert (offers["O.W"].unit_count, offers["O.W"].available_until_on) == (1, date(2024, 5, 1))
    assert offers["O"].available_until_on is None
    assert found.parted == (("O.W", "O"),)
    # The twin counts with the offer that it is of: one of two units leaves, none is new.
    assert told(found) == [(1, "leaves-earlier", "", "2024-05", -2, 2, "withdrawn")]
    assert found.changes == Changes(unit_months=2, starts=0, orders=0)


def test_units_still_to_come_are_withdrawn_before_those_present() -> None:
    found = replayed([*plain(), arrived(1)], Withdraw("O", 1))

    [event] = [e for e in found.shocked.rows(UnitEvent) if e.stage == "withdrawn"]
    assert (event.offer, event.units, event.on) == ("O", 1, AS_OF)
    assert [(s.unit, s.change, s.reason) for s in found.slips] == [("O", "never", "withdrawn")]


def test_units_present_are_withdrawn_when_none_is_to_come() -> None:
    found = replayed([*plain(), arrived(2)], Withdraw("O", 1, APRIL))

    assert [(s.unit, s.change, s.after, s.reason) for s in found.slips] == [
        ("O@S", "leaves-earlier", "2024-04", "withdrawn")
    ]
    there = {row.unit: row.units for row in found.after.presence if row.month == "2024-03"}
    assert there == {"O@S": 1, "O.W@S": 1}


def boat() -> Row:
    return Lift(code="BOAT", title="Boat", mode="sea", passengers_per_month=200, **FACT)


def test_a_closed_lift_holds_arrivals_back_until_it_opens() -> None:
    found = replayed([*plain(), boat()], Close("BOAT", 2))

    assert told(found) == [(2, "later", "2024-03", "2024-05", 2, 4, "lift")]
    assert found.changes == Changes(unit_months=4, starts=2, orders=0)
    assert found.changes.weighted == 4 + 3 * 2
    # Nobody can arrive in March: what was under way cannot be kept.
    assert found.kept_changes == 2


def tents(lead: int = 1) -> Row:
    return BuildingOption(
        code="TENTS", title="Tents", site="S", adds_persons=100, lead_time_months=lead, **FACT
    )


def test_a_late_camp_holds_its_unit_back_by_as_much() -> None:
    found = replayed([*plain(beds=100), tents()], Delay("TENTS", 1))

    assert found.shocked.by_code(BuildingOption)["TENTS"].lead_time_months == 2
    assert told(found) == [(1, "later", "2024-04", "2024-05", 1, 1, "camp")]


def test_a_late_site_delays_what_is_built_there() -> None:
    found = replayed([*plain(beds=100), tents()], Delay("S", 1))

    assert found.shocked.by_code(BuildingOption)["TENTS"].lead_time_months == 2


def test_room_to_come_is_late_and_room_to_go_goes_on_its_day() -> None:
    """100 now, 200 from April, 50 from June; two months late it is 50 from June, never 200."""
    rows = [
        *plain(beds=100),
        SiteCapacity(site="S", from_on=date(2024, 4, 1), capacity_persons=200, **FACT),
        SiteCapacity(site="S", from_on=date(2024, 6, 1), capacity_persons=50, **FACT),
    ]
    found = replayed(rows, Delay("S", 2))

    room = {row.from_on: row.capacity_persons for row in found.shocked.rows(SiteCapacity)}
    assert room == {date(2024, 4, 1): 100, date(2024, 6, 1): 50}


def test_a_late_offer_is_told_as_delayed_itself() -> None:
    found = replayed(plain(), Delay("O", 2))

    assert found.shocked.by_code(Offer)["O"].available_from_on == date(2024, 5, 1)
    assert told(found) == [(2, "later", "2024-03", "2024-05", 2, 4, "delayed")]


def test_a_late_offer_that_never_comes_is_told_what_keeps_it_away_by_then() -> None:
    """A month late, it would find no money: being late is not what keeps it at home."""
    found = replayed(plain(), Delay("O", 1), Freeze("G"))

    assert told(found) == [(2, "never", "2024-03", "", None, 8, "money")]


def test_assessed_cash_is_cut_in_the_months_that_are_left() -> None:
    """150,000 for April and May, four fifths in cash: 120,000; half less in May: 90,000."""
    found = replayed(assessed(), CutAssessed(Decimal("0.5"), MAY), scenario="X")

    assert found.effects[0].amount == usd(30_000)
    assert found.shocked.by_code(Budget)["B"].cash_share == Decimal("0.6")


def test_without_an_edit_of_the_scenario_a_shock_would_be_undone() -> None:
    """The scenario sets the cell that the shock changes: the shocked dossier holds the shock."""
    edit = ScenarioEdit(
        scenario="X", table="budgets", row="B", column="cash_share", value="0.8", **FACT
    )
    found = replayed([*assessed(), edit], CutAssessed(Decimal("0.5")), scenario="X")

    assert found.shocked.rows(ScenarioEdit) == ()
    assert found.shocked.by_code(Budget)["B"].cash_share == Decimal("0.4")
    again = plan(found.shocked, AS_OF, "X", explain=False, calls=False)
    assert again.covered_points <= found.bound_points


def test_several_shocks_together_are_one_dossier() -> None:
    found = replayed([*plain(), boat()], Close("BOAT", 1), Freeze("G", JUNE))

    assert [effect.struck for effect in found.effects] == [MARCH, JUNE]
    assert {edit.table for edit in found.edits} == {"lift_interruptions", "contribution_events"}
    assert found.after.is_verified


def test_a_plan_made_before_gives_the_same_replay() -> None:
    mission = dossier(plain())
    before = plan(mission, AS_OF, explain=False, calls=False)
    found = replay(mission, AS_OF, "", [Freeze("G", MAY)], before=before, curve=())

    assert found.after.digest == replayed(plain(), Freeze("G", MAY)).after.digest


def test_a_plan_of_another_dossier_is_refused() -> None:
    other = plan(dossier(no_cash()), AS_OF, explain=False, calls=False)
    with pytest.raises(OtherDossierError):
        replay(dossier(plain()), AS_OF, "", [Freeze("G", MAY)], before=other)


def test_months_kept_can_be_chosen() -> None:
    """With the freeze known in time there is nothing better to do here, but nothing is held."""
    found = replayed(plain(), Freeze("G", MAY), keep_months=0)

    assert (found.kept_until, found.kept_changes) == (MARCH, 0)
    assert found.after.covered_points * 2 == found.before.covered_points


def needed_from_may() -> list[Row]:
    """Police needed in May and June only, brought by a boat in the month in which they are."""
    needed = (
        replace(row, phase="LATE") if isinstance(row, Requirement) else row for row in plain()
    )
    return [*needed, Phase(code="LATE", title="Late", from_on=date(2024, 5, 1), **FACT), boat()]


def test_months_before_the_shock_are_kept_though_changing_them_would_cover_more() -> None:
    """Who knew that no boat goes in May would send the police in April."""
    found = replayed(needed_from_may(), Close("BOAT", 2, MAY))

    assert {row.month for row in found.before.presence} == {"2024-05", "2024-06"}
    assert (found.kept_until, found.kept_changes) == (MAY, 0)
    assert found.after.presence == ()

    known = replayed(needed_from_may(), Close("BOAT", 2, MAY), keep_months=0)
    assert min(row.month for row in known.after.presence) == "2024-04"
    assert known.after.covered_points == known.before.covered_points


def test_the_trade_off_goes_from_few_changes_to_much_coverage() -> None:
    """Without O half is covered. P, for two months, adds an eighth: two unit-months, one start."""
    mission = dossier([*plain(), offer("P", "BBB", "police", 50)])
    found = replay(mission, AS_OF, "", [Withdraw("O", None, MAY)], curve=(0, 5_000))

    points = [(point.covered_points, point.changes) for point in found.trade_off]
    assert points == [(200_000, 4), (250_000, 9)]


def test_what_is_not_there_is_told_with_what_is_near() -> None:
    assert refused(plain(), Freeze("GG"))["shock-unknown"] == {
        "suggestion": "G",
        "tables": "contributions",
        "value": "GG",
    }
    assert "shock-unknown" in refused(plain(), Withdraw("NOBODY"))
    assert "shock-unknown" in refused(plain(), Close("PLANE", 2))
    assert "shock-unknown" in refused(plain(), Delay("TENTS", 2))


def test_a_shock_that_changes_nothing_is_told() -> None:
    assert "shock-nothing-assessed" in refused(plain(), CutAssessed(Decimal("0.15")))
    assert "shock-nothing-delay" in refused(plain(), Delay("S", 2))
    assert "shock-nothing-delay" in refused([*plain(), arrived(2)], Delay("O", 2))
    assert "shock-too-many-units" in refused(plain(), Withdraw("O", 3))
    assert "shock-outside-plan" in refused(plain(), Freeze("G", Month(2025, 1)))
    twice = refused([*plain(), boat()], Close("BOAT", 2), Close("BOAT", 2))
    assert "shock-twice" in twice
    again = refused(plain(), Freeze("G"), Freeze("G", MAY))
    assert set(again) == {"shock-nothing-left"}
    later = replace(boat(), from_on=date(2030, 1, 1))  # type: ignore[call-arg] # a lift
    assert "shock-nothing-lift" in refused([*plain(), later], Close("BOAT", 2))


def test_what_can_never_be_replayed_is_told_before_anything_is_planned() -> None:
    steps: list[str] = []
    wrong = (Freeze("GG"), Withdraw("O", 3), Close("PLANE", 2), Delay("S", 2))
    with pytest.raises(ShockError) as raised:
        replayed(plain(), *wrong, progress=lambda step, _share: steps.append(step))
    assert len(raised.value.findings) == len(wrong)
    assert steps == []
    replayed(plain(), Freeze("G"), progress=lambda step, _share: steps.append(step))
    assert "coverage" in steps


def test_what_was_not_known_on_the_day_cannot_be_struck() -> None:
    late = offer("LATE", "AAA", "police", 50, known_on=date(2024, 5, 1))
    assert refused([*plain(), late], Withdraw("LATE"))["shock-not-known"] == {
        "as_of_on": str(AS_OF)
    }


def test_changes_are_counted_apart_and_weighed_together() -> None:
    before = Layout({("O", "S", 0): 2, ("O", "S", 1): 2}, {("O", "S", 0): 2}, {"TENTS": 0})
    after = Layout({("O", "S", 1): 1, ("O", "T", 1): 1}, {("O", "T", 1): 1}, {"TENTS": 1})

    assert changes(before, after) == Changes(unit_months=2 + 1 + 1, starts=1, orders=1)
    assert changes(before, after).weighted == 4 + 3 + 3
    assert changes(before, before).weighted == 0
    assert changes(before, after, until=1) == Changes(unit_months=2, starts=0, orders=1)


def test_a_repaired_plan_relieves_no_more_often_than_tours_ask() -> None:
    """A boat that stops in a month in which nobody travels: nothing changes, nothing costs more."""
    rows = [*rotating(support="0.07", tour_months=6), rotating_boat(100)]
    found = replayed(rows, Close(rotating_boat(100).code, 1, MARCH + 3))
    assert len(stays(found.before)) == 3
    assert stays(found.after) == stays(found.before)
    assert found.after.obligations == found.before.obligations


class HadEnough:
    """Somebody who has had enough as soon as there is a plan, or a repaired one."""

    def __init__(self, at: int = 1) -> None:
        self.told: list[tuple[float, float]] = []
        self._at = at

    def watch(self, reached: float, most: float) -> None:
        self.told.append((reached, most))

    def __call__(self) -> bool:
        return len(self.told) >= self._at


@pytest.mark.parametrize("keep", [None, 0])
def test_a_repair_that_is_ended_is_a_plan_that_keeps_every_rule_and_says_so(
    keep: int | None,
) -> None:
    reader = HadEnough()
    found = replayed(plain(), Freeze("G", MAY), watch=reader.watch, enough=reader, keep_months=keep)
    assert found.is_ended
    assert found.after.is_verified
    # The fewest changes are a plan that uses what is left, and are waited for.
    assert found.after.covered_points * 2 == found.before.covered_points
    assert found.bound_points <= found.before.stages[0].bound
    assert all(0 <= reached <= most <= 1 for reached, most in reader.told)


def test_time_is_counted_anew_for_the_plan_before_and_for_its_repair() -> None:
    begun: list[int] = []

    def limit() -> Callable[[], bool]:
        begun.append(1)
        return lambda: True

    found = replayed(plain(), Freeze("G", MAY), limit=limit)
    assert len(begun) == 2
    assert found.is_ended
    assert found.after.is_verified
    given = replayed(plain(), Freeze("G", MAY), before=found.before, limit=limit)
    assert len(begun) == 3
    assert given.is_ended


def test_a_replay_that_nobody_ends_does_not_say_so() -> None:
    reader = HadEnough(at=1_000)
    found = replayed(plain(), Freeze("G", MAY), watch=reader.watch, enough=reader)
    assert reader.told
    assert not found.is_ended
    assert found.after.digest == replayed(plain(), Freeze("G", MAY)).after.digest
