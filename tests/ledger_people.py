"""People of a mission of their own, for tests whose records are committed and stay."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from konbit.web.missions.models import Mission
from konbit.web.people.models import Assignment, Organisation, Participation, User
from ledger_fund import opened_desk

if TYPE_CHECKING:
    from ledger_fund import Desk


def desk_of_their_own(code: str) -> Desk:
    """An officer and an approver alone in a mission, with a fund that has 10,000 cents a purse."""
    host = Organisation.objects.using("owner").create(code=code, name=code)
    mission = Mission.objects.using("owner").create(code=code, title=code, host=host)
    roles = ["fund_officer", "fund_approver"]
    Participation.objects.using("owner").create(
        mission_id=mission.pk, organisation_id=host.pk, own_code="", roles=roles
    )
    people = []
    for role in roles:
        user = User.objects.db_manager("owner").create_user(
            f"{role}@{code.lower()}.example", "x", name=role, organisation=host
        )
        Assignment.objects.using("owner").create(
            user_id=user.pk, mission_id=mission.pk, role=role, given_by_id=user.pk
        )
        people.append(User.objects.get(pk=user.pk))
    world: Any = SimpleNamespace(mission=Mission.objects.get(pk=mission.pk))
    officer, approver = people
    return opened_desk(officer, approver, world, code, 10_000)
