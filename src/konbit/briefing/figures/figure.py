"""A figure: a Vega-Lite specification, the table behind it, and one sentence that says the same."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from konbit.briefing.figures.labels import wrapped
from konbit.briefing.figures.theme import INK, TITLE_SIZE
from konbit.terms.digest import canonical_json

if TYPE_CHECKING:
    from collections.abc import Container

Cell = str | int | None
Spec = dict[str, Any]

VEGA_LITE_TYPE = "application/vnd.vegalite.v5+json"
_LINE_HEIGHT = TITLE_SIZE + 4


@dataclass(frozen=True, slots=True)
class FigureTable:
    """The numbers of a figure as a table.

    Attributes:
        columns: headings, in the reader's language.
        rows: cells of each row: a text, a whole number, or nothing where it is not known.
        numeric: for each column, whether it holds figures and is set flush right.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: tuple[bool, ...]

    def __post_init__(self) -> None:
        widths = {len(self.columns), len(self.numeric), *(len(row) for row in self.rows)}
        if len(widths) != 1:
            raise ValueError("every row of a figure's table has one cell for each column")


@dataclass(frozen=True)
class Figure:
    """A figure that can be drawn, read as a table, and read aloud.

    Attributes:
        name: permanent name, also used for files: `s-curve`.
        title: heading, in the reader's language. It stands beside the drawing, not in it.
        spec: Vega-Lite specification (version 5 and 6) with its data inside.
        table: what the drawing shows, as a table.
        alt: one sentence with the key numbers, for who does not see the drawing.
    """

    name: str
    title: str
    spec: Spec
    table: FigureTable
    alt: str

    @property
    def titled_spec(self) -> Spec:
        """The specification with the title set above the drawing, for slides and notebooks."""
        left = self.spec["padding"]["left"]
        right = self.spec["padding"]["right"]
        width = self.spec["usermeta"]["width_px"]
        lines = wrapped(self.title, width - 8, TITLE_SIZE, bold=True)
        title = {
            "text": lines,
            "anchor": "start",
            "frame": "group",
            "color": INK,
            "fontSize": TITLE_SIZE,
            "lineHeight": _LINE_HEIGHT,
            "offset": 10,
            "dx": 4 - left,
        }
        top = self.spec["padding"]["top"] + _LINE_HEIGHT * len(lines) + 8
        padding = {**self.spec["padding"], "top": top, "left": left, "right": right}
        return {**self.spec, "title": title, "padding": padding}

    def to_json(self) -> str:
        """The specification as canonical JSON: one text for one figure."""
        return canonical_json(self.spec)

    def to_html_table(self) -> str:
        """The table as HTML."""
        head = "".join(f'<th scope="col">{escape(column)}</th>' for column in self.table.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{_cell(cell)}</td>" for cell in row) + "</tr>"
            for row in self.table.rows
        )
        return (
            f"<table><caption>{escape(self.title)}</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )

    def _repr_mimebundle_(
        self, include: Container[str] | None = None, exclude: Container[str] | None = None
    ) -> dict[str, Any]:
        """What a notebook shows: the live figure, else a picture, a table, a sentence."""
        from konbit.briefing.figures import render

        bundle = {
            VEGA_LITE_TYPE: self.titled_spec,
            "image/svg+xml": render.svg(self, titled=True),
            "text/html": self.to_html_table(),
            "text/plain": f"{self.title}: {self.alt}",
        }
        return {
            kind: shown
            for kind, shown in bundle.items()
            if (include is None or kind in include) and (exclude is None or kind not in exclude)
        }


def _cell(cell: Cell) -> str:
    return "" if cell is None else escape(str(cell))
