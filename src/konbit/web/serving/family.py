"""Processes that are kept running: whoever dies is started again, unless it never lives."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_SHORT_SECONDS = 5.0
_MOST_SHORT_LIVES = 5
_PATIENCE_SECONDS = 10


@dataclass
class Family:
    """Processes by name, each started again when it ends.

    Being killed, however often, is no fault of a process that served; ending at once, several times
    in a row, is one that starting again does not mend.

    Attributes:
        commands: what each is called by, in the order in which they are started and ended.
        say: tells the person at the terminal.
        short_seconds: a life shorter than this never served.
    """

    commands: Mapping[str, Sequence[str]]
    say: Callable[[str], None]
    short_seconds: float = _SHORT_SECONDS
    _children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    _started: dict[str, float] = field(default_factory=dict)
    _short_lives: dict[str, int] = field(default_factory=dict)

    def start(self) -> None:
        """Start all of them."""
        for name in self.commands:
            self._launch(name)

    def look_after(self) -> None:
        """Start again those that ended.

        Raises:
            RuntimeError: one ended at once, several times in a row.
        """
        for name, child in list(self._children.items()):
            if child.poll() is None:
                continue
            is_short = time.monotonic() - self._started[name] < self.short_seconds
            self._short_lives[name] = self._short_lives.get(name, 0) + 1 if is_short else 0
            if self._short_lives[name] >= _MOST_SHORT_LIVES:
                raise RuntimeError(f"{name} dies again and again")
            self.say(f"{name} ended with {child.returncode}; starting it again")
            self._launch(name)

    def end(self) -> None:
        """End all of them in order; those that do not listen are killed."""
        for child in self._children.values():
            if child.poll() is None:
                child.terminate()
        for child in self._children.values():
            try:
                child.wait(_PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(child.pid, signal.SIGKILL)
                child.wait()

    def _launch(self, name: str) -> None:
        self._started[name] = time.monotonic()
        # In a session of its own: Ctrl-C is for us, and we pass it on in order.
        self._children[name] = subprocess.Popen(  # noqa: S603 - our own commands
            self.commands[name], start_new_session=True
        )
