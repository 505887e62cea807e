"""Who may. The policy of `roles`, asked for a user in a mission."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef

from konbit.web.missions.models import Mission
from konbit.web.people.models import Assignment, Participation
from konbit.web.people.roles import MAY, OWNED, SETTLED, WRITES, WRITING_ROLES, Role

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from konbit.dossier.columns import Row
    from konbit.web.people.models import User


@dataclass(frozen=True, slots=True)
class Standing:
    """What a user is trusted with in a mission.

    Attributes:
        roles: the roles held there.
        own_code: code of the user's organisation in the mission's tables, or empty.
    """

    roles: frozenset[Role]
    own_code: str

    def may(self, verb: str) -> bool:
        """Whether one of the roles may do what `MAY` lists under this verb."""
        return not self.roles.isdisjoint(MAY[verb])

    @property
    def imports(self) -> bool:
        """Whether files may be sent."""
        return self.may("import")

    def writes(self, table: type[Row]) -> bool:
        """Whether every row of a table may be edited."""
        return any(table.LINK in WRITES.get(role, ()) for role in self.roles)

    def writes_own(self, table: type[Row]) -> bool:
        """Whether the rows of the own organisation may be edited."""
        return (
            Role.CONTRIBUTOR_OFFICER in self.roles and bool(self.own_code) and table.TABLE in OWNED
        )

    def settles(self, table: type[Row]) -> bool:
        """Whether some rows may be settled: those that the own organisation answers for."""
        is_officer = Role.CONTRIBUTOR_OFFICER in self.roles and bool(self.own_code)
        return is_officer and table.TABLE in SETTLED

    def edits(self, table: type[Row]) -> bool:
        """Whether some rows of a table may be edited."""
        return self.writes(table) or self.writes_own(table)


def standing(user: User, mission: Mission) -> Standing:
    """What a user is trusted with in a mission; nothing at all for an outsider."""
    part = _part_of(user).filter(mission=mission).first()
    return Standing(frozenset(), "") if part is None else _standing_in(part)


def room_of(user: User, code: str) -> tuple[Mission, Standing] | None:
    """The mission of a code and the user's standing there; None where it is not for them.

    One question, for every page of a mission asks it.
    """
    part = _part_of(user).filter(mission__code=code).select_related("mission").first()
    if part is None:
        return None
    found = _standing_in(part)
    return (part.mission, found) if found.roles else None


def _part_of(user: User) -> QuerySet[Participation]:
    """Where the user's organisation takes part, with the roles that the user was given there."""
    held = Assignment.objects.filter(
        user=user, user__is_active=True, mission=OuterRef("mission"), ended_at__isnull=True
    )
    return Participation.objects.filter(organisation=user.organisation_id).annotate(
        held=ArraySubquery(held.values("role"))
    )


def _standing_in(part: Any) -> Standing:
    # A role counts as long as the mission's host lets the organisation give it.
    roles = set(part.held) & set(part.roles)
    return Standing(frozenset(Role(role) for role in roles), part.own_code)


def demand(user: User, mission: Mission, verb: str) -> Standing:
    """The user's standing, if it allows a verb.

    Raises:
        PermissionDenied: it does not.
    """
    found = standing(user, mission)
    if not found.may(verb):
        raise PermissionDenied(verb)
    return found


def readable_missions(user: User) -> QuerySet[Mission]:
    """Missions in which a user holds any role."""
    held = Assignment.objects.filter(
        user=user, user__is_active=True, mission=OuterRef("mission"), ended_at__isnull=True
    )
    part = Participation.objects.filter(
        mission=OuterRef("pk"),
        organisation=user.organisation_id,
        roles__overlap=ArraySubquery(held.values("role")),
    )
    return Mission.objects.filter(Exists(part))


def is_administrator(user: User) -> bool:
    """Whether a user administers the people of the own organisation, as the database has it now."""
    held = user.assignments.filter(role=str(Role.ADMINISTRATOR), ended_at__isnull=True)
    return held.filter(user__is_active=True).exists()


def needs_second_factor(user: User) -> bool:
    """Whether a user holds a role that writes, and so must sign in with a second factor."""
    roles = [str(role) for role in WRITING_ROLES]
    return user.assignments.filter(role__in=roles, ended_at__isnull=True).exists()


def lacks_second_factor(user: User) -> bool:
    """Whether a user needs a second factor and has not set one up: one question."""
    from allauth.mfa.models import Authenticator

    roles = [str(role) for role in WRITING_ROLES]
    held = user.assignments.filter(role__in=roles, ended_at__isnull=True)
    return held.exclude(Exists(Authenticator.objects.filter(user=OuterRef("user")))).exists()
