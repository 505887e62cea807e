"""Administering: what is told before roles end, and what an administrator finds on the pages."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.test import Client, override_settings

from konbit.web.people import inviting, tokens
from konbit.web.people.models import Participation, User
from konbit.web.words import words_in
from ledger_fund import client_of

if TYPE_CHECKING:
    from web_world import World

PASSWORD = "a long password of the tests"


def part_of(world: World, name: str) -> Participation:
    return Participation.objects.get(mission=world.mission, organisation=world.organisations[name])


def test_what_a_host_takes_back_is_told_first_and_cancelled_by_leaving(world: World) -> None:
    admin = client_of(world, "administrator")
    held = part_of(world, "kenya")
    asked: dict[str, Any] = {
        "do": "take-in", "mission": held.mission_id, "organisation": held.organisation_id,
        "own_code": "KEN", "roles": ["viewer"],
    }  # fmt: skip
    page = admin.post("/people/missions", asked)
    text = page.content.decode()
    told = words_in("en").say(
        "confirm-narrower-told", roles=words_in("en").say("role-contributor_officer")
    )
    assert told in unescape(text)
    held.refresh_from_db()
    assert "contributor_officer" in held.roles, "looking does nothing"
    fields = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', text.split("<main")[1])
    sent: dict[str, Any] = {name: value for name, value in fields if name != "roles"}
    sent |= {"roles": [value for name, value in fields if name == "roles"], "do": "take-in"}
    assert admin.post("/people/missions", sent).status_code == 302, "its own button does it"
    held.refresh_from_db()
    assert held.roles == ["viewer"]
    more = {**asked, "roles": ["viewer", "contributor_officer"]}
    assert admin.post("/people/missions", more).status_code == 302, "nothing ends: not asked"
    for name in ("kenya_administrator", "planner"):
        assert client_of(world, name).post("/people/missions", asked).status_code in {403, 422}


def test_how_an_organisation_takes_part_is_changed_from_what_it_is(world: World) -> None:
    admin = client_of(world, "administrator")
    held = part_of(world, "kenya")
    link = f"?mission={held.mission_id}&amp;organisation={held.organisation_id}#take-in"
    assert link in admin.get("/people/missions").content.decode()
    form = admin.get("/people/missions" + unescape(link)).context["part"]
    assert form.initial["roles"] == held.roles
    assert form.initial["own_code"] == "KEN"
    other = client_of(world, "kenya_administrator").get("/people/missions" + unescape(link))
    assert other.context["part"].initial == {}, "another host's is not shown"


@pytest.mark.parametrize("language", ["fr", "ht"])
def test_mail_is_written_in_the_language_in_which_somebody_joined(
    language: str, world: World
) -> None:
    _, secret = inviting.invite(world["administrator"], "n@example.org", "viewer", world.mission)
    guest = Client(SERVER_NAME="localhost")
    guest.cookies["konbit_language"] = language
    sent = {"name": "N", "password": PASSWORD}
    assert guest.post(f"/invitation/{secret}/", sent).status_code == 302
    assert User.objects.get(email="n@example.org").language == language
    elsewhere = Client(SERVER_NAME="localhost")
    elsewhere.force_login(User.objects.get(email="n@example.org"))
    assert f'<html lang="{language}">' in elsewhere.get("/").content.decode()


def test_entries_name_the_mission_and_tokens_their_role_and_last_use(world: World) -> None:
    by = world["kenya_administrator"]
    made, secret = tokens.make_token(by, "feed", ["viewer"], world.mission)
    admin = client_of(world, "kenya_administrator")
    page = admin.get("/people/").content.decode()
    assert "feed · viewer · M <" in page, "in which mission a role was given"
    words = words_in("en")
    assert words.say("people-token-unused") in page
    headers = {"Authorization": f"Bearer {secret}"}
    Client(SERVER_NAME="localhost", headers=headers).get("/api/v1/missions")
    page = admin.get("/people/").content.decode()
    assert words.say("people-token-unused") not in page
    assert "last used on" in page
    admin.post("/people/change", {"do": "revoke", "number": made.pk, "sure": "yes"})
    assert "revoked on" in admin.get("/people/").content.decode()


def test_an_invitation_that_could_not_be_mailed_says_so(world: World) -> None:
    admin = client_of(world, "kenya_administrator")
    sent = {"email": "n@example.org", "role": f"{world.mission.pk}:viewer"}
    words = words_in("en")
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST="localhost",
        EMAIL_PORT=1,
    ):
        page = unescape(admin.post("/people/invite", sent).content.decode())
    assert words.say("people-link-only") in page
    assert words.say("people-link") not in page
    assert words.say("people-link") in unescape(admin.post("/people/invite", sent).content.decode())
    assert mail.outbox[-1].to == ["n@example.org"]
