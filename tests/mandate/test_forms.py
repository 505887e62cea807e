"""Other forms of a document carry all of it: Akoma Ntoso, text with codes, JSON."""

from __future__ import annotations

import contextlib
import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from konbit.mandate import (
    Document,
    NotAkomaNtosoError,
    as_akn,
    as_json,
    compare,
    from_akn,
    read,
    read_coded,
    written,
)

SAMPLES = sorted(
    path
    for folder in ("samples", "unseen")
    for path in (Path(__file__).parent / folder).glob("*.txt")
)
SCHEMA = Path(__file__).resolve().parents[3] / "shared/data/akomantoso/schema/akomantoso30.xsd"
each_sample = pytest.mark.parametrize("path", SAMPLES, ids=[path.stem for path in SAMPLES])


def words(document: Document) -> list[str]:
    return re.findall(r"\S+", " ".join(block.text for block in document.blocks))


def shape(document: Document) -> list[object]:
    heads = (document.symbol, document.body, document.adopted_on, document.vote)
    return [
        *(head.value if head else None for head in heads),
        [(recital.code, recital.text.split()) for recital in document.recitals],
        [
            (
                paragraph.code,
                paragraph.section,
                paragraph.number,
                paragraph.sub,
                paragraph.parent,
                paragraph.text.split(),
                [
                    (
                        act.verb.value if act.verb else None,
                        act.force.value if act.force else None,
                        act.addressee.value if act.addressee else None,
                        [(limit.phrase, limit.on) for limit in act.deadlines],
                    )
                    for act in paragraph.acts
                ],
                [citation.symbol for citation in paragraph.citations],
            )
            for paragraph in document.paragraphs
        ],
    ]


@each_sample
def test_the_blocks_hold_every_character_of_the_source(path: Path) -> None:
    document = read(path.read_text("utf-8"), path.name)
    letters = re.findall(r"\w", " ".join(block.text for block in document.blocks))
    assert letters == re.findall(r"\w", document.text)


@each_sample
def test_akoma_ntoso_keeps_every_word_and_every_paragraph(path: Path) -> None:
    document = read(path.read_text("utf-8"), path.name)
    again = from_akn(as_akn(document))
    assert words(again) == words(document)
    assert shape(again) == shape(document)


@each_sample
def test_text_with_codes_keeps_every_word_and_every_paragraph(path: Path) -> None:
    document = read(path.read_text("utf-8"), path.name)
    again = read_coded(written(document))
    assert words(again) == words(document)
    assert shape(again) == shape(document)
    assert written(again) == written(document)


@pytest.mark.skipif(not SCHEMA.exists(), reason="the OASIS schema is not here")
@each_sample
def test_akoma_ntoso_is_valid_against_the_schema(path: Path) -> None:
    schema = etree.XMLSchema(etree.parse(str(SCHEMA)))
    schema.assertValid(etree.fromstring(as_akn(read(path.read_text("utf-8"), path.name))))


@each_sample
def test_json_holds_plain_values_and_the_same_bytes_each_time(path: Path) -> None:
    document = as_json(read(path.read_text("utf-8"), path.name))
    assert json.loads(json.dumps(document)) == document


def test_codes_stay_when_a_paragraph_is_moved_or_mended_by_hand() -> None:
    path = next(path for path in SAMPLES if path.stem == "council_numbered")
    lines = written(read(path.read_text("utf-8"), path.name)).splitlines()
    moved = [line for line in lines if line.startswith("[op3]")]
    rest = [line for line in lines if not line.startswith("[op3]")]
    mended = [moved[0].replace("all States", "all seafaring States")]
    again = read_coded("\n".join(rest + mended))
    codes = [paragraph.code for paragraph in again.paragraphs]
    assert codes == ["op1", "op2", "op2.a", "op2.b", "op4", "op3"]
    addressee = again.paragraphs[-1].acts[0].addressee
    assert addressee is not None
    assert addressee.value == "all seafaring States"


def test_entities_are_not_resolved_and_other_bytes_are_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    for data in (b"", b"no xml", bomb, b"<a/>"):
        with pytest.raises(NotAkomaNtosoError):
            from_akn(data)


def _akn_of_somebody_else(data: bytes) -> bytes:
    """The same without what only we write: it is read as any other text."""
    return re.sub(rb"<proprietary.*?</proprietary>", b"", data, flags=re.DOTALL)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_law_no_changed_byte_of_akoma_ntoso_raises(data: st.DataObject) -> None:
    path = SAMPLES[0]
    ours = as_akn(read(path.read_text("utf-8"), path.name))
    for content in (ours, _akn_of_somebody_else(ours)):
        changed = bytearray(content)
        places = st.integers(0, len(changed) - 1)
        for at in data.draw(st.lists(places, min_size=1, max_size=3)):
            changed[at] = data.draw(st.integers(0, 255))
        with contextlib.suppress(NotAkomaNtosoError):
            from_akn(bytes(changed))


def test_an_act_that_changed_is_told_beside_its_limits() -> None:
    old = read(
        "The Security Council,\n\nNoting the report,\n\n"
        "1. Calls upon the parties to keep the truce along the river,\n"
        "and requests the Panel of Experts to report by 1 May 2031;\n"
    )
    new = read(
        "The Security Council,\n\nNoting the report,\n\n"
        "1. Calls upon the parties to keep the truce along the river,\n"
        "and urges the Panel of Experts to report by 1 June 2031;\n"
    )
    (pair,) = compare(old, new).paragraphs
    told = [
        [
            (act.verb.value, act.addressee.value)
            for act in acts
            if act and act.verb and act.addressee
        ]
        for acts in pair.acts
    ]
    assert told == [[("requests", "the Panel of Experts"), ("urges", "the Panel of Experts")]]
    assert [[one.phrase for one in limits if one] for limits in pair.deadlines] == [
        ["by 1 May 2031", "by 1 June 2031"]
    ]
    numbers = [act["number"] for act in as_json(new)["paragraphs"][0]["acts"]]
    assert numbers == [1, 2]


def test_what_a_page_sets_between_sub_paragraphs_keeps_its_place() -> None:
    document = read(
        "The Security Council,\n\nNoting the report,\n\n1. Requests the Mission:\n\n"
        "(a) To guard the port;\n\n(b) To assist:\n\n(i) The pilots;\n\n"
        "in the harbour of the capital,\n\nS/2031/426\n\n(ii) and the mayor of that place\n\n"
        "(c) To report.\n\n2. Decides to remain seized.\n"
    )
    assert words(from_akn(as_akn(document))) == words(document)
    assert words(read_coded(written(document))) == words(document)
