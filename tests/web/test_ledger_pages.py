"""Pages of a fund: every form opens, what is entered waits or is done, figures agree everywhere."""

from __future__ import annotations

import html
import io
import json
import re
from typing import TYPE_CHECKING

import pytest
from python_calamine import CalamineWorkbook

from konbit.fund import KINDS
from konbit.fund.presented import source_and_use
from konbit.terms import Money
from konbit.web.ledger.forms import ENTERED, STEPS
from konbit.web.ledger.models import LedgerOpening, LedgerProposal, LedgerRecord
from konbit.web.people.acting import act_as
from konbit.web.words import words_in
from ledger_fund import Desk, allotment, client_of, desk_of, draft, obligation

if TYPE_CHECKING:
    from web_world import World


@pytest.fixture
def desk(world: World) -> Desk:
    made = desk_of(world, money=123_456_789)
    made.two(allotment("A1", 565_000))
    made.two(obligation("A1", "O1", 400_001))
    made.two(draft("disbursed", obligation="O1", bank="MAIN", direct_minor=133_333))
    return made


def test_every_form_opens(desk: Desk, world: World) -> None:
    client = client_of(world, "fund_officer")
    for kind in ENTERED:
        page = client.get(f"/m/M/funds/TF/enter/{kind}")
        expected = 403 if kind == "presence_verified" else 200
        assert page.status_code == expected, kind


def test_what_one_may_do_is_done_and_what_needs_two_waits(desk: Desk, world: World) -> None:
    client = client_of(world, "fund_officer")
    sent = {
        "on": "2026-01-20",
        "purse": "A",
        "bank": "MAIN",
        "amount_minor": "1 234,56",
        "key": "k",
    }
    assert (
        client.post("/m/M/funds/TF/enter/interest", {**sent, "note": "a secret"}).status_code == 302
    )
    assert (
        client.post("/m/M/funds/TF/enter/interest", {**sent, "amount_minor": "1.234"}).status_code
        == 422
    )
    act_as(desk.officer)
    row = LedgerRecord.objects.filter(fund=desk.fund, kind="interest").get()
    body = json.loads(bytes(row.bytes))["body"]
    assert body["amount_minor"] == 123_456
    assert LedgerOpening.objects.get(commitment=body["note"]["withheld"]).text == "a secret"
    asked = {
        "on": "2026-01-20", "purse": "A", "allotment": "A7", "cost_head": "personnel",
        "amount_minor": "10", "authority": "Plan 1", "key": "k2",
    }  # fmt: skip
    assert client.post("/m/M/funds/TF/enter/allotted", asked).status_code == 302
    act_as(desk.officer)
    proposal = LedgerProposal.objects.filter(fund=desk.fund)[0]
    too_much = {**asked, "amount_minor": "99999999", "allotment": "A8", "key": "k3"}
    refused = client.post("/m/M/funds/TF/enter/allotted", too_much)
    assert refused.status_code == 422
    assert words_in("en").say("ledger-overdrawn") in refused.content.decode()
    decide = f"/m/M/funds/TF/decide/{proposal.pk}"
    assert client.post(decide, {"decision": "approve"}).status_code == 403
    approver = client_of(world, "fund_approver")
    overview = approver.get("/m/M/funds/TF/").content.decode()
    assert "A7" in overview
    assert 'href="/ledger/M/TF/"' in overview, "the log and its receipts are found from here"
    assert approver.post(decide, {"decision": "approve"}).status_code == 302
    act_as(desk.officer)
    assert LedgerRecord.objects.filter(fund=desk.fund, subject="A7").exists()


@pytest.mark.parametrize("language", ["en", "fr", "es", "ht"])
def test_screen_workbook_pdf_and_json_say_the_same_to_the_cent(
    language: str, desk: Desk, world: World
) -> None:
    client = client_of(world, "viewer")
    client.cookies["konbit_language"] = language
    page = client.get("/m/M/funds/TF/statement?on=2026-11-30").content.decode()
    told = json.loads(client.get("/m/M/funds/TF/statement.json?on=2026-11-30").content)
    lines = source_and_use(told)
    sent = client.get("/m/M/funds/TF/statement.xlsx?on=2026-11-30").content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(sent)).get_sheet_by_index(0).to_python()[3:]
    shown = [[round(float(str(cell)) * 100) for cell in row[1:]] for row in rows[: len(lines)]]
    assert shown == [[*line.amounts, line.total] for line in lines]
    words = words_in(language)
    held = told["banks"]["MAIN"]
    assert rows[-1][:3] == ["MAIN (USD)", held["amount"] / 100, held["value"] / 100]
    exact = words.money_exact(Money(held["amount"], "USD"))
    assert f">{exact}<" in page, "a statement rounds nothing"
    from konbit.web.ledger.sheets import amount

    for line in lines:
        for minor in (*line.amounts, line.total):
            assert f">{amount(minor, 'USD', words)}<" in page
    assert client.get("/m/M/funds/TF/statement.pdf?on=2026-11-30").content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ("Purse:</span> Anything (A)", "Free · Anything (A)", "Canada (CAN)")),
        (
            "fr",
            (
                "Enveloppe:</span> Anything (A)",
                "Disponible · Anything (A)",
                "personnel (personnel)",
            ),
        ),
        ("ht", ("Bous:</span> Anything (A)", "Ranbousman pèsonèl (personnel)")),
    ],
)
def test_the_journal_is_read_in_words_and_the_record_is_one_click_away(
    language: str, told: tuple[str, ...], desk: Desk, world: World
) -> None:
    desk.one(draft("contribution_opened", contribution="CAN-1", donor="CAN", purse="A",
                   currency="USD", title="A third"))  # fmt: skip
    client = client_of(world, "viewer")
    client.cookies["konbit_language"] = language
    journal = html.unescape(client.get("/m/M/funds/TF/journal").content.decode())
    for text in told:
        assert text in journal
    act_as(desk.officer)
    for row in LedgerRecord.objects.filter(fund=desk.fund):
        assert bytes(row.bytes).decode() in journal, "as the log has it, to the last byte"
        assert bytes(row.leaf).hex() in journal
    outside = re.sub(r"<details><summary>.*?</details>", "", journal, flags=re.S)
    assert "_minor" not in outside
    assert "{" not in outside.split("<main", 1)[1]


def test_cost_heads_are_named_beside_their_codes(desk: Desk, world: World) -> None:
    """As the mission calls them; in the reader's language where it calls them as many do."""
    desk.two(allotment("P1", 1_000), allotment("M1", 1_000, cost_head="major_equipment"))
    for allotted, code in (("P1", "OP"), ("M1", "OM")):
        desk.two(obligation(allotted, code, 100))
        desk.two(draft("disbursed", obligation=code, bank="MAIN", direct_minor=100))
    told = {
        "en": "Personnel reimbursement (personnel)",
        "fr": "Remboursement du personnel (personnel)",
    }
    for language, personnel in told.items():
        client = client_of(world, "viewer")
        client.cookies["konbit_language"] = language
        page = client.get("/m/M/funds/TF/statement?on=2026-11-30").content.decode()
        sent = client.get("/m/M/funds/TF/statement.xlsx?on=2026-11-30").content
        book = CalamineWorkbook.from_filelike(io.BytesIO(sent))
        labels = [str(line[0]) for line in book.get_sheet_by_index(0).to_python()]
        for named in (personnel, "Major equipment, wet lease (major_equipment)"):
            assert named in page
            assert any(named in label for label in labels)


def test_pages_show_who_and_since_when(desk: Desk, world: World) -> None:
    client = client_of(world, "viewer")
    journal = client.get("/m/M/funds/TF/journal").content.decode()
    assert "fund_officer" in journal
    assert "fund_approver" in journal
    assert client.get("/m/M/funds/TF/claims").status_code == 200
    assert "USA-1" in client.get("/m/M/funds/TF/contributions").content.decode()
    assert client.get("/m/M/funds/TF/statement.doc").status_code == 404
    assert client.get("/m/M/funds/NONE/").status_code == 404


def test_a_code_with_a_slash_has_addresses_of_its_own(world: World) -> None:
    made = desk_of(world, "TF/2026/A", money=1_000)
    officer = client_of(world, "fund_officer")
    assert 'href="/m/M/funds/TF~2026~A/"' in officer.get("/m/M/funds/").content.decode()
    page = officer.get("/m/M/funds/TF~2026~A/").content.decode()
    assert 'href="/ledger/M/TF~2026~A/"' in page
    for where in (
        "statement",
        "contributions",
        "claims",
        "journal",
        "enter/interest",
        "banks/MAIN/",
    ):
        assert officer.get(f"/m/M/funds/TF~2026~A/{where}").status_code == 200, where
    sheet = officer.get("/m/M/funds/TF~2026~A/statement.xlsx?on=2026-11-30")
    assert 'filename="TF~2026~A-2026-11-30.xlsx"' in sheet["Content-Disposition"]
    sent = {"on": "2026-01-20", "purse": "A", "bank": "MAIN", "amount_minor": "1", "key": "k"}
    answer = officer.post("/m/M/funds/TF~2026~A/enter/interest", sent)
    assert answer["Location"] == "/m/M/funds/TF~2026~A/"
    assert officer.get("/ledger/M/TF~2026~A/").status_code == 200
    act_as(made.officer)
    assert LedgerRecord.objects.filter(fund=made.fund, kind="interest").exists()
    assert client_of(world, "outsider").get("/m/M/funds/TF~2026~A/").status_code == 404


def test_every_kind_that_a_person_enters_stands_at_one_step() -> None:
    by_themselves = {"fund_opened", "actor_granted", "actor_ended"}
    listed = [kind for kinds in STEPS.values() for kind in kinds]
    assert sorted(listed) == sorted(KINDS.keys() - by_themselves)
