"""Uncertain futures on one screen, and as one HTML page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from konbit.briefing.as_comparison import drawn
from konbit.briefing.as_html import page_html
from konbit.briefing.marks import plain
from konbit.briefing.sections import futures as told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from konbit.briefing.figures.figure import Figure
    from konbit.briefing.words import Words
    from konbit.dossier.dossier import Dossier
    from konbit.dossier.futures import Futures


def futures_screen(futures: Futures, dossier: Dossier, words: Words) -> Group:
    """Futures as something that `rich` can print.

    Args:
        futures: what is shown.
        dossier: the dossier from which they were made, for titles.
        words: the reader's language.
    """
    page = told.futures_page(futures, dossier, words)
    status = " · ".join(f"{label} {value}" for label, value in page.status)
    tables = (
        told.against(futures, words),
        told.overall(futures, words),
        *told.decided(futures, dossier, words),
        told.who_is_there(futures, dossier, words),
    )
    dagger = [Text(words.say("futures-dagger"), "dim")] if futures.assumed_priors else []
    return Group(
        Text(plain(page.title), "bold"),
        Text(plain(page.subtitle)),
        Text(plain(status), "dim"),
        Text(plain(told.priors_sentence(futures, words))),
        Text(plain(told.checked_sentence(futures, words))),
        Text(),
        Text(plain(told.key_sentence(futures, words)), "bold"),
        Text(plain(told.earmarks_sentence(futures, words))),
        Text(plain(told.gap_sentence(futures, words))),
        Text(plain(told.decide_sentence(futures, words))),
        *dagger,
        Text(),
        *(part for table in tables for part in (drawn(table), Text())),
    )


def futures_html(
    futures: Futures,
    dossier: Dossier,
    figures: Mapping[str, Figure],
    words: Words,
    *,
    slim_figures: Mapping[str, Figure] | None = None,
) -> str:
    """Futures as a whole HTML document. The same arguments give the same text.

    Args:
        futures: what the page is about.
        dossier: the dossier from which they were made, for titles.
        figures: figures by name.
        words: the reader's language.
        slim_figures: the same figures for a phone.
    """
    return page_html(told.futures_page(futures, dossier, words), figures, words, slim_figures)
