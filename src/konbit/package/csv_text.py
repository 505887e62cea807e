"""A CSV file as bytes: its characters, its separator, its lines."""

from __future__ import annotations

import codecs
import csv
import io
import re
from typing import TYPE_CHECKING

from konbit.package.layout import file_columns
from konbit.package.table_reading import Line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.dossier import Row

# UTF-32 before UTF-16, whose mark is the beginning of its own.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESS = "cp1252"
_SEPARATORS = (",", ";", "\t")
_FILLED_LINE = re.compile(r"[^\r\n]*[^\s,;\"][^\r\n]*")
_LONGEST_HEADER = 20_000


class UnreadableTextError(ValueError):
    """The bytes are no text in any encoding that is tried."""


class BrokenQuotesError(ValueError):
    """From a line on, a file cannot be split into cells.

    Attributes:
        line: number of the line.
    """

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


def decode(data: bytes) -> tuple[str, str]:
    """The text of a file, and the encoding if it had to be guessed, else the empty text.

    A byte order mark decides; without one it is UTF-8, or else Windows-1252, which is what
    spreadsheets in western languages write.

    Raises:
        UnreadableTextError: it is none of these.
    """
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "")
    for encoding in [marked] if marked else ["utf-8", _GUESS]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text, _GUESS if encoding == _GUESS else ""
    raise UnreadableTextError


def separator_of(text: str, table: type[Row]) -> str:
    """Comma, semicolon or tab: by which the first line splits into most columns of the table."""
    found = _FILLED_LINE.search(text[:_LONGEST_HEADER])
    header = found.group() if found else ""
    known = {column.name for column in file_columns(table)}

    def columns_by(separator: str) -> int:
        return sum(name.strip(' "') in known for name in header.split(separator))

    return max(_SEPARATORS, key=columns_by)


def lines_of(text: str, separator: str) -> Iterator[Line]:
    """The lines of a file, numbered by where they begin.

    Raises:
        BrokenQuotesError: a quotation mark is not closed, or a cell is far too long.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise BrokenQuotesError(number) from None
        yield Line(number, cells)
