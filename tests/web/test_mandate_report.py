"""The periodic report drafted from the record: page, PDF and Word say the same, linked to rows."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml.ns import qn

from konbit.briefing import page_docx, page_pdf
from konbit.briefing.page import Table
from konbit.dossier.tables.mandate import Document, Mission
from konbit.web.mandates.report import draft
from konbit.web.tables.dossiers import dossier_of
from konbit.web.words import words_in
from mandate_forms import browser

if TYPE_CHECKING:
    from web_world import World


def test_every_figure_of_the_draft_leads_to_rows_that_are_there(world: World) -> None:
    client = browser(world.users["viewer"])
    asked = {"from_on": "2024-09-01", "until_on": "2025-03-01"}
    page = client.get("/m/M/mandate/report/", asked)
    assert page.status_code == 200
    assert len(page.content) < 150_000
    text = page.content.decode()
    places = {
        place.replace("&amp;", "&")
        for place in re.findall(r'href="http://localhost:8000(/m/M/tables/[^"]+)"', text)
    }
    assert len(places) > 20
    for place in sorted(places)[::9]:
        assert client.get(place).status_code == 200, place
    assert client.get("/m/M/mandate/report/", {"from_on": "x"}).status_code == 200
    assert client.get("/m/EMPTY/mandate/report/").status_code == 200
    assert client.get("/m/EMPTY/mandate/").status_code == 200


def test_the_draft_says_what_was_known_then_and_the_same_bytes_again(world: World) -> None:
    world["viewer"]
    dossier, words = dossier_of(world.mission), words_in("fr")
    days = (date(2024, 10, 1), date(2024, 12, 1))
    page = draft(dossier, "Haiti", *days, words, "https://konbit.example/m/M/")
    told = [
        cell.text
        for s in page.sections
        for t in s.blocks
        if isinstance(t, Table)
        for r in t.rows
        for cell in r
    ]
    assert "S/2024/868" in told
    assert "S/RES/2793 (2025)" not in told
    pdf = page_pdf(page, words, days[1])
    assert pdf.startswith(b"%PDF")
    assert page_pdf(page, words, days[1]) == pdf
    strength = next(s for s in page.sections if s.code == "strength")
    table = strength.blocks[0]
    assert isinstance(table, Table)
    assert len(table.rows) == 5


def test_word_says_what_the_page_says_and_each_figure_leads_to_the_same_rows(world: World) -> None:
    world["viewer"]
    days = (date(2024, 10, 1), date(2024, 12, 1))
    words = words_in("fr")
    page = draft(dossier_of(world.mission), "Haiti", *days, words, "https://konbit.example/m/M/")
    content = page_docx(page, words, days[1])
    assert page_docx(page, words, days[1]) == content
    opened = docx.Document(io.BytesIO(content))
    tables = [t for s in page.sections for t in s.blocks if isinstance(t, Table)]
    assert len(opened.tables) == len(tables) > 3
    for shown, table in zip(opened.tables, tables, strict=True):
        rows = [[c.text for c in row.cells] for row in shown.rows]
        told = [[c.text + "\u2020" * c.assumed for c in row] for row in table.rows]
        assert rows == [list(table.headings), *told]
        for row, cells in zip(list(shown.rows)[1:], table.rows, strict=True):
            for place, cell in zip(row.cells, cells, strict=True):
                links = place._tc.findall(f".//{qn('w:hyperlink')}")
                to = [opened.part.rels[link.get(qn("r:id"))].target_ref for link in links]
                assert to == ([cell.href] if cell.href else [])
    written = [p.text for p in opened.paragraphs]
    for section in page.sections:
        assert section.title in written
        assert set(section.paragraphs) <= set(written)
    assert page.title in written
    answer = browser(world.users["viewer"]).get("/m/M/mandate/report/word")
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert len(docx.Document(io.BytesIO(answer.content)).tables) > 3


@pytest.mark.parametrize("language", ["en", "fr", "es", "ht"])
def test_the_notice_is_told_in_the_readers_language(world: World, language: str) -> None:
    world["viewer"]
    dossier, words = dossier_of(world.mission), words_in(language)
    own = dossier.rows(Mission)[0].disclaimer
    days = (date(2024, 10, 1), date(2024, 12, 1))
    told = draft(dossier, "Haiti", *days, words, "https://konbit.example/m/M/").disclaimer
    assert own
    assert own in told
    assert told.startswith(own if language == "en" else words.say("report-notice"))
    assert (words.say("report-own-notice", notice=own) in told) is (language != "en")


def test_on_a_phone_a_wide_table_is_told_line_by_line_and_confidence_in_words(world: World) -> None:
    client = browser(world.users["viewer"])
    spanish = {"accept-language": "es"}
    asked = {"from_on": "2024-09-01", "until_on": "2025-03-01"}
    page = client.get("/m/M/mandate/report/", asked, headers=spanish).content.decode()
    tables = re.findall(r"<table.*?</table>", page, re.DOTALL)
    wide = [table for table in tables if table.count("<th scope=") > 3]
    assert [table.startswith('<table class="stack">') for table in wide] == [True] * len(wide)
    money = next(table for table in wide if 'class="n"' in table)
    assert 'class="n" data-l="Importe' in money
    document = client.get("/m/M/mandate/document/S-RES-2699/", headers=spanish).content.decode()
    told = dossier_of(world.mission).by_code(Document)["S-RES-2699"].confidence
    assert f"({words_in('es').say(f'confidence-{told}')})" in document
    assert f"({told})" not in document
