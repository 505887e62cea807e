"""What a sheet holds besides values: how far it reaches, and which of its cells are formulas.

The reader of values gives only the last computed value of a formula, and makes room for every cell
between the first and the last: so both are found out before it is asked. External entities are
never fetched, and a part that declares any is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING
from xml.parsers import expat

from konbit.package.limits import (
    MOST_COLUMNS,
    MOST_MERGED_CELLS,
    MOST_SHEET_TAGS,
    MOST_WORKBOOK_CELLS,
    MOST_WORKBOOK_ROWS,
)
from konbit.package.unpacking import NotAWorkbookError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_AREA = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6}):([A-Z]{1,3})([1-9][0-9]{0,6})")
_ROW = re.compile(r"[1-9][0-9]{0,6}")
_ENCODINGS = ("utf-8", "us-ascii", "iso-8859-1")
"""What is read; for others than these and UTF-16 the parser would ask codecs of all kinds."""


class SheetTooLargeError(ValueError):
    """The sheet reaches further than is read."""


@dataclass(slots=True)
class SheetScan:
    """What was found in a sheet.

    Attributes:
        filled: whether any cell has content.
        computed: row and column, counted from 0, of cells that hold a formula or an error.
        merged: row and column of cells that are merged into another, which has their value. Of
            very many only the first are known.
    """

    filled: bool = False
    computed: set[tuple[int, int]] = field(default_factory=set)
    merged: set[tuple[int, int]] = field(default_factory=set)


def sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The part of the archive in which each sheet stands, by name of the sheet.

    Raises:
        NotAWorkbookError: the workbook does not say.
    """
    names = {name.casefold(): name for name in parts}
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def on_relation(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def on_sheet(tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            relation = next((v for k, v in attributes.items() if k.endswith(" id")), "")
            sheets.setdefault(attributes.get("name", ""), relation)

    _parse(_part(parts, names, "xl/_rels/workbook.xml.rels"), on_relation)
    _parse(_part(parts, names, "xl/workbook.xml"), on_sheet)
    found: dict[str, str] = {}
    for sheet, relation in sheets.items():
        target = targets.get(relation, "").lstrip("/")
        path = target if target.startswith("xl/") else f"xl/{target}"
        if path.casefold() in names:
            found[sheet] = names[path.casefold()]
    return found


def scan_sheet(part: bytes) -> SheetScan:
    """How far a sheet reaches and which of its cells are computed.

    Raises:
        NotAWorkbookError: it is no sheet.
        SheetTooLargeError: it has cells beyond what is read.
    """
    scan = SheetScan()
    place = _Place()

    def on_tag(tag: str, attributes: dict[str, str]) -> None:
        place.count_tag()
        if tag == "row":
            place.begin_row(attributes.get("r", ""))
        elif tag == "c":
            place.begin_cell(attributes.get("r", ""))
            if attributes.get("t") == "e":
                scan.computed.add(place.at)
        elif tag == "mergeCell":
            _note_merged(scan.merged, attributes.get("ref", ""))
        elif tag in {"v", "is", "f"}:
            place.refuse_beyond_limits()
            scan.filled = True
            if tag == "f":
                scan.computed.add(place.at)

    _parse(part, on_tag)
    return scan


@dataclass(slots=True)
class _Place:
    """The cell at which a sheet is being read. Rows and cells without address follow the last."""

    row: int = -1
    column: int = -1
    cells: int = 0
    tags: int = 0

    @property
    def at(self) -> tuple[int, int]:
        return self.row, self.column

    def count_tag(self) -> None:
        self.tags += 1
        if self.tags > MOST_SHEET_TAGS:
            raise SheetTooLargeError

    def begin_row(self, number: str) -> None:
        if number and not _ROW.fullmatch(number):
            raise SheetTooLargeError
        self.row = int(number) - 1 if number else self.row + 1
        self.column = -1

    def begin_cell(self, address: str) -> None:
        self.cells += 1
        if self.cells > MOST_WORKBOOK_CELLS:
            raise SheetTooLargeError
        if not address:
            self.column += 1
            return
        match = _ADDRESS.fullmatch(address)
        if match is None:
            raise SheetTooLargeError
        self.row = int(match[2]) - 1
        self.column = _column_number(match[1])

    def refuse_beyond_limits(self) -> None:
        # Two rows more than data: names and titles stand above.
        if self.row >= MOST_WORKBOOK_ROWS + 2 or self.column >= MOST_COLUMNS:
            raise SheetTooLargeError


def _note_merged(merged: set[tuple[int, int]], area: str) -> None:
    """Note the cells of an area but its first, which holds the value of all."""
    found = _AREA.fullmatch(area)
    if found is None:
        return
    top, left = int(found[2]) - 1, _column_number(found[1])
    bottom, right = int(found[4]), min(_column_number(found[3]) + 1, MOST_COLUMNS)
    for place in product(range(top, bottom), range(left, right)):
        if len(merged) >= MOST_MERGED_CELLS:
            return
        if place != (top, left):
            merged.add(place)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _part(parts: Mapping[str, bytes], names: Mapping[str, str], name: str) -> bytes:
    if name not in names:
        raise NotAWorkbookError
    return parts[names[name]]


def _parse(part: bytes, on_tag: Callable[[str, dict[str, str]], None]) -> None:
    """Tell every opening tag of a part, without its namespace."""

    def refuse(*_: object) -> None:
        raise NotAWorkbookError

    def tell(name: str, attributes: dict[str, str]) -> None:
        on_tag(name.rpartition(" ")[2], attributes)

    def only_known(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() not in _ENCODINGS:
            raise NotAWorkbookError

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.XmlDeclHandler = only_known
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = tell
    try:
        parser.Parse(part, True)
    except expat.ExpatError as error:
        raise NotAWorkbookError from error
