"""An honest plan of the tiny mission, kept by hand, for tests of the check of plans.

The books are kept by plain arithmetic on this one mission's constants, so that a test can say what
moves when, get tables that agree with it, and then plant one thing that is wrong. A unit comes to
the base in May and leaves after July; another comes to the port in July, where a camp was ordered
in April. Both medical teams come to the base at once.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from konbit.dossier.plan import (
    BuildingOrder,
    CashPosition,
    Coverage,
    HeadCount,
    Obligation,
    Payment,
    Plan,
    Presence,
    Stand,
)
from konbit.planner.verify import verify
from konbit.terms import Month
from mission_to_check import AS_OF_ON, MONTHS, NEEDS, payer_of, usd

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from konbit.dossier.dossier import Dossier

FIRST = Month(2026, 4)


@dataclass(frozen=True)
class Stay:
    """A unit at a site from a month up to, not including, another."""

    unit: str
    site: str
    start: int
    end: int = MONTHS

    def holds(self, t: int) -> bool:
        """Whether it is there in a month; month -1 is the start."""
        return self.start <= t < self.end


STAYS = (
    Stay("KEN-police@base", "base", -1),
    Stay("KEN-police", "base", 1, 4),
    Stay("KEN-police", "port", 3),
    Stay("MDM-teams", "base", 0),
    Stay("MDM-teams", "base", 0),
)
PEOPLE = {"KEN-police@base": 50, "KEN-police": 50, "MDM-teams": 0}
CANDIDATES = {"KEN-police": (2, 1), "MDM-teams": (2, 0)}  # units, earliest month


@dataclass(frozen=True)
class Books:
    """What moves when, and the choices of an accountant; `plan` writes the tables."""

    stays: tuple[Stay, ...] = STAYS
    orders: tuple[tuple[str, int], ...] = (("port-camp", 0),)
    earmark_of: Callable[[str, str], str] = lambda head, unit: (
        "kenya" if unit.startswith("KEN") and head != "kit" else "-"
    )
    with_aside: Callable[[int], bool] = lambda _: True

    def here(self, unit: str, site: str, t: int) -> int:
        """Units at a site in a month."""
        return sum(s.holds(t) for s in self.stays if (s.unit, s.site) == (unit, site))

    def came(self, unit: str, site: str, t: int) -> int:
        """Units that start at a site in a month."""
        return sum((s.unit, s.site, s.start) == (unit, site, t) for s in self.stays)

    def at_work(self, unit: str, site: str, t: int) -> int:
        """Units at a site less those that came into the mission in this month."""
        new = self.came(unit, site, t) if unit in CANDIDATES else 0
        return self.here(unit, site, t) - new

    @property
    def places(self) -> list[tuple[str, str]]:
        """Units and sites in order."""
        return sorted({(stay.unit, stay.site) for stay in self.stays})

    def presence(self) -> Iterator[Presence]:
        """Rows of who is where."""
        for unit, site in self.places:
            for t in range(MONTHS):
                here, came = self.here(unit, site, t), self.came(unit, site, t)
                left = self.here(unit, site, t - 1) + came - here
                if here or came or left:
                    yield Presence(
                        unit=unit, offer=unit.split("@")[0], site=site, month=str(FIRST + t),
                        units=here, strength_persons=here * PEOPLE[unit], arriving_units=came,
                        departing_units=left, operational_units=self.at_work(unit, site, t),
                    )  # fmt: skip

    def police_at_work(self, site: str, t: int) -> int:
        """Policemen at work at a site."""
        units = sum(self.at_work(unit, place, t) for unit, place in self.places
                    if place == site and unit.startswith("KEN"))  # fmt: skip
        return 50 * units

    def coverage(self) -> Iterator[Coverage]:
        """Two policemen stand in for one guard: twenty of those at the base, for ten guards."""
        for code, capability, site, phase, quantity, weight in NEEDS:
            for t in range(3 if phase else 0, MONTHS):
                present = {
                    "N-guard": 10,
                    "N-medevac": self.at_work("MDM-teams", "base", t),
                    "N-patrol": self.police_at_work("base", t) - 20,
                    "N-port": self.police_at_work("port", t),
                }[code]
                share = 10_000 * present // quantity
                if code == "N-patrol" and t == 0:
                    share = 0
                yield Coverage(
                    requirement=code, capability=capability, site=site, month=str(FIRST + t),
                    needed=quantity, present=present, share=share, weight=weight,
                )  # fmt: skip

    def amounts(self) -> dict[tuple[int, str, str, str], int]:
        """What falls due by month, head, subject and site."""
        due: dict[tuple[int, str, str, str], int] = defaultdict(int)
        for unit, site in self.places:
            for t in range(MONTHS):
                here, came = self.here(unit, site, t), self.came(unit, site, t)
                due[t, "pay", unit, site] += 101 * PEOPLE[unit] * here
                due[t, "fuel", unit, site] += 700 * here
                due[t, "kit", unit, site] += 1_000 * here * unit.startswith("KEN")
                if unit in CANDIDATES:
                    left = self.here(unit, site, t - 1) + came - here
                    due[t, "travel", unit, site] += 20 * PEOPLE[unit] * came
                    due[t, "home", unit, site] += 30 * PEOPLE[unit] * left
                if here:
                    due[t, "camp", site, site] = 5_000
        for option, t in self.orders:
            due[t, "build", option, "port"] = 40_000
        return {line: amount for line, amount in sorted(due.items()) if amount}

    def tail(self) -> dict[tuple[int, str, str, str], int]:
        """What is set aside by month, head, unit and site: only Kenya's units cost people."""
        aside: dict[tuple[int, str, str, str], int] = defaultdict(int)
        for stay in self.stays:
            for t in range(MONTHS if stay.unit == "KEN-police" else 0):
                bound = range(t + 1, stay.start + 3) if t >= stay.start else range(0)
                paid = sum(payer_of("pay", month) == "TF" for month in bound)
                aside[t, "pay", stay.unit, stay.site] += 5_050 * paid
                aside[t, "kit", stay.unit, stay.site] += 1_000 * len(bound)
                aside[t, "home", stay.unit, stay.site] += 1_500 * stay.holds(t)
        return {line: amount for line, amount in sorted(aside.items()) if amount}

    def payments(self) -> Iterator[Payment]:
        """Cash for what the trust fund pays, and cash set aside."""
        due = {line: x for line, x in self.amounts().items() if payer_of(line[1], line[0]) == "TF"}
        aside = {line: x for line, x in self.tail().items() if self.with_aside(line[0])}
        for kind, lines in (("pay", due), ("aside", aside)):
            for (t, head, subject, site), amount in lines.items():
                yield Payment(
                    kind=kind, month=str(FIRST + t), fund="TF",
                    earmark=self.earmark_of(head, subject), cost_head=head, subject=subject,
                    site=site, amount=usd(amount + round(Fraction(7 * amount, 100))),
                )  # fmt: skip

    def obligations(self) -> Iterator[Obligation]:
        """What falls due and who pays it."""
        for (t, head, subject, site), amount in self.amounts().items():
            payer = payer_of(head, t)
            percent = {"TF": 7, "AB": 1, "contributor": 0}[payer]
            yield Obligation(
                month=str(FIRST + t), cost_head=head, subject=subject, site=site, payer=payer,
                amount=usd(amount), support_cost=usd(round(Fraction(percent * amount, 100))),
            )  # fmt: skip

    def cash(self) -> Iterator[CashPosition]:
        """Spendable: nine tenths of what was received; the reserve is rounded up."""
        paid: dict[tuple[str, str, str], int] = defaultdict(int)
        for row in self.payments():
            if row.amount:
                paid[row.kind, row.earmark, row.month] += row.amount.amount_minor
        for earmark, early, late in (("-", 108_004, 117_004), ("kenya", 45_000, 45_000)):
            before = 0
            for t in range(MONTHS):
                month = str(FIRST + t)
                opening = (early if t < 2 else late) - before
                used = paid["pay", earmark, month]
                yield CashPosition(
                    fund="TF", earmark=earmark, month=month, opening=usd(opening),
                    used=usd(used), closing=usd(opening - used),
                    set_aside=usd(paid["aside", earmark, month]),
                )  # fmt: skip
                before += used

    def headcounts(self) -> Iterator[HeadCount]:
        """The five head-counts of each month."""
        shares = {(row.requirement, row.month): row.share for row in self.coverage()}
        for t in range(MONTHS):
            month = str(FIRST + t)
            deployed = sum(PEOPLE[stay.unit] * stay.holds(t) for stay in self.stays)
            coming = ready = 0
            for unit, (units, earliest) in CANDIDATES.items():
                started = sum(0 <= s.start <= t for s in self.stays if s.unit == unit)
                coming += PEOPLE[unit] * max(0, units - started)
                ready += PEOPLE[unit] * max(0, units - started) * (t >= earliest)
            patrols = 120 * shares["N-patrol", month] // 10_000
            guards = 40 * shares["N-guard", month] // 10_000
            port = 60 * shares.get(("N-port", month), 0) // 10_000
            yield HeadCount(
                month=month, kind="plan", ceiling_persons=250,
                required_persons=220 if t >= 3 else 160, offered_persons=deployed + coming,
                ready_persons=deployed + ready, deployed_persons=deployed,
                effective_persons=min(self.police_at_work("base", t), guards + patrols)
                + min(self.police_at_work("port", t), port),
            )  # fmt: skip

    def plan(self, dossier: Dossier) -> Plan:
        """The tables of the plan, as made from a dossier."""
        coverage = tuple(self.coverage())
        return Plan(
            mission="EXM", title="Mission", currency="USD", dossier_digest=dossier.digest,
            as_of_on=AS_OF_ON, scenario="switch", scenario_title="Switch in July",
            first_month=FIRST, until_month=FIRST + MONTHS,
            covered_points=sum(row.share * row.weight for row in coverage),
            needed_points=sum(10_000 * row.weight for row in coverage),
            stages=(), findings=(), presence=tuple(self.presence()),
            building_orders=tuple(
                BuildingOrder(option=option, month=str(FIRST + t), usable_from=str(FIRST + t + 2))
                for option, t in self.orders
            ),
            coverage=coverage,
            substituted=tuple(
                Stand(month=str(FIRST + t), site="base", offered="patrol", needed="guard",
                      quantity=200_000)
                for t in range(MONTHS)
            ),
            obligations=tuple(self.obligations()), payments=tuple(self.payments()),
            cash=tuple(self.cash()), headcounts=tuple(self.headcounts()), money_stages=(),
        )  # fmt: skip


def violated(dossier: Dossier, plan: Plan) -> set[str]:
    """Names of the rules that do not hold."""
    return {check.rule for check in verify(dossier, plan) if check.violated}
