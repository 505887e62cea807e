"""Read a dossier from wherever it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.package.folder_reading import DESCRIPTOR, read_folder
from konbit.package.reading import Reading
from konbit.package.tally import Tally
from konbit.terms import Severity

if TYPE_CHECKING:
    from pathlib import Path

_WORKBOOKS = frozenset({".xlsx", ".xlsm"})
_ARCHIVE = ".zip"


def read(path: Path) -> Reading:
    """Read a dossier: a folder of CSV files, packed or not, or an Excel workbook.

    A folder may be named by its `datapackage.json`; a packed one is a zip archive.

    Whatever is wrong with the data is told in the findings, all at once; formulas are never run.

    Raises:
        OSError: the system refuses to read.
    """
    if not path.exists():
        return _refused("file-not-found", path)
    if path.is_dir():
        return read_folder(path)
    if path.name == DESCRIPTOR:
        return read_folder(path.parent)
    if path.suffix.casefold() in _WORKBOOKS and path.is_file():
        # Here, for a folder is read without it.
        from konbit.package.workbook_reading import read_workbook

        return read_workbook(path)
    if path.suffix.casefold() == _ARCHIVE and path.is_file():
        from konbit.package.archive_reading import read_archive

        return read_archive(path)
    return _refused("not-a-dossier", path)


def _refused(code: str, path: Path) -> Reading:
    tally = Tally()
    tally.add(code, Severity.ERROR, path=path)
    return Reading.of((), tally.findings)
