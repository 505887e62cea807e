"""The parts that forms of time limits are made of, and what a form is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from konbit.mandate.dates import DAY, MONTH_YEAR, NUMBER
from konbit.mandate.values import DeadlineKind

__all__ = ["DAY", "MONTH_YEAR", "NUMBER", "YEAR", "DeadlineKind", "Form"]

YEAR = r"(?:19|20)\d\d\b"


@dataclass(frozen=True, slots=True)
class Form:
    """One way in which a language tells a time limit.

    Attributes:
        rule: its name, told by `konbit.mandate.rules`.
        kind: what is told.
        pattern: the words.
        signs: small letters of which one at least is in every text that has the form. They are
            looked for first, which is quicker than the pattern.
    """

    rule: str
    kind: DeadlineKind
    pattern: re.Pattern[str]
    signs: tuple[str, ...]


def form(rule: str, kind: DeadlineKind, signs: str, pattern: str) -> Form:
    """A form; its signs are parted by bars, its pattern stands between words."""
    whole = re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE)
    return Form(rule, kind, whole, tuple(signs.split("|")))
