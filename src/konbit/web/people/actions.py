"""What is done to people and their roles: one verb, one transaction, one entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from konbit.web.missions.models import Mission
from konbit.web.people.administering import (
    NotPossibleError,
    called,
    demand_administrator,
    demand_alone,
    demand_giving,
    note,
)
from konbit.web.people.models import Assignment, Organisation, Participation, User
from konbit.web.people.roles import Role

if TYPE_CHECKING:
    from collections.abc import Sequence


def give_role(by: User, user: User, role: str, mission: Mission | None) -> Assignment:
    """Give a role to somebody of the own organisation.

    Raises:
        PermissionDenied: `by` does not administer the organisation, or the organisation may not
            give this role in this mission.
        NotPossibleError: the role is held already.
    """
    demand_giving(by, user.organisation, role, mission)
    try:
        with transaction.atomic():
            given = Assignment.objects.create(user=user, mission=mission, role=role, given_by=by)
            note(by, user.organisation, "role-given", called(user), mission=mission, role=role)
    except IntegrityError as error:
        raise NotPossibleError("people-role-held") from error
    return given


def end_role(by: User, held: Assignment) -> None:
    """End a role; that it was held stays known.

    Raises:
        PermissionDenied: `by` does not administer the holder's organisation.
        NotPossibleError: it would leave the organisation without administrator.
    """
    if held.role == Role.ADMINISTRATOR and held.user_id == by.pk:
        raise NotPossibleError("people-last-administrator")
    with transaction.atomic():
        demand_alone(by, held.user.organisation)
        ended = Assignment.objects.filter(pk=held.pk, ended_at__isnull=True).update(
            ended_at=timezone.now(), ended_by=by
        )
        if not ended:
            return  # somebody else did; it is told once, with the moment at which it happened
        note(
            by,
            held.user.organisation,
            "role-ended",
            called(held.user),
            mission=held.mission,
            role=held.role,
        )


def set_active(by: User, user: User, *, active: bool) -> None:
    """Let somebody of the own organisation sign in, or no longer; sessions end at once.

    Raises:
        PermissionDenied: `by` does not administer the organisation.
        NotPossibleError: nobody shuts themselves out.
    """
    if user.pk == by.pk:
        raise NotPossibleError("people-not-yourself")
    with transaction.atomic():
        demand_alone(by, user.organisation)
        if User.objects.filter(pk=user.pk, is_active=not active).update(is_active=active):
            note(by, user.organisation, "let-in-again" if active else "shut-out-now", called(user))
    if not active:
        end_sessions(user)


def forget_second_factor(by: User, user: User) -> bool:
    """Take away the lost second factor of somebody of the own organisation; whether there was one.

    Sessions end. With the password alone they set up another, and until then nothing else opens to
    whoever may write.

    Raises:
        PermissionDenied: `by` does not administer the organisation.
        NotPossibleError: nobody does so for themselves.
    """
    from allauth.mfa.models import Authenticator

    if user.pk == by.pk:
        raise NotPossibleError("people-not-own-factor")
    with transaction.atomic():
        demand_alone(by, user.organisation)
        taken, _ = Authenticator.objects.filter(user=user).delete()
        if taken:
            note(by, user.organisation, "second-factor-taken", called(user))
    if taken:
        end_sessions(user)
    return bool(taken)


def end_sessions(user: User) -> None:
    """End every session of a user."""
    from allauth.usersessions.models import UserSession

    for session in UserSession.objects.filter(user=user):
        session.end()


def take_in(
    by: User, mission: Mission, organisation: Organisation, own_code: str, roles: Sequence[str]
) -> Participation:
    """Let an organisation take part in a mission, or change how.

    Raises:
        PermissionDenied: `by` does not administer the mission's host.
    """
    demand_administrator(by, mission.host)
    with transaction.atomic():
        found, _ = Participation.objects.update_or_create(
            mission=mission,
            organisation=organisation,
            defaults={"own_code": own_code, "roles": list(roles)},
        )
        note(by, organisation, "takes-part", own_code, mission=mission, role=", ".join(roles))
    return found
