"""Who offers what: kinds of units, how many, how large, with what equipment."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING

from made_missions.frame import parts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

    from made_missions.frame import Frame

Range = tuple[int, int]
_MOST_UNITS = 10
_COMPANIES = (4, 6)
ENABLERS = (
    "armoured_mobility",
    "camp_services",
    "communications",
    "medevac_air",
    "medical_level2",
    "water_fuel",
)
COMBAT = ("formed_police", "infantry")
STAFF = ("command_staff", "engineering", "investigation", "logistics_staff")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of unit; `gives` is empty where a unit gives its people.

    A battalion is offered as its companies, which may stand at different posts.
    """

    capability: str
    component: str
    share: int
    strength: Range
    gives: Range | None = None
    service_share: float = 0.0
    tonnes_per_person: float = 0.3


KINDS = {
    "police": Kind("formed_police", "police", 30, (120, 180), tonnes_per_person=0.2),
    "company": Kind("infantry", "military", 20, (100, 200)),
    "battalion": Kind("infantry", "military", 7, (110, 170), tonnes_per_person=0.5),
    "investigators": Kind("investigation", "police", 5, (20, 60), tonnes_per_person=0.1),
    "engineers": Kind("engineering", "military", 6, (40, 150), tonnes_per_person=1.5),
    "logistics": Kind("logistics_staff", "military", 5, (30, 120)),
    "staff": Kind("command_staff", "civilian", 5, (15, 40), tonnes_per_person=0.1),
    "vehicles": Kind("armoured_mobility", "military", 6, (30, 80), (8, 16), 0.0, 2.0),
    "air": Kind("medevac_air", "military", 3, (40, 80), (1, 3), 0.3, 0.5),
    "hospital": Kind("medical_level2", "military", 3, (60, 90), (20, 20), 0.0, 1.5),
    "camp": Kind("camp_services", "civilian", 4, (30, 60), (1, 2), 0.5, 1.0),
    "water": Kind("water_fuel", "military", 4, (25, 60), (15, 40), 0.6, 1.5),
    "signals": Kind("communications", "military", 4, (20, 45), (1, 3), 0.6, 0.8),
}


@dataclass(frozen=True, slots=True)
class Unit:
    """Like units that one contributor offers; equipment as (needs, brings) by type."""

    code: str
    kind: str
    contributor: str
    count: int
    people: int
    gives: int
    further: Mapping[str, int]
    equipment: Mapping[str, tuple[int, int]]
    tonnes: int

    @property
    def capability(self) -> str:
        """The main capability."""
        return KINDS[self.kind].capability

    @property
    def is_service(self) -> bool:
        """Whether it comes without strength."""
        return self.people == 0


def draw_units(frame: Frame) -> list[Unit]:
    """Every offer, each kind at least once; the number of enabler units is set later."""
    rng = frame.stream("force")
    names = list(KINDS)
    more = parts(frame.size.offers - len(names), [KINDS[name].share for name in names])
    states = max(6, round(frame.size.offers * 0.45))
    found = []
    for name, extra in zip(names, more, strict=True):
        for number in range(1, extra + 2):
            contributor = f"C{rng.randint(1, states):03d}"
            found.append(_unit(frame, rng, f"{name}-{number:02d}", name, contributor))
    return found


def _unit(frame: Frame, rng: Random, code: str, name: str, contributor: str) -> Unit:
    kind = KINDS[name]
    people = rng.randint(*kind.strength)
    if name in {"police", "company", "battalion"}:
        people = people // 10 * 10
    service = rng.random() < kind.service_share
    gives = rng.randint(*kind.gives) if kind.gives else people
    count = rng.choice(frame.size.units_per_offer)
    if name == "battalion":
        count = rng.randint(*_COMPANIES)
    elif kind.capability in STAFF:
        count = min(3, count)
    further, equipment = _carried(rng, name, people, gives)
    tonnes = round(people * kind.tonnes_per_person)
    return Unit(
        code, name, contributor, count, 0 if service else people, gives, further, equipment, tonnes
    )


def _carried(
    rng: Random, name: str, people: int, gives: int
) -> tuple[dict[str, int], dict[str, tuple[int, int]]]:
    """Further capabilities and equipment: own carriers, or donated vehicles from the pool."""
    if name == "air":
        return {}, {"helicopter": (gives, gives)}
    if name == "hospital":
        return {}, {"hospital_level2": (1, 1)}
    if name == "vehicles":
        own = rng.random() < 0.6
        return {}, {"apc": (gives, gives)} if own else {"mrap": (gives, 0)}
    if name == "battalion":
        carriers = rng.randint(3, 5)
        brings = carriers if rng.random() < 0.6 else carriers - 1
        return {"armoured_mobility": carriers}, {"apc": (carriers, brings)}
    if name in {"police", "company"}:
        draw, some = rng.random(), max(2, people // 40)
        if draw < 0.4:
            return {"armoured_mobility": some}, {"apc": (some, some)}
        if draw < 0.75:
            return {"armoured_mobility": some}, {"mrap": (some, 0)}
    return {}, {}


def with_enablers(frame: Frame, units: list[Unit], needed: Mapping[str, int]) -> list[Unit]:
    """The number of enabler and staff units, so that a share of what is needed is offered.

    Args:
        frame: says how scarce enablers are.
        units: every offer.
        needed: the highest need by capability, all sites together.
    """
    rng = frame.stream("enablers")
    own: defaultdict[str, int] = defaultdict(int)
    offered: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        offered[unit.capability].append(unit)
        for capability, quantity in unit.further.items():
            # Not everybody who is offered can come, nor stand where its own things are needed.
            own[capability] += round(quantity * unit.count * 0.4)
    changed = {}
    for capability in (*ENABLERS, *STAFF):
        share = rng.uniform(*frame.severity.enablers) if capability in ENABLERS else 1.25
        wanted = needed[capability] * share
        each = (wanted - min(own[capability], wanted / 4)) / len(offered[capability])
        for unit in offered[capability]:
            # Where one contributor offers all there is, its teams are larger ones.
            gives = unit.gives
            if capability in ENABLERS and not unit.equipment:
                gives = max(gives, ceil(each / _MOST_UNITS))
            exact = each / gives
            count = round(exact) if share < 1 else ceil(exact)
            changed[unit.code] = replace(unit, gives=gives, count=min(_MOST_UNITS, max(1, count)))
    return [changed.get(unit.code, unit) for unit in units]


def people_of(units: list[Unit], needed: Mapping[str, int]) -> int:
    """People whom the whole need takes: those counted in persons, and crews of enablers."""
    total = sum(needed[c] for c in (*COMBAT, *STAFF))
    for capability in ENABLERS:
        same = [unit for unit in units if unit.capability == capability]
        gives = sum(unit.gives * unit.count for unit in same)
        people = sum(unit.people * unit.count for unit in same)
        total += round(people * min(1.0, needed[capability] / max(1, gives)))
    return total
