"""Raw SQL against the second person: each attempt to approve alone, twice or in another's name.

Nothing of our Python stands between: what refuses here is the database. The sessions are those of
an officer or an approver, who may do most.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from konbit.web.ledger.actions import written
from konbit.web.ledger.identities import opaque
from konbit.web.people.acting import act_as
from ledger_fund import Desk, allotment
from ledger_raw import appended, desk_of_officer, forged, moved, proposed, said

if TYPE_CHECKING:
    from web_world import World


@pytest.fixture
def desk(world: World) -> Desk:
    return desk_of_officer(world)


def test_the_second_person_takes_what_was_proposed_and_nothing_else(desk: Desk) -> None:
    proposal = proposed(desk, 100)
    act_as(desk.approver)
    assert appended(desk, moved(desk, 101), proposal=proposal) == "ledger-four-eyes"
    assert appended(desk, moved(desk, 100)) == "ledger-authority"
    unlike = moved(desk, 100, authority="Another rule")
    assert appended(desk, unlike, proposal=proposal) == "ledger-four-eyes"
    assert appended(desk, moved(desk, 100, approver=None), proposal=proposal) == "ledger-four-eyes"
    assert appended(desk, moved(desk, 100), proposal=proposal) == ""


def test_once_decided_a_proposal_is_decided(desk: Desk) -> None:
    proposal = proposed(desk, 100)
    act_as(desk.approver)
    insert = "INSERT INTO ledger_refusal (proposal_id, fund_id, by_id, why) VALUES (%s, %s, %s, '')"
    values = (proposal.pk, desk.fund.pk, desk.approver.pk)
    with connection.cursor() as cursor:
        cursor.execute(insert, values)
    assert appended(desk, moved(desk, 100), proposal=proposal) == "ledger-decided"


def test_nobody_approves_the_own_proposal_nor_in_anothers_name(desk: Desk, world: World) -> None:
    proposal = proposed(desk, 100)
    act_as(desk.officer)
    assert appended(desk, moved(desk, 100), proposal=proposal) == "ledger-four-eyes"
    own = moved(desk, 100, approver=opaque(desk.fund, desk.officer))
    assert appended(desk, own, proposal=proposal) == "ledger-four-eyes"
    for name in ("viewer", "planner", "auditor", "kenya_officer", "coordination_officer"):
        world[name]
        assert appended(desk, moved(desk, 100), proposal=proposal) == "ledger-four-eyes"
    world["outsider"]
    fund = desk.fund.pk
    answer = said("SELECT konbit_ledger_append(%s, %s, NULL)", fund, '{"kind": "received"}')
    assert "insufficient_privilege" in answer


def test_nobody_proposes_in_anothers_name(desk: Desk, world: World) -> None:
    insert = (
        "INSERT INTO ledger_proposal (fund_id, by_id, why, drafts, first_key) "
        "VALUES (%s, %s, '', %s, 'x')"
    )
    drafts = json.dumps([written(allotment("A9", 5))])
    world["fund_approver"]
    for by in (desk.officer, desk.approver):
        answer = said(insert, desk.fund.pk, by.pk, drafts)
        assert "row-level security" in answer


def test_roles_of_the_log_are_those_of_the_record(desk: Desk, world: World) -> None:
    for name, role, party in (
        ("viewer", "officer", ""),
        ("fund_officer", "approver", ""),
        ("kenya_officer", "contributor", "CAN"),
    ):
        body = {"who": opaque(desk.fund, world.users[name]), "role": role, "party": party}
        record = forged(desk, "actor_granted", body=body, actor="registry")
        assert appended(desk, record) == "ledger-authority"
    body = {"who": opaque(desk.fund, desk.officer), "role": "officer", "party": ""}
    assert appended(desk, forged(desk, "actor_ended", body=body, actor="registry")) == (
        "ledger-authority"
    )
