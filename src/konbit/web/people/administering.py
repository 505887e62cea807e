"""Who may do something to people, and the entry that says it was done."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from konbit.web.bridge.locks import Lock, hold
from konbit.web.missions.models import Mission
from konbit.web.people.access import is_administrator
from konbit.web.people.models import Organisation, Participation, PeopleEntry, User
from konbit.web.people.roles import Role


class NotPossibleError(Exception):
    """What was asked cannot be done; `code` names the sentence."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def called(user: User) -> str:
    """By what entries name somebody: the address of a person, the name of a program."""
    return user.name if user.is_service else user.email


def may_give(organisation: Organisation, role: str, mission: Mission | None) -> bool:
    """Whether an organisation's administrators may give a role in a mission."""
    if role == Role.ADMINISTRATOR:
        return mission is None
    return (
        mission is not None
        and Participation.objects.filter(
            mission=mission, organisation=organisation, roles__contains=[role]
        ).exists()
    )


def demand_administrator(by: User, organisation: Organisation) -> None:
    """See that somebody administers an organisation.

    Raises:
        PermissionDenied: they do not.
    """
    if by.organisation_id != organisation.pk or not is_administrator(by):
        raise PermissionDenied("administer")


def demand_alone(by: User, organisation: Organisation) -> None:
    """The same, while nobody else of the organisation ends roles or shuts people out.

    Of two administrators who end each other at the same moment the later is none any more, and an
    organisation is never left without one.
    """
    hold(Lock.PEOPLE, organisation.pk)
    demand_administrator(by, organisation)


def demand_giving(by: User, organisation: Organisation, role: str, mission: Mission | None) -> None:
    """See that somebody administers an organisation, and that it may give a role in a mission.

    Raises:
        PermissionDenied: one of them is not so.
    """
    demand_administrator(by, organisation)
    if not may_give(organisation, role, mission):
        raise PermissionDenied("give-role")


def note(
    by: User,
    organisation: Organisation,
    verb: str,
    about: str,
    *,
    mission: Mission | None = None,
    role: str = "",
) -> None:
    """Add the entry of what was done."""
    PeopleEntry.objects.create(
        organisation=organisation, mission=mission, by=by, verb=verb, about=about, role=role
    )
