"""Two texts of a chain beside each other: what was kept, changed, added and dropped."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from konbit.mandate.values import Act, Ceiling, Deadline, Document, Paragraph, Recital

T = TypeVar("T")
_WORD = re.compile(r"[^\W_]+")
LIKE_PERCENT = 40  # below this share of common words, two paragraphs are not the same one
_DOUBLE = 2


class Change(StrEnum):
    """What became of a paragraph."""

    KEPT = "kept"
    CHANGED = "changed"
    NEW = "new"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row that are in both texts, or only in the old, or only in the new one.

    Attributes:
        side: `both`, `old` or `new`.
    """

    side: str
    words: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A paragraph of the old text, of the new one, or the one that became the other.

    Attributes:
        change: what became of it.
        old, new: the paragraphs or recitals.
        runs: the words of both, marked; empty for what is kept word for word.
        deadlines: limits that are in one only, as pairs of old and new; either may be none.
        ceilings: numbers that are in one only, as pairs of old and new.
        acts: of a changed paragraph, acts whose verb or addressee is in one only, as pairs.
    """

    change: Change
    old: Paragraph | Recital | None
    new: Paragraph | Recital | None
    runs: tuple[Run, ...]
    deadlines: tuple[tuple[Deadline | None, Deadline | None], ...] = ()
    ceilings: tuple[tuple[Ceiling | None, Ceiling | None], ...] = ()
    acts: tuple[tuple[Act | None, Act | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """Two documents beside each other, in the order of the new one; dropped ones where they stood."""

    old: Document
    new: Document
    recitals: tuple[Pair, ...]
    paragraphs: tuple[Pair, ...]


def compare(old: Document, new: Document) -> Difference:
    """Set two texts beside each other.

    Paragraphs are paired by their words, in order first and then, where a paragraph moved, across.
    """
    return Difference(
        old, new, _pairs(old.recitals, new.recitals), _pairs(old.paragraphs, new.paragraphs)
    )


def _bag(text: str) -> list[str]:
    return [found[0].casefold() for found in _WORD.finditer(text)]


def _known_by(one: Paragraph | Recital) -> list[str]:
    """Its words; an article that has nothing but parts is known by its code."""
    return _bag(one.text) or [f"[{one.code}]"]


def _pairs(
    old: Sequence[Paragraph | Recital], new: Sequence[Paragraph | Recital]
) -> tuple[Pair, ...]:
    matched = _matched([_known_by(one) for one in old], [_known_by(one) for one in new])
    became = {after: before for before, after in matched.items()}
    made: list[Pair] = []
    dropped = [index for index in range(len(old)) if index not in matched]
    for index, one in enumerate(new):
        before = became.get(index)
        if before is None:
            made.append(Pair(Change.NEW, None, one, (Run("new", one.text),), *_bounds(None, one)))
            continue
        while dropped and dropped[0] < before:
            made.append(_gone(old[dropped.pop(0)]))
        made.append(_pair(old[before], one))
    return tuple(made + [_gone(old[index]) for index in dropped])


def _gone(one: Paragraph | Recital) -> Pair:
    return Pair(Change.DROPPED, one, None, (Run("old", one.text),), *_bounds(one, None))


def _pair(old: Paragraph | Recital, new: Paragraph | Recital) -> Pair:
    if old.text.split() == new.text.split():
        return Pair(Change.KEPT, old, new, (), *_bounds(old, new))
    acts = _changed(_acts(old), _acts(new), _act_key)
    return Pair(Change.CHANGED, old, new, _runs(old.text, new.text), *_bounds(old, new), acts)


def _matched(old: list[list[str]], new: list[list[str]]) -> dict[int, int]:
    """Which old paragraph became which new one, the most alike first, each once."""
    sets = [set(words) for words in new]
    holders: dict[str, list[int]] = {}
    for index, unique in enumerate(sets):
        for word in unique:
            holders.setdefault(word, []).append(index)
    scored: list[tuple[int, int, int, int]] = []
    for index, words in enumerate(old):
        common: dict[int, int] = {}
        for word in set(words):
            for place in holders.get(word, ()):
                common[place] = common.get(place, 0) + 1
        total = len(set(words))
        for place, count in common.items():
            share = 100 * _DOUBLE * count // max(1, total + len(sets[place]))
            if share >= LIKE_PERCENT or words == new[place]:
                scored.append((-share, abs(index - place), index, place))
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, index, place in sorted(scored):
        if index not in matched and place not in taken:
            matched[index] = place
            taken.add(place)
    return matched


def _runs(old: str, new: str) -> tuple[Run, ...]:
    before, after = old.split(), new.split()
    made: list[Run] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            made.append(Run("both", " ".join(before[a:b])))
            continue
        if b > a:
            made.append(Run("old", " ".join(before[a:b])))
        if d > c:
            made.append(Run("new", " ".join(after[c:d])))
    return tuple(made)


def _bounds(
    old: Paragraph | Recital | None, new: Paragraph | Recital | None
) -> tuple[
    tuple[tuple[Deadline | None, Deadline | None], ...],
    tuple[tuple[Ceiling | None, Ceiling | None], ...],
]:
    return (
        _changed(_limits(old), _limits(new), _limit_key),
        _changed(_numbers(old), _numbers(new), lambda one: (one.count, one.unit, one.bound)),
    )


def _act_key(act: Act) -> tuple[str, str, str]:
    """An act by what is done to whom; its limits and numbers are told apart."""
    return (
        act.verb.value if act.verb else "",
        act.force.value.value if act.force else "",
        act.addressee.value.casefold() if act.addressee else "",
    )


def _acts(one: Paragraph | Recital | None) -> list[Act]:
    return list(getattr(one, "acts", ()))


def _limit_key(limit: Deadline) -> tuple[str, object]:
    """A limit by its words, and by its day where that is printed."""
    return limit.phrase.casefold(), limit.on if limit.counted_from == "printed" else None


def _limits(one: Paragraph | Recital | None) -> list[Deadline]:
    return [limit for act in getattr(one, "acts", ()) for limit in act.deadlines]


def _numbers(one: Paragraph | Recital | None) -> list[Ceiling]:
    return [ceiling for act in getattr(one, "acts", ()) for ceiling in act.ceilings]


def _changed(
    old: list[T], new: list[T], key: Callable[[T], object]
) -> tuple[tuple[T | None, T | None], ...]:
    """What is only in one of two lists, paired in order."""
    old_keys, new_keys = {key(one) for one in old}, {key(one) for one in new}
    gone = [one for one in old if key(one) not in new_keys]
    come = [one for one in new if key(one) not in old_keys]
    return tuple(zip_longest(gone, come))
