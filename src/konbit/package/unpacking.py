"""A workbook is a zip archive from a stranger: which parts of it are opened, and when none is."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from konbit.package.limits import (
    MEGABYTE,
    MOST_PACKING,
    MOST_UNPACKED_BYTES,
    MOST_WORKBOOK_PARTS,
    SMALL_PART_BYTES,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

# What a reader of values needs. Macros, pictures, links to other files are never unpacked.
_NEEDED = ("[content_types].xml", "_rels/", "xl/workbook.xml", "xl/_rels/", "xl/worksheets/",
           "xl/styles", "xl/sharedstrings")  # fmt: skip
_NEEDED_ENDS = (".xml", ".rels")

# What the standard library raises on archives that are broken by accident or on purpose.
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError,
           OverflowError, OSError, struct.error)  # fmt: skip


class NotAWorkbookError(ValueError):
    """The bytes are no workbook that can be read."""


class ZipBombError(ValueError):
    """The archive would unpack to far more than a workbook has.

    Attributes:
        detail: which part, and to how much.
    """

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


def unpack(data: bytes) -> dict[str, bytes]:
    """The parts of a workbook that hold values, by name.

    Sizes are checked as the archive states them, and no part is unpacked further than stated.

    Raises:
        NotAWorkbookError: it is no archive, or a broken or encrypted one.
        ZipBombError: it has too many parts, or too large ones.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            needed = _needed(archive)
            return {info.filename: part_of(archive, info) for info in needed}
    except (NotAWorkbookError, ZipBombError):
        raise
    except BROKEN as error:
        raise NotAWorkbookError from error


def part_of(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """A part, unpacked no further than the size that the archive states.

    To ask the library for everything is to unpack everything first, and to cut afterwards what goes
    beyond the stated size: a part that says 100 bytes would fill the memory.

    Raises:
        zipfile.BadZipFile: it is not of the stated size.
    """
    with archive.open(info) as part:
        return part.read(info.file_size)


def repack(parts: Mapping[str, bytes]) -> io.BytesIO:
    """An archive of these parts and nothing else, so that what was checked is what is opened."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    stream.seek(0)
    return stream


def _needed(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    every = archive.infolist()
    if len(every) > MOST_WORKBOOK_PARTS:
        raise ZipBombError(f"{len(every)} parts")
    needed = [info for info in every if _is_needed(info.filename)]
    if len({info.filename.casefold() for info in needed}) < len(needed):
        raise NotAWorkbookError
    for info in needed:
        if info.file_size > max(SMALL_PART_BYTES, info.compress_size * MOST_PACKING):
            raise ZipBombError(f"{info.filename[:100]}: {info.file_size // MEGABYTE} MB")
    total = sum(info.file_size for info in needed)
    if total > MOST_UNPACKED_BYTES:
        raise ZipBombError(f"{total // MEGABYTE} MB")
    return needed


def _is_needed(name: str) -> bool:
    folded = name.casefold()
    return folded.startswith(_NEEDED) and folded.endswith(_NEEDED_ENDS)
