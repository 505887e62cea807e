"""People of several organisations and two missions, made once for all tests of the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from konbit.web.people.acting import act_as

if TYPE_CHECKING:
    from konbit.web.missions.models import Mission
    from konbit.web.people.models import Organisation, User

# Who is of which organisation, with which role in the mission.
PEOPLE = {
    "viewer": ("un", "viewer"),
    "planner": ("un", "planner"),
    "fund_officer": ("un", "fund_officer"),
    "fund_approver": ("un", "fund_approver"),
    "coordination_officer": ("un", "coordination_officer"),
    "auditor": ("un", "auditor"),
    "administrator": ("un", "administrator"),
    "kenya_officer": ("kenya", "contributor_officer"),
    "kenya_administrator": ("kenya", "administrator"),
    "canada_officer": ("canada", "contributor_officer"),
    "outsider": ("elsewhere", ""),
}
_CODES = {"un": "UN", "kenya": "KEN", "canada": "CAN", "elsewhere": "ELS"}
ROLES = {
    "un": ["viewer", "planner", "fund_officer", "fund_approver", "coordination_officer", "auditor"],
    "kenya": ["viewer", "contributor_officer"],
    "canada": ["viewer", "contributor_officer"],
}


@dataclass(frozen=True)
class World:
    """Who and what there is.

    Attributes:
        mission: the mission in which all but the outsider have a role.
        other: a mission of the outsider's organisation.
        users: by name.
        organisations: by name.
    """

    mission: Mission
    other: Mission
    users: dict[str, User]
    organisations: dict[str, Organisation]

    def __getitem__(self, name: str) -> User:
        """The user of a name; from here on the database is asked in that name."""
        user = self.users[name]
        act_as(user)
        return user


def build_world() -> World:
    """Make it as the owner of the tables does: nobody is there yet who could."""
    from konbit.web.missions.models import Mission
    from konbit.web.people.models import Assignment, Organisation, Participation, User

    organisations = {
        name: Organisation.objects.using("owner").create(code=code, name=name.title())
        for name, code in _CODES.items()
    }
    mission = Mission.objects.using("owner").create(
        code="M", title="Mission", host=organisations["un"]
    )
    other = Mission.objects.using("owner").create(
        code="OTHER", title="Another", host=organisations["elsewhere"]
    )
    for name, roles in ROLES.items():
        Participation.objects.using("owner").create(
            mission=mission, organisation=organisations[name], own_code=_CODES[name], roles=roles
        )
    Participation.objects.using("owner").create(
        mission=other, organisation=organisations["elsewhere"], roles=["planner", "viewer"]
    )
    users = {}
    for name, (organisation, role) in PEOPLE.items():
        user = User.objects.db_manager("owner").create_user(
            f"{name}@example.org", name=name, organisation=organisations[organisation]
        )
        place = None if role == "administrator" else mission
        if role:
            Assignment.objects.using("owner").create(user=user, mission=place, role=role)
        else:
            Assignment.objects.using("owner").create(user=user, mission=other, role="planner")
        _second_factor(user)
        users[name] = User.objects.get(pk=user.pk)
    mission, other = (Mission.objects.get(pk=m.pk) for m in (mission, other))
    return World(mission, other, users, organisations)


def _second_factor(user: User) -> None:
    from allauth.mfa.models import Authenticator

    Authenticator.objects.using("owner").create(
        user=user, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"}
    )
