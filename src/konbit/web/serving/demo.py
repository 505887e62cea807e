"""People to try the record with, and a dossier loaded by them as any would be."""

from __future__ import annotations

import io
import json
import os
import secrets
import zipfile
from typing import TYPE_CHECKING, Any

from konbit.dossier.tables.mandate import Organisation
from konbit.dossier.tables.pledge import Offer
from konbit.package import read
from konbit.web.history.models import Proposal
from konbit.web.imports.actions import approve_import, commit, take_in
from konbit.web.missions.models import Mission
from konbit.web.people.access import needs_second_factor
from konbit.web.people.acting import acting
from konbit.web.people.actions import give_role
from konbit.web.people.actions import take_in as take_in_organisation
from konbit.web.people.first import first_administrator
from konbit.web.people.missions import open_mission
from konbit.web.people.models import User
from konbit.web.people.roles import Role
from konbit.web.serving.demo_fund import load_fund

if TYPE_CHECKING:
    from pathlib import Path

    from konbit.dossier import Dossier

FILE = "demo-users.json"
_DOMAIN = "demo.example"
# Name, whether of the host's organisation, roles.
_PEOPLE: tuple[tuple[str, bool, tuple[Role, ...]], ...] = (
    ("lead", True, (Role.PLANNER, Role.FUND_OFFICER, Role.COORDINATION_OFFICER)),
    ("approver", True, (Role.FUND_APPROVER,)),
    # Who verifies presence does not propose to pay for it, so claims need somebody else for it.
    ("coordinator", True, (Role.COORDINATION_OFFICER,)),
    ("auditor", True, (Role.AUDITOR,)),
    ("viewer", True, (Role.VIEWER,)),
    ("contributor", False, (Role.CONTRIBUTOR_OFFICER,)),
)


def load_demo(data: Path, dossier_folder: Path) -> None:
    """Make the people of the demonstration and let them load a dossier, unless they are there.

    Raises:
        ValueError: the folder is no dossier without errors.
    """
    if Mission.objects.exists():
        return
    dossier = read(dossier_folder).dossier
    if dossier is None:
        raise ValueError(f"{dossier_folder} cannot be read without errors")
    written: dict[str, Any] = {}
    admin = _made(written, "administrator")
    row = dossier.mission
    with acting(admin):
        mission = open_mission(admin, row.code, row.title)
    contributor = _contributor(dossier)
    title = _title_of(dossier, contributor)
    other_admin = _made(written, "contributor-administrator", contributor, title)
    with acting(admin):
        take_in_organisation(
            admin,
            mission,
            other_admin.organisation,
            contributor,
            [str(Role.CONTRIBUTOR_OFFICER), str(Role.VIEWER)],
        )
    people = {}
    for name, is_host, roles in _PEOPLE:
        by = admin if is_host else other_admin
        people[name] = _joined(written, by, mission, name, roles)
    _write(data / FILE, written)
    _load(people["lead"], people["approver"], mission, dossier_folder)
    load_fund(people["lead"], people["approver"], mission, dossier, dossier_folder)


def code_for(data: Path, name: str) -> str | None:
    """The one-time code of a demonstration user, as an authenticator app would show it now."""
    from allauth.mfa.totp.internal.auth import (
        format_hotp_value,
        hotp_value,
        yield_hotp_counters_from_time,
    )

    held = json.loads((data / FILE).read_text(encoding="utf-8")).get(name)
    if not held or not held["secret"]:
        return None
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(held["secret"], counter)))


def told(data: Path) -> list[tuple[str, str, str, str]]:
    """Name, address, password and roles of the demonstration users; nothing without them."""
    file = data / FILE
    if not file.exists():
        return []
    users = json.loads(file.read_text(encoding="utf-8"))
    return [(n, u["email"], u["password"], u["roles"]) for n, u in users.items()]


def _made(
    written: dict[str, Any], name: str, code: str = "HOST", title: str = "Host organisation"
) -> User:
    email, password = f"{name}@{_DOMAIN}", secrets.token_urlsafe(12)
    made = first_administrator(code, title, email, name.title(), password)
    written[name] = {
        "email": email,
        "password": password,
        "roles": f"administrator ({title})",
        "secret": _second_factor(made),
    }
    return made


def _joined(
    written: dict[str, Any], by: User, mission: Mission, name: str, roles: tuple[Role, ...]
) -> User:
    email, password = f"{name}@{_DOMAIN}", secrets.token_urlsafe(12)
    made = User.objects.create_user(
        email, password, name=name.title(), organisation=by.organisation
    )
    with acting(by):
        for role in roles:
            give_role(by, made, str(role), mission)
    written[name] = {
        "email": email,
        "password": password,
        "roles": f"{', '.join(roles)} ({by.organisation.name})",
        "secret": _second_factor(made) if needs_second_factor(made) else "",
    }
    return made


def _second_factor(user: User) -> str:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    secret = str(generate_totp_secret())
    TOTP.activate(user, secret)
    return secret


def _contributor(dossier: Dossier) -> str:
    """The organisation that offers most people: its officer has most to try."""
    people: dict[str, int] = {}
    for offer in dossier.rows(Offer):
        if offer.used:
            offered = offer.unit_count * offer.strength_persons
            people[offer.contributor] = people.get(offer.contributor, 0) + offered
    return max(sorted(people), key=lambda code: people[code], default="NONE")


def _title_of(dossier: Dossier, code: str) -> str:
    row = dossier.by_code(Organisation).get(code)
    return row.title if row else code


def _load(lead: User, approver: User, mission: Mission, folder: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.glob("*.csv")):
            archive.write(file, file.name)
    with acting(lead):
        sent = take_in(
            lead, mission, f"{folder.name}.zip", stream.getvalue(), why="First load of the dossier"
        )
        done = commit(lead, sent)
    if isinstance(done, Proposal):
        with acting(approver):
            approve_import(approver, done)


def _write(file: Path, users: dict[str, Any]) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as new:
        json.dump(users, new, indent=2)
