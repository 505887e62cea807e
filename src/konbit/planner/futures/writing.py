"""A future written into its dossier: ordinary rows, known on the as-of day.

So a future has no laws of its own: what it allows is what the planner reads from its rows, and a
plan for it is checked as any other.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from konbit.dossier import Dossier
from konbit.dossier.plan import FULL
from konbit.dossier.tables.fund import ContributionEvent
from konbit.dossier.tables.pledge import Offer, UnitEvent
from konbit.dossier.tables.requirement import LiftInterruption
from konbit.terms import Money

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from konbit.dossier import Row
    from konbit.planner.futures.happening import Happening
    from konbit.planner.world import World

_STAGES = {"received": "received", "new": "received", "frozen": "frozen", "released": "released"}


def written(dossier: Dossier, world: World, happenings: Iterable[Happening]) -> Dossier:
    """A dossier with a future written into it.

    Args:
        dossier: with the edits of the scenario made, and none left to make over what changes here.
        world: the world of its rows.
        happenings: what happens.
    """
    added: defaultdict[type[Row], list[Row]] = defaultdict(list)
    offers = {offer.code: offer for offer in dossier.rows(Offer)}
    for number, it in enumerate(happenings):
        code = f"future-{number}"
        if it.kind in _STAGES:
            added[ContributionEvent].append(_money(world, it, code))
        elif it.kind == "stays_away":
            added[UnitEvent].append(_away(world, it, code))
        elif it.kind == "lift_lost":
            added[LiftInterruption].append(_lost(world, it, code))
        else:
            offers[it.subject] = _moved(world, offers[it.subject], it)
    tables = {**dossier.tables, Offer: tuple(offers.values())}
    for table, rows in added.items():
        tables[table] = tuple(sorted((*dossier.rows(table), *rows), key=lambda row: row.key))
    return Dossier(tables)


def _fact(on: date) -> dict[str, Any]:
    return {
        "source": "A future drawn from the priors of this dossier",
        "source_on": on,
        "confidence": "assumption",
        "basis": "Drawn by chance; see the table priors",
    }


def _money(world: World, it: Happening, code: str) -> ContributionEvent:
    return ContributionEvent(
        code=code,
        contribution=it.subject,
        stage=_STAGES[it.kind],
        on=(world.months[0] + it.month).first_on,
        amount=Money(it.amount_minor, world.dossier.mission.currency),
        **_fact(world.as_of_on),
    )


def _away(world: World, it: Happening, code: str) -> UnitEvent:
    on = world.as_of_on
    return UnitEvent(
        code=code, offer=it.subject, stage="withdrawn", on=on, units=it.units, **_fact(on)
    )


def _lost(world: World, it: Happening, code: str) -> LiftInterruption:
    first = world.months[0]
    return LiftInterruption(
        code=code,
        lift=it.subject,
        title="Lost in a future",
        from_on=(first + it.month).first_on,
        until_on=(first + it.until).first_on,
        share_lost=Decimal(it.share) / FULL,
        **_fact(world.as_of_on),
    )


def _moved(world: World, offer: Offer, it: Happening) -> Offer:
    """An offer that comes later, or ends.

    Who withdraws in month τ sends nobody from then on, and who is there completes the minimum stay
    m. A unit that started in τ - 1 at the latest is gone by τ + m - 1, and a start in τ or later
    could not complete its stay before that month: the day from which nobody is there says it all.
    """
    first = world.months[0]
    if it.kind == "late":
        return replace(offer, available_from_on=(first + it.month).first_on)
    ends = (first + it.month + max(0, world.minimum_stay - 1)).first_on
    return replace(offer, available_until_on=min(ends, offer.available_until_on or ends))
