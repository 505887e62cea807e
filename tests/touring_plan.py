"""An honest plan of the mission in which units rotate, kept person by person.

The books know each unit, where it stands, and each contingent that mans it, from the month in which
it arrives to the one in which it is gone. Nothing is summed over windows of months: who is there,
who is at work and how worn is seen by looking at the contingents.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from konbit.dossier.plan import (
    CashPosition,
    Contingent,
    Coverage,
    HeadCount,
    Obligation,
    Payment,
    Plan,
    Presence,
)
from konbit.terms import Month
from mission_to_check import usd
from touring_mission import AS_OF_ON, DEARER_FROM, HEADS, MONTHS, NEEDS
from touring_units import GIVES, PEOPLE, UNITS, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.dossier.dossier import Dossier

FIRST = Month(2026, 7)
PRICES = {code: price for code, _, price in HEADS}


@dataclass(frozen=True)
class TouringBooks:
    """Units and contingents; `plan` writes the tables."""

    units: tuple[Unit, ...] = UNITS
    ceiling_persons: int = 230

    def presence(self) -> Iterator[Presence]:
        """Rows of who is where."""
        places = {(unit.code, stay.site) for unit in self.units for stay in unit.stays}
        for code, site in sorted(places):
            units = [unit for unit in self.units if unit.code == code]
            offer = units[0].offer
            for t in range(MONTHS):
                here = [unit for unit in units if unit.stands(t) == site]
                before = sum(unit.stands(t - 1) == site for unit in units if t or unit.opening)
                came = sum(stay[:2] == (site, t) for unit in units for stay in unit.stays)
                left = before + came - len(here)
                if here or came or left:
                    yield Presence(
                        unit=code, offer=offer, site=site, month=str(FIRST + t), units=len(here),
                        strength_persons=PEOPLE[offer] * sum(len(u.there(t)) for u in here),
                        arriving_units=came, departing_units=left,
                        operational_units=sum(unit.works(t) for unit in here),
                    )  # fmt: skip

    def contingents(self) -> Iterator[Contingent]:
        """Rows of who came when; those of Medics have no tour."""
        found: Counter[tuple[str, str, str, str, int, int, int]] = Counter()
        for unit in self.units:
            for place, shift in enumerate(unit.shifts if unit.offer != "Medics" else ()):
                kind = "relief" if place else "there" if unit.opening else "first"
                site = unit.stands(max(shift.arrived, -1))
                found[unit.code, unit.offer, site, kind, *shift] += 1
        for (code, offer, site, kind, arrived, gone, due), count in sorted(found.items()):
            yield Contingent(
                unit=code, offer=offer, site=site, kind=kind, arrived=str(FIRST + arrived),
                due=str(FIRST + due), until=str(FIRST + gone) if gone < MONTHS else "",
                contingents=count, strength_persons=count * PEOPLE[offer],
            )  # fmt: skip

    def supply(self, capability: str, t: int) -> int:
        """What units at work at the camp give, in ten-thousandths rounded down."""
        given = sum(
            (PEOPLE[unit.offer] or 1) * unit.gives(t)
            for unit in self.units
            if GIVES.get(unit.offer, "medevac") == capability
            and unit.stands(t) == "camp"
            and unit.works(t)
        )
        return int(10_000 * given)

    def coverage(self) -> Iterator[Coverage]:
        """Every requirement is met as far as supply allows."""
        for code, capability, quantity, weight in NEEDS:
            for t in range(MONTHS):
                supply = self.supply(capability, t)
                yield Coverage(
                    requirement=code, capability=capability, site="camp", month=str(FIRST + t),
                    needed=quantity, present=supply // 10_000,
                    share=min(10_000, supply // quantity), weight=weight,
                )  # fmt: skip

    def amounts(self) -> dict[tuple[int, str, str, str], int]:
        """What falls due by month, head, unit and site."""
        due: dict[tuple[int, str, str, str], int] = defaultdict(int)
        for unit in self.units:
            brings = unit.offer != "Medics"
            for t in range(MONTHS):
                site = unit.stands(t)
                if site:
                    due[t, "fuel", unit.code, site] += PRICES["fuel"]
                    due[t, "kit", unit.code, site] += PRICES["kit"] * brings
                    people = PEOPLE[unit.offer] * len(unit.there(t))
                    due[t, "pay", unit.code, site] += PRICES["pay"] * people
            for place, shift in enumerate(unit.shifts):
                if shift.arrived >= 0:
                    journey = PRICES["travel"] * PEOPLE[unit.offer]
                    due[shift.arrived, "travel", unit.code, unit.stands(shift.arrived)] += journey
                is_relieved = place + 1 < len(unit.shifts)
                if shift.gone < MONTHS and (is_relieved or not unit.opening):
                    site = unit.stands(shift.gone) or unit.stands(shift.gone - 1)
                    due[shift.gone, "home", unit.code, site] += self.way_home(unit, shift.gone)
            if not unit.opening:
                site, start, end = unit.stays[0]
                due[start, "ferry", unit.code, site] += PRICES["ferry"]
                due[start, "freight", unit.code, site] += 10 * PRICES["freight"] * brings
                if end < MONTHS:
                    due[end, "back", unit.code, site] += PRICES["back"]
        return {line: amount for line, amount in sorted(due.items()) if amount}

    @staticmethod
    def way_home(unit: Unit, t: int) -> int:
        """Of one contingent, dearer from a month on."""
        return (33 if t >= DEARER_FROM else 30) * PEOPLE[unit.offer]

    def tail(self) -> dict[tuple[int, str, str, str], int]:
        """What is set aside by month, head, unit and site."""
        aside: dict[tuple[int, str, str, str], int] = defaultdict(int)
        for unit in self.units:
            month = {
                "fuel": PRICES["fuel"],
                "kit": PRICES["kit"] * (unit.offer != "Medics"),
                "pay": PRICES["pay"] * PEOPLE[unit.offer],
            }
            for t in range(MONTHS):
                site, there = unit.stands(t), len(unit.there(t))
                if not site:
                    continue
                owed = max(0, there - 1) if unit.opening else there
                aside[t, "home", unit.code, site] += owed * self.way_home(unit, t + 1)
                if not unit.opening:
                    aside[t, "back", unit.code, site] += PRICES["back"]
                    left = max(0, unit.stays[0].start + 3 - (t + 1))
                    for head, amount in month.items():
                        aside[t, head, unit.code, site] += left * amount
        return {line: amount for line, amount in sorted(aside.items()) if amount}

    def payments(self) -> Iterator[Payment]:
        """Cash for all lines, and cash set aside, with support cost."""
        for kind, lines in (("pay", self.amounts()), ("aside", self.tail())):
            for (t, head, subject, site), amount in lines.items():
                yield Payment(
                    kind=kind, month=str(FIRST + t), fund="TF", earmark="-", cost_head=head,
                    subject=subject, site=site, amount=usd(amount + _support(amount)),
                )  # fmt: skip

    def obligations(self) -> Iterator[Obligation]:
        """What falls due; the trust fund pays all of it."""
        for (t, head, subject, site), amount in self.amounts().items():
            yield Obligation(
                month=str(FIRST + t), cost_head=head, subject=subject, site=site, payer="TF",
                amount=usd(amount), support_cost=usd(_support(amount)),
            )  # fmt: skip

    def cash(self) -> Iterator[CashPosition]:
        """The gift, month by month."""
        sums: dict[tuple[str, str], int] = defaultdict(int)
        for row in self.payments():
            if row.amount:
                sums[row.kind, row.month] += row.amount.amount_minor
        opening = 900_000
        for t in range(MONTHS):
            month = str(FIRST + t)
            used = sums["pay", month]
            yield CashPosition(
                fund="TF", earmark="-", month=month, opening=usd(opening), used=usd(used),
                closing=usd(opening - used), set_aside=usd(sums["aside", month]),
            )  # fmt: skip
            opening -= used

    def headcounts(self) -> Iterator[HeadCount]:
        """The five head-counts of each month."""
        shares = {(row.requirement, row.month): row.share for row in self.coverage()}
        for t in range(MONTHS):
            month = str(FIRST + t)
            there = [(unit, len(unit.there(t))) for unit in self.units if unit.stands(t)]
            # In a gap nobody is there, and the place is kept.
            places = sum(PEOPLE[unit.offer] * max(1, count) for unit, count in there)
            coming = sum(PEOPLE[u.offer] for u in self.units if u.stays[0].start > t)
            met = sum(quantity * shares[code, month] // 10_000
                      for code, _, quantity, _ in NEEDS if code != "N-medevac")  # fmt: skip
            working = sum(PEOPLE[u.offer] for u, _ in there if u.stands(t) == "camp" and u.works(t))
            yield HeadCount(
                month=month, kind="plan", ceiling_persons=self.ceiling_persons,
                required_persons=190,
                offered_persons=places + coming, ready_persons=places + coming,
                deployed_persons=sum(PEOPLE[unit.offer] * count for unit, count in there),
                effective_persons=min(working, met),
            )  # fmt: skip

    def plan(self, dossier: Dossier) -> Plan:
        """The tables of the plan, as made from a dossier."""
        coverage = tuple(self.coverage())
        return Plan(
            mission="TUR", title="Touring", currency="USD", dossier_digest=dossier.digest,
            as_of_on=AS_OF_ON, scenario="", scenario_title="", first_month=FIRST,
            until_month=FIRST + MONTHS,
            covered_points=sum(row.share * row.weight for row in coverage),
            needed_points=sum(10_000 * row.weight for row in coverage),
            stages=(), findings=(), presence=tuple(self.presence()),
            contingents=tuple(self.contingents()), building_orders=(), coverage=coverage,
            substituted=(), obligations=tuple(self.obligations()),
            payments=tuple(self.payments()), cash=tuple(self.cash()),
            headcounts=tuple(self.headcounts()), money_stages=(),
        )  # fmt: skip


def _support(amount: int) -> int:
    return round(Fraction(7 * amount, 100))
