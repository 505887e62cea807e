"""Invitations: somebody is asked to join an organisation, and joins it or is asked no longer."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from konbit.web.missions.models import Mission
from konbit.web.people.acting import acting
from konbit.web.people.actions import give_role
from konbit.web.people.administering import (
    NotPossibleError,
    demand_administrator,
    demand_giving,
    note,
)
from konbit.web.people.digests import digest_of_secret
from konbit.web.people.models import Invitation, Organisation, User

if TYPE_CHECKING:
    from django.db.models import QuerySet

INVITATION_DAYS = 7


def invite(by: User, email: str, role: str, mission: Mission | None) -> tuple[Invitation, str]:
    """Ask somebody to join the own organisation; gives the secret that belongs in the link.

    One invitation of an address is open at a time: an earlier one of the organisation is taken
    back, and its link opens nothing any more.

    Raises:
        PermissionDenied: `by` may not give this role.
        NotPossibleError: somebody has this address already, or it is being invited just now.
    """
    demand_giving(by, by.organisation, role, mission)
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
            note(by, by.organisation, "invited", email, mission=mission, role=role)
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


def accept(secret: str, name: str, password: str, language: str = "") -> User:
    """Accept an invitation: a user is made, with the role that was promised.

    The language in which it was accepted is kept, for mail is written without a browser.

    Raises:
        NotPossibleError: it was accepted, taken back, or is too old; or another organisation's
            invitation of the same address was accepted before.
    """
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
                    found.email,
                    password,
                    name=name,
                    organisation=found.organisation,
                    language=language,
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
    demand_administrator(by, invitation.organisation)
    with transaction.atomic():
        is_open = Q(accepted_at__isnull=True, revoked_at__isnull=True)
        found = Invitation.objects.filter(is_open, pk=invitation.pk)
        if found.update(revoked_at=timezone.now()):
            note(by, invitation.organisation, "invitation-taken-back", invitation.email)
