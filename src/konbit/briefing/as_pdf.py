"""A plan as a PDF for A4 paper, set by Typst with the fonts that it carries."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import typst

from konbit.briefing.condense import condensed
from konbit.briefing.figures import render
from konbit.briefing.page import Cell, Commands, FigurePlace, Items, Table
from konbit.briefing.sections import compose

if TYPE_CHECKING:
    from collections.abc import Mapping

    from konbit.briefing.figures.figure import Figure
    from konbit.briefing.page import Block, Page
    from konbit.briefing.words import Words
    from konbit.dossier.dossier import Dossier
    from konbit.dossier.plan import Comparison, Plan

_TEMPLATE = "brief.typ"


def brief_pdf(
    plan: Plan,
    dossier: Dossier,
    figures: Mapping[str, Figure],
    words: Words,
    comparison: Comparison | None = None,
) -> bytes:
    """The brief of a plan on a few sheets of A4. The same arguments give the same bytes.

    Args:
        plan: what the brief is about.
        dossier: the dossier from which the plan was made, for titles and sources.
        figures: figures by name, shown where the page has a place for them.
        words: the reader's language.
        comparison: scenarios to show side by side.
    """
    page = condensed(compose(plan, dossier, figures, words, comparison))
    return page_pdf(page, words, plan.as_of_on, figures)


def page_pdf(
    page: Page, words: Words, on: dt.date, figures: Mapping[str, Figure] | None = None
) -> bytes:
    """A page of sections on sheets of A4. The same arguments give the same bytes.

    Args:
        page: what it says.
        words: the reader's language.
        on: the day it is of, which the file carries as its own.
        figures: figures by name, shown where the page has a place for them.
    """
    places = [b.name for s in page.sections for b in s.blocks if isinstance(b, FigurePlace)]
    held = figures or {}
    # Typst reads files only: they stand in a directory of their own, and vanish with it.
    with TemporaryDirectory(prefix="konbit-brief-") as directory:
        root = Path(directory)
        source = resources.files(__package__).joinpath(_TEMPLATE).read_text(encoding="utf-8")
        (root / _TEMPLATE).write_text(source, encoding="utf-8")
        drawn = {name: render.png(held[name]) for name in places}
        for name, picture in drawn.items():
            (root / f"{name}.png").write_bytes(picture)
        data = _data(page, _Drawn(held, drawn), words)
        (root / "brief.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        return typst.compile(
            root / _TEMPLATE,
            root=root,
            ignore_system_fonts=True,
            format="pdf",
            timestamp=int(dt.datetime.combine(on, dt.time(), tzinfo=dt.UTC).timestamp()),
        )


@dataclass(frozen=True, slots=True)
class _Drawn:
    figures: Mapping[str, Figure]
    pictures: Mapping[str, bytes]


def _height_per_mille(png: bytes) -> int:
    """Height of a picture in thousandths of its width, from its header (PNG 1.2, 11.2.2)."""
    width, height = (int.from_bytes(png[at : at + 4]) for at in (16, 20))
    return height * 1_000 // width


def _data(page: Page, figures: _Drawn, words: Words) -> dict[str, Any]:
    """The page as the template reads it: texts only, so that nothing in them is markup."""
    return {
        "language": page.language,
        "title": page.title,
        "subtitle": page.subtitle,
        "status": page.status,
        "disclaimer": page.disclaimer,
        "legend": words.say("dagger-legend"),
        "made_with": words.say("made-with"),
        "sections": [
            {
                "code": section.code,
                "title": section.title,
                "key": section.key,
                "paragraphs": section.paragraphs,
                "blocks": [_block(block, figures, words) for block in section.blocks],
            }
            for section in page.sections
        ],
    }


def _block(block: Block, figures: _Drawn, words: Words) -> dict[str, Any]:
    if isinstance(block, Table):
        notes = [block.note] if block.note else []
        if block.left_out:
            notes.append(words.say("rows-left-out", count=block.left_out))
        return {
            "kind": "table",
            "caption": block.caption,
            "headings": block.headings,
            "numeric": block.numeric,
            "rows": [[_cell(cell) for cell in row] for row in block.rows],
            "notes": notes,
        }
    if isinstance(block, Items):
        return {"kind": "items", "items": [[i.lead, *i.lines] for i in block.items]}
    if isinstance(block, Commands):
        return {"kind": "commands", "text": "\n".join(block.lines)}
    figure = figures.figures[block.name]
    return {
        "kind": "figure",
        "title": figure.title,
        "alt": figure.alt,
        "path": f"{block.name}.png",
        "height_per_mille": _height_per_mille(figures.pictures[block.name]),
    }


def _cell(cell: Cell) -> dict[str, Any]:
    address = cell.href if cell.href.startswith(("https://", "http://")) else ""
    return {
        "text": cell.text,
        "assumed": cell.assumed,
        "href": address,
        "share": cell.share,
    }
