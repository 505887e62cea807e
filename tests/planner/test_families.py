"""Which asks lift which limits."""

from __future__ import annotations

from dataclasses import fields

import pytest

from konbit.dossier.plan import Ask
from konbit.planner.family import FAMILY_OF_ASK, PRIORITY, Family, lifted_by


def test_every_kind_of_ask_lifts_something() -> None:
    (kind,) = (field for field in fields(Ask) if field.name == "kind")
    assert set(dict(kind.metadata["column"].choices)) == set(FAMILY_OF_ASK)
    assert all(ask in lifted_by(family) for ask, family in FAMILY_OF_ASK.items())


@pytest.mark.parametrize("family", Family)
def test_whatever_holds_back_can_be_asked_for(family: Family) -> None:
    assert lifted_by(family) <= set(FAMILY_OF_ASK)
    assert lifted_by(family)


@pytest.mark.parametrize(
    ("family", "asks"),
    [
        (Family.ENABLER, {"unit", "ready"}),
        (Family.TIMING, {"money", "unfreeze"}),
        (Family.EARMARK, {"unearmark", "money"}),
        (Family.ADVANCE, {"advance", "arrears"}),
        (Family.ELIGIBILITY, {"clearance", "admission"}),
    ],
)
def test_what_several_asks_lift(family: Family, asks: set[str]) -> None:
    assert lifted_by(family) == asks


def test_what_is_no_limit_is_asked_of_nobody() -> None:
    assert lifted_by(PRIORITY) == frozenset()
    assert lifted_by("") == frozenset()
