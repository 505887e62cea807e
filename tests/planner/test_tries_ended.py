"""Whoever has enough while asks and limits are tried keeps the plan, and what was tried by then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from konbit.briefing.sentences import calls_lead
from konbit.briefing.words import Words
from konbit.planner import goals, plan, planning
from missions import AS_OF, dossier, one_camp

if TYPE_CHECKING:
    from collections.abc import Callable

    from konbit.dossier.plan import Ask, Plan

ROWS = one_camp(beds=100)


class EnoughAt:
    """Has enough from a step on, once asked so many times more."""

    def __init__(self, step: str, more: int = 0) -> None:
        self._step, self._more = step, more
        self._begun = False
        self.was_said = False

    def progress(self, step: str, _share: float) -> None:
        """Hear of a step."""
        self._begun = self._begun or step == self._step

    def __call__(self) -> bool:
        """Ask."""
        if self._begun:
            self._more -= 1
        self.was_said = self._begun and self._more < 0
        return self.was_said


def ended(step: str, more: int = 0) -> tuple[Plan, bool]:
    """The plan, and whether there was enough before it was done."""
    ending = EnoughAt(step, more)
    return plan(dossier(ROWS), AS_OF, progress=ending.progress, enough=ending), ending.was_said


def late_at(step: str, more: int = 0) -> tuple[Plan, bool]:
    """The plan where time is over from a step on; whether it was over before the end."""
    ending = EnoughAt(step, more)
    return plan(dossier(ROWS), AS_OF, progress=ending.progress, late=ending), ending.was_said


def codes(made: Plan) -> set[str]:
    return {found.code for found in made.findings}


def asked(ask: Ask) -> tuple[object, ...]:
    return ask.kind, ask.subject, ask.site, ask.quantity, ask.amount


@pytest.fixture(params=["whole", "near"])
def tried_on(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Levers are tried on the whole mission, or as for a large one near its plan."""
    if request.param == "near":
        monkeypatch.setattr(goals, "WHOLE_AT_ONCE", 0)
        monkeypatch.setattr(planning, "ALL_AT_ONCE", 0)
    return str(request.param)


@pytest.mark.usefixtures("tried_on")
def test_before_any_ask_was_tried_there_is_no_list_and_it_is_said_why() -> None:
    made, was_said = ended("reasons")
    assert was_said
    assert (made.asks, made.relaxations) == ((), ())
    assert "Planning was ended" in calls_lead(made, Words("en"))
    assert made.is_verified


@pytest.mark.usefixtures("tried_on")
@pytest.mark.parametrize("step", ["calls", "bottlenecks"])
def test_when_time_is_over_what_was_tried_by_then_is_in_the_plan(step: str) -> None:
    whole = plan(dossier(ROWS), AS_OF)
    for more in (0, 1, 3, 30):
        made, was_over = late_at(step, more)
        assert was_over == ("tries-ended" in codes(made))
        assert "ended-in-time" not in codes(made)
        assert {asked(ask) for ask in made.asks} <= {asked(ask) for ask in whole.asks}
        if not was_over:
            assert (made.asks, made.relaxations) == (whole.asks, whole.relaxations)
        assert made.is_verified
    assert late_at("calls")[0].asks == ()


@pytest.mark.usefixtures("tried_on")
def test_asks_tried_are_kept_where_limits_are_not_lifted_any_more() -> None:
    made, _ = ended("bottlenecks")
    whole = plan(dossier(ROWS), AS_OF)
    assert made.asks == whole.asks != ()
    assert made.relaxations == ()
    assert whole.relaxations != ()
    assert "tries-ended" in codes(made) - codes(whole)
    assert not made.is_ended, "the plan itself was made to its end"
    assert made.presence == whole.presence


@pytest.mark.usefixtures("tried_on")
@pytest.mark.parametrize("step", ["calls", "bottlenecks"])
def test_whenever_there_is_enough_what_is_told_was_found(step: str) -> None:
    whole = plan(dossier(ROWS), AS_OF)
    gains = {asked(ask): ask for ask in whole.asks}
    lifted = {row.family: row for row in whole.relaxations}
    for more in _rising():
        made, was_said = ended(step, more)
        assert made.is_verified
        assert made.presence == whole.presence
        assert ("tries-ended" in codes(made)) is was_said
        for ask in made.asks:
            if ask.confirmed and asked(ask) in gains:
                assert ask.gain_points <= gains[asked(ask)].gain_points
        for row in made.relaxations:
            if row.confirmed:
                assert row.gain_points <= lifted[row.family].gain_points
        if not was_said:
            assert (made.asks, made.relaxations) == (whole.asks, whole.relaxations)
            return
    pytest.fail("it was never done")


def _rising() -> list[int]:
    """How often it is asked before there is enough: every time at first, then ever less often."""
    return [*range(4), *(4**power for power in range(1, 10))]


@pytest.mark.parametrize("step", ["reasons", "calls", "bottlenecks"])
def test_a_solver_that_fails_by_itself_is_not_taken_for_enough(
    step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from konbit.planner import resolve
    from konbit.planner.solve import SolverError

    def fails(*_given: object, **_named: object) -> Callable[[], None]:
        raise SolverError(step)

    monkeypatch.setattr(resolve, "Solver" if step == "calls" else "Tableau", fails)
    with pytest.raises(SolverError, match=step):
        plan(dossier(ROWS), AS_OF, enough=lambda: False)
