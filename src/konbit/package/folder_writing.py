"""Tables written as a data package: a folder of CSV files with its descriptor."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from konbit.dossier import TABLES
from konbit.dossier.futures import FUTURES_TABLES
from konbit.dossier.plan import PLAN_TABLES
from konbit.dossier.replay import Slip
from konbit.dossier.tables.mandate import Mission
from konbit.package.atomic import write_files
from konbit.package.descriptor import descriptor
from konbit.package.folder_reading import DESCRIPTOR
from konbit.package.layout import file_columns, file_texts, readable_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from konbit.dossier import Dossier, Row

_EVERY: tuple[type[Row], ...] = (*TABLES, *PLAN_TABLES, *FUTURES_TABLES, Slip)
_OURS = frozenset({DESCRIPTOR, *(f"{table.TABLE}.csv" for table in _EVERY)})


def write_folder(dossier: Dossier, folder: Path, title: str = "") -> None:
    """Write a dossier as a folder of CSV files with `datapackage.json`.

    One file a table that has rows, and always `missions.csv`: UTF-8, commas, line feeds, rows in
    order of key. The same dossier gives the same bytes, and reading them gives an equal dossier.
    Text is written as it is, also where it begins like a formula: a folder is for exactness, a
    workbook is safe for a spreadsheet.

    Args:
        dossier: what is written.
        folder: where; a folder there that holds tables and nothing else is replaced.
        title: of the package; without one the title of the mission.

    Raises:
        ValueError: a row of the dossier would not be read back as it is.
        FileExistsError: the folder holds other files.
        OSError: the system refuses to write. Nothing is left half-written.
    """
    tables = {t: dossier.rows(t) for t in TABLES if dossier.rows(t) or t is Mission}
    files = _files(tables, readable_texts)
    missions = dossier.rows(Mission)
    name = missions[0].code.casefold() if missions else "dossier"
    title = title or (missions[0].title if missions else name)
    files[DESCRIPTOR] = descriptor(tables, name, title, {"digest": dossier.digest})
    write_files(folder, files, _OURS.__contains__)


def write_tables(
    tables: Mapping[type[Row], Sequence[Row]],
    folder: Path,
    name: str,
    title: str,
    extra: Mapping[str, Any],
) -> None:
    """Write any tables, such as those of a plan, as a folder of CSV files with its descriptor.

    Tables without rows are left out, unless all are. Rows are written in the order given.

    Args:
        tables: rows by table, in the order in which they are listed.
        folder: where; a folder there that holds tables and nothing else is replaced.
        name: short name of the package: lower-case letters, digits, `-`, `_`, `.`, `/`.
        title: its title for people.
        extra: more properties of the package, such as digest, day and scenario.

    Raises:
        ValueError: a row cannot be written.
        FileExistsError: the folder holds other files.
        OSError: the system refuses to write. Nothing is left half-written.
    """
    filled = {table: rows for table, rows in tables.items() if rows}
    if not filled:
        filled = dict(list(tables.items())[:1])
    files = _files(filled, file_texts)
    files[DESCRIPTOR] = descriptor(filled, name, title, extra)
    write_files(folder, files, _OURS.__contains__)


def _files(
    tables: Mapping[type[Row], Sequence[Row]], texts_of: Callable[[Row], tuple[str, ...]]
) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for table, rows in tables.items():
        header = tuple(column.name for column in file_columns(table))
        lines = (texts_of(row) for row in rows)
        files[f"{table.TABLE}.csv"] = _csv((header, *lines))
    return files


def _csv(lines: Iterable[tuple[str, ...]]) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows(lines)
    return stream.getvalue().encode()
