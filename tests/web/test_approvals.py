"""What waits for a second person stands on one page, whatever it is, in words."""

from __future__ import annotations

import dataclasses
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from bank_files import entry, statement
from konbit.api.headings import column_titled
from konbit.fund import KINDS
from konbit.fund.kinds import OPTIONAL
from konbit.terms import Money
from konbit.web.history.models import Proposal
from konbit.web.ledger.actions import open_fund, opening, propose
from konbit.web.ledger.banks.actions import Sent, take_in
from konbit.web.ledger.models import LedgerProposal, LedgerRecord
from konbit.web.people.acting import act_as, acting
from konbit.web.plans import actions as plans
from konbit.web.plans.models import Run
from konbit.web.plans.queries import approvable
from konbit.web.tables.actions import store, store_or_propose
from konbit.web.tables.edits import Edit, LeadsNowhereError
from konbit.web.tables.mirrored import MODELS
from konbit.web.tables.worded import cell_worded
from konbit.web.words import words_in
from ledger_fund import ON, TERMS, client_of, desk_of, draft
from web_world import PEOPLE, pledged_money

if TYPE_CHECKING:
    from web_world import World

_AT = "/m/M/approvals/"
_DECIDES = re.compile(r'name="decision" value="approve"')
_RAW = re.compile(r"founders|reconstruction|_minor|_ppm|\bp-[0-9a-f]{20}|\{|\bTrue\b|\bFalse\b")


def shown(world: World, name: str, language: str = "en") -> str:
    client = client_of(world, name)
    client.cookies["konbit_language"] = language
    page = client.get(_AT)
    assert page.status_code == 200
    return page.content.decode().split("<main", 1)[1]


def opened(world: World) -> LedgerProposal:
    """A fund whose opening waits, with its two founders."""
    officer = world["fund_officer"]
    fund = open_fund(officer, world.mission, "NEW", "New trust fund", "USD")
    asked = opening(fund, officer, world.users["fund_approver"], on=ON, authority="Terms 1")
    return propose(officer, fund, [asked])


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ("fund_officer (fund officer); fund_approver (fund approver)", "15 January 2026")),
        ("fr", ("fund_officer (agent du fonds)", "15 janvier 2026", "Reconstitué après coup")),
        ("es", ("fund_officer (oficial del fondo)", "15 de enero de 2026", "Misión")),
        ("ht", ("fund_officer (ofisye fon an)", "15 janvye 2026", "Rekonstwi apre")),
    ],
)
def test_a_fund_that_waits_is_read_in_words(
    language: str, told: tuple[str, ...], world: World
) -> None:
    opened(world)
    page = shown(world, "fund_approver", language)
    assert words_in(language).say("approvals-none") not in page
    assert all(text in page for text in ("New trust fund", "Terms 1", *told))
    assert _RAW.search(page) is None


def test_who_may_decides_there_and_all_others_read(world: World) -> None:
    proposal = opened(world)
    for name, (_, role) in PEOPLE.items():
        if role in {"", "administrator"}:
            assert client_of(world, name).get(_AT).status_code == 404, name
        else:
            may = role == "fund_approver"
            assert bool(_DECIDES.search(shown(world, name))) is may, name
    decide = f"/m/M/funds/NEW/decide/{proposal.pk}"
    sent = {"decision": "approve", "back": "approvals"}
    for name, status in (("outsider", 404), ("auditor", 403), ("fund_officer", 403)):
        assert client_of(world, name).post(decide, sent).status_code == status
    approver = client_of(world, "fund_approver")
    done = approver.post(decide, sent)
    assert done["Location"] == _AT
    said = words_in("en").say("approvals-recorded", fund="New trust fund")
    assert said in approver.get(_AT).content.decode(), "and she is told that it was done"
    act_as(world.users["fund_approver"])
    assert LedgerRecord.objects.filter(fund=proposal.fund, kind="fund_opened").exists()
    assert words_in("en").say("approvals-none") in shown(world, "fund_approver")


def test_the_mission_counts_rows_and_records(world: World) -> None:
    pledged_money(world)
    opened(world)
    page = client_of(world, "fund_approver").get("/m/M/").content.decode()
    assert words_in("en").say("mission-waiting", count=2) in page


def test_every_member_of_every_kind_of_record_has_its_word() -> None:
    names = {name for kind in KINDS.values() for name in kind.members} | set(OPTIONAL)
    words = words_in("en")
    assert {n for n in names if not words.knows(f"entry-{n.replace('_', '-')}")} == set()


def test_amounts_shares_days_and_choices_of_records_are_worded(world: World) -> None:
    desk = desk_of(world)
    act_as(desk.officer)
    terms = {**TERMS, "support_cost_ppm": 72_500, "until_on": "2027-03-01", "cost_heads": ["food"]}
    withdrawn = draft("withdrawn", contribution="USA-1", amount_minor=123_456, stage="signed")
    rate = draft("rate_dated", rate="R", cost_head="personnel", contributor="", edition="COE",
                 amount_minor=148_000, counted="person_day", is_deductible=True)  # fmt: skip
    propose(desk.officer, desk.fund, [draft("purse_opened", purse="C", **terms), rate, withdrawn])
    page = shown(world, "fund_approver", "fr")
    amount = words_in("fr").money_exact(Money(123_456, "USD"))
    told = ("7,25", "1er mars 2027", amount, "signé", "par personne et par mois", "oui", "food")
    for text in told:
        assert text in page, text
    assert _RAW.search(page) is None


def test_many_records_at_once_are_decided_at_the_fund(world: World) -> None:
    desk = desk_of(world)
    act_as(desk.officer)
    gifts = [
        draft("contribution_opened", contribution=f"G{n}", donor="USA", purse="A",
              currency="USD", title="A gift")
        for n in range(26)
    ]  # fmt: skip
    propose(desk.officer, desk.fund, gifts)
    page = shown(world, "fund_approver")
    assert words_in("en").say("approvals-long", count=26) in page
    assert not _DECIDES.search(page)
    assert _DECIDES.search(client_of(world, "fund_approver").get("/m/M/funds/TF/").content.decode())


def test_an_account_that_agrees_waits_for_who_may_certify_only(world: World) -> None:
    desk = desk_of(world, money=1_000)
    entries = [entry(date(2026, 1, 16), 1_000, name) for name in ("USA-1", "X9")]
    told = statement(entries, from_on=date(2026, 1, 1), until_on=date(2026, 2, 1))
    with acting(desk.officer):
        take_in(desk.officer, desk.fund, "MAIN", [Sent(told, "ab" * 32, is_csv=False)])
    address = "/m/M/funds/TF/banks/MAIN/reconciliation?on=2026-01-31"
    assert address in shown(world, "fund_approver")
    for name in ("fund_officer", "auditor", "kenya_officer"):
        assert address not in shown(world, name), name


def test_plans_made_after_the_one_that_holds_wait(world: World) -> None:
    planner = world["planner"]
    revision = plans.freeze(planner, world.mission)
    runs = [plans.ask_for_plan(planner, revision, date(2026, 11, 23)) for _ in range(3)]
    numbers = [run.pk for run in runs]
    Run.objects.filter(pk__in=numbers[1:]).update(state="done", content=b"a plan")
    assert [run.pk for run in approvable(planner, world.mission)] == numbers[:0:-1]
    page = shown(world, "fund_approver")
    assert all(f"/m/M/plans/{number}/" in page for number in numbers[1:])
    assert f"/m/M/plans/{numbers[0]}/" not in page, "it is not made"
    words = words_in("en")
    assert words.say("approvals-plans-first") in page, "none holds yet, and none is spoken of"
    assert words.say("approvals-plans-lead") not in page
    plans.approve_plan(world["fund_approver"], Run.objects.get(pk=numbers[2]))
    assert not approvable(planner, world.mission)
    later = plans.ask_for_plan(world["planner"], revision, date(2026, 11, 23))
    Run.objects.filter(pk=later.pk).update(state="done", content=b"a plan")
    page = shown(world, "fund_approver")
    assert words.say("approvals-plans-lead") in page
    assert words.say("approvals-plans-first") not in page
    act_as(world.users["outsider"])
    assert not approvable(world.users["outsider"], world.mission)


def test_cells_of_rows_that_wait_are_worded(world: World) -> None:
    states = MODELS["contribution_events"].objects.of(world.mission.pk).current()
    held: Any = next(row for row in _rows(world, states) if row.amount is not None)
    row = dataclasses.replace(held, code="NEW", stage="pledged", on=date(2026, 3, 1))
    done = store_or_propose(world["fund_officer"], world.mission, "row-saved", [Edit.new(row)])
    assert isinstance(done, Proposal)
    page = shown(world, "fund_approver", "es")
    assert "<ins>1 de marzo de 2026</ins>" in page
    assert "2026-03-01" not in page
    words, table = words_in("es"), type(row)
    assert f"<ins>{cell_worded(table, 'stage', 'pledged', words)}</ins>" in page
    assert cell_worded(table, "stage", "pledged", words).startswith("pledged: ")
    assert column_titled(table, "currency", words) == "Moneda"
    assert cell_worded(table, "amount", "1234567.50", words) == "1\u202f234\u202f567,50"
    assert cell_worded(table, "amount", "-5", words) == "\u22125"
    assert cell_worded(table, "on", "no day", words) == "no day"
    assert cell_worded(table, "nothing", "x", words) == "x"


def _rows(world: World, states: Any) -> Any:
    act_as(world.users["fund_officer"])
    return states.rows()


def test_nothing_is_stored_that_leads_to_a_row_taken_out_meanwhile(world: World) -> None:
    """It is asked while nobody else can change the mission, not before somebody may."""
    states = MODELS["contributions"].objects.of(world.mission.pk).current()
    held: Any = next(_rows(world, states))
    officer = world.users["fund_officer"]
    gift = dataclasses.replace(held, code="NEW-GIFT")
    store(officer, world.mission, "row-saved", [Edit.new(gift)])
    events = MODELS["contribution_events"].objects.of(world.mission.pk).current()
    some: Any = next(_rows(world, events))
    pledged = dataclasses.replace(some, code="NEW", contribution="NEW-GIFT", stage="pledged")
    asked = store_or_propose(officer, world.mission, "row-saved", [Edit.new(pledged)])
    assert isinstance(asked, Proposal)
    number, row = next(states.filter(row_key="NEW-GIFT").rows_with_states())
    out = Edit(type(row), "NEW-GIFT", number, None)
    store(officer, world.mission, "row-taken-out", [out])
    approver = client_of(world, "fund_approver")
    refused = approver.post(f"/m/M/approvals/{asked.pk}/", {"decision": "approve"})
    assert refused.status_code == 409
    assert words_in("en").say("approval-overtaken") in refused.content.decode()
    act_as(officer)
    assert not events.filter(row_key="NEW").exists()
    announced = dataclasses.replace(pledged, stage="announced")
    with pytest.raises(LeadsNowhereError) as told:
        store(officer, world.mission, "row-saved", [Edit.new(announced)])
    assert [one.code for one in told.value.findings] == ["reference-missing"]
