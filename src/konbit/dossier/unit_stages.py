"""What became of offers by a day: stages, units and people. Pure questions, no planning.

Every question is answered from what was known on the day asked about. For the months of the record
the state on an earlier day is seen with the knowledge of the as-of day. Counts that a source gets
wrong (more departures than arrivals) are held at nought here and reported by the checks.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from konbit.dossier.plan import HeadCount
from konbit.dossier.tables.mandate import Ceiling
from konbit.dossier.tables.pledge import UNIT_SIDE_STATES, UNIT_STAGES, Offer, UnitEvent
from konbit.dossier.tables.requirement import Capability, Phase, Requirement
from konbit.terms import Month, Period, months_between

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from konbit.dossier.dossier import Dossier

_AGREED = UNIT_STAGES.index("agreed")
_READY_STAGES = UNIT_STAGES[_AGREED:-1]
_LEAVING = frozenset({"departed", *UNIT_SIDE_STATES})
_COMPONENTS_OF: Mapping[str, frozenset[str]] = {
    "total": frozenset({"military", "police", "civilian"}),
    "uniformed": frozenset({"military", "police"}),
}


@dataclass(frozen=True, slots=True)
class Present:
    """Units and people that stand at a site; an empty site where no event names one."""

    units: int
    persons: int


@dataclass(frozen=True, slots=True)
class OfferState:
    """An offer on a day.

    Attributes:
        offer: the offer.
        stage: the most advanced stage reached; a side state or `departed` when no unit is left.
        units: units that reached each stage, by stage, side states included.
        present: units and people in the mission by site.
    """

    offer: Offer
    stage: str
    units: Mapping[str, int]
    present: Mapping[str, Present]

    @property
    def deployed_units(self) -> int:
        """Units that arrived and have not departed."""
        return sum(at.units for at in self.present.values())

    @property
    def deployed_persons(self) -> int:
        """People in the mission; none for a service."""
        return sum(at.persons for at in self.present.values())

    @property
    def open_units(self) -> int:
        """Units that may still come: neither arrived, withdrawn nor lapsed."""
        gone = self.units["arrived"] + self.units["withdrawn"] + self.units["lapsed"]
        return max(0, self.offer.unit_count - gone)

    @property
    def ready_units(self) -> int:
        """Units deployed, and units that may still come and for which an agreement is signed."""
        reached = max(self.units[stage] for stage in _READY_STAGES)
        coming = max(0, reached - self.units["arrived"])
        return self.deployed_units + min(coming, self.open_units)

    @property
    def ready_persons(self) -> int:
        """People of the units that are ready, those deployed included."""
        return self.deployed_persons + self._persons(self.ready_units - self.deployed_units)

    @property
    def offered_persons(self) -> int:
        """People of the units that are offered and not gone, those deployed included."""
        return self.deployed_persons + self._persons(self.open_units)

    def _persons(self, units: int) -> int:
        return 0 if self.offer.kind == "service" else units * self.offer.strength_persons


def stage_on(dossier: Dossier, offer: str, on: date) -> str:
    """The most advanced stage that an offer has reached by a day; `offered` without events.

    When no unit is left, the last thing that happened: `departed`, `withdrawn` or `lapsed`.

    Raises:
        KeyError: no such offer is known on the day.
    """
    return states_on(dossier, on)[offer].stage


def states_on(dossier: Dossier, on: date) -> dict[str, OfferState]:
    """The state of every offer known on a day, by the offer's code."""
    return _states(dossier.known_on(on), on)


def deployed_persons(dossier: Dossier, on: date) -> int:
    """People in the mission on a day, as known that day."""
    return sum(state.deployed_persons for state in states_on(dossier, on).values())


def ready_persons(dossier: Dossier, on: date) -> int:
    """People of units with a signed agreement or more, those deployed included."""
    return sum(state.ready_persons for state in states_on(dossier, on).values())


def offered_persons(dossier: Dossier, on: date) -> int:
    """People offered and neither gone, withdrawn nor lapsed, those deployed included."""
    return sum(state.offered_persons for state in states_on(dossier, on).values())


def persons_by_component(
    states: Iterable[OfferState], count: Callable[[OfferState], int]
) -> dict[str, int]:
    """People by component of the offer; `count` is the question asked of each offer's state."""
    found: dict[str, int] = defaultdict(int)
    for state in states:
        found[state.offer.component] += count(state)
    return dict(found)


def people_of(event: UnitEvent, offer: Offer) -> int:
    """People concerned by an event: as it says, else its units at the offer's strength."""
    if offer.kind == "service":
        return 0
    if event.strength_persons is not None:
        return event.strength_persons
    return event.units * offer.strength_persons


def components_under(ceiling: str) -> frozenset[str]:
    """The components of offers that count under a ceiling: `uniformed` is military and police."""
    return _COMPONENTS_OF.get(ceiling, frozenset({ceiling}))


def ceiling_persons(dossier: Dossier, on: date) -> int | None:
    """People allowed on a day: the `total` ceiling, or else the sum of the components'.

    Military and police ceilings are left out of the sum beside one for all uniformed people. Where
    two ceilings of a component hold, the lower counts. `None` when none holds.
    """
    return _ceiling(dossier.known_on(on), on)


def required_persons(dossier: Dossier, on: date) -> int:
    """Sum of the requirements measured in persons whose phase holds on a day."""
    return _required(dossier.known_on(on), on)


def record_headcounts(dossier: Dossier, on: date) -> tuple[HeadCount, ...]:
    """The head-counts of the record, by month, from the first arrival to the as-of month.

    Each is the state at the month's last day, that of the last month on the as-of day, all from
    what is known on the as-of day. Without arrivals only the as-of month is given. How many people
    were effective is not known for the past.
    """
    view = dossier.known_on(on)
    arrivals = [e.on for e in view.rows(UnitEvent) if e.stage == "arrived" and e.on <= on]
    first = Month.of(min(arrivals, default=on))
    months = months_between(first, Month.of(on) + 1)
    return tuple(_headcount(view, month, min(month.last_on, on)) for month in months)


def _headcount(view: Dossier, month: Month, on: date) -> HeadCount:
    states = _states(view, on).values()
    return HeadCount(
        month=str(month),
        kind="record",
        ceiling_persons=_ceiling(view, on),
        required_persons=_required(view, on),
        offered_persons=sum(state.offered_persons for state in states),
        ready_persons=sum(state.ready_persons for state in states),
        deployed_persons=sum(state.deployed_persons for state in states),
        effective_persons=None,
    )


def _ceiling(view: Dossier, on: date) -> int | None:
    lowest: dict[str, int] = {}
    for row in view.rows(Ceiling):
        if on in Period(row.from_on, row.until_on):
            strength = row.strength_persons
            lowest[row.component] = min(strength, lowest.get(row.component, strength))
    if not lowest:
        return None
    if "total" in lowest:
        return lowest["total"]
    inside = components_under("uniformed") if "uniformed" in lowest else frozenset()
    return sum(strength for component, strength in lowest.items() if component not in inside)


def _required(view: Dossier, on: date) -> int:
    in_persons = {c.code for c in view.rows(Capability) if c.is_in_persons}
    phases = {p.code for p in view.rows(Phase) if on in Period(p.from_on, p.until_on)}
    return sum(
        row.quantity
        for row in view.rows(Requirement)
        if row.capability in in_persons and (not row.phase or row.phase in phases)
    )


def _states(view: Dossier, on: date) -> dict[str, OfferState]:
    """States on a day of the offers of the view that were known, or had an event, by then."""
    events: dict[str, list[UnitEvent]] = defaultdict(list)
    for event in sorted(view.rows(UnitEvent), key=lambda e: (e.on, e.code)):
        if event.on <= on:
            events[event.offer].append(event)
    return {
        offer.code: _state(offer, events[offer.code])
        for offer in view.rows(Offer)
        if offer.known_since <= on or offer.code in events
    }


def _state(offer: Offer, events: list[UnitEvent]) -> OfferState:
    units = dict.fromkeys((*UNIT_STAGES, *UNIT_SIDE_STATES), 0)
    for event in events:
        units[event.stage] += event.units
    state = OfferState(offer, _stage(events), units, _present(offer, events))
    is_gone = bool(events) and state.deployed_units == 0 and state.open_units == 0
    if is_gone:
        last = [e.stage for e in events if e.stage in _LEAVING]
        return dataclasses.replace(state, stage=last[-1] if last else state.stage)
    return state


def _stage(events: list[UnitEvent]) -> str:
    reached = [e.stage for e in events if e.stage in UNIT_STAGES[:-1]]
    return max(reached, key=UNIT_STAGES.index, default=UNIT_STAGES[0])


def _present(offer: Offer, events: list[UnitEvent]) -> dict[str, Present]:
    """Arrived less departed by site, arrivals first, so that a relief on one day is no gap."""
    there: dict[str, Present] = {}
    for event in events:
        if event.stage == "arrived":
            at = there.get(event.site, Present(0, 0))
            there[event.site] = Present(
                at.units + event.units, at.persons + people_of(event, offer)
            )
    for event in events:
        if event.stage == "departed":
            _take_away(there, event.site, Present(event.units, people_of(event, offer)))
    return {site: at for site, at in sorted(there.items()) if at.units or at.persons}


def _take_away(there: dict[str, Present], site: str, leaving: Present) -> None:
    """Take from the site named first, then from the offer's others in order of code."""
    for place in sorted(there, key=lambda code: (code != site, code)):
        at = there[place]
        gone = Present(min(at.units, leaving.units), min(at.persons, leaving.persons))
        there[place] = Present(at.units - gone.units, at.persons - gone.persons)
        leaving = Present(leaving.units - gone.units, leaving.persons - gone.persons)
