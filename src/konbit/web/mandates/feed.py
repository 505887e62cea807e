"""A mission's calendar as iCalendar (RFC 5545): whole days, the same rows the same bytes."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from icalendar import Calendar, Event

if TYPE_CHECKING:
    from collections.abc import Iterable

    from konbit.web.mandates.due import Due
    from konbit.web.words import PageWords


def icalendar_of(mission: str, dues: Iterable[Due], words: PageWords, address: str) -> bytes:
    """A calendar with one event for each thing that falls due.

    Args:
        mission: code of the mission.
        dues: what falls due.
        words: of the reader.
        address: of the mission's record; each event leads to its row there.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Konbit//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"Konbit {mission}")
    for due in dues:
        event = Event()
        named = f"{mission}/{due.table}/{due.key}/{due.on}"
        event.add("uid", f"{hashlib.sha256(named.encode()).hexdigest()[:32]}@konbit")
        # A stamp is asked for by the standard; the day itself changes only when the event does.
        event.add("dtstamp", datetime(due.on.year, due.on.month, due.on.day, tzinfo=UTC))
        event.add("dtstart", due.on)
        event.add("dtend", due.on + timedelta(days=1))
        event.add("summary", f"{words.say(f'due-{due.kind}')}: {due.title}")
        state = words.say("due-closed" if due.is_closed else "due-open")
        event.add("description", "\n".join(filter(None, (due.key, due.owner, state))))
        event.add("url", f"{address}tables/{due.table}/row/{due.key}")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
