"""The parts that forms of time limits are made of, and what a form is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from konbit.mandate.dates import DAY, MONTH_YEAR, NUMBER
from konbit.mandate.values import DeadlineKind

__all__ = ["DAY", "MONTH_YEAR", "NUMBER", "YEAR", "DeadlineKind", "Form"]

YEAR = r"(?:19|20)\d\d\b"


@dataclass(frozen=True)
class Form:
    """One way in which a language tells a time limit.

    Attributes:
        rule: its name, told by `konbit.mandate.rules`.
        kind: what is told.
        signs: small letters of which one at least is in every text that has the form. They are
            looked for first, which is quicker than the pattern.
        words: what the pattern looks for, standing between words.
    """

    rule: str
    kind: DeadlineKind
    signs: tuple[str, ...]
    words: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The words; compiled when a text first has a sign of them, for all take a second."""
        return re.compile(rf"(?<![\w-])(?:{self.words})(?![\w-])", re.IGNORECASE)


def form(rule: str, kind: DeadlineKind, signs: str, words: str) -> Form:
    """A form; its signs are parted by bars."""
    return Form(rule, kind, tuple(signs.split("|")), words)
