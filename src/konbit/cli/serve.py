"""`konbit serve`: the system of record, on this machine or for a mission."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from konbit.cli.console import show, tell, words_in
from konbit.cli.exits import ExitCode, Stop
from konbit.cli.options import Lang

if TYPE_CHECKING:
    from konbit.briefing.words import Words


def serve(
    dossier: Annotated[
        Path | None,
        typer.Argument(
            metavar="[DOSSIER]",
            help="Loaded, with people to try it, when the record is empty.",
            show_default=False,
        ),
    ] = None,
    port: Annotated[
        int, typer.Option("--port", min=1, max=65_535, help="Where it listens.")
    ] = 8000,
    data: Annotated[
        Path,
        typer.Option(
            "--data",
            metavar="FOLDER",
            envvar="KONBIT_DATA",
            show_envvar=False,
            help="Folder of the embedded database and of what must outlive a restart.",
        ),
    ] = Path("build/record"),
    workers: Annotated[int, typer.Option("--workers", min=1, help="Processes of pages.")] = 2,
    code_of: Annotated[
        str,
        typer.Option(
            "--code-of",
            metavar="NAME",
            help="Print the one-time code of a user of the demonstration, and end.",
        ),
    ] = "",
    lang: Lang = None,
) -> None:
    """Serve the system of record: pages, API and the making of plans in the background.

    Starts an embedded PostgreSQL unless DATABASE_URL names one, runs migrations and, given a
    dossier, loads it for a demonstration. Ctrl-C stops everything; the data stay. Needs
    the extra parts: pip install "konbit[web]".
    """
    words = words_in(lang)
    try:
        from konbit.web.serving.place import PlaceTakenError
        from konbit.web.serving.serve import Serving
    except ImportError as error:
        raise Stop(ExitCode.USAGE, "cli-web-missing", part=error.name or "") from error
    data = data.resolve()
    if code_of:
        _print_code(data, code_of)
        return
    if dossier is not None and not dossier.is_dir():
        raise Stop(ExitCode.UNREADABLE, "cli-nothing-there", path=dossier)
    tell(words.say("cli-serve-begins"))
    serving = Serving(data, port, workers, dossier, tell, lambda: _tell_users(data, port, words))
    try:
        serving.run()
    except PlaceTakenError as error:
        raise Stop(ExitCode.USAGE, error.code, place=error.place) from error


def _tell_users(data: Path, port: int, words: Words) -> None:
    from konbit.web.serving.demo import told

    show(f"\nhttp://localhost:{port}\n")
    people = told(data)
    if people:
        show(f"{words.say('cli-serve-people')}\n")
        for name, email, password, roles in people:
            show(f"  {name:26} {email:40} {password:20} {roles}")
        show(f"\n{words.say('cli-serve-code')}\n\n  konbit serve --data {data} --code-of lead")


def _print_code(data: Path, name: str) -> None:
    os.environ.setdefault("KONBIT_DATA", str(data))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "konbit.web.settings")
    import django

    django.setup()
    from konbit.web.serving.demo import code_for

    show(code_for(data, name) or "")
