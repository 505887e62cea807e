"""A fund's public export as files: its log line by line, its checkpoints, its keys.

A folder, or the ZIP archive in which it comes. What is in them is from strangers: nothing is
unpacked to disk, nothing is read further than it may be long, and nobody is believed yet.
"""

from __future__ import annotations

import zipfile
import zlib
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

LOG, KEYS, CHECKPOINTS = "log.jsonl", "keys.txt", "checkpoints"
LONGEST_LINE_BYTES = 1_000_000
LARGEST_LOG_BYTES = 2 * 1024**3
_LARGEST_FILE_BYTES = 1_000_000
_MOST_CHECKPOINTS = 100_000


class ExportError(ValueError):
    """These files are no export, or one of them is damaged.

    Attributes:
        code: `export-none`, `export-file-missing` or `export-damaged`.
        file: which file.
    """

    def __init__(self, code: str, file: str = "") -> None:
        super().__init__(code, file)
        self.code = code
        self.file = file


class _Shelf(Protocol):
    """Files by name, wherever they lie."""

    def names(self) -> list[str]:
        """Names of all files, with `/` between folders."""

    def open(self, name: str) -> IO[bytes]:
        """A file to read."""


class FundExport:
    """An export that is open.

    Attributes:
        keys: text of the file of keys.
        checkpoints: text of each checkpoint by the name of its file, in order of names.
    """

    def __init__(self, shelf: _Shelf, prefix: str) -> None:
        self._shelf, self._prefix = shelf, prefix
        inside = f"{prefix}{CHECKPOINTS}/"
        names = [n for n in shelf.names() if n.startswith(inside) and n.endswith(".txt")]
        if len(names) > _MOST_CHECKPOINTS:
            raise ExportError("export-damaged", CHECKPOINTS)
        if f"{prefix}{KEYS}" not in shelf.names():
            raise ExportError("export-file-missing", KEYS)
        self.keys = self._text(f"{prefix}{KEYS}")
        self.checkpoints = {name.removeprefix(inside): self._text(name) for name in sorted(names)}

    def lines(self) -> Iterator[bytes]:
        """Lines of the log without their ends.

        Raises:
            ExportError: it is longer than any log, a line is longer than any record or not ended,
                or the archive is damaged.
        """
        read = 0
        with self._opened(f"{self._prefix}{LOG}") as file:
            while line := file.readline(LONGEST_LINE_BYTES):
                read += len(line)
                if not line.endswith(b"\n") or read > LARGEST_LOG_BYTES:
                    raise ExportError("export-damaged", LOG)
                yield line[:-1]

    def _text(self, name: str) -> str:
        with self._opened(name) as file:
            try:
                return file.read(_LARGEST_FILE_BYTES).decode()
            except UnicodeDecodeError:
                return ""  # neither a key nor a checkpoint

    @contextmanager
    def _opened(self, name: str) -> Iterator[IO[bytes]]:
        try:
            with self._shelf.open(name) as file:
                yield file
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
            # Also what is locked, or packed in a way that nobody here unpacks.
            raise ExportError("export-damaged", PurePosixPath(name).name) from None


@contextmanager
def opened_export(path: Path) -> Iterator[FundExport]:
    """Open the folder or archive of an export; the folder in it counts as well.

    Raises:
        ExportError: it is none.
        OSError: it cannot be read.
    """
    if path.is_dir():
        yield _export(_Folder(path))
        return
    try:
        with zipfile.ZipFile(path) as archive:
            yield _export(_Archive(archive))
    except zipfile.BadZipFile:
        raise ExportError("export-none") from None


def _export(shelf: _Shelf) -> FundExport:
    """The export at the top, or in the one folder that has a log."""
    names = [PurePosixPath(name) for name in shelf.names()]
    places = {str(name.parent) for name in names if name.name == LOG and len(name.parts) <= 2}
    if not places:
        raise ExportError("export-none")
    if len(places) > 1 and "." not in places:
        raise ExportError("export-none")
    place = "." if "." in places else places.pop()
    return FundExport(shelf, "" if place == "." else f"{place}/")


class _Folder:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._names = [
            file.relative_to(path).as_posix()
            for pattern in ("*", "*/*", "*/*/*")
            for file in path.glob(pattern)
            if file.is_file()
        ]

    def names(self) -> list[str]:
        return self._names

    def open(self, name: str) -> IO[bytes]:
        return (self._path / name).open("rb")


class _Archive:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = [name for name in archive.namelist() if not name.endswith("/")]

    def names(self) -> list[str]:
        return self._names

    def open(self, name: str) -> IO[bytes]:
        return self._archive.open(name)
