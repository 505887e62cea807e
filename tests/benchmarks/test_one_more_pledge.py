"""One more pledge, measured: asks of a mission as if it were large, and gifts written into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.planner import asks, goals
from konbit.planner.explain import reasons
from konbit.planner.planning import tried_on
from missions import AS_OF, dossier, one_camp
from one_more_pledge import Mission, full_gain, measure, quick_points, with_gift

if TYPE_CHECKING:
    import pytest


def test_a_large_mission_is_asked_near_its_plan_and_gifts_are_planned_afresh(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(goals, "WHOLE_AT_ONCE", 0)
    told = measure(Mission(dossier(one_camp(700_000)), AS_OF, 60.0), "camp", confirmed=4, fresh=2)
    rows = [line for line in told.splitlines() if line.startswith("  money TF")]
    assert len(rows) == 2
    assert all(row.endswith(("inside", "below, in its gap")) for row in rows)


def test_a_gift_written_into_a_dossier_is_cash_of_its_fund_from_the_first_month() -> None:
    mission = Mission(dossier(one_camp(700_000)), AS_OF, 0.0)
    before = mission.solved()
    base, _ = tried_on(before)
    assert base is not None
    ideas = asks._ideas(before, reasons(before))
    idea = next(one for one in ideas if one.kind == "money")
    after = with_gift(mission, idea).solved()
    for purse, cash in before.problem.treasury.purses.cash.items():
        more = after.problem.treasury.purses.cash[purse]
        assert [b - a for a, b in zip(cash, more, strict=True)] == [idea.amount_minor] * len(cash)
    # In a small mission both are planned to the end, and say the same.
    gain = full_gain(base, idea.lever, quick_points(base, idea.lever))
    found = after.stages[0].value - before.stages[0].value
    assert gain.least_points - 1 <= found <= gain.most_points + 1
