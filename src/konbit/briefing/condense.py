"""The same brief for a few sheets of paper: long tables cut, folded ones left out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from konbit.briefing.page import Items, Table, cut

if TYPE_CHECKING:
    from konbit.briefing.page import Block, Page

MOST_ROWS = 10
MOST_ITEMS = 8
# Tables that a reader of paper needs longer, or shorter, than the others.
_MOST_BY_CODE = {"coverage": 40, "sources-documents": 8, "findings-list": 8,
                 "scenario-table": 40, "money-stages": 16}  # fmt: skip
_KEPT_FOLDED = frozenset({"sources-documents"})
_MOST_SHORTFALLS = 5


def condensed(page: Page) -> Page:
    """A page cut to what four to eight sheets hold, each cut table saying how much is left out."""
    sections = tuple(
        replace(section, blocks=tuple(_cut(b) for b in section.blocks if _stays(b)))
        for section in page.sections
    )
    return replace(page, sections=sections)


def _stays(block: Block) -> bool:
    return not (isinstance(block, Table) and block.folded and block.code not in _KEPT_FOLDED)


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
