"""Where the mission stands and what it needs there: sites, phases, requirements, camps."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from konbit.dossier.tables import mandate, requirement
from made_missions.force import COMBAT, ENABLERS
from made_missions.frame import FACT, PRICE, month_on, parts, usd

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

    from konbit.dossier import Row
    from made_missions.force import Unit
    from made_missions.frame import Frame, Size

PHASES = ("entry", "expansion", "stabilisation")
SHARE_OF_PHASE = (0.5, 0.8, 1.0)
MAIN = "BASE-01"


@dataclass(frozen=True, slots=True)
class Place:
    """A site: the phase in which it opens, its importance, what it needs in the last phase."""

    code: str
    is_main: bool
    opens: int
    importance: float
    combat: Mapping[str, int]
    others: Mapping[str, int]

    def persons(self, phase: int) -> int:
        """Police and soldiers needed in a phase."""
        return sum(self.of_phase(q, phase) for q in self.combat.values())

    def of_phase(self, quantity: int, phase: int) -> int:
        """A last phase's quantity of people in an earlier one, in tens."""
        return max(10, round(quantity * SHARE_OF_PHASE[phase] / 10) * 10)

    def needs(self, phase: int) -> dict[str, int]:
        """Quantity by capability in a phase; none before the site opens."""
        if phase < self.opens:
            return {}
        persons = self.persons(phase)
        found = {c: self.of_phase(q, phase) for c, q in self.combat.items()}
        found["armoured_mobility"] = max(2, round(persons * 0.02))
        found["camp_services"] = ceil(persons / 250)
        share = SHARE_OF_PHASE[phase]
        found.update({c: max(1, round(q * share)) for c, q in self.others.items()})
        return found

    @property
    def people(self) -> int:
        """People to house in the last phase, with those who support them."""
        staff = sum(q for c, q in self.others.items() if c not in ENABLERS)
        return ceil(self.persons(2) * 1.25) + staff


def draw_places(frame: Frame, units: list[Unit]) -> list[Place]:
    """Sites with their needs; less is needed than is offered."""
    rng = frame.stream("ground")
    size = frame.size
    mains = size.main_sites
    weights = [rng.uniform(3, 4) if s < mains else rng.uniform(0.6, 1.4) for s in range(size.sites)]
    mix = [_mix(rng, s, mains) for s in range(size.sites)]
    surplus = rng.uniform(1.45, 1.75)
    combat: list[dict[str, int]] = [{} for _ in weights]
    for capability in COMBAT:
        offered = sum(unit.gives * unit.count for unit in units if unit.capability == capability)
        shares = [w * m[capability] for w, m in zip(weights, mix, strict=True)]
        for s, tens in enumerate(parts(round(offered / surplus / 10), shares)):
            if shares[s]:
                combat[s][capability] = max(60, tens * 10)
    total = sum(sum(c.values()) for c in combat)
    return [_place(rng, s, size, combat[s], total) for s in range(size.sites)]


def _mix(rng: Random, s: int, mains: int) -> dict[str, float]:
    if s < mains:
        return {"formed_police": rng.uniform(0.5, 0.7), "infantry": rng.uniform(0.3, 0.5)}
    police = (1.0, 0.0, rng.uniform(0.4, 0.7))[(s - mains) % 3]
    return {"formed_police": police, "infantry": 1 - police}


def _place(rng: Random, s: int, size: Size, combat: dict[str, int], total: int) -> Place:
    mains, sites = size.main_sites, size.sites
    is_main = s < mains
    others = {}
    if is_main:
        others = {
            "command_staff": max(20, round(total * 0.02 / mains)),
            "logistics_staff": max(40, round(total * 0.05 / mains)),
            "engineering": max(60, round(total * 0.05 / mains)),
            "investigation": max(30, round(total * 0.02 / mains)),
            "medical_level2": 20 * max(1, round(total / mains / 4_000)),
            "medevac_air": 3 + round(total / mains / 4_000),
            "water_fuel": ceil(total * 0.06 / mains),
            "communications": ceil(sites / mains),
        }
    elif rng.random() < 0.3:
        others = {"engineering": rng.randint(3, 6) * 10}
    opens = 0 if is_main else (0, 0, 1, 1, 2)[(s - mains) % 5]
    code = f"BASE-{s + 1:02d}" if is_main else f"POST-{s + 1:02d}"
    return Place(code, is_main, opens, rng.uniform(0.7, 1.3), combat, others)


def highest_needs(places: list[Place]) -> dict[str, int]:
    """Needs of the last phase by capability, all sites together."""
    found: defaultdict[str, int] = defaultdict(int)
    for place in places:
        for capability, quantity in place.needs(2).items():
            found[capability] += quantity
    return found


def need_rows(frame: Frame, places: list[Place]) -> list[Row]:
    """Phases and requirements."""
    starts = [month_on(t) for t in frame.phases]
    ends = [*starts[1:], None]
    rows: list[Row] = [
        requirement.Phase(code=p, title=p.capitalize(), from_on=a, until_on=b, **FACT)
        for p, a, b in zip(PHASES, starts, ends, strict=True)
    ]
    for place in places:
        for phase, name in enumerate(PHASES):
            for capability, quantity in place.needs(phase).items():
                rows.append(
                    requirement.Requirement(
                        code=f"{place.code}-{capability}-{name}",
                        capability=capability,
                        site=place.code,
                        phase=name,
                        quantity=quantity,
                        priority=_weight(place, phase, capability, quantity),
                        **FACT,
                    )
                )
    return rows


def _weight(place: Place, phase: int, capability: str, quantity: int) -> int:
    """Priority after Haiti's: a point for each seven police or soldiers, few for what enables."""
    if capability in COMBAT:
        weight = quantity / 7
    elif capability in {"medevac_air", "medical_level2"}:
        weight = 30
    elif capability in {"communications", "water_fuel"}:
        weight = 20
    elif capability in ENABLERS:
        weight = place.persons(phase) / 70
    else:
        weight = quantity / 8
    return min(1_000, max(1, round(weight * place.importance)))


def site_rows(frame: Frame, places: list[Place], largest: int) -> list[Row]:
    """Sites that start small, and what can be built there; a main base can house any unit.

    Args:
        frame: size, severity and seed.
        places: the sites.
        largest: people of the largest unit offered.
    """
    rng = frame.stream("camps")
    rows: list[Row] = []
    for place in places:
        rows += _site(frame, rng, place, largest)
    return rows


def beds_at_start(rows: list[Row]) -> int:
    """Places at the first main base before anything is built."""
    sites = (row for row in rows if isinstance(row, requirement.Site))
    return next(site.capacity_persons for site in sites if site.code == MAIN)


def _site(frame: Frame, rng: Random, place: Place, largest: int) -> list[Row]:
    most = max(place.people, largest) if place.is_main else place.people
    begins = frame.phases[place.opens]
    share = rng.uniform(0.35, 0.5) if place.is_main else rng.uniform(0.1, 0.35)
    beds = round(place.people * share / 10) * 10
    mass = 0 if place.is_main else min(rng.choice((60, 75, 90, 120)), place.persons(place.opens))
    rows: list[Row] = [
        mandate.Location(
            code=f"L-{place.code}", title=f"Region {place.code}", kind="region", **FACT
        ),
        requirement.Site(
            code=place.code,
            title=f"{'Main' if place.is_main else 'Forward'} base {place.code}",
            location=f"L-{place.code}",
            kind="main" if place.is_main else "forward",
            capacity_persons=beds,
            available_from_on=month_on(max(0, begins - 3)) if begins > 0 else None,
            critical_mass_persons=mass,
            limit_persons=ceil(most * 1.3 / 50) * 50,
            **FACT,
        ),
    ]
    if rng.random() < 0.3:
        later = month_on(max(begins, 0) + rng.randint(6, 12))
        given = requirement.SiteCapacity(
            site=place.code, from_on=later, capacity_persons=beds + rng.randint(4, 12) * 10, **FACT
        )
        rows.append(given)
    missing = ceil((most * 1.1 - beds) / 10)
    stages = [2, 1.5, 1] if place.is_main else [1.2, 1]
    for number, tens in enumerate(parts(missing, stages), 1):
        each = rng.randint(115, 130) * 100 if place.is_main else rng.randint(135, 160) * 100
        rows.append(
            requirement.BuildingOption(
                code=f"{place.code}-B{number}",
                title=f"{place.code}: {tens * 10} places more",
                site=place.code,
                adds_persons=tens * 10,
                lead_time_months=rng.randint(3, 6),
                cost=usd(tens * 10 * each),
                cost_head="camp_building",
                **PRICE,
            )
        )
    return rows
