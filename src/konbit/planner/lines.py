"""Cost lines: what one unit, site or building option costs in a month, head by head."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from konbit.planner.cash import lethal_types
from konbit.planner.purse import Subject

if TYPE_CHECKING:
    from collections.abc import Iterable

    from konbit.planner.prices import Epoch, Prices
    from konbit.planner.world import Unit, World
    from konbit.terms import Month

MONTHLY = ("person_month", "unit_month", "equipment_month")
ARRIVAL = ("person_arrival", "unit_arrival", "tonne_arrival")
DEPARTURE = ("person_departure", "unit_departure")
PER_PERSON = (("person_month",), ("person_arrival",), ("person_departure",))
PER_UNIT = (("unit_month", "equipment_month"), ("unit_arrival", "tonne_arrival"),
            ("unit_departure",))  # fmt: skip
COMMON = -1
"""Stands for all sites that neither a rate nor an earmark names."""


@dataclass(frozen=True, slots=True)
class Line:
    """The cost of one count of something in a month under one head.

    `each_minor` is exact, before programme support cost.
    """

    cost_head: str
    payer: str
    each_minor: int
    subject: Subject
    reimbursable: bool
    assumed: bool


class Lines:
    """Cost lines of a world, looked up once each.

    Lines are the same at all sites that no rate and no earmark names (their subjects name no site),
    and in all months with the same prices and payers.

    Args:
        world: the problem.
        prices: what things cost and who pays.
        special: sites that earmarks name.

    Attributes:
        like_site: by site, the site that stands for all those with the same lines.
    """

    def __init__(self, world: World, prices: Prices, special: Iterable[str]) -> None:
        self._world = world
        self._prices = prices
        self._lethal = lethal_types(world.dossier)
        apart = prices.priced_sites | frozenset(special)
        self.like_site = tuple(s if site in apart else COMMON for s, site in enumerate(world.sites))
        self._found: dict[tuple[int, int, Epoch, tuple[str, ...]], tuple[Line, ...]] = {}

    def of_unit(self, u: int, s: int, month: Month, counted: tuple[str, ...]) -> tuple[Line, ...]:
        """Lines of one unit at a site in a month for heads counted in one of these ways."""
        place = self.like_site[s]
        key = (u, place, self._prices.epoch(month), counted)
        if key not in self._found:
            unit = self._world.units[u]
            site = "" if place == COMMON else self._world.sites[place]
            lines = (
                self._unit_line(unit, site, month, head.code, head.counted)
                for head in self._prices.heads_counted(*counted)
            )
            self._found[key] = tuple(line for line in lines if line is not None)
        return self._found[key]

    def _unit_line(
        self, unit: Unit, site: str, month: Month, head: str, counted: str
    ) -> Line | None:
        lethal = False
        if counted == "equipment_month":
            each, assumed = 0, False
            for kind, (_, brings) in unit.needs_equipment.items():
                price = self._prices.price(
                    head, month, offer=unit.offer, equipment_type=kind, site=site
                )
                each += price.amount_minor * brings
                assumed |= price.assumed and brings > 0
                lethal |= brings > 0 and kind in self._lethal
        else:
            price = self._prices.price(head, month, offer=unit.offer, site=site)
            each = price.amount_minor * _counts(unit, counted)
            assumed = price.assumed
        if not each:
            return None
        offer = unit.offer
        return Line(
            head,
            self._prices.payer(head, month),
            each,
            Subject(head, offer.contributor, offer.capability, site, lethal),
            self._prices.heads[head].reimbursable,
            assumed,
        )

    def of_site(self, s: int, month: Month) -> tuple[Line, ...]:
        """Running costs of a site held in a month."""
        site = self._world.sites[s]
        found = []
        for head in self._prices.heads_counted("site_month"):
            price = self._prices.price(head.code, month, site=site)
            if price.amount_minor:
                payer = self._prices.payer(head.code, month)
                subject = Subject(head.code, site=site)
                found.append(
                    Line(head.code, payer, price.amount_minor, subject, False, price.assumed)
                )
        return tuple(found)

    def of_option(self, q: int, month: Month) -> tuple[Line, ...]:
        """The cost of a building option ordered in a month."""
        option = self._world.options[q]
        if option.cost is None or not option.cost.amount_minor or not option.cost_head:
            return ()
        amount = self._prices.convert(option.cost, self._world.as_of_on).amount_minor
        payer = self._prices.payer(option.cost_head, month)
        subject = Subject(option.cost_head, site=option.site)
        return (Line(option.cost_head, payer, amount, subject, False, option.is_assumed),)


def _counts(unit: Unit, counted: str) -> int:
    if counted.startswith("person_"):
        return unit.strength_persons
    return unit.offer.cargo_tonnes if counted == "tonne_arrival" else 1


def support_cost(amount_minor: int, share: object) -> int:
    """Programme support cost of a line, rounded half to even to the minor unit."""
    return round(Fraction(amount_minor) * Fraction(str(share)))
