"""Every pledge of a mission by the stage in which it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from konbit.dossier.money_stages import SHOWN_STAGES
from konbit.dossier.tables.fund import Contribution, ContributionEvent
from konbit.dossier.tables.pledge import UNIT_SIDE_STATES, UNIT_STAGES, UnitEvent
from konbit.dossier.unit_stages import states_on

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from konbit.dossier import Dossier
    from konbit.terms import Money


_Line = TypeVar("_Line")


@dataclass(frozen=True, slots=True)
class UnitLine:
    """An offer: units offered and still to come, people there, days since the last step."""

    key: str
    title: str
    contributor: str
    units: int
    persons: int
    coming: int
    deployed: int
    age_days: int


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """A contribution: the amount at its stage, none where it is not known or in kind."""

    key: str
    title: str
    donor: str
    amount: Money | None
    item: str
    age_days: int


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Pledges by stage; stages without a pledge are left out. Nothing is added up across stages."""

    units: tuple[tuple[str, tuple[UnitLine, ...]], ...]
    money: tuple[tuple[str, tuple[MoneyLine, ...]], ...]
    in_kind: tuple[tuple[str, tuple[MoneyLine, ...]], ...]

    @property
    def organisations(self) -> tuple[str, ...]:
        """Codes of those who pledged."""
        units = {line.contributor for _, lines in self.units for line in lines}
        money = {line.donor for _, lines in (*self.money, *self.in_kind) for line in lines}
        return tuple(sorted(units | money))

    @property
    def keys(self) -> frozenset[tuple[str, str]]:
        """Table and key of each pledge."""
        units = {("offers", line.key) for _, lines in self.units for line in lines}
        gifts = (*self.money, *self.in_kind)
        return frozenset(units | {("contributions", i.key) for _, lines in gifts for i in lines})

    def of(self, organisation: str) -> Pipeline:
        """Only what an organisation pledged."""
        units = _kept(self.units, lambda line: line.contributor == organisation)
        money = _kept(self.money, lambda line: line.donor == organisation)
        return Pipeline(units, money, _kept(self.in_kind, lambda line: line.donor == organisation))


def pipeline(dossier: Dossier, today: date) -> Pipeline:
    """The pipeline as known on a day."""
    known = dossier.known_on(today)
    money = _money(known, today, in_kind=False)
    in_kind = _money(known, today, in_kind=True)
    return Pipeline(_units(known, today), money, in_kind)


def _kept(
    stages: tuple[tuple[str, tuple[_Line, ...]], ...], keeps: Callable[[_Line], bool]
) -> tuple[tuple[str, tuple[_Line, ...]], ...]:
    kept = ((stage, tuple(line for line in lines if keeps(line))) for stage, lines in stages)
    return tuple((stage, lines) for stage, lines in kept if lines)


def _units(known: Dossier, today: date) -> tuple[tuple[str, tuple[UnitLine, ...]], ...]:
    last: dict[str, date] = {}
    for event in known.rows(UnitEvent):
        if event.on <= today:
            last[event.offer] = max(event.on, last.get(event.offer, event.on))
    found: dict[str, list[UnitLine]] = {}
    for code, state in states_on(known, today).items():
        offer = state.offer
        line = UnitLine(
            code,
            offer.title,
            offer.contributor,
            offer.unit_count,
            offer.unit_count * offer.strength_persons,
            state.open_units,
            state.deployed_persons,
            (today - last.get(code, offer.known_since)).days,
        )
        found.setdefault(state.stage, []).append(line)
    order = (*UNIT_STAGES, *UNIT_SIDE_STATES)
    return tuple((stage, tuple(found[stage])) for stage in order if stage in found)


def _money(
    known: Dossier, today: date, *, in_kind: bool
) -> tuple[tuple[str, tuple[MoneyLine, ...]], ...]:
    events: dict[str, list[ContributionEvent]] = {}
    for event in known.rows(ContributionEvent):
        if event.on <= today:
            events.setdefault(event.contribution, []).append(event)
    found: dict[str, list[MoneyLine]] = {}
    for row in known.rows(Contribution):
        if (row.instrument == "in_kind") != in_kind or row.code not in events:
            continue
        last = max(events[row.code], key=lambda e: (e.on, SHOWN_STAGES.index(_shown(e.stage))))
        line = MoneyLine(
            row.code, row.title, row.donor, last.amount, _item(row), (today - last.on).days
        )
        found.setdefault(_shown(last.stage), []).append(line)
    return tuple((stage, tuple(found[stage])) for stage in SHOWN_STAGES if stage in found)


def _shown(stage: str) -> str:
    """Money set free stands where it stood before it was frozen: with what was received."""
    return "received" if stage == "released" else stage


def _item(row: Contribution) -> str:
    parts = [str(row.quantity) if row.quantity else "", row.quantity_unit, row.item]
    return " ".join(part for part in parts if part)
