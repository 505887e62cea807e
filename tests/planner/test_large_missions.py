"""What is told of missions too large to be planned many times over, tried on small ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from konbit.dossier.plan import FULL
from konbit.dossier.shocks import Freeze
from konbit.planner import fitting, goals, near, plan
from konbit.planner.draft import Draft
from konbit.planner.futures import futures
from konbit.planner.planning import DossierFaultyError
from konbit.planner.problem import assemble, prepare
from konbit.planner.search import neighbourhoods
from konbit.planner.shock import replay, surroundings
from konbit.planner.shock.distance import Layout
from konbit.planner.shock.wish import Wish
from konbit.terms import Month
from limited_missions import plain
from missions import AS_OF, dossier, one_camp

if TYPE_CHECKING:
    from konbit.dossier import Plan


MAY = Month(2024, 5)


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
@pytest.mark.parametrize("narrow", [0, 3_000])
def test_where_all_places_are_too_many_asks_are_tried_at_those_that_lack_most(
    monkeypatch: pytest.MonkeyPatch, narrow: int
) -> None:
    """With no room at all the plan's own places are left, where only more money can gain."""
    monkeypatch.setattr(near, "_MOST", 0)
    monkeypatch.setattr(near, "_NARROW", narrow)
    short_of_units = plan(dossier(plain(units=1, needed=200)), AS_OF)
    asked = {ask.kind for ask in short_of_units.asks if ask.gain_points}
    assert ("unit" in asked) == bool(narrow)
    assert short_of_units.is_verified
    short_of_money = plan(dossier(one_camp(dollars=700_000)), AS_OF)
    assert "money" in {ask.kind for ask in short_of_money.asks if ask.gain_points} or not narrow


@pytest.mark.usefixtures("as_if_large")
def test_an_empty_call_list_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(near, "_TOO_MANY", 0)
    made = plan(dossier(one_camp(dollars=700_000)), AS_OF)
    assert made.asks == ()
    assert "gains-not-tried" in codes(made)
    assert made.is_verified


def test_a_shock_to_a_large_mission_is_repaired_near_the_plan_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = dossier(one_camp(dollars=700_000))
    exact = replay(whole, AS_OF, "", [Freeze("G", MAY)])
    monkeypatch.setattr(fitting, "WHOLE_AT_ONCE", 3)
    found = replay(whole, AS_OF, "", [Freeze("G", MAY)])
    assert (exact.is_near, found.is_near) == (False, True)
    assert found.after.is_verified
    # Here the places around the plan are all there are, so as much is found as in the whole.
    assert found.after.covered_points == exact.after.covered_points
    assert found.changes == exact.changes
    # Prices never prove less to be possible than is, nor more than before the shock.
    assert exact.afresh_points <= found.bound_points + 1
    assert found.bound_points <= found.before.stages[0].bound
    assert 0 <= found.lost_at_least_points <= exact.lost_points <= found.lost_at_most_points


def test_a_repair_of_a_large_mission_that_is_ended_is_that_of_fewest_changes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = dossier(one_camp(dollars=700_000))
    monkeypatch.setattr(fitting, "WHOLE_AT_ONCE", 3)
    told: list[float] = []
    found = replay(
        whole, AS_OF, "", [Freeze("G", MAY)],
        watch=lambda reached, _most: told.append(reached), enough=lambda: bool(told),
    )  # fmt: skip
    assert (found.is_near, found.is_ended) == (True, True)
    assert told[0] == pytest.approx(found.afresh_points / found.after.needed_points, abs=1e-3)
    assert found.after.is_verified
    assert found.changes.weighted <= replay(whole, AS_OF, "", [Freeze("G", MAY)]).changes.weighted
    assert found.after.covered_points <= found.bound_points <= found.before.stages[0].bound


def test_a_repair_is_looked_for_first_where_the_plan_before_has_its_units() -> None:
    known = dossier(one_camp(dollars=700_000)).known_on(AS_OF)
    world, _ = prepare(known, AS_OF, "")
    offered = next(u for u, unit in enumerate(world.units) if not unit.asked)
    code, site = world.units[offered].code, world.sites[0]
    wish = Wish(Layout({(code, site, 2): 1}, {(code, site, 2): 1}, {}), 0, 0, {}, 1, 100, ())
    own = surroundings.of_plan(world, wish)
    assert [(int(s), int(t)) for s, t in np.argwhere(own.free[offered])] == [(0, 2)]
    # Whom nobody offers no repair brings.
    others = [u for u in range(len(world.units)) if u != offered]
    assert any(world.units[u].asked for u in others)
    assert not any(own.free[u].any() for u in others)
    # Every site may be left and every option ordered; and where another plan is, is free as well.
    assert own.free_sites.all()
    assert own.free_options.all()
    there = Draft.nobody(world)
    there.present[offered][0, 4] = 1
    both = surroundings.of_both(world, wish, there)
    assert [int(t) for t in np.flatnonzero(both.free[offered][0])] == [2, 4]


def test_months_kept_are_not_bettered() -> None:
    known = dossier(one_camp(dollars=700_000)).known_on(AS_OF)
    world, treasury = prepare(known, AS_OF, "")
    problem = assemble(world, treasury, wide=False)
    regions = neighbourhoods.Regions(problem, np.zeros(0), 10_000, from_month=3)
    nobody = Draft.nobody(world)
    everywhere = neighbourhoods.Place(tuple(range(len(world.sites))), 0, world.horizon)
    for where in (everywhere, range(len(world.units))):
        region = regions.around(where, nobody)
        for cells in (*region.free, region.free_sites, region.free_options):
            assert not cells[:, :3].any()
        assert any(cells[:, 3:].any() for cells in region.free)
        assert region.free_sites[:, 3:].all()


def test_futures_of_a_mission_too_large_are_refused_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fitting, "WHOLE_AT_ONCE", 3)
    whole = dossier(one_camp())
    with pytest.raises(DossierFaultyError) as drawn:
        futures(whole, AS_OF, count=1, seed=1)
    assert [found.code for found in drawn.value.findings] == ["too-large-for-futures"]
