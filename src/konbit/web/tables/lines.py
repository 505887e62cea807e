"""The rows of a list as HTML.

A list has many hundred cells. A template takes longer over them than everything else on the page
together, so they are written here, every text escaped, and kept for the state of the mission.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from konbit.dossier.columns import Kind
from konbit.web.bridge.mapping import fields_of, row_of
from konbit.web.tables.keeping import Kept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.paginator import Page

    from konbit.dossier import Row
    from konbit.dossier.columns import Column
    from konbit.web.tables.asking import Asked
    from konbit.web.tables.counting import Pages
    from konbit.web.tables.queries import States
    from konbit.web.words import PageWords

FIGURES = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.MONEY})
_LONGEST_CELL = 120
_UNRESERVED = "/~:@!$&'()*+,;="  # as Django writes keys into addresses
_KEPT: Kept[SafeString] = Kept(400)


def text_of(row: Row, column: Column, words: PageWords) -> str:
    """A cell in the reader's words; empty for none."""
    value = getattr(row, column.name)
    if value is None:
        return ""
    if column.kind is Kind.MONEY:
        return words.money_exact(value)
    if column.kind is Kind.INTEGER and column.name == "year":
        return str(value)
    return value if type(value) is str else words.text(value)


def lines_of(
    asked: Asked, page: Page[Any], columns: Sequence[Column], mission: str, words: PageWords
) -> SafeString:
    """The rows of a page of a list, as the body of its table; empty where there is none."""
    pages = cast("Pages", page.paginator)
    key = (*pages.state, asked.sort, page.number, words.language)
    return _KEPT.of(key, lambda: _written(asked, page, columns, mission, words))


def _written(
    asked: Asked, page: Page[Any], columns: Sequence[Column], mission: str, words: PageWords
) -> SafeString:
    table = asked.table
    start = escape(reverse("row", args=[mission, table.TABLE, "-"]).removesuffix("-"))
    unused = f' <span class="tag">{escape(words.say("row-unused"))}</span>'
    kinds = ["n" if column.kind in FIGURES else "t" for column in columns]
    parts: list[str] = []
    states = cast("States", page.object_list)
    for key, *values in states.values_list("row_key", *fields_of(table)):
        row = row_of(table, values)
        texts = [escape(_short(text_of(row, column, words))) for column in columns]
        is_used = getattr(row, "used", True)
        parts.append("<tr>" if is_used else '<tr class="unused">')
        address = f"{start}{escape(quote(key, safe=_UNRESERVED))}"
        parts.append(f'<th scope="row"><a href="{address}">{texts[0] or escape(key)}</a>')
        parts.append("</th>" if is_used else f"{unused}</th>")
        parts += [
            f'<td class="{kind}">{text}</td>'
            for kind, text in zip(kinds[1:], texts[1:], strict=True)
        ]
        parts.append("</tr>\n")
    return mark_safe("".join(parts))  # noqa: S308 - every text in it was escaped above


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_CELL else f"{text[: _LONGEST_CELL - 1]}…"
