"""`konbit compare`: scenarios side by side, and the cost of delay."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from konbit.cli.console import show_json, show_rich, tell, words_in
from konbit.cli.exits import ExitCode
from konbit.cli.options import AsJson, AsOf, DossierPath, Lang, MinutesEach, NoPdf, parse_delays


def compare(
    dossier: DossierPath,
    later: Annotated[
        Path | None,
        typer.Argument(
            metavar="LATER",
            help="Another state of it, such as this month's: say what changed.",
            show_default=False,
        ),
    ] = None,
    scenario: Annotated[
        list[str] | None,
        typer.Option(
            "--scenario",
            metavar="CODE",
            help="A scenario; name several. Without it: those meant for the day, or all.",
            show_default=False,
        ),
    ] = None,
    as_of: AsOf = None,
    delays: Annotated[
        str,
        typer.Option(
            "--delays",
            metavar="MONTHS",
            help="Months by which each transfer is put off; empty for no such look.",
        ),
    ] = "0,3,6,9,12",
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FOLDER",
            help="Also write brief.html, brief.pdf and the tables of each plan here.",
            show_default=False,
        ),
    ] = None,
    minutes: MinutesEach = None,
    as_json: AsJson = False,
    no_pdf: NoPdf = False,
    lang: Lang = None,
) -> None:
    """Set scenarios side by side: strength, coverage, cost by payer, runway, cost of delay.

    The cost of delay is what each month of a later switch of the funding model loses in coverage,
    for scenarios that have such a switch.

    With a second dossier both are planned, and what changed is told: coverage, people, arrivals,
    cost, money by stage, and the rows. --out then writes difference.html and the tables of both.
    """
    from konbit import api
    from konbit.cli.outputs import prepare, write_comparison
    from konbit.cli.reading import read_dossier, user_errors
    from konbit.cli.working import searching

    months = parse_delays(delays)
    words = words_in(lang)
    if out is not None:
        prepare(out)
    read = read_dossier(dossier, words)
    if later is not None:
        from konbit.cli.differing import show_difference

        scenarios = tuple(scenario or ())
        show_difference(read, later, as_of, scenarios, minutes, out, words, as_json=as_json)
        return
    with user_errors(words, dossier):
        made = searching(
            words,
            lambda told, patience: api.compare(
                read,
                as_of,
                scenario or (),
                delays=months,
                language=words.language,
                progress=told,
                watch=patience.answered,
                enough=patience.enough,
                limit=patience.again,
            ),
            minutes,
        )
    if as_json:
        from konbit.cli.documents import comparison_document

        show_json(comparison_document(made.comparison, words))
    else:
        from konbit.briefing import comparison_screen

        show_rich(comparison_screen(made.comparison, made.dossier, words))
    if out is not None:
        write_comparison(made, out, words, pdf=not no_pdf)
    if not all(plan.is_verified for plan in made.comparison.plans):
        tell(words.say("cli-not-verified"))
        raise typer.Exit(ExitCode.NOT_VERIFIED)
