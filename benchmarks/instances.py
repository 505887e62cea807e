"""Missions drawn from a seed, for the planner's benchmark.

`python benchmarks/instances.py --size M --severity late_lift --seed 7 OUT` writes one as a folder
of tables, which `konbit plan OUT` reads like any other dossier. The same size, severity and seed
always give the same rows. Sizes, and what a mission lacks, are in made_missions/frame.py. With
`--tours` contingents relieve each other and vehicles and aircraft wear out; all else stays.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from konbit.dossier import Dossier
from konbit.dossier.tables.mandate import Mission
from konbit.package import write_folder
from made_missions import costs, force, gifts, ground, limits, pledges
from made_missions.frame import AS_OF, LAG, MINIMUM_STAY, SEVERITIES, SIZES, Frame
from made_missions.sound import check_sound
from made_missions.tours import with_tours


def draw(size: str, severity: str, seed: int, *, tours: bool = False) -> Dossier:
    """A mission of a size that lacks something.

    Args:
        size: XS, S, M, L or XL.
        severity: tight_money, late_lift or scarce_enablers.
        seed: any whole number.
        tours: whether contingents relieve each other, and wear out what they bring.

    Raises:
        AssertionError: the mission drawn would be degenerate.
    """
    frame = Frame(size, severity, seed)
    units = force.draw_units(frame)
    places = ground.draw_places(frame, units)
    needed = ground.highest_needs(places)
    units = force.with_enablers(frame, units, needed)
    people = force.people_of(units, needed)
    priced = costs.draw_costs(frame, units, places)
    sites = ground.site_rows(frame, places, max(unit.people for unit in units))
    whole = costs.whole_cost(frame, priced, people, units, places, sites)
    due = sum(month.get(costs.TRUST, 0) for month in whole)
    share = frame.stream("money").uniform(*frame.severity.cash)
    dollars = due * share / (1 - float(priced.reserve_share))
    dossier = Dossier.of(
        [
            _mission(frame),
            *sites,
            *ground.need_rows(frame, places),
            *pledges.capability_rows(),
            *pledges.offer_rows(frame, units),
            *pledges.standing_rows(frame, units, ground.beds_at_start(sites)),
            *pledges.caveat_rows(frame, units, places),
            *pledges.contributor_rows(frame, units),
            *pledges.lead_time_rows(frame),
            *limits.ceiling_rows(frame, people),
            *limits.lift_rows(frame, people, units),
            *limits.pool_rows(frame, units),
            *costs.cost_rows(frame, priced),
            *costs.budget_rows(frame, priced, whole),
            *gifts.gift_rows(frame, dollars, units),
        ]
    )
    check_sound(dossier, due)
    return with_tours(frame, dossier) if tours else dossier


def _mission(frame: Frame) -> Mission:
    return Mission(
        code=f"{frame.size_name}-{frame.severity_name}-{frame.seed}".upper().replace("_", "-"),
        title=f"Drawn mission {frame.size_name}, {frame.severity_name}, seed {frame.seed}",
        country="XXX",
        currency="USD",
        horizon_months=frame.horizon,
        scenario="base",
        operational_lag_months=LAG,
        minimum_stay_months=MINIMUM_STAY,
    )


def main() -> None:
    """Draw one and write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="folder to write")
    parser.add_argument("--size", choices=SIZES, default="S")
    parser.add_argument("--severity", choices=SEVERITIES, default="tight_money")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--tours", action="store_true", help="with rotation and wear")
    chosen = parser.parse_args()
    dossier = draw(chosen.size, chosen.severity, chosen.seed, tours=chosen.tours)
    write_folder(dossier, chosen.out)
    sys.stdout.write(f"konbit plan {chosen.out} --as-of {AS_OF}\n")


if __name__ == "__main__":
    main()
