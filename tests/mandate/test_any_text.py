"""No text makes the reading fail or lose words."""

from __future__ import annotations

import gc
import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from konbit.mandate import as_akn, compare, from_akn, read, read_article, read_coded, written
from konbit.mandate.characters import plain
from mandate_soak import BEGUN, HOSTILE, check, mutated

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.txt"))
CORPUS = Path(__file__).resolve().parents[3] / "shared/data/resolutions"
PIECES = st.sampled_from(
    ["The Security Council,", "Recalling", "1. Decides", "(a) To", "RESOLVES:", "\n\n", "A",
     "Annex", "Adopted unanimously", "resolution 841 (1993)", "until 31 July 2018;",
     "and requests", "\u201c", "______", "\f", " ", "that all States shall",
     "Le Conseil de s\u00e9curit\u00e9,", "exige"]
)  # fmt: skip


def test_spoilt_resolutions_are_read_and_keep_their_words() -> None:
    sources = [path.read_text("utf-8") for path in SAMPLES]
    chance = random.Random(7)  # noqa: S311 - it spoils texts and guards nothing
    for number in range(300):
        check(mutated(chance.choice(sources), sources, chance), deep=number % 5 == 0)


@settings(deadline=None)  # a busy machine is no fault
@given(st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=25))
def test_any_text_is_read_and_no_letter_is_lost(pieces: list[str]) -> None:
    document = read(" ".join(pieces))
    shown = " ".join(block.text for block in document.blocks)
    assert re.findall(r"\w", shown) == re.findall(r"\w", document.text)
    assert from_akn(as_akn(document)).paragraphs is not None
    assert [p.code for p in read_coded(written(document)).paragraphs] == [
        p.code for p in document.paragraphs
    ]
    read_article(" ".join(pieces))


@settings(deadline=None)  # a busy machine is no fault
@given(st.lists(PIECES, max_size=20))
def test_codes_are_never_given_twice(pieces: list[str]) -> None:
    document = read("\n\n".join(pieces))
    codes = [recital.code for recital in document.recitals]
    codes += [paragraph.code for paragraph in document.paragraphs]
    assert len(codes) == len(set(codes))


@settings(deadline=None)  # a busy machine is no fault
@given(st.integers(0, len(SAMPLES) - 1))
def test_a_text_beside_itself_is_kept_whole(place: int) -> None:
    document = read(SAMPLES[place].read_text("utf-8"))
    pairs = compare(document, document)
    assert {pair.change.value for pair in (*pairs.recitals, *pairs.paragraphs)} <= {"kept"}
    assert not any(pair.deadlines or pair.ceilings for pair in pairs.paragraphs)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_lose_no_letter(name: str) -> None:
    text = BEGUN + (HOSTILE[name] * (1 + 30_000 // len(HOSTILE[name])))[:30_000]
    shown = " ".join(block.text for block in read(text).blocks)
    assert sorted(re.findall(r"\w", shown)) == sorted(re.findall(r"\w", plain(text)))


@pytest.mark.skipif(not CORPUS.exists(), reason="the folder of real resolutions is not here")
def test_every_real_resolution_is_read_with_paragraphs_and_all_its_words() -> None:
    empty = []
    for path in sorted(CORPUS.rglob("*.txt")):
        text = path.read_text("utf-8", errors="replace")
        check(text, deep=False)
        if not read(text, path.name).paragraphs:
            empty.append(path.name)
    assert not empty


def test_reading_makes_no_circles_and_leaves_the_collector_as_it_was() -> None:
    text = f"{BEGUN}to act:\n\n(a) By 1 May;\n"
    read(text)
    gc.collect()
    for collecting in (True, False):
        (gc.enable if collecting else gc.disable)()
        try:
            read(text * 50)
            assert gc.isenabled() is collecting
        finally:
            gc.enable()
    gc.disable()
    try:
        gc.collect()
        read(text * 50)
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_what_was_read_is_old_at_once_and_what_a_program_froze_stays_frozen() -> None:
    text = "The Security Council,\n\n1. Decides to act;\n"
    collecting = gc.isenabled()
    gc.enable()
    try:
        document = read(text)
        young = [*gc.get_objects(generation=0), *gc.get_objects(generation=1)]
        assert not any(one is document.paragraphs[0] for one in young)
        gc.freeze()
        frozen = gc.get_freeze_count()
        read(text)
        assert gc.get_freeze_count() > frozen - 1_000 > 0
    finally:
        gc.unfreeze()
        (gc.enable if collecting else gc.disable)()
