from __future__ import annotations

import re
from dataclasses import replace

import pytest

from every_figure import every_figure
from hostile_mission import hostile_dossier, hostile_plan
from konbit.briefing import Words, brief_pdf
from konbit.briefing.condense import condensed
from konbit.briefing.page import Items, Table
from konbit.briefing.sections import compose
from konbit.briefing.words import LANGUAGES
from sample_dossier import sample_dossier
from sample_plan import sample_comparison, sample_plan


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_brief_has_a_few_pages_in_every_language(language: str) -> None:
    words = Words(language)

    pdf = brief_pdf(
        sample_plan(), sample_dossier(), every_figure(words), words, sample_comparison()
    )

    assert pdf.startswith(b"%PDF-")
    assert 4 <= pages(pdf) <= 8


def test_the_same_plan_gives_the_same_bytes() -> None:
    first, second = (
        brief_pdf(sample_plan(), sample_dossier(), {}, Words("en"), sample_comparison())
        for _ in range(2)
    )

    assert first == second


def test_hostile_text_is_text_and_no_markup() -> None:
    """Typst would fail on the reference and read the file if the text were markup."""
    pdf = brief_pdf(hostile_plan(), hostile_dossier(), {}, Words("en"))

    assert pages(pdf) >= 2
    assert b"javascript" not in pdf


def test_paper_holds_no_long_table_and_says_what_is_left_out() -> None:
    plan = sample_plan()
    asks = tuple(replace(plan.asks[0], rank=rank) for rank in range(1, 31))
    long = replace(plan, asks=asks, presence=plan.presence * 4)

    page = condensed(compose(long, sample_dossier(), {}, Words("en")))

    blocks = [block for section in page.sections for block in section.blocks]
    tables = [block for block in blocks if isinstance(block, Table)]
    arrivals = next(table for table in tables if table.code == "arrivals")
    assert len(arrivals.rows) + arrivals.left_out == 24
    assert arrivals.left_out == 14
    assert max(len(block.items) for block in blocks if isinstance(block, Items)) == 8
    assert not [t.code for t in tables if t.folded and t.code != "sources-documents"]
