"""What is told of missions too large to be planned many times over, tried on small ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from konbit.dossier.plan import FULL
from konbit.dossier.shocks import Freeze
from konbit.planner import fitting, goals, near, plan
from konbit.planner.futures import futures
from konbit.planner.planning import DossierFaultyError
from konbit.planner.shock import replay
from limited_missions import plain
from missions import AS_OF, dossier, one_camp

if TYPE_CHECKING:
    from konbit.dossier import Plan


@pytest.fixture
def as_if_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every mission is planned as those beyond a look at the whole model are."""
    monkeypatch.setattr(goals, "WHOLE_AT_ONCE", 0)


def codes(made: Plan) -> set[str]:
    return {found.code for found in made.findings}


def gains(made: Plan) -> dict[tuple[str, str, int], int]:
    return {
        (ask.kind, ask.subject, ask.amount.amount_minor if ask.amount else 0): ask.gain_points
        for ask in made.asks
    }


def test_asks_near_a_plan_gain_what_they_gain_in_the_whole_mission(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = dossier(one_camp(dollars=700_000))
    exact = plan(whole, AS_OF)
    monkeypatch.setattr(goals, "WHOLE_AT_ONCE", 0)
    made = plan(whole, AS_OF)
    assert made.is_verified
    assert "gains-near-plan" in codes(made)
    assert "gains-near-plan" not in codes(exact)
    told, known = gains(made), gains(exact)
    assert told
    assert all(gain <= known[ask] + FULL // 100 for ask, gain in told.items() if ask in known)
    best = max(made.asks, key=lambda ask: ask.gain_points)
    assert (best.kind, best.confirmed) == ("money", True)
    assert best.gain_points == pytest.approx(max(known.values()), rel=0.02)
    assert made.relaxations[0].family == exact.relaxations[0].family == "money"


@pytest.mark.usefixtures("as_if_large")
def test_an_ask_for_units_is_tried_where_they_are_lacking() -> None:
    made = plan(dossier(plain(units=1, needed=200)), AS_OF)
    assert "unit" in {ask.kind for ask in made.asks if ask.gain_points}


@pytest.mark.usefixtures("as_if_large")
def test_an_empty_call_list_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(near, "_TOO_MANY", 0)
    made = plan(dossier(one_camp(dollars=700_000)), AS_OF)
    assert made.asks == ()
    assert "gains-not-tried" in codes(made)
    assert made.is_verified


def test_shocks_and_futures_of_a_mission_too_large_are_refused_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fitting, "WHOLE_AT_ONCE", 3)
    whole = dossier(one_camp())
    with pytest.raises(DossierFaultyError) as shocked:
        replay(whole, AS_OF, "", [Freeze("G")])
    assert [found.code for found in shocked.value.findings] == ["too-large-to-replay"]
    with pytest.raises(DossierFaultyError) as drawn:
        futures(whole, AS_OF, count=1, seed=1)
    assert [found.code for found in drawn.value.findings] == ["too-large-for-futures"]
