"""Two plans measure by measure: before, after, and the difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.briefing import reckoning
from konbit.briefing.page import cell
from konbit.terms import Money

if TYPE_CHECKING:
    from collections.abc import Callable

    from konbit.briefing.names import Names
    from konbit.briefing.page import Cell
    from konbit.briefing.words import Words
    from konbit.dossier.plan import Plan


def measures(before: Plan, after: Plan, names: Names, words: Words) -> list[tuple[Cell, ...]]:
    """Coverage, people, presence and cost of two plans. Payers are not added to a budget."""
    return [
        _row(
            words.say("row-coverage"),
            shown(reckoning.coverage_share(before)),
            shown(reckoning.coverage_share(after)),
            words.share,
        ),
        _row(
            words.say("row-coverage-last"),
            shown(reckoning.coverage_in(before, str(before.until_month + -1)) or 0),
            shown(reckoning.coverage_in(after, str(after.until_month + -1)) or 0),
            words.share,
        ),
        *(_people(words, name, before, after) for name in ("deployed", "effective")),
        _row(
            words.say("replay-row-unit-months"),
            sum(row.units for row in before.presence),
            sum(row.units for row in after.presence),
            words.number,
        ),
        *_money(before, after, names, words),
    ]


def shown(share: int) -> int:
    """A share as it is written, cut to tenths of a per cent, so that differences add up."""
    return share // 10 * 10


def _row(name: str, before: int, after: int, write: Callable[[int], str]) -> tuple[Cell, ...]:
    return (cell(name), cell(write(before)), cell(write(after)), cell(write(after - before)))


def _people(words: Words, name: str, before: Plan, after: Plan) -> tuple[Cell, ...]:
    def last(plan: Plan) -> int:
        rows = reckoning.planned(plan)
        count: int | None = getattr(rows[-1], f"{name}_persons") if rows else None
        return count or 0

    return _row(words.say(f"row-{name}-last"), last(before), last(after), words.number)


def _money(before: Plan, after: Plan, names: Names, words: Words) -> list[tuple[Cell, ...]]:
    nothing = Money(0, after.currency)

    def row(name: str, old: Money, new: Money) -> tuple[Cell, ...]:
        amounts = (old, new, new - old)
        return (cell(name), *(cell(words.money(amount)) for amount in amounts))

    by_before, by_after = reckoning.cost_by(before, "payer"), reckoning.cost_by(after, "payer")
    rows = [row(words.say("row-cost"), reckoning.cost(before), reckoning.cost(after))]
    rows += [
        row(
            words.say("row-cost-payer", payer=names.payer(payer)),
            by_before.get(payer, nothing),
            by_after.get(payer, nothing),
        )
        for payer in sorted({*by_before, *by_after})
    ]
    return rows
