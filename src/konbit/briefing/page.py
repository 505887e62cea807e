"""What a brief consists of, before it is set as HTML or PDF: sections of sentences and tables."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table.

    Attributes:
        text: what it says.
        assumed: whether the number rests on an assumption or placeholder, and so gets a dagger.
        href: where its number opens to: an anchor of the page (`#row-offers-KEN`) or an address.
        anchor: name by which the cell's row is found on the page.
        share: length of a bar behind the text, in parts of ten thousand; none for no bar.
    """

    text: str
    assumed: bool = False
    href: str = ""
    anchor: str = ""
    share: int | None = None


Rows = tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table. The first cell of each row is its heading.

    Attributes:
        code: name by which the table is found on the page.
        caption: what it shows.
        headings: one for each column.
        numeric: for each column, whether it holds numbers and is set flush right.
        rows: cells by row.
        note: a sentence below it, or empty.
        left_out: rows that are not shown.
        folded: whether it is shown only when asked for, on paper not at all.
    """

    code: str
    caption: str
    headings: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: Rows
    note: str = ""
    left_out: int = 0
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a numbered list: what, and further lines about it."""

    lead: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """A numbered list."""

    code: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class FigurePlace:
    """Where a figure stands, by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Commands:
    """Lines to type in a terminal."""

    lines: tuple[str, ...]


Block = Table | Items | FigurePlace | Commands


@dataclass(frozen=True, slots=True)
class Section:
    """A section: title, sentences, then tables, lists and figures.

    `key` sentences are set large: there is one on the page.
    """

    code: str
    title: str
    paragraphs: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A whole brief: title, lines of its status, sections, and what is printed under maps."""

    language: str
    title: str
    subtitle: str
    status: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    disclaimer: str = ""


def cell(text: str, *, assumed: bool = False, href: str = "", share: int | None = None) -> Cell:
    """A cell, in one short line."""
    return Cell(text, assumed=assumed, href=href, share=share)


def cut(rows: Rows, most: int) -> tuple[Rows, int]:
    """The first rows of a table and how many are left out."""
    return rows[:most], max(0, len(rows) - most)


def anchor_of(table: str, row: str) -> str:
    """The name of a row of the dossier on the page."""
    return f"row-{table}-{row}".replace(" ", "")
