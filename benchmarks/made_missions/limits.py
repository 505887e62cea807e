"""What holds a mission back besides money: ceilings, lift, pools of donated vehicles."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from konbit.dossier.tables import mandate, requirement
from made_missions.frame import BEGAN_ON, FACT, month_on

if TYPE_CHECKING:
    from datetime import date
    from random import Random

    from konbit.dossier import Row
    from made_missions.force import Unit
    from made_missions.frame import Frame

_SLACK = 1.15  # how much larger than the largest unit a chartered ship is


def ceiling_rows(frame: Frame, people: int) -> list[Row]:
    """Ceilings: lower until the second phase begins, then close to the whole need."""
    rng = frame.stream("ceilings")
    later = month_on(frame.phases[1] - 3)
    share = rng.uniform(0.9, 1.0)
    rows: list[Row] = []
    for name, part in (("total", 1.0), ("uniformed", 0.97), ("civilian", 0.06)):
        for step, (from_on, until_on, of_all) in enumerate(
            ((BEGAN_ON, later, 0.65), (later, None, share)), 1
        ):
            strength = max(40, round(people * of_all * part / 10) * 10)
            rows.append(
                mandate.Ceiling(
                    code=f"{name}-{step}",
                    component=name,
                    strength_persons=strength,
                    from_on=from_on,
                    until_on=until_on,
                    **FACT,
                )
            )
    return rows


def lift_rows(frame: Frame, people: int, units: list[Unit]) -> list[Row]:
    """Aircraft early and later, chartered ships in some months, interruptions early."""
    rng = frame.stream("lift")
    early, late = frame.severity.lift_months
    turn = min(rng.randint(12, 16), frame.horizon * 2 // 5)
    offered = max(1, sum(u.people * u.count for u in units))
    tonnes = sum(u.tonnes * u.count for u in units) * people / offered
    largest = max(units, key=lambda unit: unit.people)
    rows: list[Row] = [
        _lift("AIR-1", "air", people / early, tonnes / early / 2, None, month_on(turn)),
        _lift("AIR-2", "air", people / late, tonnes / late / 2, month_on(turn), None),
        _lift("SEA", "sea", 0, tonnes / late * 1.2, None, None),
    ]
    first = turn + 2 if early > late else rng.randint(3, 6)
    for number, begins in enumerate(range(first, max(first + 1, frame.horizon - 8), 12), 1):
        size = largest.people * _SLACK
        cargo = max(unit.tonnes for unit in units) * _SLACK
        rows.append(
            _lift(f"SHIP-{number}", "sea", size, cargo, month_on(begins), month_on(begins + 2))
        )
    return rows + _interruptions(rng, frame)


def _lift(
    code: str, mode: str, people: float, tonnes: float, from_on: date | None, until_on: date | None
) -> Row:
    return requirement.Lift(
        code=code,
        title=code,
        mode=mode,
        passengers_per_month=round(people / 10) * 10,
        cargo_tonnes_per_month=round(tonnes / 10) * 10,
        from_on=from_on,
        until_on=until_on,
        **FACT,
    )


def _interruptions(rng: Random, frame: Frame) -> list[Row]:
    rows: list[Row] = []
    begins = rng.randint(1, 3)
    for number, share in enumerate(frame.severity.interrupted, 1):
        ends = begins + rng.randint(2, 3)
        rows.append(
            requirement.LiftInterruption(
                code=f"BAN-{number}",
                lift="AIR-1",
                title="Airport closed to part of the traffic",
                from_on=month_on(begins),
                until_on=month_on(ends),
                share_lost=Decimal(str(share)),
                **FACT,
            )
        )
        begins = ends + rng.randint(1, 3)
    return rows


def pool_rows(frame: Frame, units: list[Unit]) -> list[Row]:
    """Donated vehicles for less than half of those who bring none; some carriers too."""
    rng = frame.stream("pools")
    rows: list[Row] = []
    for kind, share in (("mrap", rng.uniform(0.35, 0.5)), ("apc", rng.uniform(0.4, 0.6))):
        lacking = sum(
            (needs - brings) * unit.count
            for unit in units
            for needs, brings in [unit.equipment.get(kind, (0, 0))]
        )
        for number, (part, begins) in enumerate(((0.6, -3), (0.4, 9)), 1):
            rows.append(
                requirement.EquipmentPool(
                    code=f"{kind}-{number}",
                    equipment_type=kind,
                    quantity=max(8, round(lacking * share * part)),
                    serviceable_share=Decimal(str(round(rng.uniform(0.7, 0.95), 2))),
                    from_on=month_on(begins),
                    **FACT,
                )
            )
    return rows
