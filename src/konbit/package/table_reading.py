"""From lines of text to rows of a table, with everything that is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from konbit.dossier import Kind
from konbit.package.characters import is_comment
from konbit.package.entry import Entry
from konbit.package.header import Header, read_header
from konbit.package.layout import CURRENCY, file_columns
from konbit.package.limits import MOST_COLUMNS
from konbit.terms import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from konbit.dossier import Row
    from konbit.package.tally import Tally


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table as it stands in its file.

    Attributes:
        number: its number in the file, counted from 1.
        cells: the text of each cell.
        computed: positions of cells that hold a formula.
        merged: positions of cells that are merged into another, which has their value.
    """

    number: int
    cells: Sequence[str]
    computed: frozenset[int] = frozenset()
    merged: frozenset[int] = frozenset()


class TableReader:
    """Reads the lines of one table.

    Args:
        table: whose rows they are.
        tally: where findings go.
        most_rows: how many rows are read at the most.
        decimal_comma: whether numbers may be written 12,5 as well as 12.5.
    """

    def __init__(
        self, table: type[Row], tally: Tally, most_rows: int, *, decimal_comma: bool = False
    ) -> None:
        self._table = table
        self._tally = tally
        self._most_rows = most_rows
        self._decimal_comma = decimal_comma
        self._rows: dict[tuple[str, ...], Row] = {}
        # The currency first: amounts cannot be read without it.
        self._columns = sorted(file_columns(table), key=lambda column: column.name != CURRENCY)

    def read(self, lines: Iterable[Line]) -> tuple[Row, ...]:
        """The rows that can be read; what cannot is in the tally.

        The first line that is not empty is the header. Empty lines, and rows whose first cell
        begins with `#`, are passed over.
        """
        filled = (line for line in lines if any(not _is_blank(cell) for cell in line.cells))
        first = next(filled, Line(1, ()))
        if len(first.cells) > MOST_COLUMNS:
            note_too_long(self._tally, self._most_rows)
            return ()
        header = read_header(self._table, first.cells, self._tally)
        for count, line in enumerate(filled, start=1):
            if count > self._most_rows:
                note_too_long(self._tally, self._most_rows)
                break
            if not self._is_remark(line, header):
                self._read_row(line, header)
            if self._tally.is_hopeless:
                break
        return tuple(self._rows.values())

    def _is_remark(self, line: Line, header: Header) -> bool:
        """Whether the first cell says so, or that of the first column where that was moved."""
        first = file_columns(self._table)[0].name
        return is_comment(line.cells[0]) or any(
            column is not None and column.name == first and is_comment(cell)
            for column, cell in zip(header.columns, line.cells, strict=False)
        )

    def _read_row(self, line: Line, header: Header) -> None:
        entry = Entry(line.number, _texts(line, header))
        _note_outside(entry, line, header)
        for column in self._columns:
            if column.kind is Kind.MONEY and CURRENCY in header.missing:
                continue
            if column.name in entry.texts:
                entry.read_cell(column, decimal_comma=self._decimal_comma)
            else:
                entry.values[column.name] = column.default
        for place in line.computed:
            computed = header.columns[place] if place < len(header.columns) else None
            if computed is not None:
                entry.note_computed(computed.name)
        for place in line.merged:
            merged = header.columns[place] if place < len(header.columns) else None
            if merged is not None and _is_blank(entry.texts[merged.name]):
                entry.note_merged(merged.name)
        if header.missing or entry.faulty:
            entry.tell(self._tally, entry.label(self._table.KEY))
            return
        row = entry.row(self._table)
        entry.tell(self._tally, row.label)
        key = row.key
        if key in self._rows:
            self._tally.add("row-duplicate", Severity.ERROR, row.label)
        self._rows[key] = row


def note_too_long(tally: Tally, most_rows: int) -> None:
    """Note that a table has more rows, or more columns, than are read."""
    tally.add("table-too-large", Severity.ERROR, limit_rows=most_rows, limit_columns=MOST_COLUMNS)


def _texts(line: Line, header: Header) -> dict[str, str]:
    """The text of each column that is read; a cell that the line lacks is empty."""
    cells = line.cells
    return {
        column.name: cells[place] if place < len(cells) else ""
        for place, column in enumerate(header.columns)
        if column is not None
    }


def _note_outside(entry: Entry, line: Line, header: Header) -> None:
    """Cells beyond the last column shift a row and stop it; a remark under no name does not."""
    width = len(header.columns)
    if any(not _is_blank(cell) for cell in line.cells[width:]):
        entry.note("cells-outside-columns", Severity.ERROR)
    elif any(not _is_blank(line.cells[at]) for at in header.blank if at < len(line.cells)):
        entry.note("cells-outside-columns", Severity.WARNING)


def _is_blank(cell: str) -> bool:
    return not cell or cell.isspace()
