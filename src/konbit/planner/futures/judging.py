"""From futures tried one by one to what they say together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.dossier.futures import Band, Decision, Future, FutureEvent, Measure, UnitChance
from konbit.dossier.plan import FULL
from konbit.planner.futures import statistics
from konbit.terms import Money

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from konbit.planner.futures.first_stage import FirstStage
    from konbit.planner.futures.happening import Happening
    from konbit.planner.futures.trying import Tried
    from konbit.terms import Month

    Points = Sequence[int]

_MONEY = frozenset({"received", "new", "frozen", "released"})
_WITHOUT_MONTH = frozenset({"stays_away"})


def future_rows(tried: Sequence[Tried], cash: int, expected: int) -> tuple[Future, ...]:
    """A row for every future; `cash` and `expected` say which first stage is which."""
    return tuple(
        Future(
            future=one.number,
            covered_points=one.reached[0].points,
            bound_points=one.reached[0].bound_points,
            cash_points=one.reached[cash].points,
            expected_points=one.reached[expected].points,
            unearmarked_points=one.unearmarked.points,
            known_points=max(one.free_points, one.reached[0].points),
            undone_persons=one.reached[0].undone_persons,
        )
        for one in tried
    )


def measures(
    rows: Sequence[Future], needed: int, promised_cash: int, promised_expected: int
) -> tuple[Measure, ...]:
    """The figures over all futures, in the order in which they are told."""

    def all_of(name: str) -> list[int]:
        return [getattr(row, name) for row in rows]

    covered, cash, expected = map(all_of, ("covered_points", "cash_points", "expected_points"))
    bound, known, free = map(all_of, ("bound_points", "known_points", "unearmarked_points"))

    def row(name: str, points: int, half: int | None = None) -> Measure:
        share = points * FULL // needed if needed else 0
        low, high = (None, None) if half is None else (points - half, points + half)
        return Measure(measure=name, points=points, share=share, low_points=low, high_points=high)

    def average(name: str, values: Points) -> Measure:
        return row(name, statistics.mean(values), statistics.half_width(values))

    def gain(name: str, more: Points, less: Points) -> Measure:
        return average(name, [a - b for a, b in zip(more, less, strict=True)])

    return (
        average("mean", covered),
        row("worst_tenth", statistics.worst_tenth(covered)),
        row("best_tenth", statistics.best_tenth(covered)),
        gain("gap", bound, covered),
        row("promise_cash", promised_cash),
        average("mean_cash", cash),
        row("worst_cash", statistics.worst_tenth(cash)),
        gain("gain_cash", covered, cash),
        row("promise_expected", promised_expected),
        average("mean_expected", expected),
        row("worst_expected", statistics.worst_tenth(expected)),
        gain("gain_expected", covered, expected),
        average("known_at_most", known),
        average("unearmarked", free),
        gain("earmark_cost", free, covered),
    )


def decision_rows(first: FirstStage, months: Sequence[Month]) -> tuple[Decision, ...]:
    """What is decided now."""
    rows = (
        Decision(kind=kind, subject=subject, site=site, month=str(months[t]), units=count)
        for (kind, subject, site, t), count in first.counts.items()
    )
    return tuple(sorted(rows, key=lambda row: row.key))


def event_rows(
    tried: Sequence[Tried], months: Sequence[Month], currency: str
) -> tuple[FutureEvent, ...]:
    """What happens, future by future."""
    return tuple(
        _event(one.number, number, it, months[0], currency)
        for one in tried
        for number, it in enumerate(one.happenings)
    )


def _event(future: int, number: int, it: Happening, first: Month, currency: str) -> FutureEvent:
    return FutureEvent(
        future=future,
        number=number,
        kind=it.kind,
        subject=it.subject,
        month="" if it.kind in _WITHOUT_MONTH else str(first + it.month),
        until_month=str(first + it.until) if it.until else "",
        amount=Money(it.amount_minor, currency) if it.kind in _MONEY else None,
        units=it.units,
    )


def band_rows(
    tried: Sequence[Tried], months: Sequence[Month], needed: Sequence[int], currency: str
) -> tuple[Band, ...]:
    """Months over all futures; `needed` is what is needed in each, in points."""

    def tenths(values: Callable[[Tried], int]) -> tuple[int, int, int]:
        all_values = [values(one) for one in tried]
        low, middle, high = (statistics.tenth(all_values, n) for n in (1, 5, 9))
        return low, middle, high

    rows = []
    for t, month in enumerate(months):
        persons = tenths(lambda one, t=t: one.persons[t])  # type: ignore[misc] # t is bound now
        covered = tenths(lambda one, t=t: one.coverage[t])  # type: ignore[misc] # t is bound now
        cash = tenths(lambda one, t=t: one.cash_minor[t])  # type: ignore[misc] # t is bound now
        shares = [points * FULL // needed[t] if needed[t] else 0 for points in covered]
        rows.append(
            Band(
                month=str(month),
                low_persons=persons[0],
                middle_persons=persons[1],
                high_persons=persons[2],
                low_share=shares[0],
                middle_share=shares[1],
                high_share=shares[2],
                low_cash=Money(cash[0], currency),
                middle_cash=Money(cash[1], currency),
                high_cash=Money(cash[2], currency),
            )
        )
    return tuple(rows)


def unit_rows(tried: Sequence[Tried], months: Sequence[Month]) -> tuple[UnitChance, ...]:
    """How likely each offer has units there, month by month."""
    return tuple(_units(tried, months))


def _units(tried: Sequence[Tried], months: Sequence[Month]) -> Iterator[UnitChance]:
    offers = sorted({offer for one in tried for offer in one.units})
    none = (0,) * len(months)
    for offer in offers:
        there = [_of(one.units, offer, none) for one in tried]
        for t, month in enumerate(months):
            counts = [units[t] for units in there]
            yield UnitChance(
                offer=offer,
                month=str(month),
                share=sum(count > 0 for count in counts) * FULL // len(counts),
                mean_units=sum(counts) * 100 // len(counts),
            )


def _of(units: Mapping[str, tuple[int, ...]], offer: str, none: tuple[int, ...]) -> tuple[int, ...]:
    return units.get(offer, none)
