"""The same brief for a few sheets of paper: long tables cut, folded ones left out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from konbit.briefing.page import FigurePlace, Items, Table, cut

if TYPE_CHECKING:
    from konbit.briefing.page import Block, Page, Section

MOST_ROWS = 10
MOST_ITEMS = 8
# Tables that a reader of paper needs longer, or shorter, than the others.
_MOST_BY_CODE = {"coverage": 40, "sources-documents": 8, "findings-list": 8,
                 "scenario-table": 40, "rules": 6}  # fmt: skip
_KEPT_FOLDED = frozenset({"sources-documents"})
# Tables that say again what the figure above them shows.
_IN_A_FIGURE = frozenset({"bottlenecks", "money-stages"})
_MOST_SHORTFALLS = 4


def condensed(page: Page) -> Page:
    """A page cut to what four to eight sheets hold, each cut table saying how much is left out."""
    sections = tuple(
        replace(section, blocks=tuple(_cut(b) for b in section.blocks if _stays(b, section)))
        for section in page.sections
    )
    return replace(page, sections=sections)


def _stays(block: Block, section: Section) -> bool:
    if not isinstance(block, Table):
        return True
    shown = any(isinstance(other, FigurePlace) for other in section.blocks)
    if shown and block.code in _IN_A_FIGURE:
        return False
    return not block.folded or block.code in _KEPT_FOLDED


def _cut(block: Block) -> Block:
    if isinstance(block, Items):
        return replace(block, items=block.items[:MOST_ITEMS])
    if not isinstance(block, Table):
        return block
    most = _MOST_BY_CODE.get(block.code, MOST_ROWS)
    if block.code.startswith("shortfalls-"):
        most = _MOST_SHORTFALLS
    rows, left_out = cut(block.rows, most)
    return replace(block, rows=rows, left_out=block.left_out + left_out)
