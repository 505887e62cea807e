"""The two sides on the table, and the searches for what belongs together."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from konbit.fund.banking.items import Item

Found = tuple[list[int], list[int], int]

WINDOW_DAYS = 10  # a payment takes some days to the bank, a receipt some days into the books
_NEAREST = 12  # of those that fit an item, so many are looked at: the nearest in time
_MOST_PARTS = 5
_MOST_SEARCHED = 300


class Table:
    """Entries and records that nothing was proposed for yet.

    Args:
        entries: the bank's side.
        records: the books' side.
        is_refused: whether somebody refused these entries and records together.
    """

    def __init__(
        self,
        entries: Iterable[Item],
        records: Iterable[Item],
        is_refused: Callable[[Iterable[int], Iterable[int]], bool],
    ) -> None:
        self.entries = {item.key: item for item in sorted(entries, key=_order)}
        self.records = {item.key: item for item in sorted(records, key=_order)}
        self._is_refused = is_refused

    def may(self, entries: Iterable[Item], records: Iterable[Item]) -> bool:
        """Whether nobody refused this combination."""
        return not self._is_refused([e.key for e in entries], [r.key for r in records])

    def take(self, entries: Iterable[Item], records: Iterable[Item], others: int = 0) -> Found:
        """Take a combination off the table."""
        taken = [e.key for e in entries], [r.key for r in records], others
        for key in taken[0]:
            del self.entries[key]
        for key in taken[1]:
            del self.records[key]
        return taken

    def moved(self) -> list[Item]:
        """Entries that are movements, and not the balance at the beginning."""
        return [item for item in self.entries.values() if not item.is_opening]


def _order(item: Item) -> tuple[object, ...]:
    return (item.on, item.amount_minor, sorted(item.references), item.key)


def set_off(table: Table, *, is_bank: bool) -> Iterator[Found]:
    """Two of one side that undo each other: a record and its reversal, an entry and its correction.

    An entry is corrected by a later or earlier one of the opposite amount that shares a reference,
    or is the nearest in the window.
    """
    if not is_bank:
        for later in list(table.records.values()):
            earlier = table.records.get(later.undoes) if later.undoes is not None else None
            is_pair = earlier is not None and earlier.amount_minor == -later.amount_minor
            if is_pair and earlier is not None and table.may([], [earlier, later]):
                yield table.take([], [earlier, later])
        return
    for one in [item for item in table.moved() if item.is_correction]:
        fits = [
            other
            for other in table.moved()
            if other.amount_minor == -one.amount_minor
            and _days(one, other) <= WINDOW_DAYS
            and not other.is_correction
            and table.may([one, other], [])
        ]
        if fits:
            best = min(fits, key=lambda o: (not _share(one, o), _days(one, o), o.on, o.key))
            yield table.take([one, best], [], len(fits) - 1)


def one_to_one(table: Table, *, by_reference: bool) -> Iterator[Found]:
    """An entry and a record of one amount: with a reference in common, or days near each other."""
    by_amount: dict[int, list[Item]] = defaultdict(list)
    for record in table.records.values():
        by_amount[record.amount_minor].append(record)
    pairs = []
    for entry in table.moved():
        fits = by_amount.get(entry.amount_minor, ())
        if by_reference:
            fits = [record for record in fits if _share(entry, record)]
        near = _near(entry, fits)
        if not by_reference:
            near = [record for record in near if _days(entry, record) <= WINDOW_DAYS]
        pairs += [(entry, record) for record in near if table.may([entry], [record])]
    counts: dict[tuple[bool, int], int] = defaultdict(int)
    for entry, record in pairs:
        counts[True, entry.key] += 1
        counts[False, record.key] += 1
    pairs.sort(key=lambda p: (_days(*p), _order(p[0]), _order(p[1])))
    for entry, record in pairs:
        if entry.key in table.entries and record.key in table.records:
            others = max(counts[True, entry.key], counts[False, record.key]) - 1
            yield table.take([entry], [record], others)


def in_parts(table: Table, *, by_reference: bool, is_batch: bool) -> Iterator[Found]:
    """One entry that is the sum of several records (a batch), or one record of several entries.

    By reference: all that share one with it add up to it. Without: exactly one choice of two to
    five near it in time does; where several would, nothing is proposed.
    """
    searched = 0
    wholes = table.moved() if is_batch else list(table.records.values())
    for whole in wholes:
        if searched >= _MOST_SEARCHED:
            return
        parts = _parts_for(table, whole, is_batch=is_batch)
        if by_reference:
            chosen = [part for part in parts if _share(whole, part)]
            is_sum = len(chosen) > 1 and sum(p.amount_minor for p in chosen) == whole.amount_minor
            found = [chosen] if is_sum else []
        else:
            near = [p for p in _near(whole, parts) if _days(whole, p) <= WINDOW_DAYS]
            searched += len(near) > 1
            found = _sums(near, whole.amount_minor)
        if len(found) == 1:
            entries, records = ([whole], found[0]) if is_batch else (found[0], [whole])
            if table.may(entries, records):
                yield table.take(entries, records)


def _parts_for(table: Table, whole: Item, *, is_batch: bool) -> list[Item]:
    """Of the other side, what goes the same way and is smaller."""
    others = list(table.records.values()) if is_batch else table.moved()
    sign = 1 if whole.amount_minor > 0 else -1
    return [o for o in others if 0 < sign * o.amount_minor < sign * whole.amount_minor]


def _sums(parts: Sequence[Item], amount: int) -> list[list[Item]]:
    """Choices of parts that add up to an amount; two at most, for two are too many already."""
    found: list[list[Item]] = []
    for size in range(2, _MOST_PARTS + 1):
        for chosen in combinations(parts, size):
            if sum(part.amount_minor for part in chosen) == amount:
                found.append(list(chosen))
                if len(found) > 1:
                    return found
    return found


def of_openings(table: Table) -> Iterator[Found]:
    """The balance with which the first statement begins: all records before it, if they add up."""
    for opening in [item for item in table.entries.values() if item.is_opening]:
        before = [r for r in table.records.values() if r.on <= opening.on]
        is_sum = sum(r.amount_minor for r in before) == opening.amount_minor
        if before and is_sum and table.may([opening], before):
            yield table.take([opening], before)


def _near(item: Item, others: Sequence[Item]) -> list[Item]:
    """Of others, sorted by day, the nearest in time."""
    if len(others) <= _NEAREST:
        return list(others)
    at = bisect_left(others, item.on, key=lambda other: other.on)
    around = others[max(0, at - _NEAREST) : at + _NEAREST]
    return sorted(around, key=lambda o: (_days(item, o), _order(o)))[:_NEAREST]


def _share(one: Item, other: Item) -> bool:
    return not one.references.isdisjoint(other.references)


def _days(one: Item, other: Item) -> int:
    return abs((one.on - other.on).days)
