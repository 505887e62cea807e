"""What people write into a fund's forms is read as they mean it, or refused in words."""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import example, given
from hypothesis import strategies as st

from konbit.fund.shapes import is_amount
from konbit.terms import Money
from konbit.web.ledger.actions import post, propose
from konbit.web.ledger.fields import BY_TEST, amount_filled
from konbit.web.ledger.models import LedgerRecord
from konbit.web.ledger.refusing import LedgerRefusedError
from konbit.web.people.acting import act_as, acting
from konbit.web.people.actions import give_role
from konbit.web.serving.demo import _PEOPLE
from konbit.web.words import words_in
from ledger_fund import ON, Desk, client_of, desk_of, draft

if TYPE_CHECKING:
    from web_world import World

RATE: dict[str, Any] = {
    "rate": "R", "cost_head": "personnel", "contributor": "", "amount_minor": 100_050,
    "counted": "person_day", "is_deductible": True, "edition": "1",
}  # fmt: skip
UNIT: dict[str, Any] = {"contributor": "KEN", "unit": "KEN-1"}
LINE: dict[str, Any] = {
    "month": "2025-11", "rate": "R", "quantity": 30, "per": 30, "deduction_ppm": 0,
    "factor_ppm": 0, "amount_minor": 100_050,
}  # fmt: skip


@pytest.fixture
def desk(world: World) -> Desk:
    made = desk_of(world)
    act_as(made.officer)
    return made


def entered(world: World, written: str, language: str = "en", kind: str = "interest") -> Any:
    client = client_of(world, "fund_officer")
    client.cookies["konbit_language"] = language
    sent = {"on": ON, "purse": "A", "bank": "MAIN", "amount_minor": written, "key": written}
    return client.post(f"/m/M/funds/TF/enter/{kind}", sent)


@pytest.mark.parametrize(
    ("written", "minor"),
    [
        ("900,000.50", 90_000_050),
        ("900.000,50", 90_000_050),
        ("1,000,000", 100_000_000),
        ("1.000.000", 100_000_000),
        ("1 234,5", 123_450),
        ("12\u2019500.25", 1_250_025),
        ("9000", 900_000),
        ("0.125", None),
        ("1,00,000", None),
        ("1,000.000.5", None),
        ("9.000,", None),
        ("1e5", None),
        ("NaN", None),
        ("٣", None),
    ],
)
def test_an_amount_is_read_as_it_is_meant(
    written: str, minor: int | None, desk: Desk, world: World
) -> None:
    assert entered(world, written).status_code == (422 if minor is None else 302)
    act_as(desk.officer)
    rows = LedgerRecord.objects.filter(fund=desk.fund, kind="interest")
    found = [json.loads(bytes(row.bytes))["body"]["amount_minor"] for row in rows]
    assert found == ([] if minor is None else [minor])


@pytest.mark.parametrize("language", ["en", "fr", "es", "ht"])
@pytest.mark.parametrize("written", ["9,000", "9.000", "900,000", "-1.234"])
def test_what_may_be_thousands_or_decimals_is_refused(
    written: str, language: str, desk: Desk, world: World
) -> None:
    """`9,000` was taken for nine."""
    page = entered(world, written, language)
    assert page.status_code == 422
    said = words_in(language).say("entry-amount-ambiguous")
    assert said in html.unescape(page.content.decode())
    act_as(desk.officer)
    assert not LedgerRecord.objects.filter(fund=desk.fund, kind="interest").exists()


@given(st.integers(-(10**18), 10**18), st.sampled_from(["JPY", "USD", "KWD"]))
@example(1_234, "KWD")
@example(1_234_000, "KWD")
@example(999_000, "USD")
@example(1_234, "JPY")
def test_an_amount_that_a_form_is_filled_with_is_read_again(minor: int, currency: str) -> None:
    """Three decimals are not taken for thousands, nor thousands for three decimals."""
    money = Money(minor, currency)
    read = BY_TEST[is_amount](is_amount).clean(amount_filled(money))
    assert Money.from_major(read, currency) == money


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("language", ["en", "fr", "es", "ht"])
def test_what_no_code_is_is_told_in_words(language: str, world: World) -> None:
    client = client_of(world, "fund_officer")
    client.cookies["konbit_language"] = language
    sent = {"on": ON, "purse": "with spaces", "document_sha256": "abc", "key": "k"}
    page = html.unescape(client.post("/m/M/funds/TF/enter/purse_opened", sent).content.decode())
    for code in ("entry-code-wrong", "entry-digest-wrong"):
        assert words_in(language).say(code) in page


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("month", "code"), [("2026-13", "entry-month-wrong"), ("2025-11", "entry-nothing-to-claim")]
)
def test_a_claim_of_what_nobody_verified_is_told_so(month: str, code: str, world: World) -> None:
    sent = {"on": ON, "claim": "K1", **UNIT, "month": month, "key": "k"}
    page = client_of(world, "kenya_officer").post("/m/M/funds/TF/enter/claimed", sent)
    assert page.status_code == 422
    assert words_in("en").say(code) in html.unescape(page.content.decode())


def test_who_verified_is_told_at_once_that_they_do_not_approve(desk: Desk, world: World) -> None:
    """It was said only when the second person approved, and named nobody."""
    officer = desk.officer
    with acting(world["administrator"]):
        give_role(world["administrator"], officer, "coordination_officer", world.mission)
    act_as(officer)
    desk.two(draft("rate_dated", **{**RATE, "on": "2025-01-01"}))
    month = {**UNIT, "month": "2025-11", "person_days": 30, "equipment_days": 0}
    desk.one(draft("presence_returned", **month))
    desk.one(draft("presence_verified", shortfall_ppm=0, **month))
    desk.one(draft("claimed", claim="K1", lines=[LINE], total_minor=100_050, **UNIT))
    approval = draft("claim_approved", claim="K1", amount_minor=100_050)
    with pytest.raises(LedgerRefusedError, match="segregation"):
        propose(officer, desk.fund, [approval])
    sent = {"on": ON, "claim": "K1", "amount_minor": "1000.50", "authority": "R 1", "key": "k"}
    page = client_of(world, "fund_officer").post("/m/M/funds/TF/enter/claim_approved", sent)
    assert page.status_code == 422
    said = words_in("en").say("ledger-segregation")
    assert f"{said} ({officer.name})" in html.unescape(page.content.decode())


def test_what_is_missing_is_told_in_words_and_to_the_cent(desk: Desk, world: World) -> None:
    """It said `free:A, USD, 5000`, which are cents."""
    sent = {"on": ON, "purse": "A", "allotment": "A1", "cost_head": "personnel",
            "amount_minor": "10050", "authority": "R 1", "key": "k"}  # fmt: skip
    page = client_of(world, "fund_officer").post("/m/M/funds/TF/enter/allotted", sent)
    assert page.status_code == 422
    text = html.unescape(page.content.decode())
    assert "(Free · Anything (A): USD 50 are missing)" in text
    act_as(desk.officer)
    assert not LedgerRecord.objects.filter(fund=desk.fund, kind="allotted").exists()


def test_a_claim_is_told_to_the_cent(desk: Desk, world: World) -> None:
    desk.two(draft("rate_dated", **{**RATE, "on": "2025-01-01"}))
    month = {**UNIT, "month": "2025-11", "person_days": 30, "equipment_days": 0}
    desk.one(draft("presence_returned", **month))
    verifier = world.users["coordination_officer"]
    with acting(verifier):
        post(verifier, desk.fund, [draft("presence_verified", shortfall_ppm=0, **month)])
    desk.one(draft("claimed", claim="K1", lines=[LINE], total_minor=100_050, **UNIT))
    client = client_of(world, "kenya_officer")
    page = client.get("/m/M/funds/TF/claims").content.decode()
    assert ">USD 1,000.50<" in page
    assert "November 2025" in page
    assert page.count("data-l=") >= 11, "on a phone each figure has its heading beside it"
    assert ">USD 0<" in page, "paid"
    assert ">\u2013<" in page, "nothing is approved or refused yet"
    assert 'value="KEN"' in client.get("/m/M/funds/TF/enter/claimed").content.decode()


def test_who_approves_a_reversal_reads_what_it_undoes(desk: Desk, world: World) -> None:
    number = desk.one(draft("interest", purse="A", bank="MAIN", amount_minor=900))[-1]
    with acting(desk.officer):
        propose(desk.officer, desk.fund, [draft("reversed", sequence=number)])
    page = html.unescape(client_of(world, "fund_approver").get("/m/M/approvals/").content.decode())
    assert f"{number} · Interest, 15 January 2026 (" in page
    assert "Amount: USD 9" in page


@pytest.mark.usefixtures("desk")
def test_an_xml_that_is_wrong_does_not_ask_about_csv(world: World) -> None:
    client = client_of(world, "fund_officer")
    asked = "<details open><summary>" + words_in("en").say("bank-about-csv")
    for name, is_asked in (("x.xml", False), ("x.csv", True)):
        sent = {"file": SimpleUploadedFile(name, b"<no/>")}
        page = client.post("/m/M/funds/TF/banks/MAIN/", sent)
        assert page.status_code == 422
        assert (asked in page.content.decode()) == is_asked


def test_the_log_leads_those_of_the_mission_back_to_the_fund(desk: Desk, world: World) -> None:
    act_as(desk.officer)
    page = client_of(world, "viewer").get("/ledger/M/TF/").content.decode()
    assert 'href="/m/M/funds/TF/"' in page


def test_claims_of_the_demonstration_can_be_paid() -> None:
    """Who verifies presence does not approve: somebody must be there who only verifies."""
    keeps = {name for name, _, roles in _PEOPLE if "fund_officer" in roles}
    verifies = {name for name, _, roles in _PEOPLE if "coordination_officer" in roles}
    assert keeps
    assert verifies - keeps
