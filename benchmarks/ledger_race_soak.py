"""Sixteen people want the last money of an allotment, round after round; one too few ever gets it.

`make soak` runs 1,000 rounds. In each, an officer and an approver allot enough for five obligations
and a little more; sixteen processes propose an obligation each and approve it at the same moment,
through the actions that pages use. Four of the sixteen send the very same draft, and every one that
was told a number asks again. At the end the whole log is replayed.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from queue import Empty
from typing import TYPE_CHECKING, Any

from measuring.empty_record import empty_record
from measuring.ledger_people import (
    make_fund,
    make_people,
    person_and_fund,
    problems_of,
    workers,
)

if TYPE_CHECKING:
    from multiprocessing.synchronize import Barrier

WRITERS, FIT = 16, 5
_ALIKE = 4  # so many send the same
_DIRECT, _WHOLE, _LEFT = 100, 113, 50  # 13 % of support cost goes with an obligation
_PATIENCE = 120.0  # seconds; whoever waits longer waits for ever


def main() -> int:
    """Run it; 0 when nothing was overdrawn, lost, done twice, or left to a person to mend."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=1_000)
    rounds = parser.parse_args().rounds
    with empty_record("http://localhost:8794"):
        people = make_people()
        fund = make_fund(people, "RACE", 1_000 * rounds)
        return _race(people, fund, rounds)


def _race(people: dict[str, int], fund: int, rounds: int) -> int:
    context = workers()
    barrier, told = context.Barrier(WRITERS + 1), context.Queue()
    racers = [
        context.Process(target=racer, args=(barrier, told, n, rounds, people, fund))
        for n in range(WRITERS)
    ]
    for process in racers:
        process.start()
    outcomes: Counter[str] = Counter()
    begun, wrong = time.perf_counter(), []
    try:
        for turn in range(rounds):
            _allot(people, fund, turn)
            barrier.wait(_PATIENCE)  # may propose
            barrier.wait(_PATIENCE)  # may approve
            said = [told.get(timeout=_PATIENCE) for _ in racers]
            outcomes.update(outcome if type(outcome) is str else "recorded" for outcome in said)
            wrong += _wrong_round(people, fund, turn, said)
    except Empty:
        wrong.append("somebody waits for ever")
    finally:
        for process in racers:
            process.join(10)
            process.kill()
    took = time.perf_counter() - begun
    _, kept = person_and_fund(people["officer"], fund)
    wrong += problems_of(kept)
    print(f"race: {WRITERS} writers, {rounds} rounds, {kept.records.count():,} records in "
          f"{took:.0f} s: {dict(outcomes)}; wrong: {wrong[:5] or 'nothing'}")  # fmt: skip
    return 1 if wrong or set(outcomes) - {"recorded", "ledger-overdrawn"} else 0


def _allot(people: dict[str, int], fund: int, turn: int) -> None:
    from konbit.web.ledger.actions import approve, propose
    from konbit.web.people.acting import acting
    from konbit.web.people.models import User
    from ledger_fund import allotment

    officer, kept = person_and_fund(people["officer"], fund)
    proposal = propose(officer, kept, [allotment(f"R{turn}", FIT * _WHOLE + _LEFT, key=f"R{turn}")])
    approver = User.objects.get(pk=people["approver"])
    with acting(approver):
        approve(approver, proposal)


def _wrong_round(people: dict[str, int], fund: int, turn: int, said: list[Any]) -> list[str]:
    """What is not as it must be after a round."""
    from konbit.web.ledger.models import LedgerBalance

    person_and_fund(people["officer"], fund)
    left = LedgerBalance.objects.get(fund=fund, account=f"allotted:A:R{turn}").amount_minor
    numbers = {outcome for outcome in said if type(outcome) is int}
    wrong = []
    if left != _LEFT:
        wrong.append(f"round {turn}: {left} left")
    if len(numbers) != FIT:
        wrong.append(f"round {turn}: {len(numbers)} obligations")
    return wrong


def racer(
    barrier: Barrier, told: Any, number: int, rounds: int, people: dict[str, int], fund: int
) -> None:
    """Propose and approve an obligation in each round; tell its number, or why there is none."""
    officer, kept = person_and_fund(people["officer"], fund)
    from konbit.web.ledger.actions import approve, propose
    from konbit.web.ledger.models import LedgerProposal
    from konbit.web.ledger.refusing import LedgerRefusedError
    from konbit.web.people.acting import act_as
    from konbit.web.people.models import User
    from ledger_fund import obligation

    approver = User.objects.get(pk=people["approver"])
    for turn in range(rounds):
        name = f"O{turn}-{min(number, WRITERS - _ALIKE)}"
        sent = obligation(f"R{turn}", name, _DIRECT, key=name)
        act_as(officer)
        barrier.wait(_PATIENCE)
        try:
            proposed = propose(officer, kept, [sent])
            problem = ""
        except Exception as error:
            problem = f"proposing: {type(error).__name__}"
        barrier.wait(_PATIENCE)
        try:
            act_as(approver)
            if problem:
                told.put(problem)
                continue
            proposal = LedgerProposal.objects.select_related("by", "fund__mission").get(
                pk=proposed.pk
            )
            numbers = approve(approver, proposal)
            assert approve(approver, proposal) == numbers
            told.put(numbers[0])
        except LedgerRefusedError as error:
            told.put(error.finding.code)
        except Exception as error:
            told.put(type(error).__name__)


if __name__ == "__main__":
    sys.exit(main())
