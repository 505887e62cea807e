"""`konbit compare` of two dossiers: what changed from one to the other."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import typer

from konbit.cli.console import show_json, show_rich, tell
from konbit.cli.exits import ExitCode, Stop

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from konbit.api import DifferenceView
    from konbit.briefing.words import Words
    from konbit.dossier import Dossier


def show_difference(
    earlier: Dossier,
    path: Path,
    as_of: date | None,
    scenarios: tuple[str, ...],
    minutes: float | None,
    out: Path | None,
    words: Words,
    *,
    as_json: bool,
) -> None:
    """Plan both, and print and write what changed.

    Raises:
        Stop: more than one scenario is named, or the other dossier cannot be read.
        typer.Exit: it has errors, which are told, or a plan broke a rule.
    """
    if len(scenarios) > 1:
        raise Stop(ExitCode.USAGE, "cli-difference-one-scenario")
    made = _made(earlier, path, as_of, "".join(scenarios), minutes, words)
    if as_json:
        show_json(_document(made, words))
    else:
        from konbit.briefing import difference_screen

        show_rich(difference_screen(made.difference, *made.dossiers, words))
    if out is not None:
        from konbit.cli.outputs import write_difference

        write_difference(made, out, words)
    if not (made.difference.earlier.is_verified and made.difference.later.is_verified):
        tell(words.say("cli-not-verified"))
        raise typer.Exit(ExitCode.NOT_VERIFIED)


def _made(
    earlier: Dossier,
    path: Path,
    as_of: date | None,
    scenario: str,
    minutes: float | None,
    words: Words,
) -> DifferenceView:
    from konbit import api
    from konbit.cli.reading import read_dossier, user_errors
    from konbit.cli.working import searching

    later = read_dossier(path, words)
    with user_errors(words, path):
        return searching(
            words,
            lambda told, patience: api.difference(
                earlier,
                later,
                as_of,
                scenario,
                language=words.language,
                progress=told,
                watch=patience.answered,
                enough=patience.enough,
                limit=patience.again,
            ),
            minutes,
        )


def _document(made: DifferenceView, words: Words) -> dict[str, Any]:
    """What `konbit compare --json` prints of two dossiers."""
    from konbit.cli.documents import plan_document

    found = made.difference
    return {
        "earlier": plan_document(found.earlier, words),
        "later": plan_document(found.later, words),
        "rows": [asdict(row) for row in found.rows],
    }
