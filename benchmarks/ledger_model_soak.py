"""All that can be done with a fund's money, in any order, for thousands of steps.

`make soak` runs it. The machine is that of the tests (`tests/ledger_model.py`): after every step
the books and a reference of a few lines agree on what was allowed and on every number. The seed is
printed; with `--seed` the same steps are taken again.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import ClassVar

from measuring.machines import run_steps

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
    return run_steps(
        "ledger model", Counted, Counted.told, steps=20_000, examples=20, steps_each=STEPS_EACH,
        agree="books and reference agree", about=__doc__,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
