"""Missions drawn for the benchmark: same seed, same rows; sound, plannable, not satisfiable."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from instances import draw
from konbit.dossier.checks import check
from konbit.dossier.tables.fund import Contribution, EarmarkRule
from konbit.dossier.tables.pledge import Offer, UnitEvent
from konbit.dossier.tables.requirement import Requirement, Serviceability, Site
from konbit.package import read, write_folder
from konbit.planner.problem import prepare
from konbit.terms import Severity
from made_missions.force import KINDS
from made_missions.frame import AS_OF, SEVERITIES, SIZES

if TYPE_CHECKING:
    from pathlib import Path

    from konbit.dossier import Dossier


@pytest.fixture(scope="module", params=[(s, v) for s in ("S", "M") for v in SEVERITIES])
def drawn(request: pytest.FixtureRequest) -> tuple[str, Dossier]:
    size, severity = request.param
    return size, draw(size, severity, 7)


def test_has_the_numbers_of_its_size(drawn: tuple[str, Dossier]) -> None:
    name, dossier = drawn
    size = SIZES[name]
    assert len(dossier.rows(Offer)) == size.offers
    assert len(dossier.rows(Site)) == size.sites
    assert len(dossier.rows(Contribution)) == size.contributions
    assert dossier.mission.horizon_months == size.horizon_months


def test_has_no_error(drawn: tuple[str, Dossier]) -> None:
    errors = [f for f in check(drawn[1], AS_OF) if f.severity is Severity.ERROR]
    assert not errors


def test_every_requirement_has_a_phase_and_every_row_is_known(drawn: tuple[str, Dossier]) -> None:
    _, dossier = drawn
    assert all(row.phase for row in dossier.rows(Requirement))
    assert dossier.known_on(AS_OF).digest == dossier.digest
    assert dossier.last_known_on <= AS_OF


def test_about_a_tenth_of_the_offers_has_arrived(drawn: tuple[str, Dossier]) -> None:
    _, dossier = drawn
    arrived = {row.offer for row in dossier.rows(UnitEvent) if row.stage == "arrived"}
    assert len(dossier.rows(Offer)) / 12 < len(arrived) < len(dossier.rows(Offer)) / 5
    assert not [row for row in dossier.rows(UnitEvent) if row.stage == "departed"]


def test_every_kind_of_unit_is_offered(drawn: tuple[str, Dossier]) -> None:
    _, dossier = drawn
    wanted = {kind.capability for kind in KINDS.values()}
    assert {row.capability for row in dossier.rows(Offer)} == wanted
    assert {row.capability for row in dossier.rows(Requirement)} == wanted


def test_the_same_seed_gives_the_same_dossier_and_another_another() -> None:
    assert draw("S", "late_lift", 3).digest == draw("S", "late_lift", 3).digest
    assert draw("S", "late_lift", 3).digest != draw("S", "late_lift", 4).digest
    assert draw("S", "late_lift", 3).digest != draw("S", "tight_money", 3).digest


def test_is_read_back_as_it_was_drawn(tmp_path: Path) -> None:
    dossier = draw("S", "scarce_enablers", 5)
    write_folder(dossier, tmp_path / "drawn")
    again = read(tmp_path / "drawn").dossier
    assert again is not None
    assert again.digest == dossier.digest


@pytest.mark.parametrize("size", ["S", "M"])
def test_tours_are_added_and_move_nothing_else(size: str) -> None:
    plain, touring = (draw(size, "late_lift", 3, tours=tours) for tours in (False, True))
    assert not any(row.tour_months for row in plain.rows(Offer))
    tours = [row for row in touring.rows(Offer) if row.tour_months]
    assert len(tours) > len(plain.rows(Offer)) // 2
    assert any(row.overlap_months for row in tours)
    assert touring.rows(Serviceability)
    without = [
        replace(row, tour_months=None, overlap_months=None, gap_months=None)
        for row in touring.rows(Offer)
    ]
    assert tuple(without) == plain.rows(Offer)
    assert touring.digest == draw(size, "late_lift", 3, tours=True).digest
    assert not [f for f in check(touring, AS_OF) if f.severity is Severity.ERROR]


@pytest.mark.parametrize("severity", SEVERITIES)
def test_tours_of_many_seeds_are_sound(severity: str) -> None:
    # Drawing refuses what is degenerate: tours that are never over, no room for an overlap.
    for seed in range(100, 106):
        draw("S", severity, seed, tours=True)


@pytest.mark.parametrize("severity", SEVERITIES)
def test_many_seeds_are_sound(severity: str) -> None:
    # Drawing refuses what is degenerate: a battalion that no ship carries, money for everything.
    hybrids = 0
    for seed in range(100, 112):
        dossier = draw("S", severity, seed)
        world, _ = prepare(dossier.known_on(AS_OF), AS_OF, "base")
        hybrids += bool(world.transfers)
    assert 1 <= hybrids <= 11


@pytest.mark.parametrize(("size", "fewest", "most"), [("S", 4, 40), ("M", 8, 60)])
def test_earmarks_accept_different_things(size: str, fewest: int, most: int) -> None:
    dossier = draw(size, "tight_money", 11)
    rules: dict[str, set[tuple[str, str]]] = {}
    for row in dossier.rows(EarmarkRule):
        rules.setdefault(row.earmark, set()).add((row.dimension, row.allows))
    different = {frozenset(found) for found in rules.values()}
    assert len(different) == len(rules)
    assert fewest <= len(different) <= most
