"""Laws that every replay of a shock keeps, whatever the mission and the shock."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from konbit.dossier import Fact, texts_of
from konbit.dossier.scenario import under
from konbit.dossier.shocks import Close, CutAssessed, Delay, Freeze, Withdraw
from konbit.dossier.tables.fund import Contribution
from konbit.dossier.tables.pledge import Offer
from konbit.dossier.tables.requirement import Lift, Site
from konbit.planner import fitting, plan, verify
from konbit.planner.shock import ShockError, replay
from konbit.terms import Month
from missions import AS_OF, dossier
from small_missions import small_missions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from konbit.dossier import Row
    from konbit.dossier.replay import Replay
    from konbit.dossier.shocks import Shock

laws = settings(
    max_examples=25,
    deadline=None,  # a replay takes as long as its searches take
    derandomize=True,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.filter_too_much,
    ],
)
FIRST = Month.of(AS_OF) + 1
ROUNDING = 100  # points that whole ten-thousandths may lose, by requirement and month


def replayed(rows: list[Row], shocks: Sequence[Shock], **more: int) -> Replay:
    """A replay; a shock that would change nothing is no case of a law."""
    try:
        return replay(dossier(rows), AS_OF, "", shocks, curve=(), keep_months=more.get("keep"))
    except ShockError:
        assume(False)
        raise


@st.composite
def shocks_of(draw: st.DrawFn, rows: list[Row]) -> list[Shock]:
    """One to three shocks that name rows of a mission."""

    def codes(kind: type[Fact]) -> list[str]:
        return [row.label for row in rows if isinstance(row, kind)]

    month = draw(st.sampled_from([None, FIRST, FIRST + 1, FIRST + 2]))
    possible: list[Shock] = [CutAssessed(Decimal("0.15"), month)]
    possible += [Freeze(code, month) for code in codes(Contribution)]
    possible += [Withdraw(code, units, month) for code in codes(Offer) for units in (None, 1)]
    possible += [Close(code, 2, month) for code in codes(Lift)]
    possible += [Delay(code, 2) for code in (*codes(Site), *codes(Offer))]
    return draw(st.lists(st.sampled_from(possible), min_size=1, max_size=3, unique=True))


@laws
@given(small_missions())
def test_without_a_shock_nothing_changes(rows: list[Row]) -> None:
    found = replayed(rows, ())

    assert found.changes.weighted == 0
    assert found.slips == ()
    assert found.edits == ()
    assert found.after.presence == found.before.presence
    assert found.after.covered_points == found.before.covered_points


@laws
@given(small_missions(), st.data())
def test_a_shock_never_makes_a_better_plan(rows: list[Row], data: st.DataObject) -> None:
    found = replayed(rows, data.draw(shocks_of(rows)))

    assert found.after.covered_points <= found.before.stages[0].bound + 1
    assert found.after.covered_points <= found.bound_points + 1


@settings(laws, max_examples=12)
@given(small_missions(), st.data())
def test_a_shock_to_a_large_mission_never_makes_a_better_plan_either(
    rows: list[Row], data: st.DataObject
) -> None:
    shocks = data.draw(shocks_of(rows))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fitting, "WHOLE_AT_ONCE", -1)
        found = replayed(rows, shocks)

    assert found.is_near
    assert found.after.is_verified
    assert found.after.covered_points <= found.before.stages[0].bound + 1
    assert found.after.covered_points <= found.bound_points + 1
    assert found.lost_at_least_points <= max(0, found.lost_points) + 1
    assert found.lost_points <= found.lost_at_most_points
    assert found.changes.weighted <= found.afresh_changes.weighted


@laws
@given(small_missions(), st.data())
def test_a_repaired_plan_passes_the_separate_check_of_its_dossier(
    rows: list[Row], data: st.DataObject
) -> None:
    found = replayed(rows, data.draw(shocks_of(rows)))

    assert found.after.is_verified
    assert found.after.dossier_digest == found.shocked.digest
    assert not any(check.violated for check in verify(found.shocked, found.after))


@laws
@given(small_missions(), st.data())
def test_a_repaired_plan_never_has_more_changes_than_one_made_afresh(
    rows: list[Row], data: st.DataObject
) -> None:
    found = replayed(rows, data.draw(shocks_of(rows)))

    assert found.changes.weighted <= found.afresh_changes.weighted


@laws
@given(small_missions(), st.data())
def test_a_repaired_plan_covers_all_but_the_tolerance(rows: list[Row], data: st.DataObject) -> None:
    found = replayed(rows, data.draw(shocks_of(rows)))

    asked = min(found.afresh_points, found.before.covered_points)
    lost_in_rounding = len(found.after.coverage) * ROUNDING
    assert found.after.covered_points * 10_000 >= asked * (10_000 - 50) - lost_in_rounding * 10_000


@laws
@given(small_missions(), st.data())
def test_months_of_slips_add_up_to_the_presence_lost(rows: list[Row], data: st.DataObject) -> None:
    found = replayed(rows, data.draw(shocks_of(rows)))

    def presence(rows: Sequence[object]) -> int:
        return sum(row.units for row in rows)  # type: ignore[attr-defined] # rows of presence

    lost = presence(found.before.presence) - presence(found.after.presence)
    assert sum(slip.lost_unit_months for slip in found.slips) == lost


@laws
@given(small_missions(), st.data())
def test_a_larger_freeze_never_gives_a_better_plan(rows: list[Row], data: st.DataObject) -> None:
    gifts = [row.label for row in rows if isinstance(row, Contribution)]
    assume(len(gifts) > 1)
    month = data.draw(st.sampled_from([None, FIRST + 1]))
    few = replayed(rows, [Freeze(gifts[0], month)], keep=0)
    more = replayed(rows, [Freeze(gift, month) for gift in gifts[:2]], keep=0)

    assert more.afresh_points <= few.bound_points + 1


@laws
@given(small_missions(), st.data())
def test_a_longer_delay_never_gives_a_better_plan(rows: list[Row], data: st.DataObject) -> None:
    code = data.draw(st.sampled_from([r.label for r in rows if isinstance(r, (Offer, Site))]))
    short = replayed(rows, [Delay(code, 1)], keep=0)
    long = replayed(rows, [Delay(code, 3)], keep=0)

    assert long.afresh_points <= short.bound_points + 1


@laws
@given(small_missions(), st.data())
def test_what_a_shock_adds_says_that_it_is_a_supposition(
    rows: list[Row], data: st.DataObject
) -> None:
    mission = dossier(rows)
    found = replayed(rows, data.draw(shocks_of(rows)))
    before = {(type(row), row.key): row for row in under(mission, "")[0].all_rows}

    changed = [row for row in found.shocked.all_rows if before.get((type(row), row.key)) != row]
    assert changed
    for row in changed:
        assert isinstance(row, Fact)
        twin = "W" in row.label.rpartition(".")[2]
        assert twin or (row.confidence == "assumption" and row.basis)
        assert row.is_known(AS_OF)
    named = {(edit.table, edit.row) for edit in found.edits}
    assert named == {(type(row).TABLE, row.label) for row in changed}


@laws
@given(small_missions(), st.data())
def test_the_same_shock_gives_the_same_bytes(rows: list[Row], data: st.DataObject) -> None:
    shocks = data.draw(shocks_of(rows))
    first, second = replayed(rows, shocks), replayed(rows, shocks)

    assert first.after.digest == second.after.digest
    assert [texts_of(slip) for slip in first.slips] == [texts_of(slip) for slip in second.slips]


@laws
@given(small_missions(), st.data())
def test_the_shocked_dossier_is_an_ordinary_one(rows: list[Row], data: st.DataObject) -> None:
    found = replayed(rows, data.draw(shocks_of(rows)))

    afresh = plan(found.shocked, AS_OF, "", explain=False, calls=False)
    assert afresh.is_verified
    # The months kept bind the repaired plan, not one made afresh by anybody else.
    assert found.after.covered_points <= afresh.stages[0].bound + 1
