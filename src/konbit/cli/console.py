"""Where words go: results to standard output, everything else to standard error."""

from __future__ import annotations

import os
import sys
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from konbit.cli.options import Language, language_of_the_system
from konbit.terms.digest import canonical_json

if TYPE_CHECKING:
    from rich.console import RenderableType

    from konbit.briefing.words import Words

WIDEST = 100
_SPOKEN: ContextVar[Language | None] = ContextVar("spoken", default=None)


def words_in(language: Language | None) -> Words:
    """The words of a language, or of the system's; fetched late, so that help stays quick."""
    from konbit.briefing.words import Words

    _SPOKEN.set(language)
    return Words(language or language_of_the_system())


def words_spoken() -> Words:
    """The words of the language in which the command began to speak."""
    return words_in(_SPOKEN.get())


def show(text: str) -> None:
    """Print a result. A reader who has closed the pipe (`| head`) reads no more of it.

    The command goes on: files that it was asked for are written all the same.
    """
    try:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def show_rich(drawn: RenderableType) -> None:
    """Print a result that is drawn for a terminal: coloured there, plain elsewhere.

    No wider than a page, for tables that reach further are hard to follow; narrower where the
    terminal is.
    """
    from rich.console import Console

    console = Console(highlight=False)
    console.width = min(WIDEST, console.width) if sys.stdout.isatty() else WIDEST
    with console.capture() as captured:
        console.print(drawn)
    show("\n".join(line.rstrip() for line in captured.get().rstrip("\n").split("\n")))


def show_json(document: Any) -> None:
    """Print one JSON document: sorted keys, no spaces, the same bytes for the same document."""
    show(canonical_json(document))


def tell(text: str) -> None:
    """Print a message that is not the result."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
