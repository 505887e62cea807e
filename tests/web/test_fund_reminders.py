"""What waits in a fund's log is among the reminders of those who may do something about it."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from allauth.mfa.totp.internal import auth
from django.core import mail
from django.test import Client

from browser import Browser, found_browser
from konbit.fund.statement import statement_sha256
from konbit.package import read
from konbit.web.ledger.actions import approve, post, propose
from konbit.web.ledger.queries import statement
from konbit.web.ledger.reminders import matters
from konbit.web.people import actions
from konbit.web.people.access import standing
from konbit.web.people.acting import act_as, acting
from konbit.web.people.models import User
from konbit.web.pledges.models import Reminded
from konbit.web.serving.demo_fund import load_fund
from konbit.web.site.reminding import remind_all
from konbit.web.transparency.actions import make_checkpoint
from ledger_fund import ON, Desk, allotment, desk_of, draft, obligation
from signed_logs import log_named
from web_server import served
from web_world import HAITI, PEOPLE

if TYPE_CHECKING:
    from web_world import World

BROWSER = found_browser()
PASSWORD = "a donor's own long password"
SECRET = "JBSWY3DPEHPK3PXP"  # what everybody's authenticator app holds here
UNIT = {"contributor": "KEN", "unit": "KEN-1"}
LINE = {
    "month": "2025-11",
    "rate": "R",
    "quantity": 30,
    "per": 30,
    "deduction_ppm": 0,
    "factor_ppm": 0,
    "amount_minor": 100_000,
}
OPENED_ON = date.fromisoformat(ON)


@pytest.fixture
def desk(world: World) -> Desk:
    """A claim of Kenya's that nobody has decided."""
    made = desk_of(world)
    rate: dict[str, Any] = {
        "rate": "R",
        "cost_head": "personnel",
        "contributor": "",
        "amount_minor": 100_000,
        "counted": "person_day",
        "is_deductible": True,
        "edition": "1",
    }
    made.two(draft("rate_dated", on="2025-01-01", **rate))
    month: dict[str, Any] = {**UNIT, "month": "2025-11", "person_days": 30, "equipment_days": 0}
    made.one(draft("presence_returned", **month))
    verifier = world.users["coordination_officer"]
    with acting(verifier):
        post(verifier, made.fund, [draft("presence_verified", shortfall_ppm=0, **month)])
    made.one(draft("claimed", claim="K1", lines=[LINE], total_minor=100_000, **UNIT))
    return made


def told(world: World, now: datetime) -> dict[str, set[tuple[str, str]]]:
    """Of what in the fund each person was reminded: code and key."""
    mail.outbox.clear()
    act_as(None)
    remind_all(now)
    found = {}
    for name in PEOPLE:
        rows = Reminded.objects.filter(user=world[name], code__startswith="reminder-fund-")
        if rows:
            found[name] = {(row.code.removeprefix("reminder-fund-"), row.key) for row in rows}
    act_as(None)
    return found


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 6, 23, tzinfo=UTC)


def test_a_claim_waits_for_those_who_keep_the_fund(desk: Desk, world: World) -> None:
    assert told(world, at(OPENED_ON + timedelta(days=29))) == {}
    assert told(world, at(OPENED_ON + timedelta(days=30))) == {"fund_officer": {("claim", "TF~K1")}}
    (message,) = [m for m in mail.outbox if m.to == [world.users["fund_officer"].email]]
    assert "Fund TF, claim K1: nobody has decided since 15 January 2026, 30 days" in message.body


def test_a_claim_that_is_proposed_waits_for_the_second_person_only(
    desk: Desk, world: World
) -> None:
    with acting(desk.officer):
        proposal = propose(
            desk.officer, desk.fund, [draft("claim_approved", claim="K1", amount_minor=100_000)]
        )
    early, late = proposal.at + timedelta(days=2), proposal.at + timedelta(days=3)
    assert "fund_approver" not in told(world, early)
    found = told(world, late)
    assert found["fund_approver"] == {("proposal", f"TF~{proposal.pk}")}
    assert ("claim", "TF~K1") not in found["fund_officer"]
    assert not {name for name in found if name not in {"fund_approver", "fund_officer"}}


def test_nobody_is_asked_to_agree_to_their_own(desk: Desk, world: World) -> None:
    """Somebody who keeps a fund and approves in it proposed it themselves."""
    with acting(desk.officer):
        proposal = propose(desk.officer, desk.fund, [allotment("A1", 100)])
    actions.give_role(
        world["administrator"], world.users["fund_officer"], "fund_approver", world.mission
    )
    found = told(world, proposal.at + timedelta(days=4))
    key = ("proposal", f"TF~{proposal.pk}")
    assert key in found["fund_approver"]
    assert key not in found["fund_officer"]


def test_who_was_paid_is_asked_whether_it_came(desk: Desk, world: World) -> None:
    desk.two(draft("claim_approved", claim="K1", amount_minor=100_000))
    desk.two(allotment("A1", 200_000))
    desk.two(obligation("A1", "O1", 100_000, claim="K1"))
    desk.two(draft("disbursed", obligation="O1", bank="MAIN", direct_minor=40_000))
    assert "kenya_officer" not in told(world, at(OPENED_ON + timedelta(days=29)))
    found = told(world, at(OPENED_ON + timedelta(days=30)))
    assert found["kenya_officer"] == {("receipt", "TF~K1")}
    asked = [name for name, what in found.items() if ("receipt", "TF~K1") in what]
    assert asked == ["kenya_officer"], "neither Canada's officer nor those who paid"
    desk.one(draft("payment_acknowledged", claim="K1", amount_minor=40_000))
    page = _page(world, "kenya_officer")
    assert 'class="unused"' in page, "struck through when it is confirmed"
    assert "/m/M/funds/TF/enter/payment_acknowledged" in page


def test_a_donor_is_told_that_the_money_came(desk: Desk, world: World) -> None:
    gift: dict[str, Any] = {"contribution": "KEN-1"}
    desk.one(draft("contribution_opened", donor="KEN", purse="A", currency="USD",
                   title="Of Kenya", **gift))  # fmt: skip
    desk.two(draft("signed", amount_minor=900, **gift))
    kept, undone = (
        desk.one(draft("received", bank="MAIN", amount_minor=400, **gift))[-1] for _ in range(2)
    )
    desk.two(draft("reversed", sequence=undone))
    assert "kenya_officer" not in told(world, datetime.now(UTC)), "there is no receipt yet"
    with acting(desk.officer):
        make_checkpoint(log_named("TF"))
    found = told(world, datetime.now(UTC))
    assert found["kenya_officer"] == {("money", f"TF~{kept}")}, "not of what was undone"
    asked = [name for name, what in found.items() if any(code == "money" for code, _ in what)]
    assert asked == ["kenya_officer"], "neither another donor's officer nor those who keep it"
    (message,) = [m for m in mail.outbox if m.to == [world.users["kenya_officer"].email]]
    assert f"came on 15 January 2026 and is record {kept}" in message.body
    page = _page(world, "kenya_officer")
    place = f"/m/M/funds/TF/contributions?record={kept}"
    assert f"http://localhost:8000{place}\n" in message.body, "the mail leads to her own money"
    assert f'href="{place}"' in page
    assert 'class="unused"' not in page
    client = Client(SERVER_NAME="localhost")
    client.force_login(world.users["kenya_officer"])
    gifts = client.get(place).content.decode()
    assert gifts.index("USD 4 came on 15 January 2026 for “Of Kenya”") < gifts.index("<table")
    assert gifts.count(f"undone by record {undone + 1}") == 1, "beside the receipt of it"
    assert gifts.index(f"(record {undone})") < gifts.index(f"undone by record {undone + 1}")
    gone = client.get(f"/m/M/funds/TF/contributions?record={undone}").content.decode()
    assert "USD 4, recorded as come on 15 January 2026 for “Of Kenya”, was undone by" in gone
    assert "came on 15 January" not in gone
    for odd in (f"{undone + 100}", "0", "x", "9" * 400):
        other = client.get(f"/m/M/funds/TF/contributions?record={odd}")
        assert other.status_code == 200
        assert "came on" not in other.content.decode()
    assert f'href="/ledger/M/TF/receipt/{kept}"' in gifts
    assert 'href="/receipt"' in gifts, "and there it is checked"
    assert "kenya_officer" not in _left(world, datetime.now(UTC) + timedelta(days=30))


@pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine")
def test_from_her_mail_to_a_receipt_that_is_proven(
    desk: Desk, world: World, tmp_path: Path
) -> None:
    """As a donor's officer does: the link, signing in, the receipt, and nobody asked."""
    gift: dict[str, Any] = {"contribution": "KEN-1"}
    desk.one(draft("contribution_opened", donor="KEN", purse="A", currency="USD",
                   title="Of Kenya", **gift))  # fmt: skip
    desk.two(draft("signed", amount_minor=900, **gift))
    desk.one(draft("received", bank="MAIN", amount_minor=400, **gift))
    with acting(desk.officer):
        make_checkpoint(log_named("TF"))
    told(world, datetime.now(UTC))
    officer = User.objects.get(pk=world["kenya_officer"].pk)
    officer.set_password(PASSWORD)
    officer.save(update_fields=["password"])
    (message,) = [m for m in mail.outbox if m.to == [officer.email]]
    (link,) = [line.strip() for line in message.body.splitlines() if "?record=" in line]
    assert BROWSER is not None
    with served() as address, Browser(BROWSER, tmp_path / "profile") as browser:
        browser.ask("Page.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
        browser.open(link.replace("http://localhost:8000", address))
        browser.fill("#id_login", officer.email)
        browser.fill("#id_password", PASSWORD)
        browser.click("form[action='/accounts/login/'] button:not([form])")
        counter = next(auth.yield_hotp_counters_from_time())
        browser.fill("#id_code", str(auth.format_hotp_value(auth.hotp_value(SECRET, counter))))
        browser.click("form[action='/accounts/2fa/authenticate/'] button[type=submit]")
        browser.wait("location.search.startsWith('?record=') && !!document.querySelector('main')")
        assert "USD 4 came on" in browser.run("document.querySelector('main').innerText")
        browser.click("main .notice a[href*='/receipt/']")
        began = time.monotonic()
        while not (found := list(tmp_path.glob("*.json"))) and time.monotonic() - began < 30:
            time.sleep(0.1)
    konbit = Path(sys.executable).with_name("konbit")
    verified = subprocess.run(
        [konbit, "verify", found[0]], capture_output=True, text=True, check=False
    )
    assert "Proven: record" in verified.stdout, verified.stderr
    assert "contribution: KEN-1" in verified.stdout


def _left(world: World, now: datetime) -> set[str]:
    """Who is concerned by money that came, on a day."""
    act_as(world.users["fund_officer"])
    money = [m for m in matters(world.mission, now) if m.reminder.code == "reminder-fund-money"]
    return {
        name
        for name in PEOPLE
        if any(m.concerns(world[name], standing(world[name], world.mission)) for m in money)
    }


def test_a_month_that_is_over_waits_to_be_closed(desk: Desk, world: World) -> None:
    day = date(2026, 3, 2)
    assert ("close", "TF~2026-01") not in told(world, at(day)).get("fund_officer", set())
    found = told(world, at(day + timedelta(days=1)))
    assert ("close", "TF~2026-01") in found["fund_officer"]
    assert {n for n, what in found.items() if ("close", "TF~2026-01") in what} == {"fund_officer"}
    with acting(desk.officer):
        closing = draft("period_closed", period="2026-01", until_on="2026-02-01", on="2026-02-01",
                        statement_sha256=_statement(desk))  # fmt: skip
        proposal = propose(desk.officer, desk.fund, [closing])
    assert ("close", "TF~2026-02") not in told(world, at(date(2026, 4, 30)))["fund_officer"]
    with acting(desk.approver):
        approve(desk.approver, proposal)
    assert ("close", "TF~2026-02") in told(world, at(date(2026, 4, 30)))["fund_officer"]


def _statement(desk: Desk) -> str:
    desk.fund.refresh_from_db()
    found = statement(desk.fund, until="2026-02-01", known_before=desk.fund.size)
    return statement_sha256(found)


def _page(world: World, name: str) -> str:
    client = Client(SERVER_NAME="localhost")
    client.force_login(world.users[name])
    return client.get("/m/M/reminders/").content.decode()


def test_the_outsider_the_viewer_and_the_shut_out_are_told_nothing(
    desk: Desk, world: World
) -> None:
    actions.set_active(world["administrator"], world.users["fund_officer"], active=False)
    assert told(world, at(OPENED_ON + timedelta(days=400))) == {}


def test_a_log_put_together_afterwards_has_no_month_to_close(world: World) -> None:
    dossier = read(HAITI).dossier
    assert dossier is not None
    people = world.users
    load_fund(people["lead"], people["fund_approver"], world.mission, dossier, HAITI)
    act_as(people["fund_officer"])
    codes = {found.reminder.code for found in matters(world.mission, datetime.now(UTC))}
    assert "reminder-fund-close" not in codes
    assert "reminder-fund-money" not in codes, "nobody gave anything now"
