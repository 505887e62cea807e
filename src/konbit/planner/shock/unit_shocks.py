"""A shock to units: an offer withdrawn, in whole or in part."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from konbit.dossier.columns import columns_of
from konbit.dossier.facts import Fact
from konbit.dossier.registry import TABLES
from konbit.dossier.replay import Effect
from konbit.dossier.tables.pledge import UNIT_STAGES, Offer, UnitEvent
from konbit.planner.readiness import Events
from konbit.planner.shock.edits import WrongShockError, nothing
from konbit.terms import Severity
from konbit.terms.finding import finding

if TYPE_CHECKING:
    from konbit.dossier.shocks import Withdraw
    from konbit.planner.readiness import Standing
    from konbit.planner.shock.edits import Edits
    from konbit.terms import Month

F = TypeVar("F", bound=Fact)

_MARK = ".W"


def withdraw(edits: Edits, shock: Withdraw) -> Effect:
    """Withdraw units: those still to come first, then those present.

    A whole offer gets a last day. Of a part, those still to come that go at once are an event; else
    the offer is split into two that are alike, of which one has a last day.

    Raises:
        WrongShockError: there is no such offer, it has no units left, or fewer than asked for.
    """
    offer = edits.named(shock.offer, Offer)
    month = edits.month(shock.from_month)
    standing = Events(edits.known(), edits.setting.as_of_on).standing(offer)
    there = sum(units for units, _ in standing.opening.values())
    left = standing.candidates + there
    if not left:
        raise nothing(offer.code, "units")
    units = left if shock.units is None else shock.units
    if not 0 < units <= left:
        raise WrongShockError(
            finding(
                "shock-too-many-units",
                Severity.ERROR,
                Offer.TABLE,
                offer.code,
                units=left,
                asked=units,
            )
        )
    if units == left:
        _last_day(edits, offer, month)
    elif units <= standing.candidates and month == edits.months[0]:
        edits.add(_event(edits, offer.code, "withdrawn", units, month))
    else:
        _split(edits, offer, standing, units, month)
    return Effect(shock, month, units=units)


def _why(month: Month) -> str:
    return f"Withdrawn from {month}"


def _last_day(edits: Edits, offer: Offer, month: Month) -> None:
    """Let an offer end with the first day of a month, or sooner if it ends sooner anyway."""
    day = month.first_on
    if offer.available_until_on is not None:
        day = min(day, offer.available_until_on)
    cells: dict[str, Any] = {"available_until_on": day}
    if offer.available_from_on is not None and offer.available_from_on >= day:
        # It was to come only after it is withdrawn; a period may not end before it begins.
        cells["available_from_on"] = day - timedelta(days=1)
    edits.change(offer, _why(month), **cells)


def _event(
    edits: Edits, offer: str, stage: str, units: int, month: Month, **more: Any
) -> UnitEvent:
    """An event of the as-of day."""
    place = f"-{more['site']}" if more.get("site") else ""
    return UnitEvent(
        code=f"SHOCK-{offer}-{stage}{place}"[:64],
        offer=offer,
        stage=stage,
        units=units,
        on=edits.setting.as_of_on,
        **more,
        **edits.stated(_why(month)),
    )


def _split(edits: Edits, offer: Offer, standing: Standing, units: int, month: Month) -> None:
    """Part the units that are withdrawn from the rest: two offers that are alike in all else."""
    code = f"{offer.code[: 64 - len(_MARK)]}{_MARK}"
    edits.split[code] = offer.code
    coming = min(units, standing.candidates)
    twin = dataclasses.replace(
        offer,
        code=code,
        unit_count=units,
        **edits.stated(f"The units of {offer.code} that are withdrawn"),
    )
    edits.add(twin)
    _copy_rows(edits, offer.code, code, units)
    if coming:
        edits.add(_event(edits, offer.code, "withdrawn", coming, month))
    going = units - coming
    for site, (there, people) in standing.opening.items():
        moved = min(going, there)
        if moved:
            who = {"strength_persons": people * moved // there, "site": site}
            edits.add(_event(edits, offer.code, "departed", moved, month, **who))
            edits.add(_event(edits, code, "arrived", moved, month, **who))
        going -= moved
    _last_day(edits, twin, month)


def _copy_rows(edits: Edits, old: str, new: str, units: int) -> None:
    """What else the dossier says of the offer, said of its twin; of its events, its readiness."""
    known = edits.known()
    for table in TABLES:
        naming = [c.name for c in columns_of(table) if "offers" in c.refers_to]
        if table is UnitEvent or not issubclass(table, Fact):
            continue
        for row in known.rows(table):
            named = [name for name in naming if getattr(row, name) == old]
            if named and "replaces" not in named:
                edits.add(_twin(row, **dict.fromkeys(named, new)))
    reached = {
        event.stage: event
        for event in sorted(known.rows(UnitEvent), key=lambda e: e.on, reverse=True)
        if event.offer == old and event.stage in UNIT_STAGES[: UNIT_STAGES.index("arrived")]
    }
    for event in reached.values():
        edits.add(_twin(event, offer=new, units=units, strength_persons=None))


def _twin(row: F, **cells: Any) -> F:
    if "code" in type(row).KEY:
        cells["code"] = f"{row.key[0][: 64 - len(_MARK)]}{_MARK}"
    return dataclasses.replace(row, **cells)
