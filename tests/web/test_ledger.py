"""The ledger of the record, as its people use it."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from konbit.fund import Record, replay, statement_of, statement_sha256
from konbit.fund.transparency import canonical, leaf_hash
from konbit.web.guards.ledger import BLOCK
from konbit.web.ledger.actions import approve, post, propose, refuse
from konbit.web.ledger.models import (
    LedgerBalance,
    LedgerFund,
    LedgerPosting,
    LedgerProposal,
    LedgerRecord,
    LedgerSum,
)
from konbit.web.ledger.queries import statement
from konbit.web.ledger.refusing import AlreadyDecidedError, LedgerRefusedError
from konbit.web.people.acting import acting
from ledger_fund import Desk, allotment, desk_of, draft, obligation

if TYPE_CHECKING:
    from collections.abc import Callable

    from web_world import World


def settle() -> None:
    """Let the deferred triggers ask now what they ask at the end of a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def refused(action: Callable[[], object]) -> str:
    """The rule that refuses an action."""
    with pytest.raises(LedgerRefusedError) as caught:
        action()
    return caught.value.finding.code.removeprefix("ledger-")


def log_of(desk: Desk) -> list[Record]:
    lines = LedgerRecord.objects.filter(fund=desk.fund).values_list("bytes", flat=True)
    return [Record.from_bytes(bytes(line)) for line in lines]


def test_the_log_replays_and_balances_are_what_its_postings_add_up_to(world: World) -> None:
    desk = desk_of(world)
    desk.two(allotment("A1", 565_000))
    desk.two(obligation("A1", "O1", 500_000))
    desk.two(draft("disbursed", obligation="O1", bank="MAIN", direct_minor=200_000))
    desk.one(draft("obligation_released", obligation="O1", direct_minor=50_000, why="voided"))
    settle()
    records = log_of(desk)
    books, found = replay(records)
    assert found is None
    assert [record.sequence for record in records] == list(range(len(records)))
    kept = {
        (b.account, b.currency): (b.amount_minor, b.value_minor)
        for b in LedgerBalance.objects.filter(fund=desk.fund)
    }
    assert kept == books.balances
    posted = LedgerPosting.objects.filter(fund=desk.fund).count()
    assert posted == sum(len(record.postings) for record in records)


def test_bytes_are_canonical_and_leaves_are_the_databases(world: World) -> None:
    desk = desk_of(world)
    for row in LedgerRecord.objects.filter(fund=desk.fund):
        line = bytes(row.bytes)
        assert canonical(json.loads(line)) == line
        assert bytes(row.leaf) == leaf_hash(line)


def test_a_rule_that_refuses_leaves_nothing_behind(world: World) -> None:
    desk = desk_of(world, money=1_000)
    size = LedgerRecord.objects.filter(fund=desk.fund).count()
    assert refused(lambda: desk.two(allotment("A1", 1_001))) == "overdrawn"
    assert refused(lambda: desk.two(allotment("B1", 5, "B"))) == "earmark"
    assert refused(lambda: desk.two(allotment("A1", 5), allotment("A1", 5))) == "reference"
    assert refused(lambda: desk.one(draft("interest", purse="X", bank="MAIN", amount_minor=1)))
    assert LedgerRecord.objects.filter(fund=desk.fund).count() == size
    desk.two(allotment("A1", 600), allotment("A2", 400))
    assert refused(lambda: desk.two(allotment("A3", 1))) == "overdrawn"


def test_the_same_sent_twice_is_recorded_once(world: World) -> None:
    desk = desk_of(world)
    sent = draft("interest", purse="A", bank="MAIN", amount_minor=7, key="statement-1")
    first = desk.one(sent)
    assert desk.one(sent) == first
    other = draft("interest", purse="A", bank="MAIN", amount_minor=8, key="statement-1")
    assert refused(lambda: desk.one(other)) == "idempotency"
    proposed = allotment("A1", 5)
    with acting(desk.officer):
        one = propose(desk.officer, desk.fund, [proposed])
        assert propose(desk.officer, desk.fund, [proposed]).pk == one.pk


def test_money_needs_two_and_nobody_is_the_own_second(world: World) -> None:
    desk = desk_of(world)
    officer, approver = desk.officer, desk.approver
    with acting(officer):
        with pytest.raises(PermissionDenied):
            post(officer, desk.fund, [allotment("A1", 5)])
        proposal = propose(officer, desk.fund, [allotment("A1", 5)])
        with pytest.raises(PermissionDenied):
            approve(officer, proposal)
    with acting(approver):
        numbers = approve(approver, proposal)
        assert len(numbers) == 1
        record = log_of(desk)[numbers[0]]
        assert record.actor != record.approver
        # Approved again is recorded once; refused it cannot be any more.
        assert approve(approver, proposal) == numbers
        with pytest.raises(AlreadyDecidedError):
            refuse(approver, proposal, "too late")


def test_a_refused_proposal_is_not_approved(world: World) -> None:
    desk = desk_of(world)
    with acting(desk.officer):
        proposal = propose(desk.officer, desk.fund, [allotment("A1", 5)])
    with acting(desk.approver):
        refuse(desk.approver, proposal, "not in the plan")
        with pytest.raises(AlreadyDecidedError):
            approve(desk.approver, proposal)


@pytest.mark.parametrize(
    "name", ["outsider", "viewer", "auditor", "planner", "fund_approver", "administrator"]
)
def test_others_neither_post_nor_propose(name: str, world: World) -> None:
    desk = desk_of(world)
    user = world[name]
    with pytest.raises(PermissionDenied):
        post(user, desk.fund, [draft("interest", purse="A", bank="MAIN", amount_minor=7)])
    with pytest.raises(PermissionDenied):
        propose(user, desk.fund, [allotment("A1", 5)])


@pytest.mark.parametrize("name", ["outsider", "viewer", "auditor", "planner", "kenya_officer"])
def test_others_do_not_approve(name: str, world: World) -> None:
    desk = desk_of(world)
    with acting(desk.officer):
        proposal = propose(desk.officer, desk.fund, [allotment("A1", 5)])
    user = world[name]
    with pytest.raises(PermissionDenied):
        approve(user, proposal)


def test_what_waits_is_seen_by_readers_only(world: World) -> None:
    desk = desk_of(world)
    with acting(desk.officer):
        propose(desk.officer, desk.fund, [allotment("A1", 5)])
    world["viewer"]
    assert LedgerProposal.objects.filter(fund=desk.fund).count() > 0
    world["outsider"]
    for table in (LedgerProposal, LedgerRecord, LedgerPosting, LedgerBalance):
        assert not table.objects.exists(), table


def test_roles_of_the_log_follow_the_register_of_people(world: World) -> None:
    desk = desk_of(world)
    kinds = [record.kind for record in log_of(desk)]
    assert "actor_granted" not in kinds
    kenya = world["kenya_officer"]
    month = {"contributor": "KEN", "unit": "KEN-1", "month": "2025-12"}
    returned = draft("presence_returned", person_days=3_100, equipment_days=0, **month)
    post(kenya, desk.fund, [returned])
    settle()
    granted = [record for record in log_of(desk) if record.kind == "actor_granted"]
    assert [(r.actor, r.body["role"], r.body["party"]) for r in granted] == [
        ("registry", "contributor", "KEN")
    ]
    other = draft(
        "presence_returned", person_days=1, equipment_days=0, **{**month, "contributor": "TCD"}
    )
    assert refused(lambda: post(kenya, desk.fund, [other])) == "authority"


def test_a_statement_of_the_record_is_that_of_its_log(world: World) -> None:
    desk = desk_of(world)
    world["fund_officer"]
    desk.two(allotment("A1", 565_000))
    desk.two(obligation("A1", "O1", 500_000))
    desk.two(draft("disbursed", obligation="O1", bank="MAIN", direct_minor=200_000))
    desk.one(draft("pledged", contribution="FRA-1", amount_minor=77))
    records = log_of(desk)
    fund = LedgerFund.objects.get(pk=desk.fund.pk)
    today = records[-1].recorded_at[:10]
    for until in ("2026-01-15", "2026-01-16", "2027-01-01"):
        for known_until in (None, "2026-01-01", today):
            expected = statement_of(records, until=until, known_until=known_until)
            assert statement(fund, until=until, known_until=known_until) == expected
    half = len(records) // 2
    before = statement_of(records, until="2027-01-01", known_before=half)
    assert statement(fund, until="2027-01-01", known_before=half) == before


def test_a_statement_over_summed_blocks_is_that_of_the_whole_log(world: World) -> None:
    desk, chance = desk_of(world), Random(1)  # noqa: S311 # a test's
    kinds = (
        lambda: draft("interest", purse=chance.choice("AB"), **money()),
        lambda: draft("received", contribution=chance.choice(("USA-1", "FRA-1")), **money()),
    )

    def money() -> dict[str, Any]:
        on = f"2025-{chance.randrange(12) + 1:02d}-{chance.randrange(28) + 1:02d}"
        return {"bank": "MAIN", "amount_minor": chance.randrange(1, 99), "on": on}

    for _ in range(BLOCK // 1_000 + 1):
        desk.one(*(chance.choice(kinds)() for _ in range(1_000)))
    settle()
    world["fund_officer"]
    sums = LedgerSum.objects.filter(fund=desk.fund)
    assert sums.values_list("until", flat=True).distinct().get() == BLOCK
    assert sums.count() < BLOCK
    fund, records = LedgerFund.objects.get(pk=desk.fund.pk), log_of(desk)
    today = records[-1].recorded_at[:10]
    for until in ("2025-03-14", "2025-12-01", "2027-01-01"):
        for known in (
            {"known_before": BLOCK - 1},
            {"known_before": BLOCK},
            {"known_before": BLOCK + 9},
            {"known_until": today},
            {"known_until": "2025-06-30"},
            {},
        ):
            assert statement(fund, until=until, **known) == statement_of(
                records, until=until, **known
            )


def test_a_close_is_over_the_figures_of_the_log_and_asks_for_a_checkpoint(world: World) -> None:
    desk = desk_of(world)
    world["fund_officer"]
    fund = LedgerFund.objects.get(pk=desk.fund.pk)
    figures = statement(fund, until="2026-01-16", known_before=fund.size)
    told = {"period": "2026-01", "until_on": "2026-01-16", "on": "2026-01-16"}
    desk.two(draft("period_closed", statement_sha256=statement_sha256(figures), **told))
    assert replay(log_of(desk))[1] is None
    late = draft("interest", purse="A", bank="MAIN", amount_minor=7)
    assert refused(lambda: desk.one(late)) == "period"
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'checkpoint-fund'")
        assert fund.pk in [json.loads(args)["fund"] for (args,) in cursor.fetchall()]


def test_what_was_given_back_cannot_be_said_never_to_have_come(world: World) -> None:
    """The other gifts of the purse would pay for it."""
    desk = desk_of(world)
    desk.one(
        draft("contribution_opened", contribution="GER-1", donor="GER", purse="A",
              currency="USD", title="A third")
    )  # fmt: skip
    desk.two(draft("signed", contribution="GER-1", amount_minor=500))
    (came,) = desk.one(draft("received", contribution="GER-1", bank="MAIN", amount_minor=500))
    back = draft("refunded", contribution="GER-1", bank="MAIN", amount_minor=1, taken_from="free")
    (gone,) = desk.two(back)
    assert refused(lambda: desk.two(draft("reversed", sequence=came))) == "stage"
    desk.two(draft("reversed", sequence=gone))
    early = draft("reversed", sequence=came, on="2026-01-14")
    assert refused(lambda: desk.two(early)) == "stage"
    desk.two(draft("reversed", sequence=came))
