"""Which paragraph of a text is which row of the record: by code, by number, by likeness."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from konbit.dossier.tables.mandate import Paragraph

NUMBERS_BETWEEN = ", "  # where one row tells several paragraphs
_LEAST_LIKE = 0.3  # below it a row is not proposed, only named as the nearest
_LEAST_NEAR = 12  # per cent
_SURE_NUMBER, _SURE_CODE, _MOST_LIKELY = 98, 100, 95
# What speaks for a pair beside its words: the same verb, level, number from memory, order.
_VERB, _LEVEL, _REMEMBERED, _ORDER = 0.12, 0.04, 0.3, 0.08
_FAMILY = 0.15  # the paragraph above is the row above
_WORD = re.compile(r"[^\W_]{3,}|\d+")
_STEM = 5  # letters: enough to bring a verb and its noun together in the languages of texts
_COMMON = frozenset([
    "the", "and", "for", "its", "with", "that", "this", "from", "has", "have", "been", "shall",
    "will", "which", "including", "such", "other", "into", "paragraph", "resolution", "les", "des",
    "une", "aux", "sur", "dans", "pour", "par", "que", "qui", "est", "los", "las", "del", "con",
    "para",
])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """A paragraph, or one act of it, for which a row is looked for.

    Attributes:
        name: its code in the text.
        code: the permanent code that it would get as a new row.
        number: as printed, with parts after a point.
        verb: in English.
        text: its words.
        parent: name of the paragraph it hangs on; empty for one that stands by itself.
    """

    name: str
    code: str
    number: str
    verb: str
    text: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """The row that a paragraph is held to be.

    Attributes:
        row: its permanent code; empty where none is proposed.
        reason: `code`, `number`, `remembered` (a number from memory), `likeness` or `none`.
        sure_percent: how sure.
    """

    row: str
    reason: str
    sure_percent: int


_NONE = Match("", "none", 0)


def matched(asked: Sequence[Asked], rows: Sequence[Paragraph]) -> dict[str, Match]:
    """For each paragraph by name, the row that it is. A row stands once, but for its numbers.

    A number seen in the text comes first, and among acts of one paragraph the verb and then the
    code; what is left goes by likeness, the most alike first, paragraphs before their parts.
    """
    found = _by_number(asked, rows)
    taken = {match.row for match in found.values()}
    held = {row.code: row for row in rows}
    for one in asked:
        if one.name not in found and one.code in held and one.code not in taken:
            found[one.name] = Match(one.code, "code", _SURE_CODE)
            taken.add(one.code)
    for are_parts in (False, True):
        left = [o for o in asked if o.name not in found and bool(o.parent) == are_parts]
        open_rows = [r for r in rows if r.code not in taken and r.number_status != "confirmed"]
        for pair in sorted(_pairs(left, open_rows, found), key=_best_first):
            if pair.share < _LEAST_LIKE or pair.asked.name in found or pair.row.code in taken:
                continue
            sure = min(_MOST_LIKELY, round(100 * pair.share))
            found[pair.asked.name] = Match(pair.row.code, pair.reason, sure)
            taken.add(pair.row.code)
    return {one.name: found.get(one.name, _NONE) for one in asked}


def nearest(rows: Iterable[Paragraph], asked: Sequence[Asked]) -> dict[str, tuple[str, int]]:
    """For each row by its code, the paragraph most like it and how like in per cent, if any."""
    found: dict[str, tuple[str, int]] = {}
    for pair in sorted(_pairs(asked, list(rows), {}), key=_best_first):
        share = min(_MOST_LIKELY, round(100 * pair.share))
        if share >= _LEAST_NEAR:
            found.setdefault(pair.row.code, (pair.asked.name, share))
    return found


def numbers_of(row: Paragraph) -> tuple[str, ...]:
    """The printed numbers that a row stands for."""
    return tuple(filter(None, row.number.split(NUMBERS_BETWEEN)))


def _by_number(asked: Sequence[Asked], rows: Sequence[Paragraph]) -> dict[str, Match]:
    """Rows whose number was seen in the text: among acts of one number the verb, then the code."""
    carriers: dict[str, list[Paragraph]] = defaultdict(list)
    for row in rows:
        if row.number_status == "confirmed":
            for number in numbers_of(row):
                carriers[number].append(row)
    found: dict[str, Match] = {}
    for same in (
        lambda one, row: one.code == row.code and one.verb == row.verb,
        lambda one, row: bool(one.verb) and one.verb == row.verb,
        lambda one, row: one.code == row.code,
        lambda one, row: bool(one.number and row.number),
    ):
        for one in asked:
            there = carriers[one.number] if one.number and one.name not in found else []
            for row in there:
                if same(one, row):
                    found[one.name] = Match(row.code, "number", _SURE_NUMBER)
                    there.remove(row)
                    break
    return found


@dataclass(frozen=True, slots=True)
class _Pair:
    """A paragraph and a row that might be it: places in their orders, how much speaks for it."""

    at: int
    place: int
    asked: Asked
    row: Paragraph
    share: float
    reason: str


def _best_first(pair: _Pair) -> tuple[float, int, int]:
    return (-pair.share, pair.at, pair.place)


def _pairs(
    asked: Sequence[Asked], rows: Sequence[Paragraph], found: Mapping[str, Match]
) -> Iterable[_Pair]:
    """Pairs with a word in common, or a number that somebody remembered."""
    words = [_stems(f"{one.verb} {one.text}") for one in asked]
    told = [_stems(f"{r.verb} {r.addressee} {r.substance} {r.theme}") for r in rows]
    counts = Counter(stem for bag in (*words, *told) for stem in bag)
    rare = {stem: math.log(1 + (len(asked) + len(rows)) / n) for stem, n in counts.items()}
    # Exact sums: a set has another order in each process, and a share must not.
    weights = [math.fsum(rare[stem] for stem in bag) for bag in words]
    for place, (row, bag) in enumerate(zip(rows, told, strict=True)):
        weight = math.fsum(rare[stem] for stem in bag)
        for at, one in enumerate(asked):
            common = math.fsum(rare[stem] for stem in bag & words[at])
            is_remembered = bool(row.number) and one.number in numbers_of(row)
            if not common and not is_remembered:
                continue
            both = weights[at] + weight
            alike = common / both + common / (2 * weight) if common else 0.0
            far = abs(at / max(1, len(asked)) - place / max(1, len(rows)))
            share = (
                alike * (1 - _VERB - _LEVEL - _ORDER)
                + _VERB * (bool(one.verb) and one.verb == row.verb)
                + _LEVEL * (bool(one.parent) == bool(row.parent))
                + _ORDER * (1 - far)
                + _REMEMBERED * is_remembered
                + _FAMILY * (bool(row.parent) and found.get(one.parent, _NONE).row == row.parent)
            )
            yield _Pair(at, place, one, row, share, "remembered" if is_remembered else "likeness")


def _stems(text: str) -> frozenset[str]:
    """The words of a text that carry meaning, without accents and cut short."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(mark for mark in bare if not unicodedata.combining(mark))
    return frozenset(w[:_STEM] for w in _WORD.findall(plain) if w not in _COMMON)
