"""Every address × method × person, the outsider first, against the expected answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver

from bank_files import entry, statement
from konbit.dossier import texts_of
from konbit.dossier.tables.follow_up import FollowUp
from konbit.dossier.tables.pledge import Caveat, Offer
from konbit.fund.banking import propose as propose_matches
from konbit.web.history.models import Change
from konbit.web.imports.actions import take_in
from konbit.web.ledger.actions import propose
from konbit.web.ledger.banks.actions import Sent, confirm
from konbit.web.ledger.banks.actions import take_in as take_in_bank
from konbit.web.ledger.banks.models import BankMatch
from konbit.web.ledger.banks.queries import account_of
from konbit.web.mandates.accepting import keep_text
from konbit.web.mandates.actions import make_feed
from konbit.web.people.acting import act_as, acting
from konbit.web.people.inviting import invite
from konbit.web.plans.actions import ask_for_plan
from konbit.web.plans.archives import plan_archive
from konbit.web.plans.frozen import pack
from konbit.web.plans.models import Revision, Run
from konbit.web.pledges.actions import attach
from konbit.web.pledges.previews import look
from konbit.web.tables.mirrored import MODELS
from ledger_fund import Desk, allotment, desk_of
from sample_dossier import sample_dossier
from sample_plan import sample_plan
from signed_logs import WITNESS, signed
from web_files import OFFER, offer, workbook
from web_world import PEOPLE, new_offer, pledged_money
from who_may import ADDRESSES, METHODS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.urls import URLResolver

    from konbit.dossier import Row
    from konbit.web.ledger.models import LedgerProposal
    from web_world import World

_EVERYBODY = ("nobody", *PEOPLE)
# Pages of the parts that we build on have tests of their own where we changed them.
_OF_OTHERS = ("account_", "mfa_", "socialaccount_", "usersessions_", "openid_connect_")


@dataclass(frozen=True)
class Scene:
    """A mission in which there is something of everything.

    Attributes:
        world: who and where.
        names: what stands in braces in addresses and in what is sent.
    """

    world: World
    names: dict[str, str]

    def sent(self, told: dict[str, Any]) -> dict[str, Any]:
        """What is sent, with its names filled in."""
        if "!form" in told:
            return self._form()
        if "!statement" in told:
            return {"file": SimpleUploadedFile("bank.xml", b"<no statement/>")}
        if "!paper" in told:
            return {"file": SimpleUploadedFile("letter.pdf", b"%PDF-1.7 another")}
        if "!file" in told:
            content = workbook("offers", [OFFER, offer("FROM-FILE")])
            return {"file": SimpleUploadedFile("o.xlsx", content), "why": "a test"}
        return {name: value.format(**self.names) for name, value in told.items()}

    def _form(self) -> dict[str, Any]:
        act_as(self.world.users["viewer"])
        seen, row = current(self.world, Offer, self.names["offer"])
        texts = {**texts_of(row), "title": "Another title"}
        return {
            **{f"c.{name}": text for name, text in texts.items()},
            "seen": seen,
            "why": "a test",
        }


def current(world: World, table: type[Row], key: str = "") -> tuple[int, Row]:
    """A row as it is, and the number of its state."""
    states = MODELS[table.TABLE].objects.of(world.mission.pk).current()
    found = states.filter(row_key=key) if key else states
    return next(found.rows_with_states())


@pytest.fixture(scope="module")
def _scene(_world: World) -> Iterator[Scene]:
    """Made once, for all addresses; what a test does to it is undone with the test."""
    with transaction.atomic():
        act_as(None)
        yield made_scene(_world)
        transaction.set_rollback(True)


@pytest.fixture
def scene(_scene: Scene, world: World) -> Scene:
    act_as(world.users["planner"])
    return _scene


def made_scene(world: World) -> Scene:
    planner, mission = world["planner"], world.mission
    sent = take_in(planner, mission, "o.xlsx", workbook("offers", [OFFER, offer("SENT")]))
    dossier = sample_dossier()
    revision = Revision.objects.create(
        mission=mission, digest=dossier.digest, change=0, by=planner, content=pack(dossier),
        rows=len(dossier.all_rows),
    )  # fmt: skip
    plan = sample_plan()
    run = ask_for_plan(planner, revision, plan.as_of_on, plan.scenario)
    Run.objects.filter(pk=run.pk).update(
        state="done",
        digest=plan.digest,
        content=plan_archive(plan),
        covered_points=plan.covered_points,
        needed_points=plan.needed_points,
    )
    caveat_seen, caveat = current(world, Caveat, "KEN-LAW")
    change = Change.objects.get(mission=mission)
    _, secret = invite(world["administrator"], "invited@example.org", "administrator", None)
    proposal = pledged_money(world)
    new_offer(world, "KEN-NEW")
    paper = attach(world["planner"], mission, Offer, "KEN-POLICE", "letter.pdf", b"%PDF-1.7")
    day = "2026-11-01"
    asked = {"stage": "withdrawn", "on": day, "units": "1", "source": "a letter",
             "source_on": day, "confidence": "official", "why": "a test"}  # fmt: skip
    loss = {"offer": "KEN-NEW", "units": 1, "month": "2026-11"}
    preview = look(world["planner"], mission, run, ("offers", "KEN-NEW"), loss, asked)
    desk = desk_of(world)
    log = signed(desk.fund.code)
    waiting = ledger_proposal(desk)
    told, matched = banked(desk)
    return Scene(
        world,
        {
            "ledger_proposal": str(waiting.pk),
            "bank_statement": str(told),
            "bank_match": str(matched),
            "approver_id": str(world.users["fund_approver"].pk),
            "offer": "KEN-POLICE",
            "reading": str(keep_text(world["planner"], mission, "r", "1. Decides to stay;", "").pk),
            "feed": make_feed(world["viewer"], mission)[1],
            "follow_up_seen": str(current(world, FollowUp, "F-2814-04")[0]),
            "caveat": caveat.label,
            "caveat_seen": str(caveat_seen),
            "import": str(sent.pk),
            "change": str(change.pk),
            "proposal": str(proposal.pk),
            "revision": revision.digest,
            "run": str(run.pk),
            "secret": secret,
            "paper": paper.digest,
            "preview": str(preview.pk),
            "log_size": str(log.size),
            "key": str(WITNESS.verifier),
            "viewer_id": str(world.users["viewer"].pk),
            "mission_id": str(mission.pk),
        },
    )


def ledger_proposal(desk: Desk) -> LedgerProposal:
    """An allotment that waits for the approver."""
    with acting(desk.officer):
        return propose(desk.officer, desk.fund, [allotment("A1", 5)])


def banked(desk: Desk) -> tuple[int, int]:
    """Numbers of a statement of the fund's bank, and of a match of one of its entries."""
    one = entry(date(2026, 1, 16), 1_000_000, "USA-1")
    told = statement([one], from_on=date(2026, 1, 1), until_on=date(2026, 2, 1))
    with acting(desk.officer):
        take_in_bank(desk.officer, desk.fund, "MAIN", [Sent(told, "ab" * 32, is_csv=False)])
        there = account_of(desk.fund, "MAIN", "USD")
        confirm(
            desk.officer, desk.fund, "MAIN", propose_matches(there.open_entries, there.open_cash)
        )
        match = BankMatch.objects.get(fund=desk.fund)
    return there.statements[0].pk, match.pk


def answered(response: Any) -> str:
    """An answer by its kind."""
    if response.status_code == 302 and response["Location"].startswith("/accounts/login/"):
        return "sign in"
    known = {403: "forbidden", 404: "no page", 405: "method"}
    if response.status_code in known:
        return known[response.status_code]
    assert response.status_code < 500
    return "page"


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_address_answers_everybody_as_the_table_says(name: str, scene: Scene) -> None:
    address = ADDRESSES[name]
    path = address.path.format(**scene.names)
    expected, found = {}, {}
    for person in _EVERYBODY:
        client = Client(SERVER_NAME="localhost", raise_request_exception=False)
        if person != "nobody":
            client.force_login(scene.world.users[person])
        for method in METHODS:
            sent = scene.sent(dict(address.sent)) if method == "POST" else {}
            with transaction.atomic():
                response = client.generic(method, path) if method in {"PUT", "DELETE"} else (
                    client.post(path, sent) if method == "POST" else client.get(path)
                )  # fmt: skip
                found[person, method] = answered(response)
                transaction.set_rollback(True)
            expected[person, method] = address.expected(method, person)
    assert found == expected


def test_every_address_is_in_the_table() -> None:
    names = {
        name for name in _names(get_resolver().url_patterns) if not name.startswith(_OF_OTHERS)
    }
    assert names - {""} == set(ADDRESSES)


def _names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name or ""
        elif pattern.namespace != "api-1":  # operations have a table of their own
            yield from _names(pattern.url_patterns)
