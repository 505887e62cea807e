"""Several people's records in one commit: in sessions of their own, and who breaks a rule alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction

from konbit.web.ledger import at_once
from konbit.web.ledger.actions import post
from konbit.web.ledger.identities import opaque
from konbit.web.ledger.models import LedgerAppend, LedgerRecord
from konbit.web.ledger.refusing import LedgerRefusedError
from konbit.web.people.acting import act_as, acting
from konbit.web.people.models import Assignment, User
from ledger_fund import Desk, draft
from ledger_waiting import (
    asked_of,
    assert_sound,
    funded_desk,
    left,
    posted,
    raw,
    receipt,
    while_held,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.web.serving.embedded import Embedded


@pytest.fixture(scope="module")
def desk(server: Embedded) -> Iterator[Desk]:
    with funded_desk("TOGETHER") as made:
        yield made


def test_those_who_wait_are_recorded_in_one_commit(server: Embedded, desk: Desk) -> None:
    said = while_held(server, desk, *(posted(desk, f"w{n}", f"v{n}") for n in range(5)))
    assert sorted(number for numbers in said for number in numbers) == list(
        range(min(said)[0], min(said)[0] + 10)
    )
    act_as(desk.officer)
    for number, numbers in enumerate(said):
        keys = LedgerRecord.objects.filter(fund=desk.fund, sequence__in=numbers)
        assert [row.key for row in keys] == [f"w{number}", f"v{number}"]
    entries = LedgerAppend.objects.filter(fund=desk.fund, first__in=[told[0] for told in said])
    assert len({entry.transaction for entry in entries}) == 1
    assert {entry.by_id for entry in entries} == {desk.officer.pk}
    assert_sound(desk)


def test_who_breaks_a_rule_breaks_it_for_nobody_else(server: Embedded, desk: Desk) -> None:
    """One takes more than there is, one speaks for another, one does not balance, one twice."""
    other = (opaque(desk.fund, desk.officer), opaque(desk.fund, desk.approver))
    said = while_held(
        server,
        desk,
        posted(desk, "good-1"),
        posted(desk, "too-much", amount=10**15),
        raw(desk, "forged", other),
        raw(desk, "unbalanced", ('["free:A","USD",5,5]', '["free:A","USD",6,6]')),
        raw(desk, "numbered", ('"sequence":\x02', '"sequence":3')),
        raw(desk, "early", ('"recorded_at":"\x01"', '"recorded_at":"2026-01-01T00:00:00.000000Z"')),
        posted(desk, "good-2"),
        posted(desk, "good-1"),
    )
    refused = ["overdrawn", "authority", "zero-sum", "sequence", "clock"]
    assert said[1:6] == [f"ledger-{code}" for code in refused]
    assert said[0] == said[7] != said[6]
    assert_sound(desk)


def test_with_other_facts_the_sender_looks_again(desk: Desk) -> None:
    """A new purse, another's log, other roles: nothing is recorded on what was known before."""
    assert desk.one(receipt("known"))
    asked = asked_of(desk, "old")
    lies = ([*asked[:1], 1, *asked[2:]], [*asked[:2], "00" * 32, *asked[3:]],
            [*asked[:3], ["approver:", "officer:"], asked[4]])  # fmt: skip
    for lie in lies:
        with connection.cursor() as cursor:
            cursor.execute(at_once._RECORD, lie)
            assert cursor.fetchone() == (None,)
    desk.one(draft("announced", contribution="USA-1", amount_minor=7))
    with connection.cursor() as cursor:
        cursor.execute(at_once._RECORD, asked)
        assert cursor.fetchone() == (None,)
    assert desk.one(receipt("old"))


def test_within_a_transaction_of_others_a_refusal_breaks_nothing(desk: Desk) -> None:
    """There the slower way is taken, which asks before the database has to refuse."""
    assert desk.one(receipt("before-all"))
    with transaction.atomic():
        with pytest.raises(LedgerRefusedError):
            posted(desk, "far-too-much", amount=10**15)()
        assert desk.one(receipt("in-the-same"))
    kept = LedgerRecord.objects.filter(fund=desk.fund, key__in=["far-too-much", "in-the-same"])
    assert [record.key for record in kept] == ["in-the-same"]
    assert_sound(desk)


def test_who_does_not_balance_keeps_nobody_from_being_taken_along(
    server: Embedded, desk: Desk
) -> None:
    """Whether books balance is asked while the others can still be taken without what does not."""
    desk.one(receipt("for-balance"))
    said = while_held(
        server,
        desk,
        raw(desk, "balanced", ("", "")),
        raw(desk, "astray", ('["free:A","USD",5,5]', '["free:A","USD",6,6]')),
    )
    act_as(desk.officer)
    balanced = LedgerRecord.objects.get(fund=desk.fund, key="balanced")
    assert said == [(balanced.sequence,), "ledger-zero-sum"]
    assert_sound(desk)


def test_each_is_recorded_in_the_own_name(server: Embedded, desk: Desk) -> None:
    officer = desk.officer
    other = User.objects.db_manager("owner").create_user(
        "second@together.example", "x", name="Second", organisation=officer.organisation
    )
    Assignment.objects.using("owner").create(
        user_id=other.pk, mission_id=desk.fund.mission_id, role="fund_officer",
        given_by_id=officer.pk,
    )  # fmt: skip
    with acting(other):
        post(other, desk.fund, [receipt("second-officer")])
    desk.one(receipt("for-names"))
    left(desk, "of-other", other, sent=asked_of(desk, "of-other", other)[-1])
    while_held(server, desk, posted(desk, "of-officer"), posted(desk, "of-officer-too"))
    act_as(officer)
    for key, who in (("of-other", other), ("of-officer", officer)):
        record = LedgerRecord.objects.get(fund=desk.fund, key=key)
        entry = LedgerAppend.objects.get(fund=desk.fund, first=record.sequence)
        assert (record.actor, entry.by_id) == (opaque(desk.fund, who), who.pk)
    while_held(server, desk, posted(desk, "next-1"), posted(desk, "next-2"))
    act_as(officer)
    nexts = LedgerRecord.objects.filter(fund=desk.fund, key__in=["next-1", "next-2"])
    entries = LedgerAppend.objects.filter(
        fund=desk.fund, first__in=nexts.values_list("sequence", flat=True)
    )
    assert len(entries) == 2
    assert len({entry.transaction for entry in entries}) == 1, "what was taken is not taken again"
