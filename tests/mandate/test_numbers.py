"""Numbers that bound, by forms of the three languages; the sentences are our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from konbit.mandate.ceilings import ceilings_in
from konbit.mandate.flow import Flow, Line

HERE = Path(__file__).parent / "numbers"
CASES = [
    (language, *line.split("=>"))
    for language in ("en", "fr", "es")
    for line in (HERE / f"{language}.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("language", "sentence", "expected"), CASES)
def test_numbers_of_a_sentence(language: str, sentence: str, expected: str) -> None:
    text = sentence.strip()
    flow = Flow.of([Line(text, 0, 0, True, False, True)])
    found = [
        f"{one.count} {one.kind} {one.bound}{' part' if one.is_part else ''}"
        for one in ceilings_in(flow, text, (0, len(text)), language)
    ]
    assert "; ".join(found) == expected.strip()
