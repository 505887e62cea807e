"""How a command ends: its exit code, and the one sentence when it cannot go on."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes, part of what the command line promises."""

    FINE = 0
    FINDINGS = 1
    USAGE = 2
    NOT_VERIFIED = 3
    UNREADABLE = 4
    FAULT = 70
    INTERRUPTED = 130


class Stop(Exception):  # noqa: N818 - it is how a command ends, not a fault
    """A command cannot go on, for a reason that the user can mend.

    Attributes:
        code: the exit code.
        sentence: name of the sentence in `cli/words`.
        values: what fills the sentence.
    """

    def __init__(self, code: ExitCode, sentence: str, **values: object) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.values = values
