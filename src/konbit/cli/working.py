"""Long work with progress, which a reader may interrupt at any moment."""

from __future__ import annotations

import os
import sys
import threading
import time
from typing import TYPE_CHECKING, Generic, TypeVar

import typer

from konbit.cli.console import tell
from konbit.cli.exits import ExitCode
from konbit.dossier.plan import FULL

if TYPE_CHECKING:
    from collections.abc import Callable

    from konbit.briefing.words import Words

    Progress = Callable[[str, float], None]

T = TypeVar("T")


class _Work(threading.Thread, Generic[T]):
    """Work done beside the main thread, which stays free to hear Ctrl-C during a solve."""

    def __init__(self, work: Callable[[], T]) -> None:
        super().__init__(daemon=True, name="konbit-work")
        self._work = work
        self._done = threading.Event()
        self._result: T | None = None
        self._error: BaseException | None = None

    def run(self) -> None:
        try:
            self._result = self._work()
        except BaseException as error:  # raised again in the main thread
            self._error = error
        finally:
            self._done.set()

    def result(self, ask: Patience | None = None) -> T:
        """Begin the work and wait for it; what it raised is raised here.

        Where there is a first answer, the first Ctrl-C asks for the best so far, and the second
        ends the program; where there is none yet, the first one does.
        """
        begun = False
        while not self._done.is_set():
            try:
                if not begun:
                    begun = True
                    self.start()
                self._done.wait()
            except KeyboardInterrupt:
                if ask is None or not ask.asked():
                    raise
        if self._error is not None:
            raise self._error
        return self._result  # type: ignore[return-value] # set whenever nothing was raised


class Patience:
    """Whether a search with a first answer should go on; asked for and told across threads."""

    def __init__(self, words: Words, minutes: float | None = None) -> None:
        self._words = words
        self._minutes = minutes
        self._until = self._over()
        self._stop = threading.Event()
        self._has_answer = False
        self._shown = ""

    def watch(self, reached_share: float, most_share: float) -> None:
        """Hear of a plan, and show it in a line; with the first one, how not to wait longer."""
        if not self._has_answer:
            self._has_answer = True
            tell(self._words.say("cli-search-may-end"))
        line = self._words.say(
            "cli-search-stands",
            reached=self._words.share(int(reached_share * FULL)),
            most=self._words.share(int(most_share * FULL)),
        )
        if line != self._shown:
            self._shown = line
            tell(line)

    def planned(self, told: Progress, step: str) -> Progress:
        """Progress told on; at a step of this name there is an answer, whatever is still tried.

        What is tried has the time allowed once more, from then on.
        """

        def heard(what: str, share: float) -> None:
            if what == step:
                self._has_answer = True
                self._until = self._over()
            told(what, share)

        return heard

    def enough(self) -> bool:
        """Whether the reader has had enough."""
        return self._stop.is_set()

    def late(self) -> bool:
        """Whether there is a first answer and the time allowed is over."""
        return self._has_answer and self._until is not None and time.monotonic() > self._until

    def answered(self, _reached_share: float, _most_share: float) -> None:
        """Hear that there is a plan, one of several: with the first, how not to wait longer."""
        if not self._has_answer:
            self._has_answer = True
            tell(self._words.say("cli-plans-may-end"))

    def _over(self) -> float | None:
        return None if self._minutes is None else time.monotonic() + 60 * self._minutes

    def again(self) -> Callable[[], bool]:
        """The time allowed once more, from now on, for one of several plans: whether it is over."""
        until = self._over()
        return lambda: until is not None and time.monotonic() > until

    def asked(self) -> bool:
        """Ask for the best so far; no where there is none, or it was asked for before."""
        if not self._has_answer or self._stop.is_set():
            return False
        tell(self._words.say("cli-search-stopping"))
        self._stop.set()
        return True


def searching(
    words: Words, work: Callable[[Progress, Patience], T], minutes: float | None = None
) -> T:
    """Do long work that searches: Ctrl-C gives the best so far, a second one ends the program.

    Args:
        words: the reader's language.
        work: takes a function to tell progress to, and what says whether to go on.
        minutes: after which the best so far is taken, by the clock from now on.
    """
    patience = Patience(words, minutes)
    try:
        return _showing(words, lambda told: _Work(lambda: work(told, patience)).result(patience))
    except KeyboardInterrupt:
        tell(words.say("cli-interrupted"))
        os._exit(ExitCode.INTERRUPTED)


def working(words: Words, work: Callable[[Progress], T]) -> T:
    """Do long work that may be inside a solver, showing how far it is.

    A bar is shown on a terminal, plain lines otherwise. Ctrl-C ends the program at once: a solver
    cannot be asked to stop, and it writes nothing.

    Args:
        words: the reader's language.
        work: takes a function to which it tells what it is doing and the share done, 0 to 1.
    """
    try:
        return _showing(words, lambda told: _Work(lambda: work(told)).result())
    except KeyboardInterrupt:
        tell(words.say("cli-interrupted"))
        os._exit(ExitCode.INTERRUPTED)


def writing(words: Words, work: Callable[[Progress], T]) -> T:
    """Do work that writes files, showing how far it is; Ctrl-C lets it put away what it began.

    Raises:
        typer.Exit: it was interrupted.
    """
    try:
        return _showing(words, work)
    except KeyboardInterrupt:
        tell(words.say("cli-interrupted"))
        raise typer.Exit(ExitCode.INTERRUPTED) from None


def _showing(words: Words, work: Callable[[Progress], T]) -> T:
    return _with_bar(words, work) if sys.stderr.isatty() else _with_lines(words, work)


def _with_lines(words: Words, work: Callable[[Progress], T]) -> T:
    last = ""

    def told(what: str, _share: float) -> None:
        nonlocal last
        if what != last:
            last = what
            tell(_step(words, what))

    return work(told)


def _with_bar(words: Words, work: Callable[[Progress], T]) -> T:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    shown = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with shown:
        task = shown.add_task("", total=1.0)

        def told(what: str, share: float) -> None:
            shown.update(task, description=_step(words, what), completed=share)

        return work(told)


def _step(words: Words, what: str) -> str:
    """A step by its code, in words; a step without a sentence of its own is shown as it is."""
    code = f"cli-step-{what}"
    return words.say(code) if words.knows(code) else what
