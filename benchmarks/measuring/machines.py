"""A state machine of tests, run again and again until enough steps were taken."""

from __future__ import annotations

import argparse
import secrets
import time
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import hypothesis
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

if TYPE_CHECKING:
    from collections import Counter
    from contextlib import AbstractContextManager


def run_steps(
    name: str,
    machine: Any,
    told: Counter[str],
    *,
    steps: int,
    examples: int,
    steps_each: int,
    agree: str,
    about: str | None,
    inside: AbstractContextManager[object] | None = None,
) -> int:
    """Run it by the command line; an error shows the shortest steps that break it.

    Args:
        name: of what is run, as printed.
        machine: class of the state machine.
        told: what it counts of its steps.
        steps: at least so many, unless the command line asks for others.
        examples: runs of the machine between two looks at the count.
        steps_each: of one run.
        agree: what agrees in the end, as printed.
        about: the program, for its help.
        inside: what is there while it runs.
    """
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--steps", type=int, default=steps, help="at least")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(2**32))
    asked = parser.parse_args()
    print(f"{name}: seed {asked.seed}", flush=True)
    with inside or nullcontext():
        begun, runs = time.perf_counter(), 0
        while sum(told.values()) < asked.steps:
            seeded = hypothesis.seed(asked.seed + runs)(type(f"Run{runs}", (machine,), {}))
            run_state_machine_as_test(
                seeded,
                settings=settings(
                    max_examples=examples,
                    stateful_step_count=steps_each,
                    deadline=None,
                    database=None,
                    derandomize=False,
                    suppress_health_check=list(HealthCheck),
                ),
            )
            runs += 1
        took = time.perf_counter() - begun
    print(f"{name}: {sum(told.values()):,} steps in {took:.0f} s, "
          f"{dict(told.most_common())}: {agree}")  # fmt: skip
    return 0
