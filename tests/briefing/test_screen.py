from __future__ import annotations

import re
from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console, RenderableType

from every_figure import every_figure
from hostile_mission import hostile_dossier, hostile_plan
from konbit.briefing import Words, brief_html, comparison_screen, screen
from konbit.briefing.marks import bar, plain, sparkline
from konbit.briefing.reckoning import covered_by_capability
from konbit.briefing.sentences import coverage, gain_span, proof
from konbit.briefing.words import LANGUAGES
from konbit.dossier.plan import Comparison
from konbit.terms import Severity
from konbit.terms.finding import finding
from sample_dossier import sample_dossier
from sample_plan import sample_comparison, sample_plan


def printed(shown: RenderableType, width: int = 100) -> str:
    console = Console(width=width, file=StringIO(), no_color=True, force_terminal=False)
    console.print(shown)
    file = console.file
    assert isinstance(file, StringIO)
    return file.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_plan_fits_one_screen_in_every_language(language: str) -> None:
    lines = printed(screen(sample_plan(), sample_dossier(), Words(language))).splitlines()

    assert len(lines) <= 55
    assert max(cell_len(line) for line in lines) <= 100


@pytest.mark.parametrize("width", [60, 80, 99])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_narrow_terminal_is_shown_the_same_in_more_lines(language: str, width: int) -> None:
    """No figure, reason or sentence is cut off; drawings and some of the months are left out."""
    words = Words(language)
    plan = sample_plan()
    text = printed(screen(plan, sample_dossier(), words), width)
    assert max(cell_len(line) for line in text.splitlines()) <= width
    joined = " ".join(text.split())
    for told in (
        words.say("screen-digests", dossier=plan.dossier_digest[:12], plan=plan.digest[:12]),
        words.say("screen-coverage", share=coverage(plan, words), proof=proof(plan, words)),
        *(gain_span(row, plan, words) for row in plan.relaxations),
        *(gain_span(row, plan, words) for row in plan.asks),
        words.month_short(plan.until_month + -1),
    ):
        assert " ".join(told.split()) in joined, told
    if width >= 80:
        for row in covered_by_capability(plan):
            assert words.say(f"family-{row.reason}").split()[-1] in joined


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_comparison_loses_no_figure_in_a_narrow_terminal(language: str) -> None:
    shown = comparison_screen(sample_comparison(), sample_dossier(), Words(language))
    wide, narrow = printed(shown), printed(shown, 80)
    assert max(cell_len(line) for line in narrow.splitlines()) <= 80
    figures = re.compile(r"\d[\d.,\u202f\u00a0]*")
    assert sorted(figures.findall(narrow)) == sorted(figures.findall(wide))


def test_the_screen_shows_counts_coverage_money_bottlenecks_and_asks() -> None:
    text = printed(screen(sample_plan(), sample_dossier(), Words("en")))

    for told in (
        "As of 15 March 2026 · Hybrid from the start · Apr 2026 to Mar 2027",
        "Checks: Errors: 0. Warnings: 1. Notes: 1.",
        "Deployed†",
        "Rotation: 9 reliefs bring 1,100 people, so that nobody stays beyond a tour.",
        "Medical evacuation",
        "need of the plan",
        "USD 22.3 M",
        "1 No offer",
        "≈ 16.2%, ≤ 17%",
        "gains at least\N{EN DASH}at most; ≈: estimate",
        "coverage gains at least\N{EN DASH}at most",
        "15.4%\N{EN DASH}16.2%",
        "≈ 8.3%, ≤ 10.3%",
        "Camp space for 300 more people at Harbour base by April 2026.",
    ):
        assert told in text


def test_a_long_plan_still_fits() -> None:
    plan = sample_plan()
    rows = tuple(
        replace(row, capability=f"{row.capability}-{n}", requirement=f"{row.requirement}-{n}")
        for row in plan.coverage
        for n in range(20)
    )
    counts = tuple(
        replace(row, month=f"{2026 + n // 12}-{n % 12 + 1:02d}", kind="plan")
        for n in range(60)
        for row in plan.headcounts[-1:]
    )
    asks = tuple(replace(plan.asks[0], rank=rank) for rank in range(1, 30))
    long = replace(plan, coverage=rows, headcounts=counts, asks=asks)

    lines = printed(screen(long, sample_dossier(), Words("en"))).splitlines()

    assert len(lines) <= 70
    assert max(cell_len(line) for line in lines) <= 100
    assert "… and 23 more" in "\n".join(lines)


def test_text_of_a_dossier_moves_no_cursor_and_paints_nothing() -> None:
    text = printed(screen(hostile_plan(), hostile_dossier(), Words("en")))

    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "[bold]" in text


def test_a_comparison_shows_at_most_four_scenarios() -> None:
    six = Comparison(sample_comparison().plans * 2, sample_comparison().delays)

    text = printed(comparison_screen(six, sample_dossier(), Words("en")))

    assert max(cell_len(line) for line in text.splitlines()) <= 100
    assert "2 more scenarios are not shown" in text
    assert "Cost of delay: Assessed from the start" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_comparison_that_was_ended_says_so(language: str) -> None:
    words = Words(language)
    said = " ".join(words.say("note-scenarios-ended").split())
    for is_ended in (True, False):
        shown = replace(sample_comparison(), is_ended=is_ended)
        text = " ".join(printed(comparison_screen(shown, sample_dossier(), words)).split())
        assert (said in text) is is_ended


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_asks_it_is_said_whether_there_was_time_to_look_for_any(language: str) -> None:
    words = Words(language)
    ended = finding("ended-early", Severity.NOTE)
    for notes, code in (((ended,), "lead-calls-ended"), ((), "lead-calls-none")):
        plan = replace(sample_plan(), asks=(), findings=notes)
        said = words.say(code)
        assert " ".join(said.split()) in " ".join(
            printed(screen(plan, sample_dossier(), words)).split()
        )
        assert said in brief_html(plan, sample_dossier(), every_figure(words), words)


def test_a_comparison_says_coverage_strength_cost_and_runway() -> None:
    text = printed(comparison_screen(sample_comparison(), sample_dossier(), Words("en")))

    assert "Weighted coverage" in text
    assert "Paid by Trust fund" in text
    assert "beyond the horizon" in text


@given(st.integers(min_value=0, max_value=9_999))
def test_a_bar_is_full_only_when_all_is_met(share: int) -> None:
    assert bar(share, 12).count("█") < 12
    assert bar(10_000, 12) == "█" * 12


@given(st.lists(st.one_of(st.none(), st.integers(0, 10_000))), st.integers(1, 30))
def test_a_sparkline_is_never_wider_than_its_room(values: list[int | None], width: int) -> None:
    assert len(sparkline(values, 10_000, width)) <= width


@given(st.text())
def test_plain_text_holds_no_control(text: str) -> None:
    assert not any(ord(character) < 32 or character == "\x7f" for character in plain(text))
