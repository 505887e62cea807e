"""What equipment pools hold month by month, as they wear down."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING

from konbit.dossier.tables.requirement import EquipmentPool
from konbit.planner.months import holds
from konbit.terms import Month

if TYPE_CHECKING:
    from collections.abc import Sequence

    from konbit.dossier import Dossier

_NOTHING = Decimal(0)


def pool_stocks(known: Dossier, months: Sequence[Month]) -> dict[str, tuple[int, ...]]:
    """By equipment type, whole pieces in working order in each month; pools of a type add up."""
    rows: dict[str, list[EquipmentPool]] = {}
    for row in known.rows(EquipmentPool):
        rows.setdefault(row.equipment_type, []).append(row)
    return {
        kind: tuple(
            math.floor(
                sum(
                    row.quantity * _share(row, month, months[0])
                    for row in pool
                    if holds(row.from_on, row.until_on, month)
                )
            )
            for month in months
        )
        for kind, pool in sorted(rows.items())
    }


def _share(pool: EquipmentPool, month: Month, first: Month) -> Decimal:
    """The share in working order: what is lost each month since the pool's first is taken off."""
    if pool.monthly_loss_share is None:
        return pool.serviceable_share
    begun = first
    if pool.from_on is not None:
        begun = Month.of(pool.from_on) + (0 if pool.from_on.day == 1 else 1)
    left = pool.serviceable_share - (month - begun) * pool.monthly_loss_share
    return max(left, min(pool.lowest_share or _NOTHING, pool.serviceable_share))
