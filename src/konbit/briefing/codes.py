"""The codes that options of commands take, with what each of them is called."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from konbit.briefing.names import Names
from konbit.dossier.tables.fund import Contribution, Scenario
from konbit.dossier.tables.pledge import Offer
from konbit.dossier.tables.requirement import BuildingOption, Lift, Requirement, Site

if TYPE_CHECKING:
    from collections.abc import Iterable

    from konbit.briefing.words import Words
    from konbit.dossier.dossier import Dossier

CODED = (Offer, Contribution, Lift, Site, BuildingOption, Requirement, Scenario)
"""Tables whose rows options name, in the order in which they are listed."""

_LIKE = 0.6  # of two codes, from 0 to 1


@dataclass(frozen=True, slots=True)
class Coded:
    """A code, the table that it is of, and what it is called."""

    table: str
    code: str
    title: str


def coded(dossier: Dossier, words: Words) -> tuple[Coded, ...]:
    """Every code that an option may name, table by table, by code.

    Args:
        dossier: what was known of it on a day.
        words: the reader's language.
    """
    names = Names(dossier, words)
    return tuple(
        Coded(table.TABLE, row.label, _title(row, names))
        for table in CODED
        for row in sorted(dossier.rows(table), key=lambda row: row.label)
        if row.used and not (isinstance(row, Contribution) and row.instrument != "trust_fund")
    )


def _title(row: object, names: Names) -> str:
    if isinstance(row, Requirement):
        return f"{names.title(row.capability)} @ {names.title(row.site)}"
    if isinstance(row, Offer):
        return names.offer(row.code)
    return str(getattr(row, "title", ""))


def with_text(entries: Iterable[Coded], text: str) -> tuple[Coded, ...]:
    """Those whose code or title has a text in it, whatever its case and accents."""
    wanted = _bare(text)
    return tuple(e for e in entries if wanted in _bare(e.code) or wanted in _bare(e.title))


def nearest(entries: Iterable[Coded], text: str, most: int) -> tuple[Coded, ...]:
    """Those meant by what is no code: with it in code or title, else with a code much like it."""
    known = tuple(entries)
    found = with_text(known, text)
    if not found:
        likeness = {e: SequenceMatcher(None, _bare(text), _bare(e.code)).ratio() for e in known}
        like = sorted(known, key=lambda e: (-likeness[e], e.code))
        found = tuple(e for e in like if likeness[e] >= _LIKE)
    return found[:most]


def _bare(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))
