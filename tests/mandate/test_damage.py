"""What a reader does not see changes nothing in what is read."""

from __future__ import annotations

import random
import unicodedata
from pathlib import Path

import pytest

from konbit.mandate import Document, read
from mandate_damage import HARMLESS, with_lone_surrogates, with_numbers_of_lines

HERE = Path(__file__).parent
TEXTS = [path.read_text("utf-8") for path in sorted(HERE.glob("samples/*.txt"))]
TEXTS += [path.read_text("utf-8") for path in sorted(HERE.glob("unseen/*.txt"))]
FEWEST_LINES = 16  # that numbers of lines are known as such
NOT_NUMBERED = 3  # statements and releases, of which no line begins with a number of its own


def told(document: Document) -> list[object]:
    """All that was read of paragraphs and heading, accents composed."""
    acts = [
        (
            paragraph.code,
            act.verb.value if act.verb else "",
            act.force.value if act.force else "",
            act.addressee.value if act.addressee else "",
            [(limit.phrase, limit.on) for limit in act.deadlines],
            unicodedata.normalize("NFC", act.action),
        )
        for paragraph in document.paragraphs
        for act in paragraph.acts
    ]
    cited = [c.number for paragraph in document.paragraphs for c in paragraph.citations]
    symbol = document.symbol.value if document.symbol else ""
    return [acts, cited, len(document.recitals), symbol]


def chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - it spoils texts and guards nothing


@pytest.mark.parametrize("name", sorted(HARMLESS))
def test_what_a_reader_does_not_see_changes_nothing(name: str) -> None:
    for number, text in enumerate(TEXTS):
        spoilt = HARMLESS[name](text, chance(number))
        assert told(read(spoilt)) == told(read(text)), text[:200]


def test_numbers_before_lines_are_no_numbers_of_paragraphs() -> None:
    tried = differ = 0
    for text in TEXTS:
        lines = [line for line in text.split("\n") if line.strip()]
        if len(lines) < FEWEST_LINES:
            continue
        tried += 1
        differ += told(read(with_numbers_of_lines(text, chance(1)))) != told(read(text))
    assert tried > 20
    assert differ <= NOT_NUMBERED


def test_numbered_paragraphs_of_one_line_each_keep_their_numbers() -> None:
    lines = [f"{n} Requests all States to keep rule {n};" for n in range(1, 20)]
    document = read("The Security Council,\n\nRecalling its work,\n\n" + "\n".join(lines))
    assert [p.number for p in document.paragraphs] == [str(n) for n in range(1, 20)]


def test_halves_of_characters_are_left_out() -> None:
    for number, text in enumerate(TEXTS):
        document = read(with_lone_surrogates(text, chance(number)), "a \ud800 name")
        document.text.encode()
