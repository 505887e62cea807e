"""The codes that options of commands take, with what each of them is called."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from konbit.briefing.names import Names
from konbit.dossier.tables.fund import Contribution, CostHead, Earmark, Fund, Scenario
from konbit.dossier.tables.mandate import Organisation
from konbit.dossier.tables.pledge import Offer
from konbit.dossier.tables.requirement import BuildingOption, Capability, Lift, Requirement, Site

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from konbit.briefing.words import Words
    from konbit.dossier.dossier import Dossier
    from konbit.dossier.facts import Fact

CODED = (Offer, Contribution, Lift, Site, BuildingOption, Requirement, Scenario)
"""Tables whose rows options name, in the order in which they are listed."""

_ALSO_NAMED = (Capability, Fund, Earmark, CostHead, Organisation)

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
    in_cash = {row.code for row in dossier.rows(Contribution) if row.instrument == "trust_fund"}
    return tuple(
        entry
        for entry in _entries(dossier, words, CODED)
        if entry.table != Contribution.TABLE or entry.code in in_cash
    )


def titled(dossier: Dossier, words: Words) -> tuple[Coded, ...]:
    """Every code that the tables of a plan name, table by table, by code."""
    return tuple(_entries(dossier, words, (*CODED, *_ALSO_NAMED)))


def _entries(dossier: Dossier, words: Words, tables: Iterable[type[Fact]]) -> Iterator[Coded]:
    names = Names(dossier, words)
    for table in tables:
        for row in sorted(dossier.rows(table), key=lambda row: row.label):
            if row.used:
                yield Coded(table.TABLE, row.label, _title(row, names))


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
