"""A plan as a whole: its tables, what it was made from, and how well."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from konbit.dossier.dossier import texts_of
from konbit.dossier.plan.advice import Ask, Relaxation
from konbit.dossier.plan.checking import Check, Reliance
from konbit.dossier.plan.money import CashPosition, MoneyStage, Obligation, Payment
from konbit.dossier.plan.needs import Coverage, Stand
from konbit.dossier.plan.people import BuildingOrder, Contingent, HeadCount, Presence
from konbit.terms.digest import digest_of

if TYPE_CHECKING:
    from datetime import date

    from konbit.dossier.columns import Row
    from konbit.terms import Finding, Month

PLAN_TABLES: tuple[type[Row], ...] = (
    Presence,
    Contingent,
    BuildingOrder,
    Coverage,
    Stand,
    Obligation,
    Payment,
    CashPosition,
    HeadCount,
    MoneyStage,
    Relaxation,
    Ask,
    Check,
    Reliance,
)


@dataclass(frozen=True, slots=True)
class SolveStage:
    """One of the lexicographic goals and how well it was solved.

    `value` and `bound` are in ten-thousandths of a weighted requirement-month for coverage and
    earliness, in minor units for cost. `gap` is in ten-thousandths of the bound.
    """

    goal: str
    value: int
    bound: int
    gap: int


@dataclass(frozen=True)
class Plan:
    """A plan of a dossier as known on a day, under a scenario.

    `covered_points` of `needed_points` is the weighted coverage, in ten-thousandths of a weighted
    requirement-month; the same bytes come out of the same dossier, day and scenario.
    """

    mission: str
    title: str
    currency: str
    dossier_digest: str
    as_of_on: date
    scenario: str
    scenario_title: str
    first_month: Month
    until_month: Month
    covered_points: int
    needed_points: int
    stages: tuple[SolveStage, ...]
    findings: tuple[Finding, ...]
    presence: tuple[Presence, ...]
    building_orders: tuple[BuildingOrder, ...]
    coverage: tuple[Coverage, ...]
    substituted: tuple[Stand, ...]
    obligations: tuple[Obligation, ...]
    payments: tuple[Payment, ...]
    cash: tuple[CashPosition, ...]
    headcounts: tuple[HeadCount, ...]
    money_stages: tuple[MoneyStage, ...]
    relaxations: tuple[Relaxation, ...] = ()
    asks: tuple[Ask, ...] = ()
    verification: tuple[Check, ...] = ()
    reliance: tuple[Reliance, ...] = ()
    contingents: tuple[Contingent, ...] = ()

    @property
    def tables(self) -> dict[type[Row], tuple[Row, ...]]:
        """The tables of the plan by row class, in the order in which they are written."""
        return {
            Presence: self.presence,
            Contingent: self.contingents,
            BuildingOrder: self.building_orders,
            Coverage: self.coverage,
            Stand: self.substituted,
            Obligation: self.obligations,
            Payment: self.payments,
            CashPosition: self.cash,
            HeadCount: self.headcounts,
            MoneyStage: self.money_stages,
            Relaxation: self.relaxations,
            Ask: self.asks,
            Check: self.verification,
            Reliance: self.reliance,
        }

    @property
    def is_ended(self) -> bool:
        """Whether planning was ended before it was done, by somebody or after a time allowed."""
        return any(found.code in {"ended-early", "ended-in-time"} for found in self.findings)

    @property
    def most_points(self) -> int:
        """What no plan covers more than, by the plan's own word: only planning anew proves it."""
        return self.stages[0].bound if self.stages else self.needed_points

    @property
    def contradicts_itself(self) -> bool:
        """Whether it covers more than, by its own word, any plan can."""
        return self.most_points < self.covered_points

    @property
    def is_verified(self) -> bool:
        """Whether every rule was tested and none is violated."""
        return bool(self.verification) and not any(check.violated for check in self.verification)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the plan's tables and of what they were made from.

        Where no unit rotates the table of contingents is left out, so that such a plan keeps the
        name it had before there was rotation.
        """
        return digest_of(
            {
                "dossier": self.dossier_digest,
                "as_of": str(self.as_of_on),
                "scenario": self.scenario,
                "tables": {
                    table.TABLE: [texts_of(row) for row in rows]
                    for table, rows in self.tables.items()
                    if rows or table is not Contingent
                },
            }
        )

    @property
    def table_digests(self) -> dict[str, str]:
        """SHA-256 of each table by its name: which of them was changed, when the digest differs."""
        return {
            table.TABLE: digest_of([texts_of(row) for row in rows])
            for table, rows in self.tables.items()
        }
