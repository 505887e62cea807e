"""A dossier read from a folder of CSV files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.dossier import BY_NAME
from konbit.package.bytes_of import bytes_of, note_too_large
from konbit.package.csv_text import (
    BrokenQuotesError,
    UnreadableTextError,
    decode,
    lines_of,
    separator_of,
)
from konbit.package.limits import (
    LONGEST_COMPARED,
    MOST_CSV_BYTES,
    MOST_CSV_ROWS,
    MOST_FOLDER_BYTES,
)
from konbit.package.reading import Reading
from konbit.package.table_reading import TableReader
from konbit.package.tally import Tally
from konbit.terms import Severity
from konbit.terms.code import nearest

if TYPE_CHECKING:
    from pathlib import Path

    from konbit.dossier import Row

DESCRIPTOR = "datapackage.json"


def read_folder(folder: Path) -> Reading:
    """A dossier from a folder of CSV files, each named after its table.

    A descriptor `datapackage.json` is for others: what a column means is known here, so that a
    table changed by hand is read as it is. Files that are not CSV are passed over.

    Raises:
        OSError: the system refuses to read.
    """
    whole = Tally()
    files = _files(folder, whole)
    size = sum(file.stat().st_size for file in files.values())
    if size > MOST_FOLDER_BYTES:
        note_too_large(whole, size, MOST_FOLDER_BYTES)
    elif not files and not (folder / DESCRIPTOR).is_file():
        whole.add("not-a-dossier", Severity.ERROR, path=folder)
    if whole.has_errors:
        return Reading.of((), whole.findings)
    rows: list[Row] = []
    findings = [*whole.findings]
    for name, table in BY_NAME.items():
        if name in files:
            tally = Tally(name)
            rows += read_table(files[name], table, tally)
            findings += tally.findings
    return Reading.of(rows, findings)


def _files(folder: Path, whole: Tally) -> dict[str, Path]:
    """The file of each table; files of no table are findings."""
    files: dict[str, Path] = {}
    for file in sorted(folder.iterdir()):
        if file.suffix.casefold() != ".csv" or file.name.startswith("."):
            continue
        if not file.is_file():
            whole.add("file-not-found", Severity.ERROR, path=file)
        elif file.stem in BY_NAME and file.stem not in files:
            files[file.stem] = file
        else:
            suggestion = nearest(file.stem[:LONGEST_COMPARED], BY_NAME)
            whole.add("table-unknown", Severity.WARNING, name=file.name, suggestion=suggestion)
    return files


def read_table(file: Path, table: type[Row], tally: Tally) -> tuple[Row, ...]:
    """The rows of a CSV file that can be read; what cannot is in the tally.

    Raises:
        OSError: the system refuses to read.
    """
    data = bytes_of(file, MOST_CSV_BYTES, tally)
    if data is None:
        return ()
    try:
        text, guessed = decode(data)
    except UnreadableTextError:
        tally.add("encoding-unreadable", Severity.ERROR)
        return ()
    if guessed:
        tally.add("encoding-guessed", Severity.NOTE, encoding=guessed)
    separator = separator_of(text, table)
    # With semicolons a spreadsheet writes 12,5; with commas it cannot.
    reader = TableReader(table, tally, MOST_CSV_ROWS, decimal_comma=separator == ";")
    try:
        return reader.read(lines_of(text, separator))
    except BrokenQuotesError as error:
        tally.add("quotes-broken", Severity.ERROR, f"line {error.line}")
        return ()
