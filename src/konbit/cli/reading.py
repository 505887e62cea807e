"""Reading a dossier for a command, with one clear sentence when that fails."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from konbit.cli.console import tell, words_spoken
from konbit.cli.exits import ExitCode, Stop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from konbit.briefing.words import Words
    from konbit.dossier import Dossier
    from konbit.package import Reading


# Findings that say that a file as a whole is not what it should be.
UNREADABLE = frozenset({"file-not-found", "not-a-dossier", "file-too-large", "zip-bomb"})


def read_package(path: Path, words: Words) -> Reading:
    """What stands in a file or folder, with its findings.

    Raises:
        Stop: there is nothing, or it may not be opened.
        typer.Exit: it is no dossier; why has been told.
    """
    from konbit.package import read

    try:
        if not path.exists():
            raise Stop(ExitCode.UNREADABLE, "cli-nothing-there", path=path)
        reading = read(path)
    except OSError as error:
        raise Stop(ExitCode.UNREADABLE, "cli-cannot-read", path=path, why=why(error)) from error
    refused = [f for f in reading.findings if f.code in UNREADABLE]
    if refused:
        tell("\n".join(words.of_finding(f) for f in refused))
        raise typer.Exit(ExitCode.UNREADABLE)
    return reading


def read_dossier(path: Path, words: Words) -> Dossier:
    """A dossier that can be planned; otherwise its findings are told and the command ends.

    What was passed over or read otherwise than it stands is told too: a sheet with another name
    holds no fact of the dossier, and no plan would show that.
    """
    from konbit.api import DossierError
    from konbit.cli.findings import listed
    from konbit.terms import Severity

    reading = read_package(path, words)
    broken = any(f.severity is Severity.ERROR for f in reading.findings)
    with user_errors(words, path):
        if reading.dossier is None or broken:
            raise DossierError(reading.everything, words.language)
    if reading.findings:
        tell("\n".join((*listed(reading.findings, words), "")))
    return reading.dossier


# What the system mostly says, by the number it gives.
_REFUSALS = {
    errno.ENOENT: "cli-why-not-there",
    errno.EEXIST: "cli-why-is-there",
    errno.EACCES: "cli-why-not-allowed",
    errno.EPERM: "cli-why-not-allowed",
    errno.EROFS: "cli-why-not-allowed",
    errno.ENOSPC: "cli-why-full",
    errno.EISDIR: "cli-why-folder",
    errno.ENOTDIR: "cli-why-no-folder",
}


@contextmanager
def user_errors(words: Words, path: Path) -> Iterator[None]:
    """Turn what a user can mend into findings told and an exit code."""
    from konbit.api import DossierError, UnknownScenarioError

    try:
        yield
    except DossierError as error:
        from konbit.cli.findings import listed

        tell("\n".join(listed(error.findings, words)))
        tell(words.say("cli-cannot-plan", path=path))
        raise typer.Exit(ExitCode.FINDINGS) from None
    except UnknownScenarioError as error:
        if not error.known and error.scenario:
            raise Stop(
                ExitCode.USAGE, "cli-scenario-of-none", scenario=error.scenario, path=path
            ) from error
        if not error.known:
            raise Stop(ExitCode.USAGE, "cli-no-scenarios", path=path) from error
        raise Stop(
            ExitCode.USAGE,
            "cli-unknown-scenario",
            scenario=error.scenario,
            known=", ".join(error.known),
            path=path,
        ) from error


def why(error: OSError) -> str:
    """Why the system refused, in the reader's language; what is rare in the system's own words."""
    sentence = _REFUSALS.get(error.errno or 0)
    return words_spoken().say(sentence) if sentence else error.strerror or str(error)
