"""`konbit check`: what is wrong or worth knowing in a dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from konbit.cli.console import show, show_json, words_in
from konbit.cli.exits import ExitCode
from konbit.cli.options import AsJson, AsOf, DossierPath, Lang

if TYPE_CHECKING:
    from konbit.briefing.words import Words
    from konbit.dossier import Dossier
    from konbit.terms import Finding


def check(
    dossier: DossierPath,
    as_of: AsOf = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Show every finding of a kind, not only the first five.")
    ] = False,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Read a dossier and list its findings: errors, warnings, notes.

    All findings come at once, each with table, row and column. Only an error stops a plan: the exit
    code is then 1, otherwise 0.
    """
    from konbit import api
    from konbit.cli.documents import check_document
    from konbit.cli.reading import read_package

    words = words_in(lang)
    reading = read_package(dossier, words)
    read = reading.dossier
    found = list(reading.everything)
    on = None
    if read is not None:
        on = api.as_of_day(read, as_of)
        found += api.check(read, on)
    findings = api.in_order(found)
    if as_json:
        show_json(check_document(read, on, findings, words))
    else:
        _show(read, findings, words, everything=everything)
    errors = api.FindingsView(findings).errors
    raise typer.Exit(ExitCode.FINDINGS if errors or read is None else ExitCode.FINE)


def _show(
    dossier: Dossier | None, findings: tuple[Finding, ...], words: Words, *, everything: bool
) -> None:
    from konbit.cli.findings import counted, listed

    lines = listed(findings, words, everything=everything)
    if lines:
        show("\n".join(lines))
        show("")
    if dossier is not None:
        rows = len(dossier.all_rows)
        show(words.say("cli-digest", digest=dossier.digest, count=rows))
    show(counted(findings, words))
