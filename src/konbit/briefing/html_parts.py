"""Tables, lists and figures of a brief as HTML. Every text is escaped here and nowhere else."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from konbit.briefing.figures import render
from konbit.briefing.page import Cell, Commands, FigurePlace, Items, Table
from konbit.briefing.slim_svg import slim
from konbit.dossier.plan import FULL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from konbit.briefing.figures.figure import Figure
    from konbit.briefing.page import Block
    from konbit.briefing.words import Words

_ID = re.compile(r'\bid="([^"]+)"')
# The drawing as a whole is one image with one description; what its parts say is not read.
# A normal weight is what text has anyway.
_PART = re.compile(r' (?:role|aria-[a-z]+|class)="[^"]*"| font-weight="normal"')


def block_html(
    block: Block, figures: Mapping[str, Figure], slim: Mapping[str, Figure], words: Words
) -> str:
    """One block of a section."""
    if isinstance(block, Table):
        return table_html(block, words)
    if isinstance(block, Items):
        return _items(block)
    if isinstance(block, Commands):
        return f"<pre><code>{escape(chr(10).join(block.lines))}</code></pre>"
    return _figure(block, figures, slim, words)


def table_html(table: Table, words: Words) -> str:
    """A table with caption, scopes and daggers; folded ones inside `details`."""
    head = "".join(
        f'<th scope="col"{_numeric(numeric)}>{escape(heading)}</th>'
        for heading, numeric in zip(table.headings, table.numeric, strict=True)
    )
    body = "".join(_row(row, table.numeric, words) for row in table.rows)
    caption = escape(table.caption)
    drawn = (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{caption}">'
        f"<table><caption>{caption}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{_notes(table, words)}"
    )
    if table.folded:
        return (
            f'<details class="folded" id="{escape(table.code)}">'
            f"<summary>{caption}</summary>{drawn}</details>"
        )
    return f'<div id="{escape(table.code)}">{drawn}</div>'


def _notes(table: Table, words: Words) -> str:
    notes = [table.note] if table.note else []
    if table.left_out:
        notes.append(words.say("rows-left-out", count=table.left_out))
    return "".join(f'<p class="note">{escape(note)}</p>' for note in notes)


def _row(row: tuple[Cell, ...], numeric: tuple[bool, ...], words: Words) -> str:
    anchor = next((f' id="{escape(cell.anchor)}"' for cell in row if cell.anchor), "")
    first = f'<th scope="row"{_numeric(numeric[0])}>{_inside(row[0], words)}</th>'
    rest = "".join(
        f"<td{_shape(cell, is_number)}>{_inside(cell, words)}</td>"
        for cell, is_number in zip(row[1:], numeric[1:], strict=True)
    )
    return f"<tr{anchor}>{first}{rest}</tr>"


def _numeric(numeric: bool) -> str:
    return ' class="n"' if numeric else ""


def _shape(cell: Cell, numeric: bool) -> str:
    if cell.share is None:
        return _numeric(numeric)
    classes = "b n" if numeric else "b"
    return f' class="{classes}" style="--share:{cell.share / FULL:.3f}"'


def _inside(cell: Cell, words: Words) -> str:
    text = escape(cell.text)
    if cell.href:
        text = f'<a href="{escape(cell.href)}">{text}</a>'
    if cell.assumed:
        told = escape(words.say("assumed-mark"))
        text += f'<a class="dagger" href="#assumptions" aria-label="{told}">\u2020</a>'
    return text


def _items(items: Items) -> str:
    lines = "".join(
        f'<li><p class="lead">{escape(item.lead)}</p>'
        + "".join(f"<p>{escape(line)}</p>" for line in item.lines)
        + "</li>"
        for item in items.items
    )
    return f'<ol class="calls" id="{escape(items.code)}">{lines}</ol>'


def _figure(
    place: FigurePlace, figures: Mapping[str, Figure], slim: Mapping[str, Figure], words: Words
) -> str:
    figure = figures[place.name]
    narrow = slim.get(place.name)
    wide_class = "drawing wide has-slim" if narrow else "drawing wide"
    drawings = f'<div class="{wide_class}">{_svg(figure, f"w-{place.name}")}</div>'
    if narrow:
        drawings += f'<div class="drawing slim">{_svg(narrow, f"s-{place.name}")}</div>'
    return (
        f'<figure id="figure-{escape(place.name)}">'
        f"<figcaption><strong>{escape(figure.title)}</strong>"
        f"<span>{escape(figure.alt)}</span></figcaption>{drawings}"
        f"<details><summary>{escape(words.say('figure-table'))}</summary>"
        f"{_figure_table(figure, words)}</details></figure>"
    )


def _figure_table(figure: Figure, words: Words) -> str:
    rows = tuple(
        tuple(Cell("" if value is None else words.text(value)) for value in row)
        for row in figure.table.rows
    )
    table = Table(
        f"table-{figure.name}", figure.title, figure.table.columns, figure.table.numeric, rows
    )
    return table_html(table, words)


def _svg(figure: Figure, prefix: str) -> str:
    """The drawing, with names of its own, so that two drawings on a page do not share clips."""
    drawn = slim(_PART.sub("", render.svg(figure)))
    for name in sorted(set(_ID.findall(drawn)), key=len, reverse=True):
        drawn = drawn.replace(f'id="{name}"', f'id="{prefix}-{name}"')
        drawn = drawn.replace(f"url(#{name})", f"url(#{prefix}-{name})")
        drawn = drawn.replace(f'href="#{name}"', f'href="#{prefix}-{name}"')
    label = escape(figure.alt)
    return drawn.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)
