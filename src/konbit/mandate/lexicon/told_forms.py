"""Forms of the verbs of the lexicon in which others tell of an act: past, perfect, participle."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from konbit.mandate.lexicon.look_up import lexicon

if TYPE_CHECKING:
    from konbit.mandate.lexicon.tables import Entry

# Verbs whose other forms are mostly nouns or other verbs in articles.
_SKIPPED = frozenset(
    [
        "agrees",
        "notes",
        "shares",
        "accepts",
        "decides",
        "adopts",
        "believes",
        "trusts",
        "considers",
        "directs",
        "requires",
        "declares",
        "awaits",
    ]
)
_IRREGULAR = {"take": "took", "draw": "drew", "bear": "bore"}


@cache
def told_forms() -> dict[str, Entry]:
    """The entry of each past, perfect, participle and present form of its verb."""
    made: dict[str, Entry] = {}
    for entry in lexicon("en").entries():
        if not entry.inside or entry.verb in _SKIPPED:
            continue
        head, _, tail = entry.base.partition(" ")
        rest = f" {tail}" if tail else ""
        for form in {_past(head), _participle(head), entry.verb.partition(" ")[0]}:
            made.setdefault(f"{form}{rest}", entry)
    return made


def _past(base: str) -> str:
    if base in _IRREGULAR:
        return _IRREGULAR[base]
    if base.endswith("e"):
        return f"{base}d"
    if base.endswith("y") and base[-2] not in "aeiou":
        return f"{base[:-1]}ied"
    return f"{base}ed"


def _participle(base: str) -> str:
    return f"{base[:-1]}ing" if base.endswith("e") and not base.endswith("ee") else f"{base}ing"


@cache
def told_form() -> re.Pattern[str]:
    """Any of these forms, the longest first."""
    forms = sorted(told_forms(), key=lambda form: (-len(form), form))
    return re.compile(rf"\b(?:{'|'.join(re.escape(form) for form in forms)})\b", re.IGNORECASE)
