"""What is said about offers: rows, stages reached, caveats, due diligence, contributors' terms."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from konbit.dossier.tables import mandate, pledge, requirement
from made_missions.force import COMBAT, ENABLERS, KINDS
from made_missions.frame import AS_OF, BEGAN_ON, FACT, MINIMUM_STAY, before, month_on, usd
from made_missions.ground import MAIN

if TYPE_CHECKING:
    from datetime import date
    from random import Random

    from konbit.dossier import Row
    from made_missions.force import Unit
    from made_missions.frame import Frame
    from made_missions.ground import Place

_STAGES = ("offered", "notified", "assessed", "agreed")
_MEASURES = {
    "armoured_mobility": "vehicles",
    "camp_services": "sets",
    "communications": "bases connected",
    "medevac_air": "helicopters",
    "medical_level2": "beds",
    "water_fuel": "thousand litres a day",
}


def capability_rows() -> list[Row]:
    """Capabilities, enablers first, who may stand in for whom, equipment types."""
    codes = sorted({kind.capability for kind in KINDS.values()})
    rows: list[Row] = [
        requirement.Capability(
            code=code,
            title=code.replace("_", " ").capitalize(),
            measure=_MEASURES.get(code, "persons"),
            enabler=code in ENABLERS,
            **FACT,
        )
        for code in codes
    ]
    rows += [
        requirement.Enabler(
            enabler=enabler,
            enables=enabled,
            site="" if enabler in {"armoured_mobility", "camp_services"} else MAIN,
            **FACT,
        )
        for enabler in ENABLERS
        for enabled in COMBAT
    ]
    shares = (
        ("infantry", "formed_police", "0.9"),
        ("formed_police", "infantry", "0.7"),
        ("logistics_staff", "engineering", "0.5"),
    )
    rows += [
        requirement.Substitution(needed=needed, offered=offered, share=Decimal(share), **FACT)
        for needed, offered, share in shares
    ]
    rows += [
        requirement.EquipmentType(code=code, title=code, lethal=code == "apc", **FACT)
        for code in ("apc", "mrap", "helicopter", "hospital_level2")
    ]
    return rows


def offer_rows(frame: Frame, units: list[Unit]) -> list[Row]:
    """Offers with what they give and bring."""
    rng = frame.stream("offers")
    rows: list[Row] = []
    for unit in units:
        rows.append(_offer(frame, rng, unit))
        rows += [
            pledge.OfferCapability(offer=unit.code, capability=c, quantity=q, **FACT)
            for c, q in unit.further.items()
        ]
        rows += [
            pledge.OfferEquipment(
                offer=unit.code, equipment_type=kind, quantity=needs, brings=brings, **FACT
            )
            for kind, (needs, brings) in unit.equipment.items()
        ]
    return rows


def _offer(frame: Frame, rng: Random, unit: Unit) -> pledge.Offer:
    horizon = frame.horizon
    enables = unit.capability in ENABLERS
    late = frame.severity.enablers_late and enables
    earliest, latest = (horizon // 4, horizon // 2) if late else (1, horizon * 2 // 5)
    first = rng.randint(earliest, horizon // 6 if enables and not late else latest)
    available = month_on(first) if late or rng.random() < 0.5 else None
    last = rng.randint(max(horizon * 3 // 5, first + 2 * MINIMUM_STAY), horizon + 6)
    leaves = rng.random() < 0.15 and not enables
    kind = "service" if unit.is_service else "unit"
    return pledge.Offer(
        code=unit.code,
        title=f"{unit.kind.capitalize()} of {unit.contributor}",
        contributor=unit.contributor,
        kind="individuals" if unit.kind == "staff" else kind,
        component=KINDS[unit.kind].component,
        unit_count=unit.count,
        strength_persons=unit.people,
        capability=unit.capability,
        quantity=unit.gives,
        available_from_on=available,
        available_until_on=month_on(last) if leaves else None,
        cargo_tonnes=unit.tonnes,
        rapid=unit.kind in {"police", "company"} and rng.random() < 0.12,
        **FACT,
    )


def standing_rows(frame: Frame, units: list[Unit], beds: int) -> list[Row]:
    """Stages that offers reached; a tenth of them have units at the main base already.

    Args:
        frame: size, severity and seed.
        units: the offers.
        beds: places at the main base; nobody stands there without one.
    """
    rng = frame.stream("standing")
    there = _arrived(rng, units, max(4, len(units) // 10), beds)
    rows: list[Row] = []
    for unit in units:
        late = frame.severity.enablers_late and unit.capability in ENABLERS
        reached = rng.choice((0, 0, 1) if late else (0, 0, 1, 1, 2, 2, 3, 3, 3))
        arrived = there.get(unit.code, 0)
        days = sorted(
            BEGAN_ON + timedelta(days=rng.randint(0, 90 if arrived else 160)) for _ in range(4)
        )
        for stage, on in zip(_STAGES[: (3 if arrived else reached) + 1], days, strict=False):
            rows.append(_event(unit, stage, on, unit.count))
        if arrived:
            on = max(days[-1] + timedelta(days=14), AS_OF - timedelta(days=rng.randint(5, 60)))
            rows.append(_event(unit, "arrived", min(on, AS_OF), arrived, MAIN))
        status = rng.choice(("clear",) * 6 + ("mitigated",) * 2 + ("pending", ""))
        if unit.capability in ENABLERS and status not in {"clear", "mitigated"}:
            status = "clear"  # a mission with one offer of an enabler must not stand on its papers
        if status or arrived:
            on = before(rng, 120)
            rows.append(
                pledge.DueDiligence(
                    code=f"{unit.code}-DD",
                    offer=unit.code,
                    status=status or "clear",
                    on=on,
                    **_on(on),
                )
            )
    return rows


def _on(on: date) -> dict[str, Any]:
    return {**FACT, "source_on": on, "known_on": on}


def _event(unit: Unit, stage: str, on: date, units: int, site: str = "") -> pledge.UnitEvent:
    return pledge.UnitEvent(
        code=f"{unit.code}-{stage}",
        offer=unit.code,
        stage=stage,
        on=on,
        units=units,
        site=site,
        **_on(on),
    )


def _arrived(rng: Random, units: list[Unit], wanted: int, beds: int) -> dict[str, int]:
    """Units at the main base on the as-of day: some of what enables, some police and soldiers."""
    first = [
        next(u for u in units if u.kind == kind) for kind in ("air", "camp", "signals", "police")
    ]
    others = [u for u in units if u.kind in {"police", "company", "signals", "water"}]
    rng.shuffle(others)
    found: dict[str, int] = {}
    for unit in [*first, *others]:
        if len(found) == wanted:
            break
        if unit.code not in found and unit.people <= beds:
            found[unit.code] = 1
            beds -= unit.people
    return found


def caveat_rows(frame: Frame, units: list[Unit], places: list[Place]) -> list[Row]:
    """Some contributors name the sites where their units may, or may not, serve."""
    rng = frame.stream("caveats")
    rows: list[Row] = []
    for unit in units:
        useful = [p.code for p in places if unit.capability in p.needs(2)]
        draw = rng.random()
        if unit.kind not in {"police", "company"} or len(useful) < 3:
            continue
        if draw < 0.15:
            chosen, kind = (
                sorted(rng.sample(useful, min(len(useful) - 1, rng.randint(2, 4)))),
                "only_site",
            )
        elif draw < 0.3:
            chosen, kind = [rng.choice(useful)], "not_site"
        else:
            continue
        rows += [
            pledge.Caveat(
                code=f"{unit.code}-{kind}-{site}", offer=unit.code, kind=kind, site=site, **FACT
            )
            for site in chosen
        ]
    return rows


def contributor_rows(frame: Frame, units: list[Unit]) -> list[Row]:
    """Contributing states; two in five say how much they advance."""
    rng = frame.stream("terms")
    people: dict[str, int] = {}
    for unit in units:
        people[unit.contributor] = people.get(unit.contributor, 0) + unit.count * unit.people
    rows: list[Row] = []
    for code in sorted(people):
        rows.append(
            mandate.Organisation(code=code, title=f"Contributor {code}", kind="state", **FACT)
        )
        if rng.random() < 0.4 and people[code]:
            lag = rng.randint(3, 6)
            limit = people[code] * 1_678 * lag * rng.uniform(0.4, 1.2)
            rows.append(
                pledge.ContributorTerm(
                    organisation=code,
                    prefinancing_limit=usd(max(1_000_000, limit), 100_000),
                    reimbursement_lag_months=lag,
                    **FACT,
                )
            )
    return rows


def lead_time_rows(frame: Frame) -> list[Row]:
    """Months of each step of force generation, after Haiti's; rapid offers are faster."""
    rng = frame.stream("leads")
    steps = (
        ("offered", "notified", 1, 0),
        ("notified", "assessed", 2, 0),
        ("assessed", "agreed", 2 + rng.randint(0, 1), 1),
        ("agreed", "loaded", 3 + rng.randint(0, 1), 1),
        ("loaded", "arrived", 1, 1),
    )
    return [
        pledge.LeadTime(
            stage_from=a,
            stage_to=b,
            rapid=rapid,
            low_months=max(0, likely - 1),
            likely_months=likely,
            high_months=likely + 2,
            **FACT,
        )
        for a, b, usual, fast in steps
        for rapid, likely in ((False, usual), (True, fast))
    ]
