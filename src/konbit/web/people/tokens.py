"""Tokens by which programs speak for an organisation."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from konbit.web.missions.models import Mission
from konbit.web.people.actions import give_role
from konbit.web.people.administering import demand_administrator, demand_giving, note
from konbit.web.people.digests import digest_of_secret
from konbit.web.people.models import ApiToken, User

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

TOKEN_DAYS = 365
_TOKEN_START = "knb_"  # noqa: S105 - how tokens begin, by which scanners find leaked ones


def make_token(
    by: User, name: str, roles: Sequence[str], mission: Mission, expires_at: datetime | None = None
) -> tuple[ApiToken, str]:
    """A token by which a program speaks for the own organisation; its secret is given once.

    Raises:
        PermissionDenied: `by` may not give one of the roles.
    """
    for role in roles:
        demand_giving(by, by.organisation, role, mission)
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
        note(by, by.organisation, "token-made", name, mission=mission, role=", ".join(roles))
    return made, secret


def revoke_token(by: User, token: ApiToken) -> None:
    """Revoke a token; from then on it opens nothing.

    Raises:
        PermissionDenied: it is another organisation's.
    """
    demand_administrator(by, token.organisation)
    with transaction.atomic():
        found = ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True)
        if found.update(revoked_at=timezone.now()):
            User.objects.filter(pk=token.user_id).update(is_active=False)
            note(by, token.organisation, "token-revoked", token.name)


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
