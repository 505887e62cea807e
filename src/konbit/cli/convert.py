"""`konbit convert`: a dossier from folder to workbook and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from konbit.cli.console import show, tell, words_in
from konbit.cli.exits import ExitCode, Stop
from konbit.cli.options import DossierPath, Lang


def convert(
    dossier: DossierPath,
    out: Annotated[
        Path,
        typer.Argument(
            metavar="OUT", help="A workbook (ends in .xlsx) or a new folder.", show_default=False
        ),
    ],
    force: Annotated[bool, typer.Option("--force", help="Replace what is there.")] = False,
    lang: Lang = None,
) -> None:
    """Write a dossier as a workbook (OUT ends in .xlsx) or as a folder of CSV tables.

    Both say the same: the digest that is printed is that of the rows, and that of OUT is equal.
    """
    from konbit.cli.reading import read_dossier
    from konbit.cli.writing import writes
    from konbit.package import write_folder, write_workbook

    words = words_in(lang)
    if out.exists() and not force:
        raise Stop(ExitCode.USAGE, "cli-exists", path=out)
    read = read_dossier(dossier, words)
    with writes(out):
        if out.suffix.casefold() == ".xlsx":
            write_workbook(read, out)
        else:
            write_folder(read, out)
    tell(words.say("cli-written", path=out))
    show(read.digest)
