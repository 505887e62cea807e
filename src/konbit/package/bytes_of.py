"""The bytes of a file, unless it has more than are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.package.limits import MEGABYTE
from konbit.terms import Severity

if TYPE_CHECKING:
    from pathlib import Path

    from konbit.package.tally import Tally


def bytes_of(file: Path, limit: int, tally: Tally) -> bytes | None:
    """The bytes of a file; None, and a finding, when there are more than the limit.

    The size is looked up before a byte is read, and again by what is read, for a file may grow.

    Raises:
        OSError: the system refuses to read.
    """
    size = file.stat().st_size
    if size <= limit:
        with file.open("rb") as stream:
            data = stream.read(size + 1)
        if len(data) <= size:
            return data
    note_too_large(tally, file.stat().st_size, limit)
    return None


def note_too_large(tally: Tally, size: int, limit: int) -> None:
    """Note that there are more bytes than are read, both in whole megabytes."""
    size_mb = -(-size // MEGABYTE)
    tally.add("file-too-large", Severity.ERROR, size_mb=size_mb, limit_mb=limit // MEGABYTE)
