"""What plans of past days said, beside what came: the backward look at the Haiti dossier.

`python benchmarks/looking_back.py [DOSSIER]` plans as of past days from what was known then, and
sets the people that each plan has deployed beside those whom the record, as known today, shows at
the end of the same month. The page docs/explanation/looking-back.md shows what it prints.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import konbit
from konbit.dossier import Dossier, Fact
from konbit.dossier.tables.fund import Contribution, ContributionEvent, Earmark, EarmarkRule
from konbit.dossier.tables.mandate import Organisation
from konbit.dossier.tables.pledge import Offer, UnitEvent
from konbit.dossier.unit_stages import people_of, record_headcounts
from konbit.terms import Month

if TYPE_CHECKING:
    from collections.abc import Sequence

    from konbit.api import PlanView
    from konbit.dossier.columns import Row

ROOT = Path(__file__).parents[1]
FIRST_LOOK = date(2024, 11, 13)
MONTHS = tuple(Month.parse(m) for m in ("2025-01", "2025-02", "2025-07", "2025-09", "2025-12"))
LATER_MONTHS = tuple(Month.parse(m) for m in ("2025-01", "2025-07", "2025-12", "2026-06"))
# A look at each turn: the money of the winter, a year of mandate left, the new force.
LOOKS = (
    (FIRST_LOOK, "mss"),
    (date(2025, 2, 10), "mss"),
    (date(2025, 7, 3), "mss"),
    (date(2025, 12, 15), "real"),
)
MONEY_TABLES = (Contribution, ContributionEvent, Earmark, EarmarkRule)

ByContributor = dict[str, int]


def planned_people(plan: PlanView, month: Month) -> ByContributor:
    """People whom a plan has in the mission in a month, by contributor."""
    contributors = {offer.code: offer.contributor for offer in plan.dossier.rows(Offer)}
    people: ByContributor = defaultdict(int)
    for row in plan.plan.presence:
        if row.month == str(month):
            people[contributors[row.offer]] += row.strength_persons
    return people


def people_who_came(dossier: Dossier, month: Month) -> ByContributor:
    """People in the mission on the last day of a month, as the record knows today."""
    today = dossier.last_known_on
    view = dossier.known_on(today)
    offers = view.by_code(Offer)
    people: ByContributor = defaultdict(int)
    for event in view.rows(UnitEvent):
        if event.stage in {"arrived", "departed"} and event.on <= month.last_on:
            offer = offers[event.offer]
            sign = 1 if event.stage == "arrived" else -1
            people[offer.contributor] += sign * people_of(event, offer)
    record = {h.month: h.deployed_persons for h in record_headcounts(dossier, today)}
    assert sum(people.values()) == record[str(month)], "the record counts the same people"
    return people


def knowing_the_money(dossier: Dossier, on: date) -> Dossier:
    """The dossier as if all gifts, receipts and freezes of later days had been known on a day."""

    def known(row: Row) -> Row:
        if isinstance(row, MONEY_TABLES) and isinstance(row, Fact):
            return dataclasses.replace(row, known_on=min(row.source_on, row.known_on or on, on))
        return row

    return Dossier.of(known(row) for row in dossier.all_rows)


def planned(dossier: Dossier, on: date, scenario: str) -> PlanView:
    """A plan and nothing beside it, checked."""
    plan = konbit.plan(dossier, on, scenario, explain=False, calls=False)
    assert plan.plan.is_verified
    return plan


def cash(plan: PlanView) -> str:
    """What the trust funds of a plan could spend in its first month, in millions."""
    first = min(row.month for row in plan.plan.cash)
    total = sum(row.opening.major for row in plan.plan.cash if row.month == first and row.opening)
    return f"{plan.dossier.mission.currency} {total / 1_000_000:.1f} M"


def by_contributor(plan: PlanView) -> list[str]:
    """Contributor by contributor: what the plan has, and what came."""
    ours = [planned_people(plan, month) for month in MONTHS]
    came = [people_who_came(plan.dossier, month) for month in MONTHS]
    lines = [
        _line("", [_title(m) for m in MONTHS], 14),
        _line("", ["plan   came"] * len(MONTHS), 14),
    ]
    titles = {o.code: o.title for o in plan.dossier.rows(Organisation)}
    for code in _most_first(came, ours):
        cells = [_pair(o[code], c[code]) for o, c in zip(ours, came, strict=True)]
        lines.append(_line(titles[code], cells, 14))
    totals = [_pair(sum(o.values()), sum(c.values())) for o, c in zip(ours, came, strict=True)]
    return [*lines, _line("All", totals, 14)]


def last_month_by_contributor(plans: Sequence[tuple[str, PlanView]], dossier: Dossier) -> list[str]:
    """Contributor by contributor in the last month looked at: each look, and what came."""
    month = LATER_MONTHS[-1]
    ours = [planned_people(plan, month) for _, plan in plans]
    came = people_who_came(dossier, month)
    names = [f"{n}: {name.strip()}" for n, (name, _) in enumerate(plans, start=1)]
    titles = {o.code: o.title for o in dossier.rows(Organisation)}
    lines = [_line("", [*(str(n) for n in range(1, len(plans) + 1)), "came"], 9)]
    for code in _most_first([came], ours):
        cells = [f"{people[code]:,}" for people in (*ours, came)]
        lines.append(_line(titles[code], cells, 9))
    return [*lines, *names]


def _most_first(came: Sequence[ByContributor], ours: Sequence[ByContributor]) -> list[str]:
    """Contributors with anybody, those of whom most came first."""
    there = {code for people in (*came, *ours) for code, number in people.items() if number}
    return sorted(there, key=lambda code: (-max(people[code] for people in came), code))


def look_by_look(plans: Sequence[tuple[str, PlanView]], dossier: Dossier) -> list[str]:
    """Everybody, look by look, against what came."""
    lines = [_line("", [*(_title(m) for m in LATER_MONTHS), "cash"], 11, 44)]
    for name, plan in plans:
        until = Month.of(plan.plan.as_of_on)
        cells = [
            f"{sum(planned_people(plan, m).values()):,}" if m > until else "" for m in LATER_MONTHS
        ]
        lines.append(_line(name, [*cells, cash(plan)], 11, 44))
    came = [f"{sum(people_who_came(dossier, m).values()):,}" for m in LATER_MONTHS]
    return [*lines, _line("Came", [*came, ""], 11, 44)]


def _title(month: Month) -> str:
    return month.first_on.strftime("%b %Y")


def _pair(planned_persons: int, came_persons: int) -> str:
    return f"{planned_persons:>6,} {came_persons:>6,}"


def _line(head: str, cells: Sequence[str], width: int, first: int = 22) -> str:
    return (f"{head:<{first}}" + "".join(f"{cell:>{width}}" for cell in cells)).rstrip()


def first_look(dossier: Dossier, scenario: str) -> tuple[PlanView, str]:
    """The plan of the first day looked at, and its table as text."""
    plan = planned(dossier, FIRST_LOOK, scenario)
    head = f"As of {FIRST_LOOK}, scenario {scenario}: people deployed, plan and record"
    return plan, "\n".join([head, *by_contributor(plan)])


def all_looks(dossier: Dossier) -> str:
    """Every table as text."""
    plan, first = first_look(dossier, LOOKS[0][1])
    _, path_taken = first_look(dossier, "real")
    told = knowing_the_money(dossier, FIRST_LOOK)
    looks = [(f"As of {FIRST_LOOK}, {LOOKS[0][1]}", plan)]
    looks += [("  the same, all later money foreseen", planned(told, FIRST_LOOK, LOOKS[0][1]))]
    looks += [(f"As of {on}, {code}", planned(dossier, on, code)) for on, code in LOOKS[1:]]
    return "\n".join(
        [
            *(first, "", path_taken, ""),
            "Look by look: people deployed, and cash that could be spent at the start",
            *(*look_by_look(looks, dossier), ""),
            f"Look by look: people deployed in {_title(LATER_MONTHS[-1])}, by contributor",
            *last_month_by_contributor(looks, dossier),
        ]
    )


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dossier", nargs="?", type=Path, default=ROOT / "dossiers" / "haiti")
    parser.add_argument("--first", action="store_true", help="only the first table")
    chosen = parser.parse_args()
    dossier = konbit.read(chosen.dossier)
    told = first_look(dossier, LOOKS[0][1])[1] if chosen.first else all_looks(dossier)
    sys.stdout.write(told + "\n")


if __name__ == "__main__":
    main()
