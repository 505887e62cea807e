"""Bank accounts of a fund: a statement is sent, proposals confirmed, and two people agree."""

from __future__ import annotations

import hashlib
import html
import io
import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from bank_files import DAY, OTHER, SALT, camt, csv_file, entry, statement
from konbit.fund.banking import Proposal, propose
from konbit.web.ledger.banks import actions
from konbit.web.ledger.banks.actions import BankRefusedError, Taken
from konbit.web.ledger.banks.models import (
    BankCertificate,
    BankEntryRow,
    BankMatch,
    BankStatementRow,
)
from konbit.web.ledger.banks.queries import Account, account_of, refused_of
from konbit.web.ledger.banks.states import BankState, findings_of_close, standing_of, standings_on
from konbit.web.people.acting import act_as, acting
from konbit.web.words import words_in
from ledger_fund import Desk, client_of, desk_of, draft

if TYPE_CHECKING:
    from konbit.terms.bank import BankEntry, BankStatement
    from web_world import World

JAN, FEB, LAST = date(2026, 1, 1), date(2026, 2, 1), date(2026, 1, 31)
AT = "/m/M/funds/TF/banks/MAIN/"


@pytest.fixture
def desk(world: World) -> Desk:
    """USA-1 and FRA-1 gave 10 dollars each on 15 January."""
    made = desk_of(world, money=1_000)
    act_as(made.officer)
    return made


def january(*more: BankEntry, opening: int = 0) -> BankStatement:
    """What the bank says of that month: both receipts, one of them by name."""
    entries = (entry(date(2026, 1, 16), 1_000, "USA-1"), entry(date(2026, 1, 17), 1_000, "X9"))
    return statement((*entries, *more), from_on=JAN, until_on=FEB, opening=opening)


def sent(desk: Desk, *statements: BankStatement, is_csv: bool = False) -> Taken:
    with acting(desk.officer):
        told = [actions.Sent(one, "ab" * 32, is_csv) for one in statements]
        return actions.take_in(desk.officer, desk.fund, "MAIN", told)


def account(desk: Desk) -> Account:
    act_as(desk.officer)
    return account_of(desk.fund, "MAIN", "USD")


def proposals(desk: Desk) -> tuple[Proposal, ...]:
    there = account(desk)
    return propose(there.open_entries, there.open_cash, refused_of(desk.fund, "MAIN"))


def confirmed(desk: Desk) -> int:
    with acting(desk.officer):
        return actions.confirm(desk.officer, desk.fund, "MAIN", proposals(desk))


def state(desk: Desk, on: date = LAST) -> BankState:
    return standing_of(account(desk), on).state


def certified(desk: Desk, on: date = LAST) -> None:
    with acting(desk.approver):
        there = standing_of(account_of(desk.fund, "MAIN", "USD"), on)
        actions.certify(desk.approver, desk.fund, "MAIN", on, there.content)


def refused(code: str) -> Any:
    return pytest.raises(BankRefusedError, match=f"^bank-{code}$")


def file_of(content: bytes, name: str = "bank.xml") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, content)}


def test_from_a_file_to_a_certified_reconciliation(desk: Desk) -> None:
    assert state(desk) is BankState.MISSING
    assert state(desk, JAN) is BankState.UNUSED
    assert sent(desk, january()) == Taken(1, 0, 0)
    assert state(desk) is BankState.AGREES, "all is left on both sides, and that explains it"
    found = proposals(desk)
    assert [(one.rule, one.certainty) for one in found] == [
        ("reference", "certain"),
        ("amount-and-day", "likely"),
    ]
    assert account(desk).pairs == (), "nothing is matched by itself"
    assert confirmed(desk) == 2
    made = standing_of(account(desk), LAST).made
    assert made is not None
    assert (made.bank_minor, made.books_minor, made.entries, made.records) == (2_000, 2_000, (), ())
    certified(desk)
    assert state(desk) is BankState.CERTIFIED
    row = BankCertificate.objects.get(fund=desk.fund)
    assert row.digest == hashlib.sha256(row.content.encode()).hexdigest()


def test_the_same_statement_again_changes_nothing_in_whichever_format(desk: Desk) -> None:
    told = january()
    assert sent(desk, told) == Taken(1, 0, 0)
    before = account(desk)
    assert sent(desk, told) == Taken(0, 1, 0)
    by_csv = replace(told, account_digest="", account_last="", reference="")
    assert sent(desk, by_csv, is_csv=True) == Taken(0, 1, 0)
    assert account(desk).statements == before.statements
    assert BankEntryRow.objects.filter(fund=desk.fund).count() == 2


def test_what_cannot_stand_beside_what_is_there_is_refused_and_nothing_is_kept(desk: Desk) -> None:
    february = statement([], from_on=FEB, until_on=date(2026, 3, 1), opening=2_000)
    sent(desk, january())
    longer = replace(january(), until_on=FEB + DAY)
    with refused("overlap"):
        sent(desk, february, longer)
    assert len(account(desk).statements) == 1
    with refused("account-other"):
        sent(desk, replace(february, account_digest="f" * 32))
    with refused("account-currency"):
        sent(desk, replace(february, currency="EUR"))
    with refused("sum"):
        sent(desk, replace(february, closing_minor=1))
    with refused("day-outside"):
        sent(desk, statement([entry(LAST, 1)], from_on=FEB, until_on=FEB + DAY))
    with refused("days-wrong"):
        sent(desk, replace(february, until_on=FEB))
    others = (replace(february, account_digest="f" * 32), february)
    assert sent(desk, *others) == Taken(1, 0, 1)


def test_several_accounts_in_the_first_file_are_asked_about(desk: Desk) -> None:
    with refused("several-accounts"):
        sent(desk, january(), replace(january(), account_digest="f" * 32))
    other = replace(january(), account_digest="f" * 32, currency="EUR")
    assert sent(desk, january(), other) == Taken(1, 0, 1)


def test_a_missing_statement_is_told_with_its_amount(desk: Desk) -> None:
    sent(desk, january())
    march = statement([], from_on=date(2026, 3, 1), until_on=date(2026, 4, 1), opening=2_345)
    sent(desk, march)
    (jump,) = account(desk).jumps
    assert (jump.since_on, jump.until_on, jump.amount_minor) == (FEB, date(2026, 3, 1), 345)
    there = standing_of(account(desk), date(2026, 3, 31))
    assert there.state is BankState.DIFFERS
    assert there.made is not None
    assert there.made.difference_minor == 345
    with refused("certificate-differs"):
        certified(desk, date(2026, 3, 31))
    assert state(desk, date(2026, 2, 10)) is BankState.MISSING


def test_a_match_is_undone_with_its_reason_and_may_be_made_again(desk: Desk) -> None:
    sent(desk, january())
    confirmed(desk)
    certified(desk)
    match = BankMatch.objects.filter(fund=desk.fund)[0]
    with refused("why"):
        actions.undo(desk.officer, match, " ")
    actions.undo(desk.officer, match, "not the same gift")
    assert len(account(desk).pairs) == 1
    assert state(desk) is BankState.CHANGED
    with refused("undone"):
        actions.undo(desk.officer, match, "again")
    assert confirmed(desk) == 1
    assert BankMatch.objects.filter(fund=desk.fund).count() == 3


def test_what_was_refused_stays_refused(desk: Desk) -> None:
    sent(desk, january())
    first, second = proposals(desk)
    with acting(desk.officer):
        assert actions.refuse(desk.officer, desk.fund, "MAIN", [first]) == 1
        actions.refuse(desk.officer, desk.fund, "MAIN", [first])
    assert first.key not in {one.key for one in proposals(desk)}
    assert second.key != first.key


def test_by_hand_both_sides_add_up_and_nothing_is_used_twice(desk: Desk) -> None:
    sent(desk, january(entry(date(2026, 1, 20), -5)))
    there = account(desk)
    keys = [item.key for item in there.entries]
    records = [item.key for item in there.cash]
    assert len(keys) == 3

    def match(entries: list[int], cash: list[int], why: str = "seen on paper") -> None:
        with acting(desk.officer):
            actions.match_by_hand(desk.officer, desk.fund, "MAIN", entries, cash, why)

    for entries, cash, why, code in (
        (keys[:1], records[:1], "", "why"),
        ([], [], "seen", "why"),
        (keys[:1], records, "seen", "match-sum"),
        (keys[:1], [], "seen", "match-sum"),
        (keys[:1], [10**6], "seen", "match-unknown"),
        ([10**9], records[:1], "seen", "match-unknown"),
        ([keys[0], keys[0]], records, "seen", "match-unknown"),
    ):
        with refused(code):
            match(entries, cash, why)
    match(keys[:2], records)
    with refused("match-taken"):
        match(keys[:1], records[:1])
    row = BankMatch.objects.get(fund=desk.fund)
    assert (row.rule, row.why, row.certainty) == ("by-hand", "seen on paper", "")


def test_a_statement_is_taken_back_only_while_nothing_of_it_is_matched(desk: Desk) -> None:
    sent(desk, january())
    confirmed(desk)
    row = BankStatementRow.objects.get(fund=desk.fund)
    with refused("statement-matched"):
        actions.withdraw(desk.officer, row, "wrong")
    for match in BankMatch.objects.filter(fund=desk.fund):
        actions.undo(desk.officer, match, "the statement is wrong")
    with refused("why"):
        actions.withdraw(desk.officer, row, "")
    actions.withdraw(desk.officer, row, "another account")
    assert account(desk).statements == ()
    assert sent(desk, january()) == Taken(1, 0, 0)


def test_the_balance_of_before_is_an_entry_of_the_first_statement(desk: Desk) -> None:
    february = statement([], from_on=FEB, until_on=date(2026, 3, 1), opening=2_000)
    sent(desk, february)
    (one,) = proposals(desk)
    assert (one.rule, len(one.records)) == ("opening", 2)
    assert confirmed(desk) == 1
    made = standing_of(account(desk), FEB).made
    assert made is not None
    assert (made.entries, made.records, made.agrees) == ((), (), True)
    with refused("opening-matched"):
        sent(desk, january())
    actions.undo(desk.officer, BankMatch.objects.get(fund=desk.fund), "January came")
    sent(desk, january())
    assert len(account(desk).entries) == 2
    assert confirmed(desk) == 2
    assert state(desk, date(2026, 2, 28)) is BankState.AGREES


def test_who_certifies_had_no_part_in_it_and_sees_what_is_there_now(
    desk: Desk, world: World
) -> None:
    sent(desk, january())
    confirmed(desk)
    there = standing_of(account(desk), LAST)
    with pytest.raises(PermissionDenied), acting(desk.officer):
        actions.certify(desk.officer, desk.fund, "MAIN", LAST, there.content)
    desk.one(draft("interest", purse="A", bank="MAIN", amount_minor=7))
    with refused("certificate-figures"), acting(desk.approver):
        actions.certify(desk.approver, desk.fund, "MAIN", LAST, there.content)
    certified(desk)


def test_a_close_says_whether_its_accounts_were_reconciled(desk: Desk, world: World) -> None:
    def told() -> list[str]:
        act_as(desk.officer)
        return [found.code for found in findings_of_close(standings_on(desk.fund, LAST))]

    assert told() == ["bank-close-missing"]
    officer = client_of(world, "fund_officer")
    form = officer.get("/m/M/funds/TF/enter/period_closed").content.decode()
    assert words_in("en").say("bank-state-missing") in html.unescape(form)
    assert 'value="2026-01"' in form
    assert 'value="2026-02-01"' in form
    asked = {"on": "2026-02-01", "period": "2026-01", "until_on": "2026-02-01",
             "authority": "Rule 9", "key": "close"}  # fmt: skip
    assert officer.post("/m/M/funds/TF/enter/period_closed", asked).status_code == 302
    line = words_in("en").say("bank-close-missing", day="31 January 2026")
    approver = client_of(world, "fund_approver")
    assert line in approver.get("/m/M/funds/TF/").content.decode()
    assert line not in client_of(world, "viewer").get("/m/M/funds/TF/").content.decode()
    sent(desk, january(entry(LAST, 5)))
    confirmed(desk)
    assert told() == ["bank-close-agrees"]
    certified(desk)
    assert told() == []
    assert line not in approver.get("/m/M/funds/TF/").content.decode()
    form = officer.get("/m/M/funds/TF/enter/period_closed").content.decode()
    assert words_in("en").say("bank-state-certified") in form
    number = approver.get("/m/M/funds/TF/").content.decode().split("/decide/")[1].split('"')[0]
    approver.post(f"/m/M/funds/TF/decide/{number}", {"decision": "approve"})
    page = approver.get("/m/M/funds/TF/banks/").content.decode()
    assert words_in("en").say("bank-close-well") in page
    assert page.count(words_in("en").say("bank-state-certified")) == 2


def test_pages_lead_from_the_file_to_the_certificate(desk: Desk, world: World) -> None:
    officer, approver = client_of(world, "fund_officer"), client_of(world, "fund_approver")
    digest = "f" * 32
    charge = entry(
        date(2026, 1, 20), -1_250, purpose="charge", other_digest=digest, other_last="6819"
    )
    content = camt(january(charge))
    assert officer.post(AT, file_of(content)).status_code == 302
    page = officer.get(AT).content.decode()
    assert words_in("en").say("bank-taken-new", count=1) in page
    assert hashlib.sha256(content).hexdigest() in page
    officer.post(AT, file_of(content))
    assert words_in("en").say("bank-taken-same", count=1) in officer.get(AT).content.decode()
    page = officer.get(f"{AT}match").content.decode()
    assert page.count('name="proposal"') == 2
    assert page.count("checked") == 1
    assert "•••• 6819" in page
    assert OTHER not in page
    assert "enter/disbursed?on=2026-01-20&amp;bank=MAIN&amp;direct_minor=12.50" in page
    assert "enter/refunded" not in page, "a charge pays no donor back"
    keys = [one.key for one in proposals(desk)]
    told = {"do": "confirm", "proposal": keys}
    assert officer.post(f"{AT}match", told).status_code == 302
    assert officer.post(f"{AT}match", {"do": "by-hand", "why": "no"}).status_code == 409
    assert officer.post(f"{AT}match", {"do": "dance"}).status_code == 404
    assert words_in("en").say("bank-rule-reference") in (
        approver.get(f"{AT}matches").content.decode()
    )
    page = approver.get(f"{AT}reconciliation?on=2026-01-31").content.decode()
    assert "\u221212.50" in page
    seen = page.split('name="seen" value="')[1].split('"')[0]
    wrong = approver.post(f"{AT}reconciliation?on=2026-01-31", {"seen": "0" * 64})
    assert wrong.status_code == 409
    assert approver.post(f"{AT}reconciliation?on=2026-01-31", {"seen": seen}).status_code == 200
    assert state(desk) is BankState.CERTIFIED
    match = BankMatch.objects.filter(fund=desk.fund)[0]
    undone = officer.post(f"{AT}matches", {"match": match.pk, "why": "it was another"})
    assert undone.status_code == 302
    assert "it was another" in officer.get(f"{AT}matches").content.decode()
    row = account(desk).statements[0]
    kept = officer.post(f"{AT}withdraw", {"statement": row.pk, "why": "wrong"})
    assert kept.status_code == 422
    assert words_in("en").say("bank-statement-matched") in kept.content.decode()
    for one in BankMatch.objects.filter(fund=desk.fund, undoing__isnull=True):
        actions.undo(desk.officer, one, "the statement is wrong")
    assert officer.post(f"{AT}withdraw", {"statement": row.pk, "why": "wrong"}).status_code == 302
    assert "USA-1" in officer.get(f"{AT}matches").content.decode(), "what was matched stays told"
    assert "wrong" in officer.get(AT).content.decode()
    assert officer.get(f"{AT}reconciliation?on=2027-01-31").status_code == 200
    assert officer.get(f"{AT}reconciliation?on=x").status_code == 404
    assert officer.get("/m/M/funds/TF/banks/NONE/").status_code == 404


def test_a_form_is_filled_from_an_entry(desk: Desk, world: World) -> None:
    sent(desk, january(entry(date(2026, 1, 20), 77, purpose="interest"),
                       entry(date(2026, 1, 21), 500, "fra/1")))  # fmt: skip
    officer = client_of(world, "fund_officer")
    page = officer.get(f"{AT}match").content.decode()
    assert "enter/interest?on=2026-01-20&amp;bank=MAIN&amp;amount_minor=0.77" in page
    link = page.split('href="')
    (address,) = [p.split('"')[0] for p in link if "received" in p and "on=2026-01-21" in p]
    form = officer.get(address.replace("&amp;", "&")).content.decode()
    assert 'value="5.00"' in form
    assert 'value="2026-01-21"' in form
    assert '<option value="FRA-1" selected>' in form
    shown = account(desk).open_entries
    (entered,) = [item for item in shown if item.amount_minor == 500]
    assert f'href="{AT}match#e{entered.key}"' in form, "who leaves it comes back to the entry too"
    told = {"on": "2026-01-21", "contribution": "FRA-1", "bank": "MAIN", "amount_minor": "5.00"}
    done = officer.post(address.replace("&amp;", "&"), {**told, "key": "x"})
    assert (done.status_code, done["Location"]) == (302, f"{AT}match#e{entered.key}")
    assert f'id="e{entered.key}"' in officer.get(f"{AT}match").content.decode()
    elsewhere = officer.get(
        address.replace("&amp;", "&").replace(f"entry={entered.key}", "entry=999999")
    )
    assert f'href="{AT}match' not in elsewhere.content.decode()


def test_what_leaves_a_foreign_account_is_an_exchange(desk: Desk, world: World) -> None:
    desk.two(draft("bank_opened", bank="OTTAWA", currency="CAD"))
    told = statement([entry(date(2026, 1, 9), -500)], from_on=JAN, until_on=FEB, currency="CAD")
    officer = client_of(world, "fund_officer")
    at = "/m/M/funds/TF/banks/OTTAWA/"
    assert officer.post(at, file_of(camt(told))).status_code == 302
    page = officer.get(f"{at}match").content.decode()
    assert "enter/exchanged?on=2026-01-09&amp;from_bank=OTTAWA&amp;sold_minor=5.00" in page
    assert "enter/disbursed" not in page
    wrong = replace(told, currency="EUR")
    assert officer.post(at, file_of(camt(wrong))).status_code == 422


def test_what_a_csv_leaves_open_is_asked_and_then_read(desk: Desk, world: World) -> None:
    officer = client_of(world, "fund_officer")
    content = csv_file(january()).replace(b"Booking date", b"When").replace(b"Balance", b"Then")
    answer = officer.post(AT, file_of(content, "bank.csv"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words_in("en").say("bank-columns") in page
    assert '<option value="When">' in page
    told = {"column_booked_on": "When", "opening": "0", "closing": "20,00",
            "from_on": "2026-01-01", "last_on": "2026-01-31"}  # fmt: skip
    assert officer.post(AT, {**file_of(content, "bank.csv"), **told}).status_code == 302
    (row,) = account(desk).statements
    assert (row.is_csv, row.closing_minor, row.until_on) == (True, 2_000, FEB)


@pytest.mark.parametrize("content", [b"\x89PNG" + bytes(99), b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"])
def test_a_hostile_file_ends_in_one_sentence(content: bytes, desk: Desk, world: World) -> None:
    answer = client_of(world, "fund_officer").post(AT, file_of(content))
    assert answer.status_code == 422
    assert answer.content.decode().count('class="notice wrong"') == 1
    assert account(desk).statements == ()


@pytest.mark.parametrize("language", ["en", "fr", "es", "ht"])
def test_workbook_and_json_hold_what_the_page_shows(
    language: str, desk: Desk, world: World
) -> None:
    sent(desk, january(entry(date(2026, 1, 20), -1_250, "B/7", purpose="charge")))
    desk.one(draft("interest", purse="A", bank="MAIN", amount_minor=7))
    with acting(desk.officer):
        first = [one for one in proposals(desk) if one.rule == "reference"]
        actions.confirm(desk.officer, desk.fund, "MAIN", first)
    auditor = client_of(world, "auditor")
    auditor.cookies["konbit_language"] = language
    page = auditor.get(f"{AT}reconciliation?on=2026-01-31").content.decode()
    book = auditor.get(f"{AT}reconciliation.xlsx?on=2026-01-31").content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    words = words_in(language)
    cells = [row for row in rows if isinstance(row[4], float)]
    assert [round(float(str(row[4])) * 100) for row in cells[:5]] == [750, 250, 1_007, 2_007, 0]
    assert len(cells) == 5 + 2 + 2
    for row in cells:
        for cell in row[1:4]:
            for part in str(cell).split(" · "):
                assert part in page
        whole = words.number(abs(round(float(str(row[4])) * 100)) // 100)
        assert whole in page
    content = auditor.get(f"{AT}reconciliation.json?on=2026-01-31").content
    certified(desk)
    kept = BankCertificate.objects.get(fund=desk.fund)
    assert hashlib.sha256(content.removesuffix(b"\n")).hexdigest() == kept.digest
    (sent_file,) = account(desk).statements
    assert rows[-1] == [date(2026, 1, 1), f"SHA-256 {sent_file.file_sha256}", "S-1",
                        date(2026, 1, 31), ""]  # fmt: skip
    book = auditor.get(f"{AT}reconciliation.xlsx?on=2026-01-31").content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert str(rows[2][1]).endswith(f"{kept.by.name} · SHA-256 {kept.digest}")
    assert f">{sent_file.file_sha256}<" in auditor.get(AT).content.decode(), "to copy, and on paper"
    told = json.loads(content)
    assert (told["bank_minor"], told["books_minor"], told["difference_minor"]) == (750, 2_007, 0)
    assert auditor.get(f"{AT}reconciliation.pdf").status_code == 404
    for part in ("", "match", "matches", "reconciliation"):
        content = auditor.get(f"{AT}{part}").content
        assert len(content) < 150_000
        assert b"bank-" not in content.replace(b"bank-match", b"").replace(b'"bank-', b"")


def test_programs_of_those_who_see_banks_read_the_same(desk: Desk, world: World) -> None:
    sent(desk, january(entry(date(2026, 1, 20), -1_250, purpose="charge")))
    confirmed(desk)
    auditor = client_of(world, "auditor")
    at = "/api/v1/missions/M/funds/TF/banks"
    (row,) = auditor.get(at).json()
    assert row == {
        "bank": "MAIN", "currency": "USD", "on": "2026-01-31", "state": "agrees",
        "by_bank": "7.50", "by_books": "20.00", "difference": "0.00", "left": 1,
    }  # fmt: skip
    told = auditor.get(f"{at}/MAIN/reconciliation", {"on": "2026-01-16"}).json()
    assert (told["by_bank"], told["by_books"], told["entries"]) == ("10.00", "20.00", [])
    (left,) = told["records"]
    assert (left["amount"], left["settled_on"]) == ("10.00", "2026-01-17")
    told = auditor.get(f"{at}/MAIN/reconciliation", {"on": "2027-01-16"}).json()
    assert (told["state"], told["by_bank"], told["records"]) == ("missing", None, [])
    assert auditor.get(f"{at}/NONE/reconciliation").status_code == 404
    assert client_of(world, "viewer").get(at).status_code == 403
    assert client_of(world, "outsider").get(at).status_code == 404


def test_accounts_stay_apart_by_the_secret_of_their_fund(desk: Desk, world: World) -> None:
    officer = client_of(world, "fund_officer")
    officer.post(AT, file_of(camt(january())))
    (row,) = account(desk).statements
    assert len(row.account_digest) == 32
    assert row.account_digest != january().account_digest, "made with another secret"
    assert desk.fund.salt != SALT
    assert row.account_last == "3000"
