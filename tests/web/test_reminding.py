"""Reminders: in a list of one's own and by mail, once each, to those who may do something."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import DatabaseError, connection, transaction
from django.test import Client

from konbit.web.history.models import Proposal
from konbit.web.people.acting import act_as
from konbit.web.pledges.models import Reminded
from konbit.web.site.reminding import remind_all
from konbit.web.site.work import remind
from web_world import pledged_money

if TYPE_CHECKING:
    from web_world import World

NOW = datetime(2026, 11, 25, 6, 23, tzinfo=UTC)


def reminded(world: World, name: str) -> list[Reminded]:
    return list(Reminded.objects.filter(user=world[name]))


def addressed(world: World) -> dict[str, Any]:
    """Messages about the mission by who was written to; other tests leave funds elsewhere."""
    link = f"/m/{world.mission.code}/"
    own = [message for message in mail.outbox if link in message.body]
    found = {message.to[0].split("@")[0]: message for message in own}
    assert len(found) == len(own), "one message for each"
    return found


def test_each_is_reminded_once_of_what_they_may_do_something_about(world: World) -> None:
    mail.outbox.clear()
    act_as(None)
    sent = remind_all(NOW)
    messages = addressed(world)
    assert sent == len(mail.outbox) >= len(messages) > 0
    assert "viewer" not in messages, "who only reads is asked for nothing"
    assert "auditor" not in messages
    assert "outsider" not in messages
    kenya = reminded(world, "kenya_officer")
    assert {row.key for row in kenya if row.table == "offers"} <= {"KEN-POLICE", "KEN-NEXT"}
    assert reminded(world, "planner")
    body = messages["planner"].body
    first = reminded(world, "planner")[-1]
    assert first.key in body
    assert "http://localhost:8000/m/M/reminders/" in body

    act_as(None)
    assert remind_all(NOW) == 0, "the same is not sent again"
    assert len(mail.outbox) == sent


def test_what_is_new_later_is_sent_without_what_was_sent_before(world: World) -> None:
    act_as(None)
    remind_all(NOW)
    before = {(row.key, row.code) for row in reminded(world, "planner")}
    mail.outbox.clear()
    act_as(None)
    remind_all(NOW + timedelta(days=400))
    after = {(row.key, row.code) for row in reminded(world, "planner")}
    assert before < after
    lines = [x for x in addressed(world)["planner"].body.splitlines() if x.startswith("- ")]
    assert len(lines) == len(reminded(world, "planner")) - len(before)


def test_a_change_that_waits_for_days_reminds_those_who_may_agree(world: World) -> None:
    proposal = pledged_money(world)
    act_as(None)
    mail.outbox.clear()
    remind_all(proposal.at + timedelta(days=1))
    assert "fund_approver" not in addressed(world)
    act_as(None)
    remind_all(proposal.at + timedelta(days=4))
    (held,) = reminded(world, "fund_approver")
    assert (held.code, held.key) == ("reminder-proposal", str(proposal.pk))
    assert Proposal.objects.count() >= 1


def test_what_cannot_be_sent_is_not_noted_and_tried_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_self: object, _messages: object) -> int:
        raise OSError("no connection")

    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "send_messages", broken)
        act_as(None)
        assert remind_all(NOW) == 0
    assert reminded(world, "planner") == []
    act_as(None)
    assert remind_all(NOW) > 0
    assert reminded(world, "planner")


def test_the_work_of_the_hour_reminds(world: World) -> None:
    act_as(None)
    remind(int(NOW.timestamp()))
    assert reminded(world, "planner")


def test_the_list_is_ones_own(world: World) -> None:
    act_as(None)
    remind_all(NOW)
    key = reminded(world, "planner")[-1].key
    client = Client(SERVER_NAME="localhost")
    client.force_login(world.users["planner"])
    assert key in client.get("/m/M/reminders/").content.decode()
    client.force_login(world.users["viewer"])
    assert key not in client.get("/m/M/reminders/").content.decode()
    world["viewer"]
    assert not Reminded.objects.exists(), "the database shows nobody another's list"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO pledges_reminded (mission_id, user_id, code, "table", key, "on", stage) '
            "VALUES (%s, %s, 'reminder-ends', '', '1', now(), '')",
            [world.mission.pk, world.users["planner"].pk],
        )
