from __future__ import annotations

import re
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from every_figure import every_figure
from hostile_mission import HTML, hostile_dossier, hostile_plan
from konbit.briefing import Words, brief_html
from konbit.briefing.words import LANGUAGES
from sample_dossier import sample_dossier
from sample_plan import sample_comparison, sample_plan

if TYPE_CHECKING:
    from collections.abc import Sequence

VOID = frozenset({"meta", "br", "hr", "img", "link", "input"})


class Tree(HTMLParser):
    """Reads a page strictly: every element closed, in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"attribute twice on {tag}"
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"{tag} was never opened"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((self.open[-1] if self.open else "", data))

    def of(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


@cache
def page(language: str = "en") -> str:
    words = Words(language)
    figures, slim = every_figure(words), every_figure(words, 360)
    return brief_html(
        sample_plan(), sample_dossier(), figures, words, sample_comparison(), slim_figures=slim
    )


@cache
def tree(language: str = "en") -> Tree:
    return read(page(language))


def read(text: str) -> Tree:
    found = Tree()
    found.feed(text)
    found.close()
    assert not found.open
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_well_formed_in_every_language(language: str) -> None:
    assert tree(language).of("html") == [{"lang": language}]


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    found = tree()

    assert not {"script", "link", "iframe", "object", "embed"} & {tag for tag, _ in found.elements}
    assert not [a for _, a in found.elements if "src" in a or any(n.startswith("on") for n in a)]
    assert "@import" not in page()
    assert not re.search(r"url\((?!#)", page())
    for attributes in found.of("a"):
        assert attributes["href"].startswith(("#", "https://", "http://"))


def test_every_link_within_the_page_leads_somewhere_and_names_are_unique() -> None:
    found = tree()
    names = Counter(a["id"] for _, a in found.elements if "id" in a)
    targets = {a["href"][1:] for a in found.of("a") if a["href"].startswith("#")}

    assert [name for name, count in names.items() if count > 1] == []
    assert targets - set(names) == set()


def test_landmarks_headings_and_tables_are_said_to_assistive_technology() -> None:
    found = tree()
    tags = Counter(tag for tag, _ in found.elements)

    assert (tags["main"], tags["header"], tags["footer"], tags["nav"], tags["h1"]) == (
        1,
        1,
        1,
        1,
        1,
    )
    assert tags["h3"] == 0
    assert tags["table"] == tags["caption"]
    assert all(a.get("scope") in {"col", "row"} for a in found.of("th"))
    assert found.of("a")[0] == {"class": "skip", "href": "#main"}
    assert all(a.get("role") == "img" and a.get("aria-label") for a in found.of("svg"))


def test_every_figure_has_its_table_in_details() -> None:
    for name in every_figure(Words("en")):
        start = page().index(f'<figure id="figure-{name}">')
        figure = page()[start : page().index("</figure>", start)]
        assert "<details><summary>The numbers as a table</summary>" in figure
        assert "<caption>" in figure


def test_reliefs_are_told_counted_and_listed_by_month() -> None:
    assert "Rotation: 9 reliefs bring 1,100 people" in page()
    start = page().index("<caption>Reliefs by month</caption>")
    table = page()[start : page().index("</table>", start)]
    assert table.count("<tr") == 1 + 7  # a head, and a row for each month, unit and site
    assert "Kenya: Formed police unit" in table


def test_numbers_that_rest_on_assumptions_carry_a_dagger_with_words() -> None:
    daggers = [a for a in tree().of("a") if a.get("class") == "dagger"]

    assert daggers
    assert all(a["aria-label"] == "rests on an assumption or placeholder" for a in daggers)


def test_key_figures_open_to_rows_with_source_date_and_confidence() -> None:
    start = page().index('id="row-requirements-N-medevac"')
    row = page()[start : page().index("</tr>", start)]

    assert 'href="https://example.org/concept-of-operations"' in row
    assert "10 January 2026" in row
    assert "official" in row
    assert 'href="#row-requirements-N-medevac"' in page()


def test_hostile_text_is_shown_and_not_obeyed() -> None:
    text = brief_html(hostile_plan(), hostile_dossier(), {}, Words("en"))
    found = read(text)

    assert not {"script", "img"} & {tag for tag, _ in found.elements}
    assert not [a for _, a in found.elements if any(name.startswith("on") for name in a)]
    assert all(a["href"].startswith(("#", "https://example.org/")) for a in found.of("a"))
    assert any(HTML in told for _, told in found.texts)


def test_the_same_plan_gives_the_same_page() -> None:
    words = Words("en")
    again = brief_html(
        sample_plan(), sample_dossier(), every_figure(words), words, sample_comparison(),
        slim_figures=every_figure(words, 360),
    )  # fmt: skip

    assert again == page()


def test_a_page_without_figures_or_comparison_is_whole() -> None:
    text = brief_html(sample_plan(), sample_dossier(), {}, Words("en"))
    found = read(text)

    assert not found.of("figure")
    names = {a["id"] for _, a in found.elements if "id" in a}
    assert {a["href"][1:] for a in found.of("a") if a["href"].startswith("#")} <= names
    assert "People by month" in text
