"""Shocks to ways and places: a lift closed, a camp, a site or an offer that comes later."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from konbit.dossier.replay import Effect
from konbit.dossier.tables.pledge import Offer
from konbit.dossier.tables.requirement import (
    BuildingOption,
    Lift,
    LiftInterruption,
    Site,
    SiteCapacity,
)
from konbit.planner.months import holds
from konbit.planner.readiness import Events, lead_months
from konbit.planner.shock.edits import nothing
from konbit.terms import Month

if TYPE_CHECKING:
    from datetime import date

    from konbit.dossier.shocks import Close, Delay
    from konbit.planner.shock.edits import Edits

_LONGEST_LEAD = 60  # the most months that the column takes


def close(edits: Edits, shock: Close) -> Effect:
    """Close a lift: an interruption that loses all of it.

    Raises:
        WrongShockError: there is no such lift, or it runs in none of the months.
    """
    lift = edits.named(shock.lift, Lift)
    month = edits.month(shock.from_month)
    until = month + shock.months
    if not any(month <= m < until and holds(lift.from_on, lift.until_on, m) for m in edits.months):
        raise nothing(lift.code, "lift")
    edits.add(
        LiftInterruption(
            code=f"SHOCK-{lift.code}-{month}"[:64],
            lift=lift.code,
            title=f"Closed from {month}, for {shock.months} months",
            from_on=month.first_on,
            until_on=until.first_on,
            share_lost=Decimal(1),
            **edits.stated(f"Closed from {month} to {until}"),
        )
    )
    return Effect(shock, month)


def delay(edits: Edits, shock: Delay) -> Effect:
    """Delay a building option, a site with all that is built there, or an offer.

    Raises:
        WrongShockError: there is none of this code, or nothing of it is still to come.
    """
    row = edits.named(shock.subject, BuildingOption, Site, Offer)
    if isinstance(row, BuildingOption):
        _option(edits, row, shock.months)
    elif isinstance(row, Site):
        _site(edits, row, shock.months)
    elif isinstance(row, Offer):
        _offer(edits, row, shock.months)
    return Effect(shock, edits.months[0])


def _why(months: int) -> str:
    return f"Delayed by {months} months"


def _option(edits: Edits, row: BuildingOption, months: int) -> None:
    lead = min(_LONGEST_LEAD, row.lead_time_months + months)
    edits.change(row, _why(months), lead_time_months=lead)


def _site(edits: Edits, site: Site, months: int) -> None:
    """Everything still to come at a site comes later: its first day, more room, what may be built.

    Room on a day is then the smaller of what it was to be, and what it was to be that many months
    before: what was to shrink shrinks on its day.
    """
    as_of = edits.setting.as_of_on
    known = edits.known()
    changed = False
    if site.available_from_on is not None and site.available_from_on > as_of:
        later = _later(site.available_from_on, months)
        edits.change(site, _why(months), available_from_on=later)
        changed = True
    rows = sorted(
        (row for row in known.rows(SiteCapacity) if row.site == site.code), key=lambda r: r.from_on
    )

    def room(on: date) -> int:
        newest = [row.capacity_persons for row in rows if row.from_on <= on]
        return newest[-1] if newest else site.capacity_persons

    there = room(as_of)
    coming = [row for row in rows if row.from_on > as_of]
    by_day = {row.from_on: row for row in coming}
    late = {_later(day, months): day for day in by_day}
    now = there
    for day in sorted({*by_day, *late}):
        begun = [first for last, first in late.items() if last <= day]
        least = min(room(day), room(max(begun)) if begun else there)
        if day in by_day and least != by_day[day].capacity_persons:
            edits.change(by_day[day], _why(months), capacity_persons=least)
            changed = True
        elif day not in by_day and least != now:
            edits.add(
                SiteCapacity(
                    site=site.code,
                    from_on=day,
                    capacity_persons=least,
                    **edits.stated(_why(months)),
                )
            )
        now = least
    for option in known.rows(BuildingOption):
        if option.site == site.code:
            _option(edits, option, months)
            changed = True
    if not changed:
        raise nothing(site.code, "delay")


def _offer(edits: Edits, offer: Offer, months: int) -> None:
    """Units still to come arrive that many months after the first month in which they could."""
    known = edits.known()
    standing = Events(known, edits.setting.as_of_on).standing(offer)
    if not standing.candidates:
        raise nothing(offer.code, "delay")
    ready = edits.months[0] + max(0, lead_months(known, standing.stage, offer.rapid) - 1)
    day = offer.available_from_on
    if day is not None:
        ready = max(ready, Month.of(day) + (0 if day.day == 1 else 1))
    late = (ready + months).first_on
    if offer.available_until_on is not None and late >= offer.available_until_on:
        # It would come only after its last day; a period may not end before it begins.
        late = offer.available_until_on - timedelta(days=1)
    edits.change(offer, _why(months), available_from_on=late)


def _later(day: date, months: int) -> date:
    """The first day of the month, from which the day counts, that many months later."""
    month = Month.of(day) + (0 if day.day == 1 else 1)
    return (month + months).first_on
