"""What is done to people: one verb, one transaction, one entry."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from konbit.web.bridge.locks import Lock, hold
from konbit.web.missions.models import Mission
from konbit.web.people.access import is_administrator
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

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.db.models import QuerySet

INVITATION_DAYS = 7
TOKEN_DAYS = 365
_TOKEN_START = "knb_"  # noqa: S105 - how tokens begin, by which scanners find leaked ones


class NotPossibleError(Exception):
    """What was asked cannot be done; `code` names the sentence."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def digest_of_secret(secret: str) -> str:
    """What is kept of a secret of 256 random bits: its SHA-256."""
    return hashlib.sha256(secret.encode()).hexdigest()


def called(user: User) -> str:
    """By what entries name somebody: the address of a person, the name of a program."""
    return user.name if user.is_service else user.email


def give_role(by: User, user: User, role: str, mission: Mission | None) -> Assignment:
    """Give a role to somebody of the own organisation.

    Raises:
        PermissionDenied: `by` does not administer the organisation, or the organisation may not
            give this role in this mission.
        NotPossibleError: the role is held already.
    """
    _demand_giving(by, user.organisation, role, mission)
    try:
        with transaction.atomic():
            given = Assignment.objects.create(user=user, mission=mission, role=role, given_by=by)
            _note(by, user.organisation, "role-given", called(user), mission=mission, role=role)
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
        _demand_alone(by, held.user.organisation)
        ended = Assignment.objects.filter(pk=held.pk, ended_at__isnull=True).update(
            ended_at=timezone.now(), ended_by=by
        )
        if not ended:
            return  # somebody else did; it is told once, with the moment at which it happened
        _note(
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
        _demand_alone(by, user.organisation)
        if User.objects.filter(pk=user.pk, is_active=not active).update(is_active=active):
            _note(by, user.organisation, "let-in-again" if active else "shut-out-now", called(user))
    if not active:
        end_sessions(user)


def end_sessions(user: User) -> None:
    """End every session of a user."""
    from allauth.usersessions.models import UserSession

    for session in UserSession.objects.filter(user=user):
        session.end()


def invite(by: User, email: str, role: str, mission: Mission | None) -> tuple[Invitation, str]:
    """Ask somebody to join the own organisation; gives the secret that belongs in the link.

    One invitation of an address is open at a time: an earlier one of the organisation is taken
    back, and its link opens nothing any more.

    Raises:
        PermissionDenied: `by` may not give this role.
        NotPossibleError: somebody has this address already, or it is being invited just now.
    """
    _demand_giving(by, by.organisation, role, mission)
    email = email.strip().casefold()
    if User.objects.filter(email=email).exists():
        raise NotPossibleError("people-address-taken")
    secret = secrets.token_urlsafe(32)
    try:
        with transaction.atomic():
            for earlier in open_invitations(by.organisation).filter(email=email):
                take_back(by, earlier)
            made = Invitation.objects.create(
                organisation=by.organisation,
                email=email,
                mission=mission,
                role=role,
                token_digest=digest_of_secret(secret),
                by=by,
                expires_at=timezone.now() + timedelta(days=INVITATION_DAYS),
            )
            _note(by, by.organisation, "invited", email, mission=mission, role=role)
    except IntegrityError as error:
        raise NotPossibleError("people-invited-at-once") from error
    return made, secret


def open_invitations(organisation: Organisation) -> QuerySet[Invitation]:
    """Invitations that nobody accepted or took back; some may be too old to be accepted."""
    return Invitation.objects.filter(
        organisation=organisation, accepted_at__isnull=True, revoked_at__isnull=True
    )


def open_invitation(secret: str) -> Invitation | None:
    """The invitation of a link, if it can still be accepted."""
    return Invitation.objects.filter(
        token_digest=digest_of_secret(secret),
        accepted_at__isnull=True,
        revoked_at__isnull=True,
        expires_at__gt=timezone.now(),
    ).first()


def accept(secret: str, name: str, password: str) -> User:
    """Accept an invitation: a user is made, with the role that was promised.

    Raises:
        NotPossibleError: it was accepted, taken back, or is too old; or another organisation's
            invitation of the same address was accepted before.
    """
    from konbit.web.people.acting import acting

    with transaction.atomic():
        found = open_invitation(secret)
        taken = found and Invitation.objects.filter(
            pk=found.pk, accepted_at__isnull=True, revoked_at__isnull=True
        ).update(accepted_at=timezone.now())
        if found is None or not taken:
            raise NotPossibleError("people-invitation-over")
        try:
            with transaction.atomic():
                user = User.objects.create_user(
                    found.email, password, name=name, organisation=found.organisation
                )
        except IntegrityError as error:
            raise NotPossibleError("people-address-taken") from error
        # The role is the inviter's to give, and is given in the inviter's name.
        with acting(found.by):
            give_role(found.by, user, found.role, found.mission)
    return user


def take_back(by: User, invitation: Invitation) -> None:
    """Take an invitation back.

    Raises:
        PermissionDenied: it is another organisation's.
    """
    _demand_administrator(by, invitation.organisation)
    with transaction.atomic():
        is_open = Q(accepted_at__isnull=True, revoked_at__isnull=True)
        found = Invitation.objects.filter(is_open, pk=invitation.pk)
        if found.update(revoked_at=timezone.now()):
            _note(by, invitation.organisation, "invitation-taken-back", invitation.email)


def make_token(
    by: User, name: str, roles: Sequence[str], mission: Mission, expires_at: datetime | None = None
) -> tuple[ApiToken, str]:
    """A token by which a program speaks for the own organisation; its secret is given once.

    Raises:
        PermissionDenied: `by` may not give one of the roles.
    """
    for role in roles:
        _demand_giving(by, by.organisation, role, mission)
    secret = _TOKEN_START + secrets.token_urlsafe(32)
    with transaction.atomic():
        holder = User.objects.create_user(
            f"{secrets.token_hex(8)}@token.invalid",
            name=name,
            organisation=by.organisation,
            is_service=True,
        )
        for role in roles:
            give_role(by, holder, role, mission)
        made = ApiToken.objects.create(
            organisation=by.organisation,
            user=holder,
            name=name,
            digest=digest_of_secret(secret),
            start=secret[:10],
            by=by,
            expires_at=expires_at or timezone.now() + timedelta(days=TOKEN_DAYS),
        )
        _note(by, by.organisation, "token-made", name, mission=mission, role=", ".join(roles))
    return made, secret


def revoke_token(by: User, token: ApiToken) -> None:
    """Revoke a token; from then on it opens nothing.

    Raises:
        PermissionDenied: it is another organisation's.
    """
    _demand_administrator(by, token.organisation)
    with transaction.atomic():
        found = ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True)
        if found.update(revoked_at=timezone.now()):
            User.objects.filter(pk=token.user_id).update(is_active=False)
            _note(by, token.organisation, "token-revoked", token.name)


def user_of_token(secret: str) -> User | None:
    """Who holds a token, if it is still good."""
    found = (
        ApiToken.objects.select_related("user")
        .filter(
            digest=digest_of_secret(secret),
            revoked_at__isnull=True,
            expires_at__gt=timezone.now(),
            user__is_active=True,
        )
        .first()
    )
    if found is None:
        return None
    today = timezone.now().date()
    if found.last_used_on != today:
        ApiToken.objects.filter(pk=found.pk).update(last_used_on=today)
    return found.user


def take_in(
    by: User, mission: Mission, organisation: Organisation, own_code: str, roles: Sequence[str]
) -> Participation:
    """Let an organisation take part in a mission, or change how.

    Raises:
        PermissionDenied: `by` does not administer the mission's host.
    """
    _demand_administrator(by, mission.host)
    with transaction.atomic():
        found, _ = Participation.objects.update_or_create(
            mission=mission,
            organisation=organisation,
            defaults={"own_code": own_code, "roles": list(roles)},
        )
        _note(by, organisation, "takes-part", own_code, mission=mission, role=", ".join(roles))
    return found


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


def _demand_administrator(by: User, organisation: Organisation) -> None:
    if by.organisation_id != organisation.pk or not is_administrator(by):
        raise PermissionDenied("administer")


def _demand_alone(by: User, organisation: Organisation) -> None:
    """The same, while nobody else of the organisation ends roles or shuts people out.

    Of two administrators who end each other at the same moment the later is none any more, and an
    organisation is never left without one.
    """
    hold(Lock.PEOPLE, organisation.pk)
    _demand_administrator(by, organisation)


def _demand_giving(
    by: User, organisation: Organisation, role: str, mission: Mission | None
) -> None:
    _demand_administrator(by, organisation)
    if not may_give(organisation, role, mission):
        raise PermissionDenied("give-role")


def _note(
    by: User,
    organisation: Organisation,
    verb: str,
    about: str,
    *,
    mission: Mission | None = None,
    role: str = "",
) -> None:
    PeopleEntry.objects.create(
        organisation=organisation, mission=mission, by=by, verb=verb, about=about, role=role
    )
