"""What has waited too long, and what ends soon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from konbit.dossier.reporting import occurrences
from konbit.dossier.tables.follow_up import CLOSED_STATES, FollowUp, ReportingCycle
from konbit.dossier.tables.fund import MONEY_STAGES, Contribution, ContributionEvent, Earmark
from konbit.dossier.tables.mandate import Ceiling
from konbit.dossier.tables.pledge import UNIT_STAGES, Agreement, UnitEvent
from konbit.dossier.unit_stages import states_on

if TYPE_CHECKING:
    from datetime import date

    from konbit.dossier import Dossier

AGEING_DAYS = 90
RENEWAL_DAYS = 60
_BEFORE_CASH = frozenset(MONEY_STAGES[: MONEY_STAGES.index("received")])

_BEFORE_ARRIVAL = frozenset(UNIT_STAGES[: UNIT_STAGES.index("arrived")])


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing to do something about.

    Attributes:
        code: which sentence says it.
        table: of the row it is about.
        key: of the row it is about.
        on: the day since which it waits, or on which it ends.
        days: since then, or until then.
        stage: the stage in which it waits; empty for what ends.
    """

    code: str
    table: str
    key: str
    on: date
    days: int
    stage: str = ""


def reminders(dossier: Dossier, today: date) -> tuple[Reminder, ...]:
    """Reminders of a day, the most pressing first: what ends, then what has waited longest."""
    known = dossier.known_on(today)
    ends = (*_ending(known, today), *_due(known, today), *_reports(known, today))
    ending = sorted(ends, key=lambda r: (r.on, r.table, r.key))
    waiting = sorted(
        (*_units(known, today), *_money(known, today)), key=lambda r: (-r.days, r.table, r.key)
    )
    return (*ending, *waiting)


def _ending(known: Dossier, today: date) -> list[Reminder]:
    soon = today + timedelta(days=RENEWAL_DAYS)
    ends = [("agreements", a.label, a.valid_until_on) for a in known.rows(Agreement)]
    ends += [("ceilings", c.label, c.until_on) for c in known.rows(Ceiling)]
    ends += [("earmarks", e.label, e.until_on) for e in known.rows(Earmark)]
    return [
        Reminder("reminder-ends", table, key, on, (on - today).days)
        for table, key, on in ends
        if on is not None and today <= on <= soon
    ]


def _due(known: Dossier, today: date) -> list[Reminder]:
    """What a mandate asks for by a day: soon, or past it and not closed."""
    soon = today + timedelta(days=RENEWAL_DAYS)
    found = []
    for row in known.rows(FollowUp):
        if row.due_on is None or row.due_on > soon or row.status in CLOSED_STATES:
            continue
        days = (row.due_on - today).days
        code = "reminder-due" if days >= 0 else "reminder-overdue"
        found.append(Reminder(code, "follow_ups", row.code, row.due_on, abs(days)))
    return found


def _reports(known: Dossier, today: date) -> list[Reminder]:
    """Reports that come again and again, the next of each; those with a follow-up stand there."""
    soon = today + timedelta(days=RENEWAL_DAYS + 1)
    kept = {(row.cycle, row.due_on) for row in known.rows(FollowUp)}
    found = []
    for row in known.rows(ReportingCycle):
        coming = (on for on in occurrences(row, soon) if on >= today)
        on = next(coming, None)
        if on is not None and (row.code, on) not in kept:
            found.append(Reminder("reminder-due", row.TABLE, row.code, on, (on - today).days))
    return found


def _units(known: Dossier, today: date) -> list[Reminder]:
    last: dict[str, date] = {}
    for event in known.rows(UnitEvent):
        if event.on <= today:
            last[event.offer] = max(event.on, last.get(event.offer, event.on))
    found = []
    for code, state in states_on(known, today).items():
        since = last.get(code, state.offer.known_since)
        days = (today - since).days
        if state.open_units and state.stage in _BEFORE_ARRIVAL and days >= AGEING_DAYS:
            found.append(Reminder("reminder-waits", "offers", code, since, days, state.stage))
    return found


def _money(known: Dossier, today: date) -> list[Reminder]:
    events: dict[str, list[ContributionEvent]] = {}
    for event in known.rows(ContributionEvent):
        if event.on <= today:
            events.setdefault(event.contribution, []).append(event)
    found = []
    for row in known.rows(Contribution):
        steps = sorted(events.get(row.code, []), key=lambda e: (e.on, e.code))
        if not steps or not {e.stage for e in steps} <= _BEFORE_CASH:
            continue
        days = (today - steps[-1].on).days
        if days >= AGEING_DAYS:
            stage = max((e.stage for e in steps), key=MONEY_STAGES.index)
            found.append(
                Reminder("reminder-waits", "contributions", row.code, steps[-1].on, days, stage)
            )
    return found
