"""A replayed shock as screen, page and figures: what is said is what the plans hold."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from konbit.briefing import Words, replay_html, replay_screen
from konbit.briefing.figures.replay_coverage import replay_coverage
from konbit.briefing.figures.replay_gantt import replay_gantt
from konbit.briefing.sections import replay as told_as
from konbit.briefing.words import LANGUAGES
from konbit.dossier.shocks import CutAssessed, Delay, Freeze, Withdraw
from konbit.planner.shock import replay
from konbit.terms import Month
from law_missions import assessed
from limited_missions import plain
from missions import AS_OF, dossier, offer

if TYPE_CHECKING:
    from konbit.briefing.figures.figure import Figure
    from konbit.dossier.replay import Replay
    from konbit.dossier.shocks import Shock

EN = Words("en")
MAY = Month(2024, 5)
HALF = Decimal("0.5")


@cache
def frozen() -> Replay:
    """400,000 spent by the end of April, the rest frozen in May: both units leave."""
    return replay(dossier(plain()), AS_OF, "", [Freeze("G", MAY)], curve=(0, 5_000))


@cache
def untouched() -> Replay:
    return replay(dossier(plain()), AS_OF, "", [], curve=())


def figures(found: Replay, words: Words, width_px: int) -> dict[str, Figure]:
    made = (
        replay_coverage(found, words, width_px=width_px),
        replay_gantt(found, words, width_px=width_px),
    )
    return {figure.name: figure for figure in made}


def printed(found: Replay, words: Words) -> str:
    console = Console(width=100, highlight=False)
    with console.capture() as captured:
        console.print(replay_screen(found, words))
    return captured.get()


def test_the_screen_says_what_is_lost_who_slips_and_why() -> None:
    said = printed(frozen(), EN)
    assert "USD 9.6 M frozen from May 2024." in said
    assert "Coverage falls from 100% to 50% of the weighted need: 50% of the need is lost." in said
    assert "2 × AAA: O @ S: leaves earlier, end of the plan → May 2024. No money (TF)." in said
    assert "The repaired plan is 4 changes away" in said
    assert max(len(line) for line in said.splitlines()) <= 100


def test_the_screen_of_a_plan_that_holds_says_so() -> None:
    said = printed(untouched(), EN)
    assert "Nothing goes wrong" in said
    assert "The plan holds: coverage stays at 100%" in said
    assert "No arrival and no stay changes." in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_made_afresh_that_covers_more_than_the_plan_before_is_explained(
    language: str,
) -> None:
    found, words = frozen(), Words(language)
    better = replace(found, afresh_points=found.before.covered_points + 1)
    said = words.say("replay-afresh-more")
    assert said in told_as.repaired(told_as.Told(better, words))
    assert said not in told_as.repaired(told_as.Told(found, words))


def test_every_kind_of_shock_has_its_sentence() -> None:
    shocks: dict[str, list[Shock]] = {
        "from May 2024": [Freeze("G", MAY)],
        "1 unit withdrawn": [Withdraw("O", 1)],
        "2 months late": [Delay("O", 2)],
    }
    for sentence, strikes in shocks.items():
        found = replay(dossier(plain()), AS_OF, "", strikes, curve=())
        assert any(sentence in said for said in told_as.happens(told_as.Told(found, EN)))
    cut = replay(dossier(assessed()), AS_OF, "X", [CutAssessed(share=HALF)], curve=())
    assert "50% less" in told_as.happens(told_as.Told(cut, EN))[0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width_px", [360, 760])
def test_figures_say_the_same_in_drawing_table_and_sentence(language: str, width_px: int) -> None:
    words = Words(language)
    for figure in figures(frozen(), words, width_px).values():
        assert figure.spec["usermeta"]["width_px"] == width_px
        assert figure.table.rows
        assert figure.alt.strip()


def test_the_table_of_coverage_has_every_month_before_and_after() -> None:
    rows = replay_coverage(frozen(), EN).table.rows
    assert [row[1:] for row in rows] == [("100%", "100%")] * 2 + [("100%", "0%")] * 2


def test_the_table_of_presence_lists_what_changes_only() -> None:
    rows = replay_gantt(frozen(), EN).table.rows
    assert rows == (("AAA: O", "May 2024", 2, 0), ("AAA: O", "June 2024", 2, 0))
    assert replay_gantt(untouched(), EN).table.rows == ()


def test_the_drawing_differs_before_and_after_by_more_than_colour() -> None:
    layers = {layer.get("name"): layer for layer in replay_gantt(frozen(), EN).spec["layer"]}
    assert layers["before"]["mark"]["strokeDash"]
    assert "strokeDash" not in layers["after"]["mark"]


def test_units_of_a_parted_offer_are_drawn_in_one_row() -> None:
    found = replay(dossier(plain()), AS_OF, "", [Withdraw("O", 1, MAY)], curve=())
    assert {row[0] for row in replay_gantt(found, EN).table.rows} == {"AAA: O"}


def test_a_plan_of_many_offers_draws_those_that_change_first() -> None:
    more = [offer(f"P{n:02}", "BBB", "police", 1) for n in range(30)]
    rows = [*plain(needed=230), *more]
    found = replay(dossier(rows), AS_OF, "", [Delay("O", 2)], curve=())
    figure = replay_gantt(found, EN)
    assert "AAA: O" in {row[0] for row in figure.table.rows}
    assert "18" in figure.alt


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_the_same_every_time_and_escapes_what_it_is_given(language: str) -> None:
    words = Words(language)
    rows = [*plain(), replace(offer("P", "AAA", "police", 30), title="<b>P</b>")]
    found = replay(dossier(rows), AS_OF, "", [Withdraw("O", None, MAY)], curve=())
    drawn = figures(found, words, 760)
    page = replay_html(found, drawn, words)
    assert page == replay_html(found, drawn, words)
    assert f'<html lang="{language}">' in page
    assert page.count("<figure") == 2
    assert "&lt;b&gt;P" in page
    assert "<b>P" not in page
    assert page.count("<table") >= 6


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_withdrawal_of_units_that_were_not_used_is_said_to_change_nothing(language: str) -> None:
    words = Words(language)
    rows = [*plain(), offer("SPARE", "CCC", "police", 100)]
    idle = replay(dossier(rows), AS_OF, "", [Withdraw("SPARE", None, MAY)], curve=())
    assert not idle.slips
    line = words.say("replay-withdraw-idle", offer=told_as.Told(idle, words).names.offer("SPARE"),
                     month=MAY)  # fmt: skip
    assert " ".join(line.split()) in " ".join(printed(idle, words).split())
    assert line in replay_html(idle, figures(idle, words, 720), words)
    used = replay(dossier(rows), AS_OF, "", [Withdraw("O", None, MAY)], curve=())
    assert used.slips
    assert told_as.idle(told_as.Told(used, words)) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_replay_that_was_ended_says_so(language: str) -> None:
    words = Words(language)
    said = words.say("replay-ended")
    ended = replace(frozen(), is_ended=True)
    for found, says in ((ended, True), (frozen(), False)):
        assert (" ".join(said.split()) in " ".join(printed(found, words).split())) is says
        assert (said in replay_html(found, figures(found, words, 720), words)) is says


@pytest.mark.parametrize("width_px", [360, 720])
def test_offers_with_long_names_that_begin_alike_are_told_apart(width_px: int) -> None:
    """Three offers of which two are called the same, and all are longer than there is room."""
    title = "General duty police of the capital and of the three departments around it"
    rows = [
        *plain(needed=500),
        offer("P1", "AAA", "police", 100, title=f"{title}, first contingent"),
        offer("P2", "AAA", "police", 100, title=f"{title}, second contingent"),
        offer("P3", "AAA", "police", 100, title=f"{title}, second contingent"),
    ]
    figure = replay_gantt(
        replay(dossier(rows), AS_OF, "", [Withdraw("P1", None, MAY)], curve=()), EN,
        width_px=width_px,
    )  # fmt: skip
    labels = {text for text in texts_of(figure.spec) if text.startswith("AAA")}
    assert len(labels) == 4
    assert sum("(P2)" in label or "(P3)" in label for label in labels) == 2


def texts_of(spec: object) -> list[str]:
    """Every text in a specification."""
    if isinstance(spec, dict):
        own = [spec["text"]] if isinstance(spec.get("text"), str) else []
        return own + [text for part in spec.values() for text in texts_of(part)]
    if isinstance(spec, (list, tuple)):
        return [text for part in spec for text in texts_of(part)]
    return []
