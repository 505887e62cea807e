"""Futures as a data package: the tables of what may come, for any program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.package.folder_writing import write_tables

if TYPE_CHECKING:
    from pathlib import Path

    from konbit.dossier.futures import Futures


def write_futures(futures: Futures, folder: Path) -> None:
    """Write the tables of futures, and in the descriptor what they were drawn from.

    Raises:
        FileExistsError: the folder holds other files.
        OSError: the system refuses to write. Nothing is left half-written.
    """
    about = {
        "digest": futures.digest,
        "mission": futures.mission,
        "currency": futures.currency,
        "dossier_digest": futures.dossier_digest,
        "as_of": str(futures.as_of_on),
        "scenario": futures.scenario,
        "first_month": str(futures.first_month),
        "until_month": str(futures.until_month),
        "futures": len(futures.futures),
        "seed": futures.seed,
        "decide_months": futures.decide_months,
        "worst_percent": futures.worst_percent,
        "needed_points": futures.needed_points,
        "verified": futures.verified,
        "checked": futures.checked,
    }
    write_tables(futures.tables, folder, "futures", futures.title, {"futures": about})
