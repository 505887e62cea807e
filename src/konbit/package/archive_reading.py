"""A dossier read from a zip archive of its folder."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from konbit.package.bytes_of import bytes_of
from konbit.package.folder_reading import DESCRIPTOR, read_folder
from konbit.package.limits import MEGABYTE, MOST_FOLDER_BYTES, MOST_PACKING, SMALL_PART_BYTES
from konbit.package.reading import Reading
from konbit.package.tally import Tally
from konbit.package.twice import TwiceError, note_twice, refuse_twice
from konbit.package.unpacking import BROKEN, NotAWorkbookError, ZipBombError, part_of
from konbit.terms import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_PARTS = 1_000


def read_archive(path: Path) -> Reading:
    """A dossier from a zip archive that holds the CSV files of one folder.

    Nothing in the archive is written under the name or place that it asks for: only the last part
    of the name of a table counts. Whatever is no table is left packed. A table that is there twice,
    in whatever letters, is an error: nobody could say which of the two was meant.

    Raises:
        OSError: the system refuses to read.
    """
    whole = Tally()
    data = bytes_of(path, MOST_FOLDER_BYTES, whole)
    if data is None:
        return Reading.of((), whole.findings)
    try:
        files = dict(_files(data))
    except ZipBombError as error:
        whole.add("zip-bomb", Severity.ERROR, detail=error.detail)
        return Reading.of((), whole.findings)
    except TwiceError as error:
        note_twice(whole, error.names)
        return Reading.of((), whole.findings)
    except BROKEN:
        whole.add("not-a-dossier", Severity.ERROR, path=path.name)
        return Reading.of((), whole.findings)
    with tempfile.TemporaryDirectory(prefix="konbit-") as place:
        folder = Path(place) / "dossier"
        folder.mkdir()
        for name, content in files.items():
            (folder / name).write_bytes(content)
        return read_folder(folder)


def _files(data: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        every = archive.infolist()
        if len(every) > _MOST_PARTS:
            raise ZipBombError(f"{len(every)} parts")
        tables = [info for info in every if _is_table(PurePosixPath(info.filename))]
        places = {PurePosixPath(info.filename).parent for info in tables}
        if len(places) > 1 or any(".." in place.parts or place.is_absolute() for place in places):
            raise NotAWorkbookError
        refuse_twice(PurePosixPath(info.filename).name for info in tables)
        _refuse_bombs(tables)
        for info in tables:
            yield PurePosixPath(info.filename).name, part_of(archive, info)


def _is_table(name: PurePosixPath) -> bool:
    """Whether a part is a table; what begins with a point is what a Mac packs beside each file."""
    is_named = name.suffix.casefold() == ".csv" or name.name == DESCRIPTOR
    return is_named and "\\" not in str(name) and not name.name.startswith(".")


def _refuse_bombs(tables: list[zipfile.ZipInfo]) -> None:
    for info in tables:
        if info.file_size > max(SMALL_PART_BYTES, info.compress_size * MOST_PACKING):
            raise ZipBombError(f"{info.filename[:100]}: {info.file_size // MEGABYTE} MB")
    total = sum(info.file_size for info in tables)
    if total > MOST_FOLDER_BYTES:
        raise ZipBombError(f"{total // MEGABYTE} MB")
