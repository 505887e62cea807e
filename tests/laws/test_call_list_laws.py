"""What the call list promises is what comes out when a call is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, event, given, settings

from answered import answered
from konbit.planner import plan
from missions import AS_OF, dossier
from small_missions import small_missions

if TYPE_CHECKING:
    from konbit.dossier import Row

laws = settings(
    max_examples=25,
    deadline=None,  # a plan takes as long as its search takes
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@laws
@given(small_missions())
def test_an_answered_ask_gains_at_least_what_was_promised(rows: list[Row]) -> None:
    """As far as the search of the second plan has been proven, and its rounding allows."""
    before = plan(dossier(rows), AS_OF, explain=False)
    for ask in before.asks:
        if not ask.confirmed:
            continue
        event(ask.kind)
        after = plan(dossier(answered(rows, ask)), AS_OF, explain=False, calls=False)
        coverage = after.stages[0]
        rounding = sum(row.weight for row in after.coverage)
        unproven = coverage.bound - coverage.value
        gained = after.covered_points - before.covered_points
        assert after.is_verified
        assert gained + unproven + rounding >= ask.gain_points


@laws
@given(small_missions())
def test_asks_are_ranked_and_the_best_are_confirmed(rows: list[Row]) -> None:
    asks = plan(dossier(rows), AS_OF, explain=False).asks
    sure = [ask for ask in asks if ask.confirmed]
    assert [ask.rank for ask in asks] == list(range(1, len(asks) + 1))
    assert asks[: len(sure)] == tuple(sure)
    assert [a.gain_points for a in sure] == sorted((a.gain_points for a in sure), reverse=True)
    for ask in asks:
        assert 0 < ask.gain_points <= ask.gain_upper_points
