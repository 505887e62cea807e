"""Each layout is cut into the paragraphs that a reader sees; the texts are made up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from konbit.mandate import Body, Document, Force, Vote, read

SAMPLES = Path(__file__).parent / "samples"


def sample(name: str) -> Document:
    return read((SAMPLES / f"{name}.txt").read_text("utf-8"), name)


CODES = {
    "annexed": ["op1", "op2"],
    "conseil_francais": ["op1", "op2", "op3", "op4", "op4.a", "op4.b", "op5"],
    "consejo_espanol": ["op1", "op2", "op3", "op4"],
    "draft_pages": ["op1", "op2", "op2.a", "op2.b", "op3"],
    "general_assembly_parts": ["A.op1", "A.op2", "B.op1", "B.op2"],
    "human_rights_council": ["op1", "op2", "op3", "op4", "op5"],
    "oas_permanent_council": ["op1", "op2", "op3", "op3.a", "op3.b", "op4"],
    "old_unnumbered": ["opu1", "I.opu2", "II.opu3", "II.opu3.a", "II.opu3.b"],
    "consejo_permanente": ["op1", "op2", "op3"],
    "council_topics": [
        "op1", "op1.a", "op1.a.i", "op1.a.ii", "op1.b", "op1.b.i", "op2", "op3", "op4", "op5",
    ],
    "negotiated": ["op1", "op2", "op3", "op3.a", "op3.b", "op4"],
    "oas_general_assembly": ["op1", "op2", "op3", "op4"],
    "one_line": ["op1", "op2", "op3"],
    "press_release": ["op1", "op2", "op3", "op3.a", "op3.b", "op4"],
    "two_columns": ["op1", "op2", "op3", "op4"],
}  # fmt: skip
HEADS = {
    "conseil_francais": (Body.SECURITY_COUNCIL, "S/RES/9901 (2031)", date(2031, 3, 3), None, 3),
    "consejo_espanol": (Body.SECURITY_COUNCIL, "S/RES/9901 (2031)", date(2031, 3, 3), None, 3),
    "draft_pages": (Body.SECURITY_COUNCIL, "S/2031/437", None, None, 2),
    "general_assembly_parts": (Body.GENERAL_ASSEMBLY, "A/RES/86/17", date(2031, 12, 2), None, 2),
    "human_rights_council": (
        Body.HUMAN_RIGHTS_COUNCIL, "A/HRC/RES/61/14", date(2031, 3, 28), Vote("without-vote"), 3,
    ),
    "oas_permanent_council": (
        Body.OAS_PERMANENT_COUNCIL, "CP/RES. 9901 (2590/31)", date(2031, 3, 12), None, 4,
    ),
    "old_unnumbered": (
        Body.SECURITY_COUNCIL, "S/RES/902 (1951)", date(1951, 5, 8), Vote("counted", 9, 0, 2), 1,
    ),
    "press_release": (
        Body.SECURITY_COUNCIL, "S/RES/9902 (2031)", date(2031, 6, 12),
        Vote("counted", 13, 0, 2), 2,
    ),
    "two_columns": (
        Body.SECURITY_COUNCIL, "S/RES/9903 (2031)", date(2031, 7, 1), Vote("unanimous"), 5,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CODES)
def test_paragraphs_are_those_that_are_printed(name: str) -> None:
    assert [paragraph.code for paragraph in sample(name).paragraphs] == CODES[name]


@pytest.mark.parametrize("name", HEADS)
def test_a_text_tells_its_body_symbol_day_vote_and_recitals(name: str) -> None:
    document = sample(name)
    heads = (document.body, document.symbol, document.adopted_on, document.vote)
    values = (*(head.value if head else None for head in heads), len(document.recitals))
    assert values == HEADS[name]


def test_infinitives_after_resolves_are_verbs_in_the_third_person() -> None:
    first = sample("oas_permanent_council").paragraphs[0]
    told = [(act.verb.value, act.force.value) for act in first.acts if act.verb and act.force]
    assert told == [("urges", Force.APPEAL), ("expresses its solidarity", Force.STATEMENT)]


def test_french_and_spanish_verbs_are_classed_with_their_english_counterpart() -> None:
    for name, english in (
        ("conseil_francais", ["decides", "requests", "calls upon", "urges", "welcomes", "decides"]),
        ("consejo_espanol", ["decides", "requests", "urges", "welcomes", "decides"]),
    ):
        acts = [act for paragraph in sample(name).paragraphs for act in paragraph.acts if act.verb]
        assert [act.english for act in acts] == english


def test_flush_text_after_sub_paragraphs_belongs_to_their_parent() -> None:
    parent = sample("draft_pages").paragraphs[1]
    assert parent.text.endswith(
        "requests the lead country to report to the Council every four months;"
    )
    assert [act.verb.value for act in parent.acts if act.verb] == ["decides", "requests"]


def test_the_same_verb_is_a_task_for_the_secretariat_and_an_appeal_for_states() -> None:
    text = "The Security Council,\n\n1. Requests {} to report;\n"
    forces = []
    for who in ("the Secretary-General", "the Panel of Experts", "all States", "the parties"):
        act = read(text.format(who)).paragraphs[0].acts[0]
        assert act.force is not None
        forces.append(act.force.value)
    assert forces == [Force.TASK, Force.TASK, Force.APPEAL, Force.APPEAL]


def test_where_the_text_is_silent_nothing_is_filled_in() -> None:
    document = read("The Security Council,\n\n1. Demands an immediate end to the fighting;\n")
    act = document.paragraphs[0].acts[0]
    silent = (document.symbol, document.adopted_on, document.vote, act.addressee, act.condition)
    assert silent == (None, None, None, None, None)
    assert (act.deadlines, act.ceilings, document.paragraphs[0].citations) == ((), (), ())


@pytest.mark.parametrize(
    ("printed", "number"),
    [("ll. Decides to meet;", "11"), ("i9. Urges all States to meet;", "19")],
)
def test_numbers_are_mended_as_they_were_meant(printed: str, number: str) -> None:
    before = "".join(f"{n}. Notes the report;\n\n" for n in range(1, int(number)))
    document = read(f"The Security Council,\n\n{before}{printed}")
    assert document.paragraphs[-1].number == number


@pytest.mark.parametrize(
    ("enacted", "codes"),
    [
        (
            "Decides:\n\n(a) To renew the mandate;\n\n(b) To send ships.",
            ["opu1", "opu1.a", "opu1.b"],
        ),
        ("Resolves:\n\n1. That the port be opened;\n\n2, That ships be sent.", ["op1", "op2"]),
        ("Resolves:\n\nThat the port be opened;\n\nThat ships be sent.", ["opu1", "opu2"]),
        ("RESOLVES:\n\n1. To open the port.\n\n2. To send ships.", ["op1", "op2"]),
        ("Resolves:\n\n1. To open the port;\n\nTransmits this text.", ["op1", "opu1"]),
    ],
)
def test_a_verb_alone_is_a_paragraph_before_letters_and_a_heading_before_numbers(
    enacted: str, codes: list[str]
) -> None:
    document = read(f"The Security Council,\n\nNoting the report,\n\n{enacted}\n")
    assert [paragraph.code for paragraph in document.paragraphs] == codes
    verb = document.paragraphs[0].acts[0].verb
    assert verb is not None
