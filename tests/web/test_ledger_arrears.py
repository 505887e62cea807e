"""What contributors are owed: the page, the workbook, and on to the mission's tables."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from konbit.dossier.tables.arrears import ClaimStanding
from konbit.exchange.fund_export import opened_export
from konbit.fund import Record
from konbit.fund.exported import claims_told
from konbit.fund.standing import standings
from konbit.package.list_writing import workbook_of
from konbit.terms import Money
from konbit.web.imports.actions import commit
from konbit.web.imports.models import Import
from konbit.web.ledger.models import LedgerRecord
from konbit.web.ledger.queries import claims_on
from konbit.web.people.acting import act_as, acting
from konbit.web.tables.mirrored import MODELS
from ledger_fund import Desk, allotment, client_of, desk_of, draft, obligation
from signed_logs import signed

if TYPE_CHECKING:
    from pathlib import Path

    from web_world import World

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


@pytest.fixture
def desk(world: World) -> Desk:
    """A claim of 1,000 dollars for November 2025, approved, of which 400 are paid.

    The fund stands in the mission's tables under the same code.
    """
    made = desk_of(world, code="UNTF")
    rate: dict[str, Any] = {
        "rate": "R",
        "cost_head": "personnel",
        "contributor": "",
        "amount_minor": 100_000,
    }
    counted: dict[str, Any] = {"counted": "person_day", "is_deductible": True, "edition": "1"}
    made.two(draft("rate_dated", on="2025-01-01", **rate, **counted))
    month: dict[str, Any] = {**UNIT, "month": "2025-11", "person_days": 30, "equipment_days": 0}
    made.one(draft("presence_returned", **month))
    _verified(world, made, month)
    made.one(draft("claimed", claim="K1", lines=[LINE], total_minor=100_000, **UNIT))
    made.two(draft("claim_approved", claim="K1", amount_minor=100_000))
    made.two(allotment("A1", 200_000))
    made.two(obligation("A1", "O1", 100_000, claim="K1"))
    made.two(draft("disbursed", obligation="O1", bank="MAIN", direct_minor=40_000))
    return made


def _verified(world: World, desk: Desk, month: dict[str, Any]) -> None:
    from konbit.web.ledger.actions import post

    verifier = world.users["coordination_officer"]
    with acting(verifier):
        post(verifier, desk.fund, [draft("presence_verified", shortfall_ppm=0, **month)])


def test_the_record_and_the_log_say_the_same(desk: Desk) -> None:
    act_as(desk.officer)
    lines = LedgerRecord.objects.filter(fund=desk.fund).order_by("sequence")
    records = [Record.from_bytes(bytes(row.bytes)) for row in lines]
    for until, on in (("2026-01-15", date(2026, 1, 14)), ("2026-01-16", date(2026, 1, 15))):
        assert claims_on(desk.fund, on) == standings(records, until=until)
    assert claims_on(desk.fund, date(2026, 1, 15))["K1"].unpaid_minor == 60_000
    assert claims_on(desk.fund, date(2026, 1, 15), known=date(2026, 1, 1)) == {}


def test_the_page_tells_what_is_owed_by_age(desk: Desk, world: World) -> None:
    client = client_of(world, "viewer")
    page = client.get("/m/M/funds/UNTF/arrears?on=2026-06-30")
    assert page.status_code == 200
    assert page.context["ages"][0][0] == "KEN"
    assert [money.amount_minor for money in page.context["ages"][0][1]] == [0, 0, 60_000, 0]
    assert "Look at it as rows" not in page.content.decode(), "a viewer may not import"
    assert client.get("/m/M/funds/UNTF/arrears?on=nonsense").status_code == 404
    assert client.post("/m/M/funds/UNTF/arrears/take", {"on": "2026-06-30"}).status_code == 403
    empty = client.get("/m/M/funds/UNTF/arrears?on=2025-12-31")
    assert empty.context["ages"] == []


@pytest.mark.parametrize(("on", "known"), [("2026-01-20", ""), ("2026-01-20", "2026-01-01")])
def test_law_a_public_export_alone_gives_the_rows_that_the_record_gives(
    desk: Desk, world: World, tmp_path: Path, on: str, known: str
) -> None:
    signed("UNTF")
    client = client_of(world, "fund_officer")
    asked = f"on={on}&known={known}"
    ours = client.get(f"/m/M/funds/UNTF/arrears.xlsx?{asked}").content
    (tmp_path / "export.zip").write_bytes(b"".join(client.get("/ledger/M/UNTF/export.zip")))
    with opened_export(tmp_path / "export.zip") as files:
        told, found = claims_told(
            files.lines(),
            files.checkpoints,
            files.keys.split("\n"),
            on=date.fromisoformat(on),
            known=date.fromisoformat(known) if known else None,
        )
    assert told is not None, found
    assert workbook_of(ClaimStanding, told.rows) == ours
    assert len(told.rows) == (0 if known else 1)


def test_what_is_owed_becomes_rows_of_the_mission_and_the_same_again_changes_nothing(
    desk: Desk, world: World
) -> None:
    client = client_of(world, "fund_officer")
    sent = client.post("/m/M/funds/UNTF/arrears/take", {"on": "2026-01-20", "known": ""})
    assert sent.status_code == 302
    preview = client.get(sent["Location"]).content.decode()
    assert "reference-missing" not in preview
    act_as(desk.officer)
    taken = Import.objects.latest("pk")
    commit(desk.officer, taken)
    states = MODELS["arrears"].objects.of(world.mission.pk).current()
    row = next(r for r in states.rows() if isinstance(r, ClaimStanding) and r.claim == "K1")
    assert row.unpaid == Money(60_000, "USD")
    assert row.contributor == "KEN"
    assert row.source.startswith("Ledger of UNTF, records ")
    again = client.post("/m/M/funds/UNTF/arrears/take", {"on": "2026-01-20", "known": ""})
    shown = client.get(again["Location"])
    assert shown.context["preview"].edits == ()
