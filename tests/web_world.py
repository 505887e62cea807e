"""People of several organisations and three missions, made once for all tests of the record."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from konbit.web.history.models import Proposal
from konbit.web.imports.actions import approve_import, commit, take_in
from konbit.web.missions.models import Mission
from konbit.web.people.acting import act_as, acting
from konbit.web.people.models import Assignment, Organisation, Participation, User
from konbit.web.pledges.actions import Step
from konbit.web.tables.actions import store, store_or_propose
from konbit.web.tables.edits import Edit
from konbit.web.tables.mirrored import MODELS

if TYPE_CHECKING:
    from collections.abc import Mapping

HAITI = Path(__file__).parents[1] / "dossiers" / "haiti"
SMALL = Path(__file__).parents[1] / "dossiers" / "two-camps"

# Who is of which organisation, with which role in the missions M and EMPTY; the outsider first.
PEOPLE: Mapping[str, tuple[str, str]] = {
    "outsider": ("elsewhere", ""),
    "viewer": ("un", "viewer"),
    "auditor": ("un", "auditor"),
    "planner": ("un", "planner"),
    "fund_officer": ("un", "fund_officer"),
    "fund_approver": ("un", "fund_approver"),
    "coordination_officer": ("un", "coordination_officer"),
    "administrator": ("un", "administrator"),
    "kenya_officer": ("kenya", "contributor_officer"),
    "kenya_administrator": ("kenya", "administrator"),
    "canada_officer": ("canada", "contributor_officer"),
}
# A row for tables that Haiti leaves empty, so that every table has one.
FILLED = {
    "arrears.csv": "fund,claim,on,contributor,served_until_on,claimed,paid,currency,source,"
    "source_on,confidence\n"
    "UNTF,KEN-1,2026-06-30,KEN,2026-01-01,900000,900000,USD,a test,2026-06-30,official\n",
    "serviceability.csv": "capability,since_arrival_months,share,source,source_on,confidence\n"
    "engineering,12,0.5,a test,2026-01-01,official\n",
}
_CODES = {"un": "UN", "kenya": "KEN", "canada": "CAN", "elsewhere": "ELS"}
_ROLES = {
    "un": ["viewer", "planner", "fund_officer", "fund_approver", "coordination_officer", "auditor"],
    "kenya": ["viewer", "contributor_officer"],
    "canada": ["viewer", "contributor_officer"],
}
_LEAD = ("planner", "fund_officer", "coordination_officer")


@dataclass(frozen=True)
class World:
    """Who and what there is.

    Attributes:
        mission: in it all but the outsider have a role; Haiti is loaded.
        empty: the same people, no row yet.
        other: the outsider's mission.
        users: by name.
        organisations: by name.
    """

    mission: Mission
    empty: Mission
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
    organisations = {
        name: Organisation.objects.using("owner").create(code=code, name=name.title())
        for name, code in _CODES.items()
    }
    un, elsewhere = organisations["un"], organisations["elsewhere"]
    missions = [
        Mission.objects.using("owner").create(code=code, title=code.title(), host=host)
        for code, host in (("M", un), ("EMPTY", un), ("OTHER", elsewhere))
    ]
    for mission in missions[:2]:
        for name, roles in _ROLES.items():
            Participation.objects.using("owner").create(
                mission=mission,
                organisation=organisations[name],
                own_code=_CODES[name],
                roles=roles,
            )
    Participation.objects.using("owner").create(
        mission=missions[2], organisation=elsewhere, roles=["planner", "viewer"]
    )
    users = {
        name: _user(name, organisations[organisation], role, missions)
        for name, (organisation, role) in {**PEOPLE, "lead": ("un", "")}.items()
    }
    mission, empty, other = (Mission.objects.get(pk=m.pk) for m in missions)
    lead = users["lead"].pk
    Assignment.objects.using("owner").filter(user=lead).delete()
    for role in _LEAD:
        for place in missions[:2]:
            Assignment.objects.using("owner").create(user_id=lead, mission_id=place.pk, role=role)
    world = World(mission, empty, other, users, organisations)
    load(world, mission)
    return world


def load(world: World, mission: Mission) -> None:
    """Let the lead send Haiti, and the approver approve it."""
    lead, approver = world.users["lead"], world.users["fund_approver"]
    with acting(lead):
        content = packed(HAITI, FILLED)
        done = commit(lead, take_in(lead, mission, "haiti.zip", content, why="first load"))
    assert isinstance(done, Proposal)
    with acting(approver):
        approve_import(approver, done)


def a_step(stage: str, on: date = date(2026, 6, 1)) -> Step:
    """A step for which a letter came."""
    return Step(
        stage=stage,
        on=on,
        source="a letter",
        source_on=on,
        confidence="official",
        why="a letter came",
    )


def pledged_money(world: World) -> Proposal:
    """Promised money that waits for a second person."""
    states = MODELS["contribution_events"].objects.of(world.mission.pk).current()
    officer = world["fund_officer"]
    held: Any = next(states.rows())
    row = dataclasses.replace(held, code="NEW-PLEDGE", stage="pledged")
    done = store_or_propose(officer, world.mission, "row-saved", [Edit.new(row)], why="a test")
    assert isinstance(done, Proposal)
    return done


def load_small(world: World) -> None:
    """Let the lead send a small mission into the empty one; an approver agrees where need be."""
    lead = world["lead"]
    done = commit(lead, take_in(lead, world.empty, "small.zip", packed(SMALL)))
    if isinstance(done, Proposal):
        approve_import(world["fund_approver"], done)


def new_offer(world: World, code: str) -> None:
    """Let Kenya's officer offer ten more units, like those that were there before."""
    officer = world["kenya_officer"]
    states = MODELS["offers"].objects.of(world.mission.pk).current()
    held: Any = next(states.filter(row_key="KEN-POLICE").rows())
    row = dataclasses.replace(held, code=code, unit_count=10, superseded_on=None)
    store(officer, world.mission, "row-saved", [Edit.new(row)], why="a new offer")


def packed(folder: Path, more: Mapping[str, str] | None = None) -> bytes:
    """A folder's tables as a zip archive, and more where the folder has none of that name."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.glob("*.csv")):
            archive.write(file, f"{folder.name}/{file.name}")
        for name, text in (more or {}).items():
            if not (folder / name).exists():
                archive.writestr(f"{folder.name}/{name}", text)
    return stream.getvalue()


def _user(name: str, home: Organisation, role: str, missions: list[Mission]) -> User:
    from allauth.mfa.models import Authenticator

    user = User.objects.db_manager("owner").create_user(
        f"{name}@example.org", name=name, organisation=home
    )
    places: list[Mission | None] = [None] if role == "administrator" else [*missions[:2]]
    for place in places if role else missions[2:]:
        held = role or "planner"
        Assignment.objects.using("owner").create(user=user, mission=place, role=held)
    Authenticator.objects.using("owner").create(
        user=user, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"}
    )
    return User.objects.get(pk=user.pk)
