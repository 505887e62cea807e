"""Drafts with words in brackets, decisions in articles; the texts are made up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from konbit.mandate import Document, read, read_coded, written

SAMPLES = Path(__file__).parent / "samples"


def sample(name: str) -> Document:
    return read((SAMPLES / name).read_text("utf-8"), name)


def test_a_decision_in_articles_has_an_article_for_a_paragraph() -> None:
    document = sample("decision_in_articles.txt")
    assert [paragraph.code for paragraph in document.paragraphs] == [
        "op1", "op1.1", "op1.2", "op2", "op2a",
    ]  # fmt: skip
    assert len(document.recitals) == 3
    assert document.symbol is not None
    assert document.symbol.value == "(CFSP) 2031/417"
    acts = {p.code: p.acts[0] for p in document.paragraphs}
    assert all(act.verb is None for act in acts.values())
    named = {code: act.addressee.value for code, act in acts.items() if act.addressee}
    assert named == {"op1.1": "All Member States", "op1.2": "The Member State concerned"}
    days = {code: act.deadlines[0].on for code, act in acts.items() if act.deadlines}
    assert days == {"op1.2": None, "op2": date(2032, 5, 31), "op2a": date(2031, 3, 3)}


def test_a_joint_action_is_read_by_its_articles_and_their_paragraphs() -> None:
    document = sample("joint_action.txt")
    codes = [paragraph.code for paragraph in document.paragraphs]
    assert codes == ["op1", "op1.1", "op2", "op2.1", "op2.2"]
    assert document.symbol is not None
    assert document.symbol.value == "2031/677/CFSP"
    (amount,) = document.paragraphs[-1].acts[0].ceilings
    assert (amount.count, amount.currency) == (99_200_000, "EUR")


def test_decides_alone_and_article_1_open_a_decision_in_articles() -> None:
    document = sample("articles_of_authority.txt")
    assert [paragraph.code for paragraph in document.paragraphs] == ["op1", "op2"]
    assert len(document.recitals) == 2
    assert document.symbol is not None
    assert document.symbol.value == "A/DEC.1/06/31"
    addressee = document.paragraphs[1].acts[0].addressee
    assert addressee is not None
    assert addressee.value == "The President of the Commission"


def test_brackets_are_read_as_agreed_but_hardly_sure() -> None:
    document = sample("bracketed.txt")
    assert [recital.stem for recital in document.recitals] == ["Recalling", "Noting"]
    told = [
        (paragraph.number, act.verb.value if act.verb else None)
        for paragraph in document.paragraphs
        for act in paragraph.acts
    ]
    assert told == [
        ("1", "decides"), ("2", "encourages"), ("2", "urges"), ("3", "requests"),
        ("3 bis", "affirms its intention"), ("4", "decides"),
    ]  # fmt: skip
    first, second, third, again, last = document.paragraphs
    assert [limit.phrase for limit in first.acts[0].deadlines] == [
        "until 2 October 2032",
        "for six months",
    ]
    assert {limit.confidence_percent for limit in first.acts[0].deadlines} == {55}
    assert [limit.phrase for limit in third.acts[0].deadlines] == [
        "within 30 days of the adoption of this resolution"
    ]
    assert "[30/45]" in third.acts[0].action
    assert again.code == "op3bis"
    assert second.acts[1].addressee is not None
    assert second.acts[1].addressee.value == "Member States"
    assert last.acts[0].verb is not None
    assert last.acts[0].verb.confidence_percent > 90


def test_codes_of_numbers_given_twice_come_back() -> None:
    document = sample("bracketed.txt")
    back = read_coded(written(document), document.name)
    assert [(p.code, p.number) for p in back.paragraphs] == [
        (p.code, p.number) for p in document.paragraphs
    ]
