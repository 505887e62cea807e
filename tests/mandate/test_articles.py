"""Made-up articles of different build in three languages, labelled before they were read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from konbit.mandate import read_article

HERE = Path(__file__).parent / "articles"
LABELS = [
    label
    for path in sorted(HERE.glob("labels*.json"))
    for label in json.loads(path.read_text("utf-8"))
]
each_article = pytest.mark.parametrize("label", LABELS, ids=[label["file"] for label in LABELS])


@each_article
def test_body_symbol_day_and_vote_are_told(label: dict[str, Any]) -> None:
    article = read_article((HERE / label["file"]).read_text("utf-8"), label["file"])
    vote = article.vote.value if article.vote else None
    counts = [vote.for_count, vote.against_count, vote.abstain_count] if vote else None
    assert article.is_secondary
    assert (article.body.value.value if article.body else None) == label["body"]
    assert (article.symbol.value if article.symbol else None) == label["symbol"]
    assert (str(article.decided_on.value) if article.decided_on else None) == label["decided_on"]
    manner = vote.manner if vote else None
    assert label["vote"] == (counts if manner == "counted" else manner)


@each_article
def test_appeals_are_told_to_whom_they_go_and_others_do_not_speak(label: dict[str, Any]) -> None:
    article = read_article((HERE / label["file"]).read_text("utf-8"), label["file"])
    told = [
        [act.verb.value, act.addressee.value if act.addressee else None] for act in article.acts
    ]
    assert [act for act in told if act[1]] == [act for act in label["acts"] if act[1]]
    for act in article.acts:
        at = act.verb.at
        assert at is not None
        assert article.text[at.start : at.end].strip()
