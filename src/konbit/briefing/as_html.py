"""A plan as one HTML page that needs nothing else: no script, no font, no request."""

from __future__ import annotations

from html import escape
from importlib import resources
from typing import TYPE_CHECKING

from konbit.briefing.html_parts import block_html
from konbit.briefing.sections import compose

if TYPE_CHECKING:
    from collections.abc import Mapping

    from konbit.briefing.figures.figure import Figure
    from konbit.briefing.page import Page, Section
    from konbit.briefing.words import Words
    from konbit.dossier.dossier import Dossier
    from konbit.dossier.plan import Comparison, Plan

# Width of figures for a phone, in pixels: what a page of 390 pixels has between its margins.
PHONE_PX = 360

# No script, no request: what a page may load is said to the browser too.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def brief_html(
    plan: Plan,
    dossier: Dossier,
    figures: Mapping[str, Figure],
    words: Words,
    comparison: Comparison | None = None,
    *,
    slim_figures: Mapping[str, Figure] | None = None,
) -> str:
    """The brief of a plan.

    Args:
        plan: what the brief is about.
        dossier: the dossier from which the plan was made, for titles and sources.
        figures: figures by name, shown where the page has a place for them.
        words: the reader's language.
        comparison: scenarios to show side by side.
        slim_figures: the same figures `PHONE_PX` wide, shown on phones instead.

    Returns:
        A whole HTML document. The same arguments give the same text.
    """
    page = compose(plan, dossier, figures, words, comparison)
    return page_html(page, figures, words, slim_figures)


def page_html(
    page: Page,
    figures: Mapping[str, Figure],
    words: Words,
    slim_figures: Mapping[str, Figure] | None = None,
    *,
    daggers: bool = True,
) -> str:
    """A page as one HTML document that needs nothing else.

    Args:
        page: what it says.
        figures: figures by name, for the places that the page has for them.
        words: the reader's language.
        slim_figures: the same figures `PHONE_PX` wide, shown on phones instead.
        daggers: whether to say what a dagger means.
    """
    shown = _Shown(figures, slim_figures or {}, words)
    style = resources.files(__package__).joinpath("brief.css").read_text(encoding="utf-8")
    sections = "\n".join(_section(section, shown) for section in page.sections)
    footer = f"<p>{escape(page.disclaimer)}</p>" if page.disclaimer else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{page.language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(page.title)} \u2013 {escape(page.subtitle)}</title>\n"
        f"<style>\n{style}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#main">{escape(words.say("skip-link"))}</a>\n'
        f'<div class="page">\n{_header(page, words, daggers=daggers)}\n{_contents(page, words)}\n'
        f'<main id="main">\n{sections}\n</main>\n'
        f"<footer>{footer}<p>{escape(words.say('made-with'))}</p></footer>\n"
        "</div>\n</body>\n</html>\n"
    )


class _Shown:
    """What blocks are rendered with."""

    def __init__(
        self, figures: Mapping[str, Figure], slim: Mapping[str, Figure], words: Words
    ) -> None:
        self.figures = figures
        self.slim = slim
        self.words = words


def _header(page: Page, words: Words, *, daggers: bool) -> str:
    status = "".join(
        f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>"
        for label, value in page.status
    )
    legend = (
        f'<p class="legend"><span class="dagger">\u2020</span> '
        f"{escape(words.say('dagger-legend'))}</p>\n"
    )
    return (
        f"<header>\n<h1>{escape(page.title)}</h1>\n"
        f'<p class="subtitle">{escape(page.subtitle)}</p>\n'
        f'<dl class="status">{status}</dl>\n'
        f"{legend if daggers else ''}</header>"
    )


def _contents(page: Page, words: Words) -> str:
    lines = "".join(f'<li><a href="#{s.code}">{escape(s.title)}</a></li>' for s in page.sections)
    title = escape(words.say("contents"))
    return f'<nav class="contents" aria-label="{title}"><h2>{title}</h2><ol>{lines}</ol></nav>'


def _section(section: Section, shown: _Shown) -> str:
    key = f'<p class="key">{escape(section.key)}</p>' if section.key else ""
    told = "".join(f'<p class="digest">{escape(p)}</p>' for p in section.paragraphs)
    blocks = "\n".join(
        block_html(block, shown.figures, shown.slim, shown.words) for block in section.blocks
    )
    if section.key:
        blocks = f'<div class="pair">{blocks}</div>'
    return (
        f'<section id="{section.code}" aria-labelledby="title-{section.code}">'
        f'<h2 id="title-{section.code}">{escape(section.title)}</h2>'
        f"{key}{told}\n{blocks}</section>"
    )
