"""Reading resolutions of each layout; the texts are made up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from konbit.mandate import Body, Document, Force, read

SAMPLES = Path(__file__).parent / "samples"


def sample(name: str) -> Document:
    return read((SAMPLES / name).read_text("utf-8"), name)


def test_a_numbered_council_resolution_is_read_whole() -> None:
    document = sample("council_numbered.txt")
    assert document.body is not None
    assert document.body.value is Body.SECURITY_COUNCIL
    assert document.symbol is not None
    assert document.symbol.value == "S/RES/9901 (2031)"
    assert document.adopted_on is not None
    assert document.adopted_on.value == date(2031, 3, 3)
    assert [recital.stem for recital in document.recitals] == [
        "Recalling",
        "Deeply concerned",
        "Acting",
    ]
    assert [paragraph.code for paragraph in document.paragraphs] == [
        "op1",
        "op2",
        "op2.a",
        "op2.b",
        "op3",
        "op4",
    ]


def test_words_broken_at_a_line_end_are_joined() -> None:
    document = sample("council_numbered.txt")
    assert "consequences for the ports" in document.recitals[1].text


def test_each_act_has_its_verb_force_addressee_and_limits() -> None:
    extend, told = sample("council_numbered.txt").paragraphs[0].acts
    assert extend.verb is not None
    assert (extend.verb.value, extend.deadlines[0].phrase) == ("decides", "until 3 March 2032")
    assert extend.deadlines[0].on == date(2032, 3, 3)
    assert [(ceiling.count, ceiling.unit) for ceiling in told.ceilings] == [
        (1250, "police officers")
    ]
    report = sample("council_numbered.txt").paragraphs[2].acts[0]
    assert report.verb is None
    assert [limit.on for limit in report.deadlines] == [date(2031, 5, 2), date(2031, 6, 3)]
    call, urge = sample("council_numbered.txt").paragraphs[4].acts
    assert call.addressee is not None
    assert call.addressee.value == "all States"
    assert urge.force is not None
    assert urge.force.value is Force.APPEAL
    assert urge.addressee is not None
    assert urge.addressee.value == "the Government of Veridia"
