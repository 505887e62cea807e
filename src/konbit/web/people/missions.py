"""Opening a mission: by an administrator, whose organisation becomes its host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

from konbit.web.missions.models import Mission
from konbit.web.people.access import is_administrator
from konbit.web.people.actions import take_in
from konbit.web.people.roles import MISSION_ROLES

if TYPE_CHECKING:
    from konbit.web.people.models import User


def open_mission(by: User, code: str, title: str, own_code: str = "") -> Mission:
    """Open a mission's record; the host takes part with every role.

    Raises:
        PermissionDenied: `by` administers no organisation.
    """
    if not is_administrator(by):
        raise PermissionDenied("administer")
    with transaction.atomic():
        made = Mission.objects.create(code=code, title=title, host=by.organisation)
        take_in(by, made, by.organisation, own_code, [str(role) for role in MISSION_ROLES])
    return made
