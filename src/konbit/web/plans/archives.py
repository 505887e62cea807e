"""Folders as zip archives: the same folder gives the same bytes."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from konbit.package import write_folder
from konbit.package.plan_package import PlanReading, read_plan, write_plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from konbit.dossier import Dossier, Plan

_MADE_AT = (2024, 1, 1, 0, 0, 0)


def dossier_archive(dossier: Dossier) -> bytes:
    """A dossier's folder, as `konbit` reads it, in an archive."""
    return _archive("dossier", lambda folder: write_folder(dossier, folder))


def plan_archive(plan: Plan) -> bytes:
    """A plan's folder, as `konbit verify` reads it, in an archive."""
    return _archive("plan", lambda folder: write_plan(plan, folder))


def read_plan_archive(content: bytes) -> PlanReading:
    """The plan in an archive that `plan_archive` made."""
    with tempfile.TemporaryDirectory(prefix="konbit-") as place:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            archive.extractall(place)
        return read_plan(Path(place) / "plan")


def _archive(name: str, write: Callable[[Path], None]) -> bytes:
    stream = io.BytesIO()
    with tempfile.TemporaryDirectory(prefix="konbit-") as place:
        folder = Path(place) / name
        write(folder)
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(folder.iterdir()):
                info = zipfile.ZipInfo(f"{name}/{file.name}", _MADE_AT)
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, file.read_bytes())
    return stream.getvalue()
