"""What a notebook does: read, check, plan, compare; tables as data frames, figures that show."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

import konbit
from konbit.dossier.plan import PLAN_TABLES
from told_in_docs import write_how_to

if TYPE_CHECKING:
    from pathlib import Path

    from konbit.dossier import Dossier

AS_OF = "2026-02-15"


@pytest.fixture(scope="module")
def force(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    return konbit.read(write_how_to(tmp_path_factory.mktemp("api") / "rsf"))


@pytest.fixture(scope="module")
def planned(force: Dossier) -> konbit.PlanView:
    return konbit.plan(force, as_of=AS_OF, calls=False)


def test_importing_costs_nothing() -> None:
    program = "import sys, konbit; sys.exit('konbit.api' in sys.modules or 'pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_public_names_are_there() -> None:
    assert set(dir(konbit)) == set(konbit.__all__)
    for name in konbit.__all__:
        assert getattr(konbit, name) is not None
    with pytest.raises(AttributeError, match="sing"):
        _ = konbit.sing


def test_a_dossier_with_errors_lists_all_of_them_in_words(tmp_path: Path) -> None:
    folder = write_how_to(tmp_path / "d")
    for name in ("sites", "offers"):
        file = folder / f"{name}.csv"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("SOUTH-R", "NOWHERE").replace("STATE-A", "NOBODY"))
    with pytest.raises(konbit.DossierError, match="NOWHERE") as raised:
        konbit.plan(konbit.read(folder), AS_OF)
    assert "NOBODY" in str(raised.value)
    assert {f.table for f in raised.value.findings} >= {"sites", "offers"}


def test_a_path_without_a_dossier(tmp_path: Path) -> None:
    with pytest.raises(konbit.DossierError):
        konbit.read(tmp_path / "nothing")


def test_findings_print_themselves_in_a_language(force: Dossier) -> None:
    english, french = konbit.check(force, AS_OF), konbit.check(force, AS_OF, language="fr")
    assert str(english) != str(french)
    assert len(english.frame) == len(english) > 0
    assert english.frame["sentence"].str.len().min() > 0
    assert "<table" in english._repr_html_()


def test_a_day_is_a_date_or_its_text_or_the_newest(force: Dossier) -> None:
    as_text = konbit.plan(force, AS_OF, explain=False, calls=False)
    as_date = konbit.plan(force, date(2026, 2, 15), explain=False, calls=False)
    newest = konbit.plan(force, explain=False, calls=False)
    assert as_text.plan == as_date.plan
    assert newest.plan.as_of_on == force.last_known_on
    with pytest.raises(ValueError, match="13"):
        konbit.plan(force, "13/11/2024")


def test_an_unknown_scenario_names_those_that_exist(force: Dossier) -> None:
    with pytest.raises(konbit.UnknownScenarioError) as raised:
        konbit.plan(force, AS_OF, "august")
    assert raised.value.known == ("more-room", "stay", "transfer-july")
    with pytest.raises(konbit.UnknownScenarioError):
        konbit.compare(force, AS_OF, ["stay", "august"])


def test_every_table_of_a_plan_is_a_data_frame(planned: konbit.PlanView) -> None:
    names = {"relaxations": "bottlenecks", "asks": "call_list"}
    for table in PLAN_TABLES:
        frame = getattr(planned, names.get(table.TABLE, table.TABLE))
        assert len(frame) == len(planned.plan.tables[table]), table.TABLE
    assert planned.headcounts["deployed_persons"].max() > 0


def test_every_figure_of_a_plan_shows_itself(planned: konbit.PlanView) -> None:
    figures = planned.figures()
    assert set(figures) >= {"s-curve", "gantt", "coverage-heat-map", "money-by-stage"}
    for figure in figures.values():
        assert figure.alt
    assert "<table" in planned._repr_html_()


def test_a_comparison_has_plans_delays_and_figures(force: Dossier) -> None:
    compared = konbit.compare(force, AS_OF, ["stay", "transfer-july"], delays=[0, 3])
    assert [view.plan.scenario for view in compared.plans] == ["stay", "transfer-july"]
    assert list(compared.delays["delay_months"]) == [0, 3]
    assert set(compared.figures()) == {"scenario-strength", "cost-by-payer", "cost-of-delay"}
