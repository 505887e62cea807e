"""`konbit template`: an empty workbook to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from konbit.cli.console import tell, words_in
from konbit.cli.exits import ExitCode, Stop
from konbit.cli.options import Lang


def template(
    file: Annotated[
        Path, typer.Argument(metavar="FILE.xlsx", help="The workbook to write.", show_default=False)
    ],
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    lang: Lang = None,
) -> None:
    """Write an empty Excel workbook: one sheet a table, with drop-downs, notes and an example row.

    Fill in what you know, then: konbit check FILE.xlsx. Tables and columns are described in
    docs/reference/tables.md.
    """
    from konbit.api.headings import template_told
    from konbit.briefing.words import ColumnWords
    from konbit.cli.writing import writes
    from konbit.package import write_template

    words = words_in(lang)
    if file.suffix.casefold() != ".xlsx":
        raise Stop(ExitCode.USAGE, "cli-not-xlsx", path=file)
    if file.exists() and not force:
        raise Stop(ExitCode.USAGE, "cli-exists", path=file)
    with writes(file):
        write_template(file, told=template_told(ColumnWords(words.language)))
    tell(words.say("cli-written", path=file))
