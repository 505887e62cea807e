"""`konbit shock`: what goes wrong, who slips, the plan repaired, the cost."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from konbit.cli.codes import tell_near
from konbit.cli.console import show_json, show_rich, tell, words_in
from konbit.cli.exits import ExitCode, Stop
from konbit.cli.options import (
    AsJson,
    AsOf,
    DossierPath,
    Lang,
    MinutesEach,
    ScenarioName,
    parse_month,
)
from konbit.cli.shocks import shocks_of
from konbit.terms import Month

if TYPE_CHECKING:
    from collections.abc import Iterable

    from konbit.briefing.words import Words
    from konbit.dossier import Dossier, Plan
    from konbit.terms import Finding


def shock(
    dossier: DossierPath,
    freeze: Annotated[
        list[str] | None,
        typer.Option(
            metavar="GIFT[@MONTH]",
            help="What is left of a gift may no longer be spent.",
            show_default=False,
        ),
    ] = None,
    withdraw: Annotated[
        list[str] | None,
        typer.Option(
            metavar="OFFER[:UNITS][@MONTH]",
            help="Units are taken back: those still to come first, then those present.",
            show_default=False,
        ),
    ] = None,
    close: Annotated[
        list[str] | None,
        typer.Option(
            metavar="LIFT:MONTHS[@MONTH]",
            help="An airport, port or road carries nothing for some months.",
            show_default=False,
        ),
    ] = None,
    delay: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CODE:MONTHS",
            help="A building option, a site or an offer comes later.",
            show_default=False,
        ),
    ] = None,
    cut_assessed: Annotated[
        str,
        typer.Option(
            metavar="SHARE[@MONTH]",
            help="Assessed cash falls short by a share, such as 15% or 0.15.",
            show_default=False,
        ),
    ] = "",
    from_month: Annotated[
        Month | None,
        typer.Option(
            "--from",
            metavar="MONTH",
            parser=parse_month,
            help="First month of the shocks (2027-03). Without it: the first month of the plan.",
            show_default=False,
        ),
    ] = None,
    as_of: AsOf = None,
    scenario: ScenarioName = "",
    plan: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="The plan before, as written by konbit plan --out. Without it: one is made.",
            show_default=False,
        ),
    ] = None,
    tolerance: Annotated[
        float,
        typer.Option(
            metavar="SHARE",
            min=0,
            max=1,
            help="Share of the coverage that may be given up for fewer changes.",
        ),
    ] = 0.005,
    keep: Annotated[
        int | None,
        typer.Option(
            metavar="MONTHS",
            min=0,
            help="Months in which the plan before is kept where it can be. "
            "Without it: those before the first shock strikes, and at least one.",
            show_default=False,
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Also write shock.html, dossier/ (with the shocks), plan/ and slips/ here.",
            show_default=False,
        ),
    ] = None,
    minutes: MinutesEach = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Replay what goes wrong: which units slip and by how long, the repaired plan, the cost.

    The shocks are written into the dossier as rows, all together; the plan is repaired with as few
    changes as possible, and checked like every plan. Options may be given several times. A shock
    that names what is not there is told and the exit code is 2.
    """
    from konbit import api
    from konbit.cli.outputs import prepare, write_replay
    from konbit.cli.reading import read_dossier, user_errors
    from konbit.cli.working import searching

    wanted = shocks_of(
        freeze or (), withdraw or (), close or (), delay or (), cut_assessed, from_month
    )
    words = words_in(lang)
    if not wanted:
        raise Stop(ExitCode.USAGE, "cli-no-shock")
    if out is not None:
        prepare(out)
    read = read_dossier(dossier, words)
    before = None if plan is None else _before(plan, read, words)
    with user_errors(words, dossier):
        try:
            made = searching(
                words,
                lambda told, patience: api.shock(
                    read,
                    *wanted,
                    as_of=as_of,
                    scenario=scenario,
                    before=before,
                    tolerance=tolerance,
                    keep_months=keep,
                    language=words.language,
                    progress=told,
                    watch=patience.watch,
                    enough=patience.enough,
                    limit=patience.again,
                ),
                minutes,
            )
        except api.WrongShockError as error:
            _tell_wrong(error.findings, read, words)
            tell(words.say("cli-codes-all", path=dossier))
            raise typer.Exit(ExitCode.USAGE) from None
    if as_json:
        from konbit.cli.documents import replay_document

        show_json(replay_document(made.replay, words))
    else:
        from konbit.briefing import replay_screen

        show_rich(replay_screen(made.replay, words))
    if out is not None:
        write_replay(made, out, words)
    if not made.replay.after.is_verified:
        tell(words.say("cli-not-verified"))
        raise typer.Exit(ExitCode.NOT_VERIFIED)


def _tell_wrong(findings: Iterable[Finding], dossier: Dossier, words: Words) -> None:
    """Why shocks cannot be replayed; of a code that is none, those near it."""
    for found in findings:
        tell(words.of_finding(found))
        if found.code == "shock-unknown":
            told = dict(found.values)
            tell_near(dossier, told["value"], told["tables"].split(", "), words)


def _before(folder: Path, dossier: Dossier, words: Words) -> Plan:
    """The plan before, as somebody wrote it.

    Raises:
        Stop: there is nothing, or it is a plan of another dossier.
    """
    from konbit.cli.verify import read_written

    written = read_written(folder, words).plan
    if written is None:
        raise typer.Exit(ExitCode.UNREADABLE)
    if written.dossier_digest != dossier.digest:
        raise Stop(ExitCode.USAGE, "cli-other-dossier", path=folder)
    return written
