"""`konbit futures`: decide now with many futures in view."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from konbit.cli.console import show_json, show_rich, tell, words_in
from konbit.cli.exits import ExitCode, Stop
from konbit.cli.options import AsJson, AsOf, DossierPath, Lang, ScenarioName

if TYPE_CHECKING:
    from konbit.api import FuturesView
    from konbit.briefing.words import Words


def futures(
    dossier: DossierPath,
    count: Annotated[
        int,
        typer.Option("--futures", metavar="NUMBER", min=1, help="How many futures to draw."),
    ] = 200,
    seed: Annotated[
        int, typer.Option("--seed", metavar="NUMBER", help="Of the draws: same seed, same futures.")
    ] = 1,
    decide: Annotated[
        int,
        typer.Option(
            "--decide",
            metavar="MONTHS",
            min=1,
            help="Months decided now, before anything more is known.",
        ),
    ] = 3,
    worst: Annotated[
        int,
        typer.Option(
            "--worst",
            metavar="PERCENT",
            min=0,
            max=100,
            help="How much the worst tenth of the futures counts in choosing, beside the mean.",
        ),
    ] = 0,
    as_of: AsOf = None,
    scenario: ScenarioName = "",
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers",
            metavar="NUMBER",
            min=1,
            help="Processes to use. Without it: as many as there are processors.",
            show_default=False,
        ),
    ] = None,
    cluster: Annotated[
        str,
        typer.Option(
            "--cluster",
            metavar="ADDRESS",
            help="Scheduler of a dask.distributed cluster, such as tcp://10.0.0.5:8786, whose "
            "workers do it instead. Needs konbit[cluster].",
            show_default=False,
        ),
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FOLDER",
            help="Also write futures.html and futures/ (tables) here.",
            show_default=False,
        ),
    ] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Decide what to start now when cash may come late or never and units may stay away.

    Draws futures from the table of priors, chooses what to start and order in the first months so
    that most is covered over all of them, and follows each future to its end. Says what the plan on
    the cash at hand promises and what it leads to, the worst tenth, the value of the stochastic
    solution, and what earmarks cost. The same dossier, day, scenario and seed give the same
    futures, whoever works on them.
    """
    words = words_in(lang)
    if out is not None:
        from konbit.cli.outputs import prepare

        prepare(out)
    settings: dict[str, int | str] = {
        "count": count,
        "seed": seed,
        "decide_months": decide,
        "worst_percent": worst,
        "workers": workers or os.cpu_count() or 1,
        "cluster": cluster,
    }
    made = _made(dossier, as_of, scenario, words, settings)
    if as_json:
        from konbit.cli.documents import futures_document

        show_json(futures_document(made.result))
    else:
        from konbit.briefing import futures_screen

        show_rich(futures_screen(made.result, made.dossier, words))
    if out is not None:
        from konbit.cli.outputs import write_futures

        write_futures(made, out, words)
    if not made.result.verified:
        tell(words.say("cli-not-verified"))
        raise typer.Exit(ExitCode.NOT_VERIFIED)


def _made(
    path: Path, as_of: AsOf, scenario: str, words: Words, settings: dict[str, int | str]
) -> FuturesView:
    from konbit import api
    from konbit.api.workers import (
        ClusterDiffersError,
        ClusterMissingError,
        ClusterUnreachableError,
    )
    from konbit.cli.reading import read_dossier, user_errors
    from konbit.cli.working import working

    read = read_dossier(path, words)
    horizon = read.mission.horizon_months
    if not 1 <= int(settings["decide_months"]) < horizon:
        raise Stop(ExitCode.USAGE, "cli-futures-too-few", months=horizon)
    try:
        with user_errors(words, path):
            return working(
                words,
                lambda told: api.futures(
                    read,
                    as_of,
                    scenario,
                    language=words.language,
                    progress=told,
                    **settings,  # type: ignore[arg-type] # each setting has the type of its name
                ),
            )
    except ClusterMissingError:
        raise Stop(ExitCode.USAGE, "cli-no-cluster") from None
    except ClusterUnreachableError:
        raise Stop(
            ExitCode.UNREADABLE, "cli-cluster-unreachable", address=settings["cluster"]
        ) from None
    except ClusterDiffersError:
        raise Stop(
            ExitCode.UNREADABLE, "cli-cluster-differs", address=settings["cluster"]
        ) from None
