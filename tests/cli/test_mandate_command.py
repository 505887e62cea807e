"""`konbit mandate`, run as its users run it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook

from command import konbit
from konbit.cli.exits import ExitCode

SAMPLES = Path(__file__).parents[1] / "mandate" / "samples"
COUNCIL = SAMPLES / "council_numbered.txt"


def test_it_says_who_must_do_what_by_when() -> None:
    said = konbit("mandate", COUNCIL)
    assert said.code == ExitCode.FINE
    assert "S/RES/9901 (2031), Security Council, adopted on 3 March 2031" in said.out
    assert "the Government of" in said.out
    assert "at most 1,250" in said.out


@pytest.mark.parametrize(
    ("language", "word"), [("fr", "obligation"), ("es", "obligación"), ("ht", "obligasyon")]
)
def test_it_speaks_the_reader_s_language(language: str, word: str) -> None:
    assert word in konbit("mandate", COUNCIL, "--lang", language).out


def test_json_has_each_value_with_rule_and_sureness() -> None:
    document = json.loads(konbit("mandate", COUNCIL, "--json").out)["documents"][0]
    first = document["paragraphs"][0]
    assert (first["n"], first["verb"], first["force"]) == ("1", "decides", "binding")
    assert first["acts"][0]["verb"]["rule"] == "verb-first"


def test_it_writes_files_that_it_reads_again(tmp_path: Path) -> None:
    assert konbit("mandate", COUNCIL, "--out", tmp_path).code == ExitCode.FINE
    names = sorted(path.name for path in tmp_path.iterdir())
    base = "S-RES-9901-2031"
    assert names == [f"{base}.akn.xml", f"{base}.codes.txt", f"{base}.json", "mandates.xlsx"]
    etree.parse(str(tmp_path / f"{base}.akn.xml"))
    rows = list(load_workbook(tmp_path / "mandates.xlsx").active.iter_rows(values_only=True))
    assert rows[0][:5] == ("Document", "Paragraph", "Who", "Means, by the text", "Verb")
    assert len(rows) == 9
    told = [
        json.loads(konbit("mandate", tmp_path / name, "--json").out)["documents"][0]
        for name in (f"{base}.akn.xml", f"{base}.codes.txt")
    ]
    codes = [[paragraph["code"] for paragraph in document["paragraphs"]] for document in told]
    assert codes[0] == codes[1] == ["op1", "op2", "op2.a", "op2.b", "op3", "op4"]


def test_two_texts_are_set_side_by_side(tmp_path: Path) -> None:
    later = tmp_path / "later.txt"
    text = COUNCIL.read_text("utf-8").replace("until 3 March 2032", "until 3 March 2033")
    later.write_text(text.replace("up to 1,250", "up to 1,400"), "utf-8")
    said = konbit("mandate", "--compare", COUNCIL, later, "--out", tmp_path)
    assert said.code == ExitCode.FINE
    assert "Kept: 8, changed: 1, new: 0, dropped: 0." in said.out
    page = (tmp_path / "difference.html").read_text("utf-8")
    assert "<del>2032,</del> <ins>2033,</ins>" in page
    assert "at most 1,250 police officers \u2192 at most 1,400 police officers" in page


def test_an_article_is_told_as_a_secondary_source(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text(
        "The Security Council adopted the text on 3 March 2031, urging all States to help."
    )
    said = konbit("mandate", "--article", article)
    assert "secondary source" in said.out
    assert "Decided on 3 March 2031." in said.out


@pytest.mark.parametrize(
    ("data", "why"), [(b"%PDF-1.7 no", "damaged"), (b"PK\x03\x04 no", "damaged")]
)
def test_a_file_that_cannot_be_read_says_why(data: bytes, why: str, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.write_bytes(data)
    said = konbit("mandate", broken)
    assert said.code == ExitCode.UNREADABLE
    assert why in said.err


def test_comparing_wants_two_files() -> None:
    said = konbit("mandate", "--compare", COUNCIL)
    assert said.code == ExitCode.USAGE
    assert "1" in said.err
