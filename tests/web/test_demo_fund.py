"""The demonstration has Haiti's fund as public sources tell of it, and says so on every page."""

from __future__ import annotations

import csv
import time
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from konbit.fund.reconstruction import reconstruct
from konbit.fund.statement import statement_of
from konbit.package import read
from konbit.web.ledger.queries import statement
from konbit.web.people.acting import act_as
from konbit.web.serving.demo_fund import load_fund
from konbit.web.words import words_in
from web_world import HAITI

if TYPE_CHECKING:
    from konbit.web.ledger.models import LedgerFund
    from web_world import World

_MOST_SECONDS = 5.0  # of this process; half a second was measured


@pytest.fixture
def fund(world: World) -> LedgerFund:
    dossier = read(HAITI).dossier
    assert dossier is not None
    began = time.process_time()
    made = load_fund(
        world.users["lead"], world.users["fund_approver"], world.mission, dossier, HAITI
    )
    assert time.process_time() - began < _MOST_SECONDS
    assert made is not None
    act_as(world.users["fund_officer"])
    made.refresh_from_db()
    return made


def test_the_fund_holds_what_the_reconstruction_holds(fund: LedgerFund) -> None:
    with (HAITI.with_name("haiti-ledger") / "events.csv").open(encoding="utf-8") as lines:
        records = reconstruct(csv.DictReader(lines), "UNTF", "USD")
    for until, known in (("2027-01-01", None), ("2025-03-15", "2025-03-14"), ("2025-01-01", None)):
        made = statement(fund, until=until, known_until=known)
        assert made == statement_of(records, until=until, known_until=known)
    frozen = statement(fund, until="2027-01-01")["purses"]["USA"]["frozen"]
    assert frozen == 1_330_000_000
    assert fund.placeholders is not None
    told = [record for record in records if record.body.get("placeholder")]
    assert len(fund.placeholders) == len(told)


def test_every_page_says_that_it_is_a_reconstruction(fund: LedgerFund, world: World) -> None:
    client = Client()
    client.force_login(world.users["viewer"], "konbit.web.people.sign_in.Backend")
    said = words_in("en").say("ledger-rebuilt", count=len(fund.placeholders or ()), size=fund.size)
    for page in ("", "statement", "contributions", "claims", "arrears", "journal"):
        shown = client.get(f"/m/M/funds/UNTF/{page}").content.decode()
        assert said in shown, page
    assert words_in("en").say("ledger-placeholder") in shown
    anybody = Client().get("/ledger/M/UNTF/")
    assert said in anybody.content.decode(), "the log is open to everybody"
    receipt = Client().get("/ledger/M/UNTF/receipt/5")
    assert receipt.status_code == 200, "it is signed already"


def test_a_dossier_without_a_ledger_beside_it_has_no_fund(world: World) -> None:
    folder = HAITI.with_name("two-camps")
    dossier = read(folder).dossier
    assert dossier is not None
    people = (world.users["lead"], world.users["fund_approver"])
    assert load_fund(*people, world.mission, dossier, folder) is None
