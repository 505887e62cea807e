"""All that can be done with a fund's money, in any order, for thousands of steps.

`make soak` runs it. The machine is that of the tests (`tests/ledger_model.py`): after every step
the books and a reference of a few lines agree on what was allowed and on every number. The seed is
printed; with `--seed` the same steps are taken again.
"""

from __future__ import annotations

import argparse
import secrets
import sys
import time
from collections import Counter
from pathlib import Path
from typing import ClassVar

import hypothesis
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from ledger_model import LedgerModel

STEPS_EACH = 100


class Counted(LedgerModel):
    """The same, and how often each kind of record was allowed and refused."""

    told: ClassVar[Counter[str]] = Counter()

    def step(self, is_allowed: bool, refused: str, **moves: int) -> None:
        """Count a step, and take it."""
        self.told[f"refused: {refused}" if refused else "allowed"] += 1
        super().step(is_allowed, refused, **moves)


def main() -> int:
    """Run it; an error shows the shortest steps that break it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=20_000, help="at least")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(2**32))
    asked = parser.parse_args()
    print(f"ledger model: seed {asked.seed}", flush=True)
    begun = time.perf_counter()
    runs = 0
    while sum(Counted.told.values()) < asked.steps:
        machine = hypothesis.seed(asked.seed + runs)(type(f"Run{runs}", (Counted,), {}))
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=20,
                stateful_step_count=STEPS_EACH,
                deadline=None,
                database=None,
                derandomize=False,
                suppress_health_check=list(HealthCheck),
            ),
        )
        runs += 1
    took = time.perf_counter() - begun
    print(f"ledger model: {sum(Counted.told.values()):,} steps in {took:.0f} s, "
          f"{dict(Counted.told.most_common())}: books and reference agree")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
