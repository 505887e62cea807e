"""Futures on screen and page, in every language: the same numbers, none without its words."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

import konbit
from konbit.briefing import Words, futures_html, futures_screen
from konbit.briefing.as_html import PHONE_PX
from konbit.briefing.figures import render
from konbit.briefing.words import LANGUAGES
from konbit.dossier.columns import columns_of
from konbit.dossier.futures import FUTURES_TABLES, MEASURES, NAMES, FutureEvent
from konbit.package.futures_package import write_futures

if TYPE_CHECKING:
    from konbit.api import FuturesView

FORK = Path(__file__).parents[2] / "dossiers" / "fork"


@pytest.fixture(scope="module")
def ahead() -> FuturesView:
    return konbit.futures(konbit.read(FORK), date(2026, 1, 15), count=10, seed=1, decide_months=1)


def in_language(view: FuturesView, language: str) -> FuturesView:
    return type(view)(view.dossier, view.result, language)


def screen(view: FuturesView, language: str) -> str:
    stream = io.StringIO()
    Console(file=stream, width=100).print(
        futures_screen(view.result, view.dossier, Words(language))
    )
    return stream.getvalue()


def test_every_table_of_futures_has_its_title() -> None:
    words = Words("en")

    assert [t.TABLE for t in FUTURES_TABLES if not words.knows(f"table-{t.TABLE}")] == []
    assert [n for n in NAMES if not words.knows(f"futures-candidate-{n}")] == []


def test_every_measure_is_told_once(ahead: FuturesView) -> None:
    assert [row.measure for row in ahead.result.measures] == list(MEASURES)
    with pytest.raises(KeyError, match="never measured"):
        ahead.result.measure("never measured")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_tells_the_measures_and_marks_what_is_assumed(
    ahead: FuturesView, language: str
) -> None:
    view, words = in_language(ahead, language), Words(language)

    page = futures_html(
        view.result, view.dossier, view.figures(), words, slim_figures=view.figures(PHONE_PX)
    )

    mean = words.share(view.result.measure("mean").share)
    assert f'{mean}<a class="dagger"' in page
    assert words.share(view.result.measure("promise_cash").share) in page
    assert page.count("<svg") == 6
    assert "<script" not in page
    assert f'<html lang="{language}"' in page
    assert len(page) < 150_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_screen_tells_the_same(ahead: FuturesView, language: str) -> None:
    told = screen(ahead, language)

    mean = Words(language).share(ahead.result.measure("mean").share)
    assert mean.replace("\u00a0", " ") in told
    assert "{" not in told
    assert max(len(line) for line in told.splitlines()) <= 100


def test_figures_hold_the_numbers_of_the_tables(ahead: FuturesView) -> None:
    figures = ahead.figures()

    people = figures["future-people"].table.rows
    assert [row[1:] for row in people] == [
        tuple(Words("en").number(n) for n in (b.low_persons, b.middle_persons, b.high_persons))
        for b in ahead.result.bands
    ]
    coverage = figures["future-coverage"].table.rows
    assert sum(int(row[2] or 0) for row in coverage) == len(ahead.result.futures)
    for figure in (*figures.values(), *ahead.figures(PHONE_PX).values()):
        assert render.svg(figure).startswith("<svg")
        assert figure.to_json() == figure.to_json()


def test_tables_are_data_frames(ahead: FuturesView) -> None:
    assert len(ahead.futures) == 10
    assert list(ahead.decisions["subject"]) == ["AAA-company@fork"]
    assert set(ahead.measures["measure"]) == set(MEASURES)
    assert len(ahead.months) == 4
    assert set(ahead.units["offer"]) == {"AAA-company", "BBB-battalion"}
    assert set(ahead.candidates["name"]) <= set(NAMES)
    kinds = next(c for c in columns_of(FutureEvent) if c.name == "kind").words
    assert set(ahead.events["kind"]) <= set(kinds)


def test_without_priors_it_says_that_nothing_is_uncertain() -> None:
    harbour = konbit.read(FORK.parent / "harbour")
    view = konbit.futures(harbour, date(2026, 1, 15), count=1, decide_months=1)

    assert "nothing is uncertain" in screen(view, "en")
    assert view.result.measure("mean").low_points is None


def test_futures_are_written_as_a_data_package(ahead: FuturesView, tmp_path: Path) -> None:
    import json

    write_futures(ahead.result, tmp_path / "futures")

    described = json.loads((tmp_path / "futures" / "datapackage.json").read_text("utf-8"))
    assert described["futures"]["digest"] == ahead.result.digest
    assert described["futures"]["seed"] == 1
    assert {r["name"] for r in described["resources"]} == {
        table.TABLE for table, rows in ahead.result.tables.items() if rows
    }
    lines = (tmp_path / "futures" / "futures.csv").read_text("utf-8").splitlines()
    assert len(lines) == 11
    # The same folder again is replaced, and has the same bytes.
    before = {p.name: p.read_bytes() for p in (tmp_path / "futures").iterdir()}
    write_futures(ahead.result, tmp_path / "futures")
    assert {p.name: p.read_bytes() for p in (tmp_path / "futures").iterdir()} == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_screen_marks_what_rests_on_assumed_priors_and_says_so(
    ahead: FuturesView, language: str
) -> None:
    words = Words(language)
    said = " ".join(screen(ahead, language).split())
    mean = words.share(ahead.result.measure("mean").share)
    promised = words.share(ahead.result.measure("promise_cash").share)
    assert " ".join(f"{mean}\N{DAGGER}".split()) in said
    assert " ".join(f"{promised}\N{DAGGER}".split()) not in said
    legend = " ".join(words.say("futures-dagger").split())
    assert legend in said
    known = replace(ahead.result, assumed_priors=0)
    assert "\N{DAGGER}" not in screen(replace(ahead, result=known), language)
