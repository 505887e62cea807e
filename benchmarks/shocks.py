"""Shocks to drawn missions: how long a repair takes, what it covers, how far it is from the plan.

A mission is drawn and planned, the search ended after some processor seconds; then shocks strike
after the sixth month, each set of them in a process of its own that the plan is handed to. With
`--tours` contingents relieve each other. What is printed are lines of the tables in
docs/explanation/planner.md: seconds are processor seconds, shares are of the weighted need.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import time
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from instances import draw
from konbit.dossier.shocks import Close, CutAssessed, Delay, Freeze, Withdraw
from konbit.dossier.tables.fund import ContributionEvent
from konbit.dossier.tables.requirement import Lift, Site
from konbit.planner import plan
from konbit.planner.shock import replay
from konbit_runs import SCENARIO
from made_missions.frame import AS_OF, SEVERITIES, SIZES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from konbit.dossier import Dossier
    from konbit.dossier.plan import Plan
    from konbit.dossier.shocks import Shock

_AFTER_MONTHS = 6
_CLOSED_MONTHS, _LATE_MONTHS, _CUT = 6, 3, Decimal("0.15")
_UNIT = 1024 if sys.platform.startswith("linux") else 1  # Linux counts in kibibytes, macOS in bytes


def options() -> argparse.Namespace:
    """What to run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=sorted(SIZES), default="M")
    parser.add_argument("--severity", choices=sorted(SEVERITIES), default="tight_money")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tours", action="store_true", help="with rotation and wear")
    parser.add_argument("--plan-seconds", type=float, default=60.0, help="of the plan's search")
    parser.add_argument("--plan-only", action="store_true", help="no shocks")
    parser.add_argument("--quick", action="store_true", help="a smoke run on the smallest mission")
    return parser.parse_args()


def planned(dossier: Dossier, seconds: float) -> Plan:
    """A plan whose search ends after so many processor seconds."""
    end = time.process_time() + seconds
    return plan(
        dossier,
        AS_OF,
        SCENARIO,
        explain=False,
        calls=False,
        enough=lambda: time.process_time() > end,
    )


def sets_of_shocks(dossier: Dossier, before: Plan) -> dict[str, Sequence[Shock]]:
    """A gift frozen; a closure; both with an offer withdrawn, a base late, assessed cash cut."""
    month = before.first_month + _AFTER_MONTHS
    used = Counter[str]()
    for row in before.presence:
        used[row.offer] += row.units
    given = Counter[str]()
    for event in dossier.rows(ContributionEvent):
        if event.stage == "received" and event.amount is not None:
            given[event.contribution] += event.amount.amount_minor
    freeze = Freeze(given.most_common(1)[0][0], month)
    closure = Close(dossier.rows(Lift)[0].code, _CLOSED_MONTHS, month)
    return {
        "freeze": [freeze],
        "closure": [closure],
        "all at once": [
            freeze,
            closure,
            Withdraw(used.most_common(3)[-1][0], None, month),
            Delay(dossier.rows(Site)[1].code, _LATE_MONTHS),
            CutAssessed(_CUT, month),
        ],
    }


def strike(name: str, dossier: Dossier, before: Plan, shocks: Sequence[Shock]) -> None:
    """Replay shocks and print their line; a repair that breaks a rule is an error."""
    began = time.process_time()
    made = replay(dossier, AS_OF, SCENARIO, shocks, before=before)
    seconds = time.process_time() - began
    points = [before.covered_points, made.after.covered_points, made.afresh_points]
    shares = [f"{point / before.needed_points:.1%}" for point in (*points, made.bound_points)]
    sys.stdout.write(
        f"  {name}: {seconds:.0f} s; covers {shares[0]} -> {shares[1]} (afresh {shares[2]}, none "
        f"more than {shares[3]}); changes {made.changes.weighted} (afresh "
        f"{made.afresh_changes.weighted}); {_peak_gb():.2f} GB; "
        f"checked: {made.after.is_verified}\n"
    )
    sys.stdout.flush()
    if not made.after.is_verified:
        raise SystemExit(1)


def _peak_gb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT / 1e9


def main() -> None:
    """Plan, strike, print."""
    chosen = options()
    size, seconds = ("XS", 2.0) if chosen.quick else (chosen.size, chosen.plan_seconds)
    dossier = draw(size, chosen.severity, chosen.seed, tours=chosen.tours)
    began = time.process_time()
    before = planned(dossier, seconds)
    bound = before.stages[0].bound
    sys.stdout.write(
        f"{size}, {chosen.severity}, seed {chosen.seed}{', tours' if chosen.tours else ''}: "
        f"planned in {time.process_time() - began:.0f} s ({seconds:.0f} of search); covers "
        f"{before.covered_points / before.needed_points:.1%}, none more than "
        f"{bound / before.needed_points:.1%}; {_peak_gb():.2f} GB; checked: {before.is_verified}\n"
    )
    sys.stdout.flush()
    if chosen.plan_only:
        return
    for name, shocks in sets_of_shocks(dossier, before).items():
        if chosen.quick and name != "freeze":
            continue  # the smallest mission has no airport that it cannot do without
        own = multiprocessing.get_context("spawn").Process(
            target=strike, args=(name, dossier, before, shocks)
        )
        own.start()
        own.join()
        if own.exitcode:
            raise SystemExit(1)


if __name__ == "__main__":
    main()
