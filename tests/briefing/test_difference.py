"""What changed between two plans, as screen and page: what is said is what the plans hold."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from konbit.briefing import Words, difference_html, difference_screen
from konbit.briefing.sections import difference as told_as
from konbit.briefing.words import LANGUAGES
from konbit.dossier.tables.fund import ContributionEvent
from konbit.dossier.tables.mandate import Mission
from konbit.dossier.tables.pledge import Offer
from konbit.planner.differing import differ
from limited_missions import plain
from missions import AS_OF, dossier, usd

if TYPE_CHECKING:
    from konbit.dossier import Dossier, Row
    from konbit.dossier.difference import Difference

EN = Words("en")


def later_row(row: Row) -> Row:
    """One unit less, half of the money."""
    if isinstance(row, Offer):
        return replace(row, unit_count=1)
    if isinstance(row, ContributionEvent) and row.stage == "received":
        return replace(row, amount=usd(5_000_000))
    return row


@cache
def both() -> tuple[Dossier, Dossier]:
    return dossier(plain()), dossier([later_row(row) for row in plain()])


@cache
def found() -> Difference:
    one, two = both()
    return differ((one, AS_OF), (two, AS_OF))


def printed(what: Difference, words: Words) -> str:
    console = Console(width=100, highlight=False)
    with console.capture() as captured:
        console.print(difference_screen(what, *both(), words))
    return captured.get()


def test_the_screen_says_what_became_of_coverage_people_arrivals_money_and_rows() -> None:
    said = " ".join(printed(found(), EN).split())
    assert "Coverage falls from 100% to 50% of the weighted need." in said
    assert "Mar 2024 200 100" in said
    assert "AAA: O S 2 \N{MULTIPLICATION SIGN} Mar 2024 Mar 2024" in said
    assert "TF received USD 10 M USD 5 M" in said
    assert "unit_count 2 1" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_said_in_every_language_on_screen_and_page(language: str) -> None:
    words = Words(language)
    said = printed(found(), words)
    page = difference_html(found(), *both(), words)
    assert "difference-" not in said
    for code in ("arrivals", "money", "rows"):
        assert f'id="{code}"' in page
        assert words.say(f"difference-caption-{code}") in page
    assert max(len(line) for line in said.splitlines()) <= 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nothing_changed_each_part_says_so(language: str) -> None:
    words = Words(language)
    one = both()[0]
    same = differ((one, AS_OF), (one, AS_OF))
    page = difference_html(same, one, one, words)
    for code in ("people", "arrivals", "money", "rows"):
        assert words.say(f"difference-no-{code}") in page
        assert words.say(f"difference-caption-{code}") not in page


def test_other_months_another_need_and_plans_that_were_ended_are_told() -> None:
    one, two = both()
    longer = dossier([replace(r, horizon_months=5) if isinstance(r, Mission) else r
                      for r in plain()])  # fmt: skip
    months = differ((one, AS_OF), (longer, AS_OF))
    [line] = told_as.caveats(told_as.Told(months, one, longer, EN))
    assert "Mar 2024 to Jun 2024" in line
    assert "Mar 2024 to Jul 2024" in line
    assert told_as.caveats(told_as.Told(found(), one, two, EN)) == ()
    needed = replace(found().later, needed_points=found().later.needed_points + 1)
    [need] = told_as.caveats(told_as.Told(replace(found(), later=needed), one, two, EN))
    assert need == EN.say("difference-need")
