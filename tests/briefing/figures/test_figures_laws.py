"""What holds for every figure, whatever it shows."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from importlib import resources
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
import vl_convert

from every_figure import NAMES, every_figure, figures_of
from konbit.briefing.figures import render
from konbit.briefing.figures.codes import CODES
from konbit.briefing.figures.figure import Figure, FigureTable
from konbit.briefing.words import LANGUAGES, Words
from konbit.dossier.dossier import Dossier
from konbit.dossier.plan import Comparison
from konbit.dossier.tables.mandate import Location, Mission
from sample_dossier import sample_dossier
from sample_plan import sample_comparison, sample_plan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.terms import Money, Month

WIDTHS = (340, 760)
EVERYWHERE = list(product(NAMES, WIDTHS))


def figure_of(name: str, width_px: int) -> Figure:
    return every_figure(Words("en"), width_px)[name]


def values_in(spec: Any) -> Iterator[Any]:
    """Every value that stands somewhere in a specification."""
    if isinstance(spec, dict):
        for value in spec.values():
            yield from values_in(value)
    elif isinstance(spec, list):
        for value in spec:
            yield from values_in(value)
    else:
        yield spec


@pytest.mark.parametrize(("name", "width"), EVERYWHERE)
def test_it_compiles_without_a_warning_and_needs_no_address(
    name: str, width: int, capfd: pytest.CaptureFixture[str]
) -> None:
    spec = figure_of(name, width).titled_spec
    vl_convert.vegalite_to_vega(spec, vl_version=render.VEGA_LITE_VERSION, show_warnings=True)
    said = capfd.readouterr()
    assert said.err + said.out == ""
    assert not any("url" in str(v) for v in values_in(spec) if "vega.github.io" not in str(v))


@pytest.mark.parametrize(("name", "width"), EVERYWHERE)
def test_the_picture_is_as_wide_as_asked_for(name: str, width: int) -> None:
    drawn = render.svg(figure_of(name, width))
    found = re.search(r'<svg [^>]*width="(\d+)"', drawn)
    assert found is not None
    assert int(found[1]) == width


@pytest.mark.parametrize(("name", "width"), EVERYWHERE)
def test_no_text_is_cut_off_at_the_side(name: str, width: int) -> None:
    """Places of texts laid out in pixels, with their room, lie within the picture."""
    from konbit.briefing.figures.labels import text_width

    spec = figure_of(name, width).spec
    left, inner = spec["padding"]["left"], spec["width"]
    share = {"left": 0, "center": 50, "right": 100}
    for layer in spec["layer"]:
        for text in layer["data"]["values"]:
            if "text" not in text or "bold" not in text:
                continue
            size = text_width(text["text"], bold=text["bold"])
            start = text["x"] - size * share[text["align"]] // 100
            assert start >= -left - 2, text
            assert start + size <= inner + spec["padding"]["right"] + 8, text


@pytest.mark.parametrize("name", NAMES)
def test_the_same_figure_gives_the_same_bytes(name: str) -> None:
    one, other = figure_of(name, 340), figure_of(name, 340)
    assert one.to_json() == other.to_json()
    assert render.svg(one) == render.svg(other)
    assert render.png(one) == render.png(other)


@pytest.mark.parametrize(("name", "width"), EVERYWHERE)
def test_it_holds_only_plain_finite_values(name: str, width: int) -> None:
    spec = figure_of(name, width).spec
    assert json.loads(figure_of(name, width).to_json()) == spec  # NaN would be refused
    assert {type(value) for value in values_in(spec)} <= {str, int, float, bool, type(None)}


@pytest.mark.parametrize("name", NAMES)
def test_text_is_text_in_a_font_that_every_machine_can_replace(name: str) -> None:
    drawn = render.svg(figure_of(name, 340))
    families = set(re.findall(r'font-family="([^"]*)"', drawn))
    assert families
    assert all(family.endswith("sans-serif") for family in families)


@pytest.mark.parametrize("name", NAMES)
def test_the_picture_is_drawn_with_a_font_of_its_own(name: str) -> None:
    assert render.png(figure_of(name, 340), scale=1).startswith(b"\x89PNG")


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_gets_the_figure_a_picture_a_table_and_a_sentence(name: str) -> None:
    figure = figure_of(name, 760)
    bundle = figure._repr_mimebundle_()
    assert list(bundle) == [
        "application/vnd.vegalite.v5+json",
        "image/svg+xml",
        "text/html",
        "text/plain",
    ]
    assert bundle["text/html"].count("<tr>") == len(figure.table.rows) + 1
    assert figure.alt in bundle["text/plain"]
    assert list(figure._repr_mimebundle_(include={"text/plain"})) == ["text/plain"]
    assert "text/html" not in figure._repr_mimebundle_(exclude={"text/html"})


def test_a_table_whose_rows_do_not_fit_its_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="one cell for each column"):
        FigureTable(("a", "b"), (("only one",),), (False, True))


def test_cells_are_escaped_in_html() -> None:
    table = FigureTable(("<a>",), (("<script>",), (None,)), (False,))
    html = Figure("x", "<b>", {}, table, "").to_html_table()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "<td></td>" in html


def test_a_plan_without_rows_gives_figures_that_say_so() -> None:
    plan = replace(
        sample_plan(),
        presence=(), coverage=(), obligations=(), payments=(), cash=(), headcounts=(),
        money_stages=(), relaxations=(), asks=(), contingents=(),
    )  # fmt: skip
    words = Words("en")
    no_places = Dossier.of(
        row for row in sample_dossier().all_rows if not isinstance(row, Location)
    )
    for figure in figures_of(plan, no_places, Comparison((plan,)), words, 340).values():
        assert figure.alt == words.say("figure-empty")
        assert figure.table.rows == ()
        assert figure.alt in render.svg(figure)


class _Listening:
    """Words that remember what was asked of them."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self.asked: dict[str, set[str]] = {}

    def say(self, code: str, /, **values: str) -> str:
        self.asked.setdefault(code, set()).update(values)
        return self._words.say(code, **values)

    def number(self, value: int, /) -> str:
        return self._words.number(value)

    def share(self, parts: int, /) -> str:
        return self._words.share(parts)

    def money(self, amount: Money, /) -> str:
        return self._words.money(amount)

    def month(self, month: Month | str, /) -> str:
        return self._words.month(month)

    def day(self, day: Any, /) -> str:
        return self._words.day(day)


def test_figures_ask_only_for_sentences_that_are_listed_with_their_placeholders() -> None:
    listening = _Listening(Words("en"))
    for width in WIDTHS:
        every_figure(listening, width)
    own = {code: asked for code, asked in listening.asked.items() if code.startswith("figure-")}
    assert own.keys() <= CODES.keys()
    # A title may be given more than it uses: months to a cell when each has its own.
    assert all(set(CODES[code]) <= asked for code, asked in own.items())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_sentences_of_figures(language: str) -> None:
    file = resources.files("konbit.briefing.words").joinpath(f"figures.{language}.toml")
    sentences: dict[str, str] = tomllib.loads(file.read_text(encoding="utf-8"))
    assert {
        code: sorted(re.findall(r"{(.*?)}", sentence)) for code, sentence in sentences.items()
    } == {code: sorted(names) for code, names in CODES.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_draws_every_figure(language: str) -> None:
    for width in WIDTHS:
        for figure in every_figure(Words(language), width).values():
            assert "{" not in figure.alt + figure.title
            assert render.svg(figure)


def test_the_map_bears_the_disclaimer_of_the_mission() -> None:
    mission = replace(sample_dossier().mission, disclaimer="Not a statement on borders.")
    rows = [row for row in sample_dossier().all_rows if not isinstance(row, Mission)]
    dossier = Dossier.of([mission, *rows])
    words = Words("en")
    figure = figures_of(sample_plan(), dossier, sample_comparison(), words, 760)["mission-map"]
    assert "Not a statement on borders." in render.svg(figure)
