"""An administrator whom nobody in the record can help gets in again, by an operator's hand."""

from __future__ import annotations

import io
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, connections, transaction
from django.db.utils import DatabaseError
from django.test import Client, override_settings

from konbit.web.people.acting import act_as
from konbit.web.people.first import first_administrator
from konbit.web.people.models import Assignment, PeopleEntry, User
from konbit.web.people.roles import Role
from web_world import PEOPLE

if TYPE_CHECKING:
    from web_world import World

WHY = "She called; her phone is at the bottom of the bay"
_QUICK = {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}


@dataclass(frozen=True)
class House:
    """An organisation with one administrator who has a second factor."""

    sole: User

    def joined(self, *, administers: bool, has_factor: bool, language: str = "") -> User:
        """Somebody else of it."""
        made = User.objects.db_manager("owner").create_user(
            f"{uuid.uuid4().hex[:8]}@example.org", name="Other",
            organisation=self.sole.organisation, language=language,
        )  # fmt: skip
        if administers:
            role = str(Role.ADMINISTRATOR)
            Assignment.objects.using("owner").create(user=made, role=role)
        if has_factor:
            give_factor(made)
        return made


def give_factor(user: User) -> None:
    secret = {"secret": "JBSWY3DPEHPK3PXP"}
    Authenticator.objects.using("owner").create(user_id=user.pk, type="totp", data=secret)


@pytest.fixture
def house(world: World) -> House:
    world["viewer"]
    code = f"T{uuid.uuid4().hex[:8].upper()}"
    with override_settings(**_QUICK):
        sole = first_administrator(code, "The House", f"{code}@example.org".lower(), "Sole", "x")
    give_factor(sole)
    mail.outbox.clear()
    return House(sole)


def take(email: str, **told: Any) -> str:
    """What the command says."""
    said = io.StringIO()
    given = {"by": "Op Erator", "why": WHY, "yes": True, **told}
    call_command("takefactor", email, stdout=said, stderr=said, **given)
    return said.getvalue()


def has_factor(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user).exists())


@pytest.mark.parametrize("name", [n for n, (_, role) in PEOPLE.items() if role != "administrator"])
def test_of_nobody_who_has_an_administrator(name: str, world: World) -> None:
    with pytest.raises(CommandError, match="administers no organisation"):
        take(world.users[name].email)
    assert has_factor(world.users[name])


def test_of_no_administrator_whom_a_colleague_can_help(house: House) -> None:
    other = house.joined(administers=True, has_factor=True)
    with pytest.raises(CommandError, match=other.email):
        take(house.sole.email)
    assert has_factor(house.sole)


@pytest.mark.parametrize("told", [{"by": " "}, {"why": "\n"}, {"why": ""}])
def test_not_without_a_name_and_a_reason(house: House, told: dict[str, str]) -> None:
    with pytest.raises(CommandError, match="neither may be empty"):
        take(house.sole.email, **told)
    assert has_factor(house.sole)


def test_of_nobody_who_cannot_sign_in_or_has_none(house: House) -> None:
    with pytest.raises(CommandError, match="nobody with that address"):
        take("nobody@example.org")
    without = house.joined(administers=True, has_factor=False)
    with pytest.raises(CommandError, match="has no second factor"):
        take(without.email)
    User.objects.using("owner").filter(pk=house.sole.pk).update(is_active=False)
    with pytest.raises(CommandError, match="nobody with that address"):
        take(house.sole.email)


def test_not_by_the_role_that_serves(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    without = {"default": connections.settings["default"]}
    monkeypatch.setattr(connections, "settings", without)
    with pytest.raises(CommandError, match="only the owner of the tables"):
        take(house.sole.email)


def test_it_is_told_first(house: House) -> None:
    said = take(house.sole.email, yes=False)
    assert "Nothing was done" in said
    assert house.sole.email in said
    assert has_factor(house.sole)
    assert not mail.outbox


def test_it_is_done_noted_and_mailed_to_all_who_administer(house: House) -> None:
    """A colleague without second factor could not do it; an officer of the house is not told."""
    colleague = house.joined(administers=True, has_factor=False, language="fr")
    house.joined(administers=False, has_factor=True)
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(house.sole)
    assert browser.get("/people/").status_code == 200
    assert "sets up a second factor" in take(house.sole.email.upper())
    assert not has_factor(house.sole)
    act_as(house.sole)
    entry = PeopleEntry.objects.get(organisation=house.sole.organisation)
    assert (entry.by, entry.operator, entry.why) == (None, "Op Erator", WHY)
    assert (entry.verb, entry.about) == ("second-factor-taken", house.sole.email)
    letters = {message.to[0]: str(message.body) for message in mail.outbox}
    assert set(letters) == {house.sole.email, colleague.email}
    assert all("Op Erator" in text and WHY in text for text in letters.values())
    assert "second facteur" in letters[colleague.email]
    assert browser.get("/people/").status_code == 302, "the session is over, or a new factor first"
    with pytest.raises(CommandError, match="has no second factor"):
        take(house.sole.email)

    give_factor(house.sole)
    browser.force_login(house.sole)
    page = browser.get("/people/").content.decode()
    assert "Op Erator, operator of the server" in page
    assert WHY in page


def test_nobody_writes_such_an_entry_through_the_record(house: House) -> None:
    act_as(house.sole)
    add_entry(house, house.sole.pk)
    for by, operator, why in ((None, "x", "y"), (None, "", ""), (house.sole.pk, "x", "y")):
        with pytest.raises(DatabaseError), transaction.atomic():
            add_entry(house, by, operator, why)


def add_entry(house: House, by: int | None, operator: str = "", why: str = "") -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_peopleentry (organisation_id, by_id, operator, why, verb, about, "
            "role) VALUES (%s, %s, %s, %s, 'invited', 'a', '')",
            [house.sole.organisation_id, by, operator, why],
        )
