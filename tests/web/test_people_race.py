"""Two administrators, or two approvers, at the same moment: committed, each in a session."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from konbit.web.bridge.locks import Lock
from konbit.web.history.actions import AlreadyDecidedError, refuse
from konbit.web.history.models import Change, Proposal, Refusal
from konbit.web.imports.actions import approve_import, commit, take_in
from konbit.web.missions.models import Mission
from konbit.web.people import actions, inviting, tokens
from konbit.web.people.acting import act_as, acting
from konbit.web.people.administering import NotPossibleError
from konbit.web.people.models import (
    ApiToken,
    Assignment,
    Invitation,
    Organisation,
    Participation,
    PeopleEntry,
    User,
)
from konbit.web.people.roles import Role
from web_world import HAITI, packed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from konbit.web.serving.embedded import Embedded

_PATIENCE_SECONDS = 30
_ROLES = ["viewer", "planner", "fund_officer", "coordination_officer", "fund_approver"]


@dataclass(frozen=True)
class Office:
    """An organisation that nobody else is in, for what is committed stays.

    Attributes:
        home: the organisation.
        mission: its own.
        one: an administrator.
        other: another.
    """

    home: Organisation
    mission: Mission
    one: User
    other: User

    def person(self, name: str, *roles: str) -> User:
        """Somebody of it with roles in the mission, or as administrator."""
        user = User.objects.db_manager("owner").create_user(
            f"{name}.{self.home.code.lower()}@example.org", "x", name=name, organisation=self.home
        )
        for role in roles:
            place = None if role == Role.ADMINISTRATOR else self.mission.pk
            Assignment.objects.using("owner").create(user=user, mission_id=place, role=role)
        return User.objects.select_related("organisation").get(pk=user.pk)

    @property
    def administrators(self) -> set[str]:
        """Who administers it, and may sign in."""
        held = Assignment.objects.filter(
            user__organisation=self.home, user__is_active=True,
            role=str(Role.ADMINISTRATOR), ended_at__isnull=True,
        )  # fmt: skip
        return set(held.values_list("user__name", flat=True))

    def noted(self, verb: str) -> int:
        """How many entries say that something was done."""
        with acting(self.one if "one" in self.administrators else self.other):
            return PeopleEntry.objects.filter(organisation=self.home, verb=verb).count()


@pytest.fixture
def office(request: pytest.FixtureRequest, server: Embedded) -> Iterator[Office]:
    """Two administrators of a new organisation."""
    code = "".join(part[0] for part in request.node.name.split("_")).upper() + "-RACE"
    home = Organisation.objects.using("owner").create(code=code, name=code)
    mission = Mission.objects.using("owner").create(code=code, title=code, host=home)
    Participation.objects.using("owner").create(
        mission=mission, organisation=home, own_code="", roles=_ROLES
    )
    there = Mission.objects.get(pk=mission.pk)
    office = Office(home, there, home, home)  # type: ignore[arg-type] # filled in below
    people = [office.person(name, str(Role.ADMINISTRATOR)) for name in ("one", "other")]
    yield Office(Organisation.objects.get(pk=home.pk), there, *people)
    act_as(None)


def at_once(
    server: Embedded, held: tuple[str, list[Any]], *wants: tuple[User, Callable[[], Any]]
) -> list[str]:
    """What each is told when all have begun and wait for what somebody else still holds."""
    said = [""] * len(wants)

    def want(number: int) -> None:
        user, do = wants[number]
        try:
            with acting(user):
                do()
            said[number] = "done"
        except (PermissionDenied, NotPossibleError, AlreadyDecidedError) as error:
            said[number] = type(error).__name__
        finally:
            connection.close()

    threads = [threading.Thread(target=want, args=(number,)) for number in range(len(wants))]
    with psycopg.connect(server.url("postgres")) as holder:
        holder.execute(*held)
        for number, thread in enumerate(threads):
            thread.start()
            _until_waiting(holder, number + 1)
        holder.rollback()
    for thread in threads:
        thread.join()
    return sorted(said)


def _until_waiting(holder: psycopg.Connection, count: int) -> None:
    end = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < end:
        found = holder.execute(
            "SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted"
        ).fetchone()
        if found and found[0] >= count:
            return
        time.sleep(0.01)
    raise AssertionError("nobody waits")


def lock(about: Lock, number: int) -> tuple[str, list[Any]]:
    return "SELECT pg_advisory_xact_lock(%s, %s)", [about.value, number]


def row(table: str, number: int) -> tuple[str, list[Any]]:
    return f"SELECT 1 FROM {table} WHERE id = %s FOR UPDATE", [number]


def right_of(user: User) -> Assignment:
    return Assignment.objects.select_related("user__organisation", "mission").get(
        user=user, role=str(Role.ADMINISTRATOR)
    )


def test_two_who_end_each_others_right(office: Office, server: Embedded) -> None:
    one, other = office.one, office.other
    said = at_once(
        server,
        lock(Lock.PEOPLE, office.home.pk),
        (one, lambda: actions.end_role(one, right_of(other))),
        (other, lambda: actions.end_role(other, right_of(one))),
    )
    assert said == ["PermissionDenied", "done"]
    assert len(office.administrators) == 1
    assert office.noted("role-ended") == 1


def test_two_who_shut_each_other_out(office: Office, server: Embedded) -> None:
    one, other = office.one, office.other
    said = at_once(
        server,
        lock(Lock.PEOPLE, office.home.pk),
        (one, lambda: actions.set_active(one, other, active=False)),
        (other, lambda: actions.set_active(other, one, active=False)),
    )
    assert said == ["PermissionDenied", "done"]
    assert len(office.administrators) == 1
    assert office.noted("shut-out-now") == 1


def test_one_ends_a_right_and_is_shut_out_for_it(office: Office, server: Embedded) -> None:
    one, other = office.one, office.other
    said = at_once(
        server,
        lock(Lock.PEOPLE, office.home.pk),
        (one, lambda: actions.end_role(one, right_of(other))),
        (other, lambda: actions.set_active(other, one, active=False)),
    )
    assert said == ["PermissionDenied", "done"]
    assert len(office.administrators) == 1


def test_three_in_a_circle_leave_somebody(office: Office, server: Embedded) -> None:
    one, other = office.one, office.other
    third = office.person("third", str(Role.ADMINISTRATOR))
    at_once(
        server,
        lock(Lock.PEOPLE, office.home.pk),
        (one, lambda: actions.end_role(one, right_of(other))),
        (other, lambda: actions.set_active(other, third, active=False)),
        (third, lambda: actions.end_role(third, right_of(one))),
    )
    assert office.administrators


def test_both_give_the_same_role(office: Office, server: Embedded) -> None:
    somebody = office.person("somebody")
    said = at_once(
        server,
        ("LOCK TABLE people_assignment IN SHARE MODE", []),
        *(
            (by, lambda by=by: actions.give_role(by, somebody, "viewer", office.mission))
            for by in (office.one, office.other)
        ),
    )
    assert said == ["NotPossibleError", "done"]
    assert office.noted("role-given") == 1


def test_both_invite_the_same_person(office: Office, server: Embedded) -> None:
    address = "new@race.example"
    said = at_once(
        server,
        ("LOCK TABLE people_invitation IN SHARE MODE", []),
        *(
            (by, lambda by=by: inviting.invite(by, address, "viewer", office.mission))
            for by in (office.one, office.other)
        ),
    )
    assert said == ["NotPossibleError", "done"]
    assert Invitation.objects.filter(email=address, revoked_at__isnull=True).count() == 1
    assert office.noted("invited") == 1


def test_both_take_the_same_invitation_back(office: Office, server: Embedded) -> None:
    with acting(office.one):
        made, _ = inviting.invite(office.one, "gone@race.example", "viewer", office.mission)
    said = at_once(
        server,
        row("people_invitation", made.pk),
        *((by, lambda by=by: inviting.take_back(by, made)) for by in (office.one, office.other)),
    )
    assert said == ["done", "done"]
    assert office.noted("invitation-taken-back") == 1


def test_an_invitation_is_accepted_while_it_is_taken_back(office: Office, server: Embedded) -> None:
    with acting(office.one):
        made, secret = inviting.invite(office.one, "both@race.example", "viewer", office.mission)
    at_once(
        server,
        row("people_invitation", made.pk),
        (office.one, lambda: inviting.take_back(office.one, made)),
        (office.other, lambda: inviting.accept(secret, "Both", "correct horse battery")),
    )
    made.refresh_from_db()
    joined = User.objects.filter(email="both@race.example").exists()
    assert (made.accepted_at is not None) == joined
    assert (made.accepted_at is None) != (made.revoked_at is None), "one of the two, never both"
    assert office.noted("invitation-taken-back") == (0 if joined else 1)


def test_both_accept_the_same_invitation(office: Office, server: Embedded) -> None:
    with acting(office.one):
        made, secret = inviting.invite(office.one, "twice@race.example", "viewer", office.mission)
    said = at_once(
        server,
        row("people_invitation", made.pk),
        *(
            (by, lambda: inviting.accept(secret, "Twice", "correct horse battery"))
            for by in (office.one, office.other)
        ),
    )
    assert said == ["NotPossibleError", "done"]
    assert User.objects.filter(email="twice@race.example").count() == 1


def test_both_revoke_the_same_token(office: Office, server: Embedded) -> None:
    with acting(office.one):
        made, secret = tokens.make_token(office.one, "feed", ["viewer"], office.mission)
    token = ApiToken.objects.select_related("organisation").get(pk=made.pk)
    said = at_once(
        server,
        row("people_apitoken", made.pk),
        *((by, lambda by=by: tokens.revoke_token(by, token)) for by in (office.one, office.other)),
    )
    assert said == ["done", "done"]
    assert office.noted("token-revoked") == 1
    assert tokens.user_of_token(secret) is None


def asked(office: Office) -> Proposal:
    """A file with promised money, which waits for a second person."""
    sender = office.person("sender", "planner", "fund_officer", "coordination_officer")
    with acting(sender):
        file = take_in(
            sender, office.mission, "bridge.zip", packed(HAITI.parent / "bridge"), why="first load"
        )
        done = commit(sender, file)
    assert isinstance(done, Proposal)
    return done


def test_both_approve_the_same_request(office: Office, server: Embedded) -> None:
    proposal = asked(office)
    approvers = [office.person(name, "fund_approver") for name in ("a", "b")]
    said = at_once(
        server,
        lock(Lock.MISSION, office.mission.pk),
        *((who, lambda who=who: approve_import(who, _fresh(proposal))) for who in approvers),
    )
    assert said == ["AlreadyDecidedError", "done"]
    with acting(approvers[0]):
        assert Change.objects.filter(proposal=proposal).count() == 1


def test_one_approves_what_another_refuses(office: Office, server: Embedded) -> None:
    proposal = asked(office)
    one, other = (office.person(name, "fund_approver") for name in ("a", "b"))
    said = at_once(
        server,
        lock(Lock.MISSION, office.mission.pk),
        (one, lambda: approve_import(one, _fresh(proposal))),
        (other, lambda: refuse(other, _fresh(proposal), "no")),
    )
    assert said == ["AlreadyDecidedError", "done"]
    with acting(one):
        changes = Change.objects.filter(proposal=proposal).count()
        assert changes + Refusal.objects.filter(proposal=proposal).count() == 1


def _fresh(proposal: Proposal) -> Proposal:
    return Proposal.objects.select_related("mission", "by").get(pk=proposal.pk)
