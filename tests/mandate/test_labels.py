"""Made-up texts in layouts of other bodies are read as a person labelled them.

The labels of `benchmarks` were set before these texts were first read; how well that went is told
in the docs. Here they keep what is read now from being lost.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from konbit.mandate import read

TEXTS = Path(__file__).parent / "unseen"
BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
LABELS = [
    label
    for path in sorted(BENCHMARKS.glob("mandate_held_out_*.jsonl"))
    for label in map(json.loads, path.read_text("utf-8").splitlines())
    if (TEXTS / label["file"]).exists()
]


@pytest.mark.parametrize("label", LABELS, ids=[label["file"] for label in LABELS])
def test_paragraphs_and_verbs_are_those_that_a_person_labelled(label: dict[str, Any]) -> None:
    document = read((TEXTS / label["file"]).read_text("utf-8"), label["file"])
    read_ones = [
        (
            p.section or None,
            p.number,
            p.sub or None,
            [a.verb.value if a.verb else None for a in p.acts],
        )
        for p in document.paragraphs
    ]
    meant = [
        (p["section"], p["n"], p["sub"], [act["verb"] for act in (p, *p.get("also", ()))])
        for p in label["paragraphs"]
    ]
    assert read_ones == meant
    assert (document.symbol.value if document.symbol else None) == label["symbol"]


def test_every_made_up_text_is_labelled() -> None:
    assert {path.name for path in TEXTS.glob("*.txt")} == {label["file"] for label in LABELS}
