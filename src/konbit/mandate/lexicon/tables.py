"""The tables of the lexicon, read once."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from konbit.mandate.values import Force


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the table of verbs.

    Attributes:
        verb: third person ("calls upon").
        base: infinitive without "to" ("call upon").
        english: the English counterpart.
        force, tier: what it does; requests are split by addressee later.
        takes: `to` (somebody, to do), `that`, `none`; French and Spanish: the preposition.
        inside: whether it counts as a further act inside a running sentence.
        not_before: `infinitive` where its last word is another's before one ("agrees to review").
    """

    verb: str
    base: str
    english: str
    force: Force
    tier: int
    takes: str
    inside: bool
    not_before: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A verb found in a text: its row, its name with its noun, and where words stand."""

    entry: Entry
    name: str
    force: Force
    tier: int
    modifiers: tuple[str, ...]
    start: int
    verb_start: int
    end: int


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a table of this folder."""
    file = resources.files(__package__).joinpath(name)
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


@cache
def stems(language: str) -> frozenset[str]:
    """First words by which a recital is known, besides present participles."""
    return frozenset(row["stem"] for row in rows_of("stems.csv") if row["language"] == language)


@cache
def actors(language: str = "en") -> Mapping[str, str]:
    """Head nouns of those who can act, with the class by which requests are split: un or state."""
    return {row["noun"]: row["class"] for row in rows_of(f"actors.{language}.csv")}


@cache
def words(role: str) -> frozenset[str]:
    """English words of a role: `determiner`, `stop`, `thing`, `told`."""
    return frozenset(row["word"] for row in rows_of("words.en.csv") if row["role"] == role)
