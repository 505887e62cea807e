"""`konbit plan` and `konbit brief`: make a plan, show it, write it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from konbit.cli.console import show_json, show_rich, tell, words_in
from konbit.cli.exits import ExitCode
from konbit.cli.options import AsJson, AsOf, DossierPath, Lang, Minutes, NoPdf, ScenarioName

if TYPE_CHECKING:
    from konbit.api import PlanView
    from konbit.briefing.words import Words


def plan(
    dossier: DossierPath,
    as_of: AsOf = None,
    scenario: ScenarioName = "",
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FOLDER",
            help="Also write brief.html, brief.pdf, plan.xlsx and plan/ (tables) here.",
            show_default=False,
        ),
    ] = None,
    minutes: Minutes = None,
    as_json: AsJson = False,
    no_pdf: NoPdf = False,
    lang: Lang = None,
) -> None:
    """Plan who deploys when and where, paid from which money, and what holds the rest back.

    Prints the checks, five head-counts against the ceiling, coverage, money by stage, the
    bottlenecks in order and the call list. Every plan is recomputed by separate arithmetic; if a
    rule is violated the exit code is 3.
    """
    words = words_in(lang)
    made = _made(dossier, as_of, scenario, out, words, minutes)
    _print(made, words, as_json=as_json)
    if out is not None:
        from konbit.cli.outputs import write_everything

        write_everything(made, out, words, pdf=not no_pdf)
    if not made.plan.is_verified:
        tell(words.say("cli-not-verified"))
        raise typer.Exit(ExitCode.NOT_VERIFIED)


def brief(
    dossier: DossierPath,
    out: Annotated[
        Path,
        typer.Option("--out", metavar="FOLDER", help="Where to write it.", show_default=False),
    ],
    as_of: AsOf = None,
    scenario: ScenarioName = "",
    minutes: Minutes = None,
    no_pdf: NoPdf = False,
    lang: Lang = None,
) -> None:
    """Plan, and write only the brief: brief.html (one file, opens anywhere) and brief.pdf."""
    words = words_in(lang)
    made = _made(dossier, as_of, scenario, out, words, minutes)
    from konbit.cli.outputs import write_brief

    write_brief(made, out, words, pdf=not no_pdf)
    if not made.plan.is_verified:
        tell(words.say("cli-not-verified"))
        raise typer.Exit(ExitCode.NOT_VERIFIED)


def _made(
    path: Path,
    as_of: AsOf,
    scenario: str,
    out: Path | None,
    words: Words,
    minutes: float | None,
) -> PlanView:
    """Read and plan. The output folder is tried first: nobody waits for a plan to lose it."""
    from konbit import api
    from konbit.cli.outputs import prepare
    from konbit.cli.reading import read_dossier, user_errors
    from konbit.cli.working import searching

    if out is not None:
        prepare(out)
    read = read_dossier(path, words)
    with user_errors(words, path):
        return searching(
            words,
            lambda told, patience: api.plan(
                read,
                as_of,
                scenario,
                language=words.language,
                progress=patience.planned(told, "reasons"),
                watch=patience.watch,
                enough=patience.enough,
                late=patience.late,
            ),
            minutes,
        )


def _print(made: PlanView, words: Words, *, as_json: bool) -> None:
    if as_json:
        from konbit.cli.documents import plan_document

        show_json(plan_document(made.plan, words))
        return
    from konbit.briefing import screen

    show_rich(screen(made.plan, made.dossier, words))
