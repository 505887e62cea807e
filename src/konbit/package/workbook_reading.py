"""A dossier read from an Excel workbook, one sheet a table."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import python_calamine

from konbit.dossier import BY_NAME
from konbit.package.bytes_of import bytes_of
from konbit.package.cover import COVER
from konbit.package.excel_values import text_of
from konbit.package.limits import (
    LONGEST_COMPARED,
    MOST_WORKBOOK_BYTES,
    MOST_WORKBOOK_ROWS,
)
from konbit.package.reading import Reading
from konbit.package.sheet_scan import SheetScan, SheetTooLargeError, scan_sheet, sheet_parts
from konbit.package.table_reading import Line, TableReader, note_too_long
from konbit.package.tally import Tally
from konbit.package.twice import TwiceError, note_twice, refuse_twice
from konbit.package.unpacking import NotAWorkbookError, ZipBombError, repack, unpack
from konbit.terms import Severity
from konbit.terms.code import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from python_calamine import CalamineSheet, CalamineWorkbook

    from konbit.dossier import Row
    from konbit.terms import Finding


def read_workbook(path: Path) -> Reading:
    """A dossier from a workbook whose sheets are named after their tables.

    The sheet `Read me` and sheets without content are passed over. Of a formula the value counts
    that was computed when the workbook was last saved.

    Raises:
        OSError: the system refuses to read.
    """
    whole = Tally()
    data = bytes_of(path, MOST_WORKBOOK_BYTES, whole)
    if data is None:
        return Reading.of((), whole.findings)
    try:
        with panics_told():
            return _read(data, path, whole)
    except ZipBombError as error:
        whole.add("zip-bomb", Severity.ERROR, detail=error.detail)
    except TwiceError as error:
        note_twice(whole, error.names)
    except (NotAWorkbookError, python_calamine.CalamineError):
        whole.add("not-a-dossier", Severity.ERROR, path=path)
    return Reading.of((), whole.findings)


def _read(data: bytes, path: Path, whole: Tally) -> Reading:
    parts = unpack(data)
    places = sheet_parts(parts)
    with python_calamine.CalamineWorkbook.from_filelike(repack(parts)) as book:
        known = _known_sheets(book, whole)
        if not known:
            whole.add("not-a-dossier", Severity.ERROR, path=path)
        rows: list[Row] = []
        findings: list[Finding] = []
        for table in known:
            tally = Tally(table.TABLE)
            rows += _read_sheet(book, table, tally, parts, places)
            findings += tally.findings
    return Reading.of(rows, (*whole.findings, *findings))


def _known_sheets(book: CalamineWorkbook, whole: Tally) -> list[type[Row]]:
    """The tables that have a sheet; sheets of no table are findings."""
    refuse_twice(book.sheet_names)
    names = set(book.sheet_names)
    for name in sorted(names - BY_NAME.keys() - {COVER}):
        suggestion = nearest(name[:LONGEST_COMPARED], BY_NAME)
        whole.add("table-unknown", Severity.WARNING, name=name, suggestion=suggestion)
    return [table for name, table in BY_NAME.items() if name in names]


def _read_sheet(
    book: CalamineWorkbook,
    table: type[Row],
    tally: Tally,
    parts: Mapping[str, bytes],
    places: Mapping[str, str],
) -> tuple[Row, ...]:
    if table.TABLE not in places:
        raise NotAWorkbookError
    try:
        scan = scan_sheet(parts[places[table.TABLE]])
    except SheetTooLargeError:
        note_too_long(tally, MOST_WORKBOOK_ROWS)
        return ()
    if not scan.filled:
        return ()
    lines = _lines_of(book.get_sheet_by_name(table.TABLE), scan)
    return TableReader(table, tally, MOST_WORKBOOK_ROWS).read(lines)


def _lines_of(sheet: CalamineSheet, scan: SheetScan) -> Iterator[Line]:
    computed, merged = _by_row(scan.computed), _by_row(scan.merged)
    for number, cells in enumerate(sheet.to_python(skip_empty_area=False)):
        texts = [text_of(cell) for cell in cells]
        yield Line(
            number + 1,
            texts,
            frozenset(computed.get(number, ())),
            frozenset(merged.get(number, ())),
        )


def _by_row(places: Iterable[tuple[int, int]]) -> Mapping[int, set[int]]:
    rows: dict[int, set[int]] = {}
    for row, column in places:
        rows.setdefault(row, set()).add(column)
    return rows


@contextmanager
def panics_told() -> Iterator[None]:
    """A fault in the reader of workbooks, met in a broken file, is a broken file to the user.

    Its exception is no `Exception` and has no name that could be imported.
    """
    try:
        yield
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise NotAWorkbookError from error
        raise
