"""Files and folders that appear whole or not at all."""

from __future__ import annotations

import errno
import secrets
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


def write_file(path: Path, data: bytes) -> None:
    """Write a file beside its place, then move it there, over a file of that name.

    Raises:
        OSError: the system refuses; what was there before is still there.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = _beside(path)
    try:
        beside.write_bytes(data)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def write_files(folder: Path, files: Mapping[str, bytes], ours: Callable[[str], bool]) -> None:
    """Write a folder of files beside its place, then move it there, in place of one of that name.

    Args:
        folder: where they go.
        files: content by name.
        ours: whether a file of this name may be taken away with the folder that is replaced.

    Raises:
        FileExistsError: the folder holds files that are not ours; none is touched.
        OSError: the system refuses; what was there before is still there.
    """
    _refuse_foreign(folder, ours)
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = _beside(folder)
    try:
        beside.mkdir()
        for name, data in files.items():
            (beside / name).write_bytes(data)
        _put_in_place(beside, folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _refuse_foreign(folder: Path, ours: Callable[[str], bool]) -> None:
    if not folder.exists():
        return
    foreign = sorted(file.name for file in folder.iterdir() if not ours(file.name))
    if foreign:
        raise FileExistsError(
            errno.EEXIST, f"the folder holds other files, such as {foreign[0]}", str(folder)
        )


def _put_in_place(beside: Path, folder: Path) -> None:
    """Move the new folder to its place; should that fail, the old one goes back."""
    if not folder.exists():
        beside.rename(folder)
        return
    old = _beside(folder)
    folder.rename(old)
    try:
        beside.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _beside(path: Path) -> Path:
    """A name of its own in the same folder, so that moving is a renaming. Hidden while it lasts."""
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
