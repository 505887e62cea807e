"""The two sides on the table, and the searches for what belongs together."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from datetime import timedelta
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from konbit.fund.banking.items import Item

Found = tuple[list[int], list[int], int]

WINDOW_DAYS = 10  # a payment takes some days to the bank, a receipt some days into the books
_NEAREST = 12  # of those that fit an item, so many are looked at: the nearest in time
_MOST_PARTS = 5
_MOST_SEARCHED = 300
_MOST_NAMED = 1_000


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
    alike: dict[tuple[int, str], list[Item]] = defaultdict(list)
    for record in table.records.values():
        for name in record.references if by_reference else ("",):
            alike[record.amount_minor, name].append(record)
    pairs = []
    for entry in table.moved():
        names = sorted(entry.references) if by_reference else ("",)
        near = _nearest(entry, [alike.get((entry.amount_minor, name), []) for name in names])
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
    records = list(table.records.values())
    wholes, others = (table.moved(), records) if is_batch else (records, table.moved())
    there = table.records if is_batch else table.entries
    named = _by_name(others) if by_reference else {}
    searched = 0
    for whole in wholes:
        around = _naming(whole, named) if by_reference else _within(whole, others)
        parts = [one for one in around if one.key in there and _is_part(one, whole)]
        if by_reference:
            is_sum = len(parts) > 1 and sum(p.amount_minor for p in parts) == whole.amount_minor
            found = [parts] if is_sum else []
        elif searched < _MOST_SEARCHED:
            searched += len(parts) > 1
            found = _sums(_nearest(whole, [parts]), whole.amount_minor)
        else:
            return
        if len(found) == 1:
            entries, chosen = ([whole], found[0]) if is_batch else (found[0], [whole])
            if table.may(entries, chosen):
                yield table.take(entries, chosen)


def _by_name(items: Iterable[Item]) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        for name in item.references:
            found[name].append(item)
    return found


def _naming(whole: Item, named: Mapping[str, list[Item]]) -> list[Item]:
    """All that share a reference with an item; none where there are too many to be one batch."""
    found = {one.key: one for name in whole.references for one in named.get(name, ())}
    return sorted(found.values(), key=_order) if len(found) <= _MOST_NAMED else []


def _within(item: Item, others: Sequence[Item]) -> Sequence[Item]:
    """Of others, sorted by day, those in the window around an item."""
    window = timedelta(days=WINDOW_DAYS)
    first = bisect_left(others, item.on - window, key=lambda other: other.on)
    after = bisect_right(others, item.on + window, key=lambda other: other.on)
    return others[first:after]


def _is_part(one: Item, whole: Item) -> bool:
    """Whether it goes the same way and is smaller."""
    sign = 1 if whole.amount_minor > 0 else -1
    return 0 < sign * one.amount_minor < sign * whole.amount_minor


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


def _nearest(item: Item, groups: Iterable[Sequence[Item]]) -> list[Item]:
    """Of groups of others, each sorted by day, the nearest to an item in time, each once."""
    found: dict[int, Item] = {}
    for others in groups:
        at = bisect_left(others, item.on, key=lambda other: other.on)
        found |= {one.key: one for one in others[max(0, at - _NEAREST) : at + _NEAREST]}
    return sorted(found.values(), key=lambda o: (_days(item, o), _order(o)))[:_NEAREST]


def _share(one: Item, other: Item) -> bool:
    return not one.references.isdisjoint(other.references)


def _days(one: Item, other: Item) -> int:
    return abs((one.on - other.on).days)
