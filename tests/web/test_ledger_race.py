"""Many want the last money of an allotment at once: committed, in sessions of their own."""

from __future__ import annotations

import threading
from collections import Counter
from typing import TYPE_CHECKING, Any

from django.db import connection

from konbit.fund import Record, replay
from konbit.web.ledger.actions import approve, propose
from konbit.web.ledger.models import LedgerBalance, LedgerFund, LedgerProposal, LedgerRecord
from konbit.web.ledger.refusing import LedgerRefusedError
from konbit.web.people.acting import act_as, acting
from ledger_fund import Desk, allotment, obligation
from ledger_people import desk_of_their_own

if TYPE_CHECKING:
    from konbit.web.serving.embedded import Embedded

WRITERS, ROUNDS, FIT = 8, 6, 3
_DIRECT = 100  # with 13 % of support cost an obligation takes 113


def test_the_last_money_goes_to_as_many_as_it_is_enough_for(server: Embedded) -> None:
    """Nobody else is in this mission, for what is committed stays."""
    desk = desk_of_their_own("RACE")
    for turn in range(ROUNDS):
        desk.two(allotment(f"R{turn}", FIT * 113 + 50))
        said = _raced(desk, turn)
        act_as(desk.officer)
        left = LedgerBalance.objects.get(fund=desk.fund, account=f"allotted:A:R{turn}")
        assert left.amount_minor == 50
        # The last two sent the same: it is recorded once, and both are told so.
        numbers = [number for number in said if isinstance(number, int)]
        assert len(set(numbers)) == FIT
        assert len(numbers) in {FIT, FIT + 1}
        assert Counter(said)["ledger-overdrawn"] == WRITERS - len(numbers), said
    records = LedgerRecord.objects.filter(fund=desk.fund).order_by("sequence")
    read = [Record.from_bytes(bytes(line)) for line in records.values_list("bytes", flat=True)]
    assert replay(read)[1] is None
    assert sum(record.kind == "obligated" for record in read) == FIT * ROUNDS
    act_as(None)


def _raced(desk: Desk, turn: int) -> list[Any]:
    """What each is told: the number of the record, or the rule that refused."""
    said: list[Any] = []
    barrier = threading.Barrier(WRITERS, timeout=60)

    def want(number: int) -> None:
        try:
            said.append(_wanted(desk, turn, number, barrier))
        except LedgerRefusedError as error:
            said.append(error.finding.code)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=want, args=(min(number, WRITERS - 2),)) for number in range(WRITERS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


def _wanted(desk: Desk, turn: int, number: int, barrier: threading.Barrier) -> int:
    name = f"O{turn}-{number}"
    sent = obligation(f"R{turn}", name, _DIRECT, key=name)
    fund = LedgerFund.objects.select_related("mission").get(pk=_seen_by(desk))
    with acting(desk.officer):
        barrier.wait()
        proposed = propose(desk.officer, fund, [sent])
    barrier.wait()
    with acting(desk.approver):
        proposal = LedgerProposal.objects.select_related("by", "fund__mission").get(pk=proposed.pk)
        return approve(desk.approver, proposal)[0]


def _seen_by(desk: Desk) -> int:
    act_as(desk.officer)
    return int(desk.fund.pk)
