"""A public export: a folder with a log, checkpoints, keys and statements."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from konbit_audit import canonical
from konbit_audit import values as v
from konbit_audit.lie import Lie
from konbit_audit.notes import NoteError, read_checkpoint, read_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from konbit_audit.notes import Checkpoint, Key

LOG: Final = "log.jsonl"
KEYS: Final = "keys.txt"
_TOP: Final = frozenset({LOG, KEYS, "README.txt", "checkpoints", "statements"})
# What file managers leave behind by themselves; nobody reads it.
_LITTER: Final = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_BOM: Final = b"\xef\xbb\xbf"
_LONGEST_RECORD: Final = 1_000_000
_CHECKPOINT_NAME: Final = re.compile(r"[0-9]{9,}\.txt").fullmatch
_STATEMENT: Final = v.members(
    {
        "fund": v.code,
        "on": v.day,
        "known_on": v.day_or_null,
        "known_before": lambda value: value is None or v.from_zero(value),
        "currency": v.currency,
        "purses": lambda value: type(value) is dict,
        "banks": lambda value: type(value) is dict,
        "contributions": lambda value: type(value) is dict,
    }
)


@dataclass(frozen=True)
class Stated:
    """A checkpoint or a statement, and the file that says it.

    Attributes:
        brought: whether the auditor kept it, and it is not of the export.
    """

    where: str
    content: bytes
    said: Any
    brought: bool = False


def folder_of(given: Path) -> Path | None:
    """The folder of an export: the one given, or the only one in it, as a ZIP is unpacked."""
    if any((given / name).exists() for name in (LOG, KEYS)):
        return given
    inner = [path for path in _files(given) if (path / LOG).exists()]
    return inner[0] if len(inner) == 1 else None


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.name not in _LITTER)


def check_names(folder: Path) -> None:
    """Nothing is missing, and nothing lies there that nobody would read.

    Raises:
        Lie: otherwise.
    """
    found = {path.name for path in _files(folder)}
    for name in sorted((_TOP - {"README.txt", "statements"}) - found):
        raise Lie("file-missing", where=name)
    for name in sorted(found - _TOP):
        raise Lie("file-unknown", where=name)


def read_keys(path: Path, where: str, *, brought: bool = False) -> dict[tuple[str, bytes], Key]:
    """Keys of a file, one a line, by name and number.

    Args:
        path: of the file.
        where: what it is called.
        brought: whether the auditor brought it; how an editor ended its lines then does not matter.

    Raises:
        Lie: a line is no key, or there is none.
    """
    content = path.read_bytes()
    if brought:
        content = b"".join(line + b"\n" for line in content.removeprefix(_BOM).split())
    if not content.endswith(b"\n"):
        raise Lie("keys", where=where)
    try:
        found = [read_key(line) for line in content[:-1].decode().split("\n")]
    except (NoteError, UnicodeDecodeError) as error:
        raise Lie("keys", str(error), where=where) from error
    return {(key.name, key.number): key for key in found}


def read_checkpoints(folder: Path, keys: dict[tuple[str, bytes], Key]) -> list[Stated]:
    """Checkpoints of an export, the smallest first, each with its signatures checked.

    Raises:
        Lie: one is none, or is named for another size, or there is none.
    """
    found = []
    for path in _files(folder / "checkpoints"):
        where = f"checkpoints/{path.name}"
        stated = signed(path.read_bytes(), where, keys)
        if not _CHECKPOINT_NAME(path.name) or path.name != f"{stated.said.size:09d}.txt":
            raise Lie("checkpoint", path.name, where=where)
        found.append(stated)
    if not found:
        raise Lie("file-missing", where="checkpoints")
    found.sort(key=lambda stated: stated.said.size)
    names = {stated.said.name for stated in found}
    if len(names) > 1:
        raise Lie("checkpoint", ", ".join(sorted(names)), where="checkpoints")
    return found


def signed(
    content: bytes, where: str, keys: dict[tuple[str, bytes], Key], *, brought: bool = False
) -> Stated:
    """One checkpoint.

    Raises:
        Lie: it is none, or a signature of it does not hold.
    """
    if brought:
        content = content.removeprefix(_BOM).replace(b"\r\n", b"\n")
    try:
        said: Checkpoint = read_checkpoint(content, keys)
    except NoteError as error:
        raise Lie("signature", str(error), where=where) from error
    return Stated(where, content, said, brought)


def read_statements(folder: Path) -> list[Stated]:
    """Statements of an export.

    Raises:
        Lie: a file is none.
    """
    shelf, found = folder / "statements", []
    for path in _files(shelf) if shelf.is_dir() else ():
        where, content = f"statements/{path.name}", path.read_bytes()
        try:
            said = canonical.read(content.removesuffix(b"\n"))
        except canonical.NotCanonicalError as error:
            raise Lie("statement", str(error), where=where) from error
        if not _STATEMENT(said) or path.suffix != ".json":
            raise Lie("statement", where=where)
        found.append(Stated(where, content, said))
    return found


class Lines:
    """Records of a log, one after the other; any earlier one again by its number."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self._again = path.open("rb")
        self._starts = array("Q")

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
        self._again.close()

    def __iter__(self) -> Iterator[bytes]:
        start = 0
        while line := self._file.readline(_LONGEST_RECORD):
            if not line.endswith(b"\n"):
                raise Lie("line-end", sequence=len(self._starts))
            self._starts.append(start)
            start += len(line)
            yield line[:-1]

    def at(self, number: int) -> bytes:
        """An earlier record."""
        self._again.seek(self._starts[number])
        return self._again.readline(_LONGEST_RECORD)[:-1]
