"""A desk officer whose second factor is lost gets in again, by an administrator's hand alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client

from konbit.web.people import actions
from konbit.web.people.administering import NotPossibleError
from konbit.web.people.models import PeopleEntry
from web_world import PEOPLE

if TYPE_CHECKING:
    from web_world import World

OFFICER = "kenya_officer"


def as_(world: World, name: str) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(world.users[name])
    return client


def asked(world: World, name: str, sure: str = "yes") -> int:
    sent = {"do": "lost-factor", "number": world.users[OFFICER].pk, "sure": sure}
    return as_(world, name).post("/people/change", sent).status_code


def has_factor(world: World) -> bool:
    return bool(Authenticator.objects.filter(user=world.users[OFFICER]).exists())


@pytest.mark.parametrize("name", [name for name in PEOPLE if name != "kenya_administrator"])
def test_nobody_but_their_own_administrator_takes_it_away(name: str, world: World) -> None:
    assert asked(world, name) >= 400
    assert has_factor(world)
    with pytest.raises((PermissionDenied, NotPossibleError)):
        actions.forget_second_factor(world[name], world.users[OFFICER])


def test_it_is_told_done_noted_and_mailed_once(world: World) -> None:
    officer = as_(world, OFFICER)
    assert officer.get("/m/M/").status_code == 200
    mail.outbox.clear()
    assert asked(world, "kenya_administrator", sure="") == 200
    assert has_factor(world), "asked first"
    page = as_(world, "kenya_administrator").get("/people/").content.decode()
    assert page.count('value="lost-factor"') == 1, "not beside the administrator's own name"
    assert asked(world, "kenya_administrator") == 302
    assert not has_factor(world)
    assert [m.to for m in mail.outbox] == [[world.users[OFFICER].email]]
    again = officer.get("/m/M/")
    assert again.status_code == 302, "the session ended, or leads to a new second factor"
    fresh = as_(world, OFFICER)
    assert fresh.get("/m/M/")["Location"] == "/second-factor"
    assert asked(world, "kenya_administrator") == 302
    assert len(mail.outbox) == 1
    world["kenya_administrator"]
    assert PeopleEntry.objects.filter(verb="second-factor-taken").count() == 1
    listed = as_(world, "kenya_administrator").get("/people/").content.decode()
    assert "Second factor taken away" in listed


def test_nobody_takes_their_own_away_here(world: World) -> None:
    by = world["kenya_administrator"]
    with pytest.raises(NotPossibleError):
        actions.forget_second_factor(by, by)
