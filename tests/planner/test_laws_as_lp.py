"""Each law of the planning model, written as a small linear programme that people can read.

Rows and columns are named by what they stand for, then unit, site (or requirement) and month, each
counted from 0: `present_1_0_2` is how many units of the second entity are at the first site in the
third month. Money is in hundreds of dollars. Typical units, which nobody offers and which are there
to be asked for, are left out. After a change on purpose: `KONBIT_WRITE_GOLDEN=1 pytest
tests/planner/test_laws_as_lp.py`, and read the difference against docs/explanation/planner.md.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from konbit.dossier.scenario import under
from konbit.planner.model import Model
from konbit.planner.problem import assemble, prepare
from konbit.planner.solve import write_lp
from law_missions import LAWS
from limited_missions import not_cleared, not_ready
from missions import AS_OF, dossier

if TYPE_CHECKING:
    from collections.abc import Mapping

    from konbit.dossier import Row
    from konbit.planner.model import Name

GOLDEN = Path(__file__).parents[1] / "golden" / "lp"


@dataclass(frozen=True)
class Written:
    """A row as terms by column name, and its bounds."""

    terms: Mapping[Name, float]
    lower: float
    upper: float


def whole_model(law: str) -> Model:
    """The model of the law's mission, without units that nobody offers."""
    mission_rows, _ = LAWS[law]
    whole = dossier(mission_rows())
    scenario = "X" if law in {"carry_over", "assessed"} else ""
    edited, _ = under(whole, scenario)
    world, treasury = prepare(edited.known_on(AS_OF), AS_OF, scenario)
    offered = tuple(unit for unit in world.units if not unit.asked)
    return assemble(replace(world, units=offered), treasury).model


def rows_of(model: Model, law: str) -> dict[Name, Written]:
    """The rows of a law by name."""
    _, first_names = LAWS[law]
    found = {}
    for r, name in enumerate(model.row_names):
        if name[0] in first_names:
            part = slice(model.starts[r], model.starts[r + 1])
            columns = [model.column_names[c] for c in model.indices[part]]
            terms = dict(zip(columns, model.values[part], strict=True))
            found[name] = Written(terms, model.row_lower[r], model.row_upper[r])
    return found


def small_model(model: Model, law: str) -> Model:
    """The rows of a law alone, with the columns in them."""
    rows = rows_of(model, law)
    used = {name for row in rows.values() for name in row.terms}
    small = Model()
    place = {}
    for c, name in enumerate(model.column_names):
        if name in used:
            low, high, whole = model.lower[c], model.upper[c], model.whole[c]
            place[name] = small.column(low, high, *name, whole=whole)
    for name, row in rows.items():
        terms = [(place[column], value) for column, value in row.terms.items()]
        small.row(terms, *name, lower=row.lower, upper=row.upper)
    return small


@pytest.mark.parametrize("law", sorted(LAWS))
def test_a_law_is_written_as_saved(law: str, tmp_path: Path) -> None:
    small = small_model(whole_model(law), law)
    path = tmp_path / f"{law}.lp"
    write_lp(small, np.zeros(len(small.lower)), path)
    saved = GOLDEN / path.name
    if os.environ.get("KONBIT_WRITE_GOLDEN"):
        saved.write_bytes(path.read_bytes())
    assert path.read_bytes() == saved.read_bytes()
    assert small.row_names


def names(prefix: str, *numbers: str) -> list[Name]:
    """`names("present", "0 0 1")`: names of columns whose parts are numbers."""
    return [(prefix, *map(int, text.split())) for text in numbers]


x_001, x_002, x_101 = names("present", "0 0 1", "0 0 2", "1 0 1")
x_000, x_010, x_100 = names("present", "0 0 0", "0 1 0", "1 0 0")
z_000, z_001, z_100, z_101, z_200 = names("start", "0 0 0", "0 0 1", "1 0 0", "1 0 1", "2 0 0")
PAY, FREE = "-+PAY", "-"


@pytest.mark.parametrize(
    ("law", "row", "terms", "lower", "upper"),
    [
        # two stand at S before the first month; nobody stands at T
        ("presence", ("presence", 0, 0, 0), {x_000: 1}, -inf, 2),
        (
            "presence",
            ("presence", 0, 1, 0),
            {x_010: 1, ("start", 0, 1, 0): -1},
            -inf,
            0,
        ),
        ("presence", ("presence", 1, 0, 1), {x_101: 1, x_100: -1, z_101: -1}, -inf, 0),
        # three months: starts of the third, second and first month are there in the third
        (
            "minimum_stay",
            ("minimum_stay", 0, 0, 2),
            {x_002: -1, z_000: 1, z_001: 1, ("start", 0, 0, 2): 1},
            -inf,
            0,
        ),
        ("offered", ("offered", 0, 0), {x_000: 1, x_010: 1}, -inf, 2),
        (
            "offered",
            ("offered_leaving", 0, 1),
            {x_001: 1, ("present", 0, 1, 1): 1, x_000: -1, x_010: -1},
            -inf,
            0,
        ),
        # 100 people, of whom 75 may stay; 60 people, of whom 45 may, less those who arrive
        (
            "carry_over",
            ("carry_over", 1),
            {x_001: 100, x_000: -75, x_101: 60, z_101: -60, x_100: -45},
            -inf,
            0,
        ),
        # 100 at work of those there; of those to come less who arrive now; at most the 150 needed
        (
            "coverage",
            ("coverage", "police", 0, 0),
            {
                ("met", 0, 0): 150,
                x_000: -100,
                x_100: -100,
                z_100: 100,
                ("present", 2, 0, 0): -150,
                z_200: 150,
            },
            -inf,
            0,
        ),
        ("coverage", ("coverage_held", 0, 1), {("met", 0, 1): 1, ("held", 0, 1): -1}, -inf, 0),
        (
            "coverage_with_substitutes",
            ("coverage", "guard", 0, 0),
            {("met", 0, 0): 90, x_000: -40, ("stand", "police", "guard", 0, 0): -0.6},
            -inf,
            0,
        ),
        (
            "coverage_with_substitutes",
            ("coverage", "police", 0, 0),
            {("met", 1, 0): 70, x_100: -100, ("stand", "police", "guard", 0, 0): 1},
            -inf,
            0,
        ),
        # police at S (the third need) by medics there (the first) and by command at T
        ("enablers", ("enablers", 2, 0, 0), {("met", 2, 0): 1, ("met", 0, 0): -1}, -inf, 0),
        ("enablers", ("enablers", 2, 1, 0), {("met", 2, 0): 1, ("met", 1, 0): -1}, -inf, 0),
        ("enablers", ("enablers", 3, 1, 0), {("met", 3, 0): 1, ("met", 1, 0): -1}, -inf, 0),
        # 150 beds from April, 80 more for tents ordered in March
        (
            "camp",
            ("camp", 0, 1),
            {x_001: 100, x_101: 30, ("ordered", 0, 0): -80},
            -inf,
            150,
        ),
        ("camp", ("camp_limit", 0, 1), {x_001: 100, x_101: 30}, -inf, 210),
        ("building", ("building", 0), {("ordered", 0, t): 1 for t in range(3)}, -inf, 1),
        # a unit of 200 counts for the 150 that hold the site; 400 people may come in all
        (
            "critical_mass",
            ("critical_mass", 0, 0),
            {x_000: 100, x_100: 150, ("held", 0, 0): -150},
            0,
            inf,
        ),
        (
            "critical_mass",
            ("held", 0, 0),
            {x_000: 100, x_100: 200, ("held", 0, 0): -400},
            -inf,
            0,
        ),
        # 130 × 0.65 = 84.5 people; 45 × 0.65 = 29.25 tonnes; those there are not carried
        ("lift", ("lift", 1), {z_101: 100, ("start", 2, 0, 1): 60}, -inf, 84),
        ("lift", ("lift_cargo", 1), {z_101: 20, ("start", 2, 0, 1): 35}, -inf, 29),
        ("ceiling", ("ceiling", 1, 0), {x_000: 100, x_100: 90}, -inf, 150),
        # 9 × 0.7 = 6.3, and from April 9.3 carriers; one brings 1 of 5, the other all
        ("equipment", ("equipment", "APC", 0), {x_000: 4}, -inf, 6),
        ("equipment", ("equipment", "APC", 1), {x_001: 4}, -inf, 9),
        # 100 people × 1,000 × 1.1 a month
        (
            "obligations",
            ("cash_due", "TF", PAY, 0),
            {x_000: -1_100, ("pays", "TF", FREE, PAY, 0): 1, ("pays", "TF", "PAY", PAY, 0): 1},
            0,
            0,
        ),
        # way in 330 and, for who leaves at once, way home 220; camp 55; tents 220
        (
            "obligations",
            ("cash_due", "TF", FREE, 0),
            {
                x_000: 220,
                z_000: -550,
                ("held", 0, 0): -55,
                ("ordered", 0, 0): -220,
                ("pays", "TF", FREE, FREE, 0): 1,
            },
            0,
            0,
        ),
        # four fifths of 400,000 for anything; of 90,000 for pay, from April
        (
            "cash",
            ("cash", "TF", FREE, 1),
            {
                ("used", "TF", FREE, 1): 1,
                ("aside", "TF", FREE, FREE, 1): 1,
                ("aside", "TF", FREE, PAY, 1): 1,
            },
            -inf,
            3_200,
        ),
        (
            "cash",
            ("cash", "TF", "PAY", 1),
            {
                ("used", "TF", "PAY", 1): 1,
                ("aside", "TF", "PAY", PAY, 1): 1,
            },
            -inf,
            720,
        ),
        # the way home in May: 100 × 250 × 1.1; pay of May for who starts in April: 1,100
        (
            "tail",
            ("tail_due", "TF", FREE, 1),
            {x_001: -275, ("aside", "TF", FREE, FREE, 1): 1},
            0,
            0,
        ),
        (
            "tail",
            ("tail_due", "TF", PAY, 1),
            {z_001: -1_100, ("aside", "TF", FREE, PAY, 1): 1, ("aside", "TF", "PAY", PAY, 1): 1},
            0,
            0,
        ),
        # 150,000 × 0.8 over April and May; nothing in June
        ("assessed", ("assessed", "B"), {x_001: 1_000, x_002: 1_000}, -inf, 1_200),
        ("assessed", ("assessed_none", "UN", 3), {("present", 0, 0, 3): 1_000}, -inf, 0),
        # pay of two months, without support cost and without what is not reimbursed
        ("advance", ("advance", "AAA", 1), {x_000: 1_000, x_001: 1_000}, -inf, 2_500),
    ],
)
def test_a_row_of_a_law_is_as_worked_by_hand(
    law: str, row: Name, terms: dict[Name, float], lower: float, upper: float
) -> None:
    found = rows_of(whole_model(law), law)[row]
    assert found.terms == pytest.approx(terms)
    assert (found.lower, found.upper) == (lower, upper)


def closed(rows: list[Row]) -> set[int]:
    """Months in which units of the only offer may not be there."""
    world, treasury = prepare(dossier(rows).known_on(AS_OF), AS_OF, "")
    model = assemble(world, treasury).model
    return {
        int(name[3])
        for name, most in zip(model.column_names, model.upper, strict=True)
        if name[:2] == ("present", 0) and most == 0
    }


def test_who_is_not_ready_or_not_eligible_has_columns_closed_at_nought() -> None:
    assert closed(not_ready()) == {0, 1}
    assert closed(not_cleared()) == {0, 1, 2, 3}


def test_every_saved_programme_is_of_a_law() -> None:
    assert {path.stem for path in GOLDEN.glob("*.lp")} == set(LAWS)
