"""Lists, forms and history of rows, as people use them."""

from __future__ import annotations

import dataclasses
import io
import re
from datetime import UTC, date, timedelta
from typing import TYPE_CHECKING, Any, cast

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from konbit.api.headings import heading_of
from konbit.dossier import TABLES, texts_of
from konbit.dossier.tables.fund import ContributionEvent
from konbit.dossier.tables.pledge import Offer
from konbit.dossier.tables.requirement import Capability
from konbit.dossier.tables.situation import Observation
from konbit.package import read
from konbit.package.layout import file_columns
from konbit.terms import Money, Severity
from konbit.web.history.actions import AlreadyDecidedError, refuse
from konbit.web.history.models import Change, Proposal
from konbit.web.imports.actions import NotReadyError, commit, take_in
from konbit.web.imports.preview import preview
from konbit.web.people.acting import act_as
from konbit.web.tables.actions import approve, store, store_or_propose
from konbit.web.tables.asking import Asked, NotAskedWellError
from konbit.web.tables.dossiers import dossier_of
from konbit.web.tables.edits import Edit, EditConflictError
from konbit.web.tables.keeping import Kept
from konbit.web.tables.mirrored import MODELS
from konbit.web.tables.references import leading_nowhere
from konbit.web.words import COOKIE, LANGUAGES, words_in

if TYPE_CHECKING:
    from konbit.dossier import Row
    from konbit.web.people.models import User
    from web_world import World

OFFERS = "/m/M/tables/offers/"
OFFER_KEY = "TCD-GENDARMES"


def browser(user: User) -> Client:
    """A browser in which somebody is signed in."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    return client


def held(world: World, table: type[Row], key: str) -> tuple[int, Any]:
    """A row as it is, and the number of its state."""
    world["viewer"]
    states = MODELS[table.TABLE].objects.of(world.mission.pk).current().filter(row_key=key)
    return next(states.rows_with_states())


def form_of(row: Row, seen: int, **changed: str) -> dict[str, Any]:
    """A form as a browser sends it."""
    cells = {f"c.{name}": text for name, text in {**texts_of(row), **changed}.items()}
    return {**cells, "seen": seen, "why": "a letter came", "document": "Letter 12"}


def test_a_form_changes_one_row_with_one_entry_in_the_history(world: World) -> None:
    seen, row = held(world, Offer, "KEN-POLICE")
    client = browser(world.users["kenya_officer"])
    answer = client.post(f"{OFFERS}edit/KEN-POLICE", form_of(row, seen, title="Police company"))
    assert answer.status_code == 302

    _, now = held(world, Offer, "KEN-POLICE")
    assert now == dataclasses.replace(row, title="Police company")
    change = Change.objects.filter(mission=world.mission).first()
    assert change is not None
    assert (change.by, change.why, change.document, change.counts) == (
        world.users["kenya_officer"], "a letter came", "Letter 12", {"offers": 1},
    )  # fmt: skip
    page = client.get(f"{OFFERS}row/KEN-POLICE").content.decode()
    assert "a letter came" in page
    assert f"<del>{row.title}</del>" in page
    assert "<ins>Police company</ins>" in page


def test_two_people_who_edit_a_row_see_each_others_change_and_none_is_lost(world: World) -> None:
    seen, row = held(world, Offer, "KEN-POLICE")
    first, second = browser(world.users["kenya_officer"]), browser(world.users["planner"])
    first.post(f"{OFFERS}edit/KEN-POLICE", form_of(row, seen, title="First"))
    answer = second.post(f"{OFFERS}edit/KEN-POLICE", form_of(row, seen, cargo_tonnes="99"))

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "kenya_officer changed this row while you were editing" in page
    assert "First" in page, "what the other did"
    assert 'value="99"' in page, "what one typed is still there"
    assert 'value="First"' in page, "and what one did not touch is as the other left it"
    _, now = held(world, Offer, "KEN-POLICE")
    assert (now.title, now.cargo_tonnes) == ("First", row.cargo_tonnes), "nothing is lost"

    newest, _ = held(world, Offer, "KEN-POLICE")
    assert f'name="seen" value="{newest}"' in page
    second.post(f"{OFFERS}edit/KEN-POLICE", form_of(row, newest, title="First", cargo_tonnes="99"))
    _, now = held(world, Offer, "KEN-POLICE")
    assert (now.title, now.cargo_tonnes) == ("First", 99)


def test_a_wrong_cell_is_told_beside_it_and_nothing_is_stored(world: World) -> None:
    seen, row = held(world, Offer, "KEN-POLICE")
    client = browser(world.users["planner"])
    answer = client.post(
        f"{OFFERS}edit/KEN-POLICE",
        form_of(row, seen, strength_persons="many", capability="formed_polise"),
    )
    assert answer.status_code == 422
    assert "many" in answer.content.decode()
    answer = client.post(f"{OFFERS}edit/KEN-POLICE", form_of(row, seen, capability="formed_polise"))
    assert answer.status_code == 422
    assert "formed_police" in answer.content.decode(), "the nearest name"
    assert held(world, Offer, "KEN-POLICE") == (seen, row)


def test_a_form_marks_what_must_not_be_empty(world: World) -> None:
    page = browser(world.users["kenya_officer"]).get("/m/M/tables/offers/new").content.decode()
    marked = set(re.findall(r'<label for="f-c\.(\w+)">[^<]*<span class="quiet">\(required', page))
    assert marked == {column.name for column in file_columns(Offer) if column.required}
    assert "code" in marked
    assert "note" not in marked


def test_a_new_row_begins_with_what_is_known(world: World) -> None:
    """The own organisation of a contributor's officer, and what the link named; nothing else."""
    officer = browser(world.users["kenya_officer"])

    def first(client: Client, address: str, cell: str) -> str:
        return str(client.get(f"/m/M/tables/{address}").context["form"][f"c.{cell}"].value())

    assert first(officer, "offers/new", "contributor") == "KEN"
    assert first(officer, "contributions/new", "donor") == "KEN"
    assert first(officer, "unit_events/new", "offer") == ""
    assert first(browser(world.users["planner"]), "offers/new", "contributor") == ""
    assert first(officer, "caveats/new?offer=KEN-POLICE&nothing=x", "offer") == "KEN-POLICE"
    edited = "offers/edit/KEN-POLICE?title=Another"
    assert first(officer, edited, "title") != "Another", "a row that is there says what it says"
    pledge = officer.get("/m/M/pledges/offers/KEN-POLICE/").content.decode()
    assert "/tables/caveats/new?offer=KEN-POLICE" in pledge


def test_a_change_needs_a_reason(world: World) -> None:
    seen, row = held(world, Offer, "KEN-POLICE")
    sent = {**form_of(row, seen, title="X"), "why": ""}
    answer = browser(world.users["planner"]).post(f"{OFFERS}edit/KEN-POLICE", sent)
    assert answer.status_code == 422
    assert held(world, Offer, "KEN-POLICE") == (seen, row)


def test_a_new_row_of_another_organisation_is_not_a_contributors_to_add(world: World) -> None:
    _, row = held(world, Offer, "KEN-POLICE")
    sent = form_of(dataclasses.replace(row, code="X"), 0)
    sent["seen"] = ""
    assert browser(world.users["canada_officer"]).post(f"{OFFERS}new", sent).status_code == 403
    assert browser(world.users["kenya_officer"]).post(f"{OFFERS}new", sent).status_code == 302


def test_what_is_taken_out_leaves_the_list_and_keeps_its_history(world: World) -> None:
    seen, row = held(world, Capability, "engineering")
    edit = Edit(Capability, row.label, seen, None)
    told = leading_nowhere(world.mission, [edit])
    assert {f.code for f in told} == {"still-referred-to"}

    seen, offer = held(world, Offer, "ESP-MSS")
    client = browser(world.users["planner"])
    answer = client.post(f"{OFFERS}take-out/ESP-MSS", {"seen": seen, "why": "never came"})
    assert answer.status_code == 302
    assert "ESP-MSS" not in dossier_of(world.mission).by_code(Offer)
    page = client.get(f"{OFFERS}row/ESP-MSS").content.decode()
    assert "never came" in page
    store(world["planner"], world.mission, "row-saved", [Edit.new(offer)], why="it came after all")
    assert dossier_of(world.mission).by_code(Offer)["ESP-MSS"] == offer


def test_the_past_stays_as_it_was(world: World) -> None:
    """Whatever changes later, the state after a change is the same for ever."""
    world["viewer"]
    before = dossier_of(world.mission)
    then = Change.objects.latest("pk").pk
    seen, row = held(world, Offer, "KEN-POLICE")
    edit = Edit(Offer, row.label, seen, dataclasses.replace(row, title="Changed"))
    store(world["planner"], world.mission, "row-saved", [edit], why="a test")

    assert dossier_of(world.mission) != before
    assert dossier_of(world.mission, then) == before
    page = browser(world.users["viewer"]).get(f"{OFFERS}?change={then}").content.decode()
    assert row.title in page
    page = browser(world.users["viewer"]).get(f"{OFFERS}?recorded_on=2020-01-01").content.decode()
    assert "KEN-POLICE" not in page


def test_excel_has_exactly_the_rows_that_the_list_shows(world: World, tmp_path: Any) -> None:
    client = browser(world.users["viewer"])
    query = "?component=police&q=KEN&sort=-strength_persons"
    answer = client.get(f"{OFFERS}excel{query}")
    (tmp_path / "o.xlsx").write_bytes(answer.content)
    reading = read(tmp_path / "o.xlsx")
    world["viewer"]
    asked = Asked.read(Offer, {"component": "police", "q": "KEN", "sort": "-strength_persons"})
    shown = list(asked.of(world.mission, MODELS["offers"].objects.all()).rows())
    assert list(reading.rows) == shown
    assert shown
    assert all(offer.component == "police" for offer in shown)  # type: ignore[attr-defined]
    page = client.get(f"{OFFERS}{query}").content.decode()
    assert _keys(page) == [row.label for row in shown]


@pytest.mark.parametrize(
    ("table", "language"),
    [(table, LANGUAGES[place % len(LANGUAGES)]) for place, table in enumerate(TABLES)]
    + [(Offer, language) for language in LANGUAGES],
    ids=lambda one: one if isinstance(one, str) else one.TABLE,
)
def test_excel_speaks_to_its_reader_and_is_read_again(
    table: type[Row], language: str, world: World, tmp_path: Any
) -> None:
    """Headings and notes are in the reader's language; names and rows are the same in all."""
    client = browser(world.users["viewer"])
    client.cookies[COOKIE] = language
    file = tmp_path / "sent.xlsx"
    file.write_bytes(client.get(f"/m/M/tables/{table.TABLE}/excel").content)
    reading = read(file)
    world["viewer"]
    rows = list(Asked(table).of(world.mission, MODELS[table.TABLE].objects.all()).rows())
    assert list(reading.rows) == rows
    assert not [found for found in reading.findings if found.severity is Severity.ERROR]

    words, sheet = words_in(language), load_workbook(file).active
    assert sheet is not None
    for place, column in enumerate(file_columns(table), start=1):
        heading = heading_of(table, column, words)
        assert sheet.cell(1, place).value == column.name
        assert sheet.cell(2, place).value == f"# {heading.title}"
        note = sheet.cell(1, place).comment
        assert note is not None
        assert language == "en" or note.text == heading.note
    if language == "fr" and table is Offer:
        titles = [cell.value for cell in sheet[2]]
        assert "# Intitulé" in titles
        assert "Must be filled" not in str([cell.comment for cell in sheet[1]])


@pytest.mark.parametrize("language", ["fr", "ht"])
def test_excel_in_another_language_is_sent_back_and_changes_nothing(
    language: str, world: World
) -> None:
    client = browser(world.users["lead"])
    client.cookies[COOKIE] = language
    content = client.get(f"{OFFERS}excel").content
    lead = world["lead"]
    sent = take_in(lead, world.mission, "offers.xlsx", content, why="sent back")
    found = preview(sent)
    assert (found.errors, found.edits, found.rejected) == ((), (), {})
    assert [told.unchanged for told in found.tables] == [len(dossier_of(world.mission).rows(Offer))]
    with pytest.raises(NotReadyError):
        commit(lead, sent)


def test_pages_in_another_order_are_that_order_cut_in_pieces(world: World) -> None:
    """Also at a bound of pages with equal values, and after a row has got another value."""
    client = browser(world.users["viewer"])
    observed = "/m/M/tables/observations/"

    def shown() -> list[str]:
        numbers = range(1, len(held_now()) // 50 + 2)
        pages = [client.get(f"{observed}?sort=-on&page={number}") for number in numbers]
        return [key for page in pages for key in _keys(page.content.decode())]

    def held_now() -> list[Observation]:
        world["viewer"]
        states = MODELS["observations"].objects.of(world.mission.pk).current()
        rows = cast("list[Observation]", list(states.rows()))
        return sorted(sorted(rows, key=lambda row: row.label), key=lambda row: row.on, reverse=True)

    before = [row.label for row in held_now()]
    assert len(before) > 500
    assert shown() == before

    seen, row = held(world, Observation, before[-1])
    edit = Edit(Observation, row.label, seen, dataclasses.replace(row, on=date(2099, 1, 1)))
    store(world["coordination_officer"], world.mission, "row-saved", [edit], why="a test")
    assert shown() == [row.label for row in held_now()] != before


def _keys(page: str) -> list[str]:
    import re

    return re.findall(r'<th scope="row"><a href="[^"]*/row/([^"]+)"', page)


@pytest.mark.parametrize(
    "told",
    [
        {"sort": "nothing"},
        {"known_on": "yesterday"},
        {"unit_count.from": "many"},
        {"change": "-1"},
        {"kind": "ghost"},
    ],
)
def test_what_cannot_be_understood_is_said(told: dict[str, str], world: World) -> None:
    world["viewer"]
    with pytest.raises(NotAskedWellError):
        Asked.read(Offer, told).of(world.mission, MODELS["offers"].objects.all())
    assert browser(world.users["viewer"]).get(OFFERS, told).status_code == 400


def test_amounts_are_asked_for_in_whole_units_of_their_currency(world: World) -> None:
    """Yen have no decimals and dinars three: a bound means the same of each, and so does order."""
    officer = world["lead"]
    states = MODELS["contribution_events"].objects.of(world.mission.pk).current()
    example: Any = next(states.rows())
    amounts = {
        "JPY-A": Money(1_500, "JPY"), "JPY-B": Money(150_000, "JPY"),
        "KWD-A": Money(1_500_000, "KWD"), "KWD-B": Money(1_499_999, "KWD"),
        "USD-A": Money(150_000, "USD"), "USD-B": Money(150_001, "USD"),
    }  # fmt: skip
    rows = [
        dataclasses.replace(example, code=code, stage="pledged", amount=amount)
        for code, amount in amounts.items()
    ]
    proposed = store_or_propose(
        officer, world.mission, "row-saved", [Edit.new(row) for row in rows], why="a test"
    )
    assert isinstance(proposed, Proposal)
    approve(world["fund_approver"], proposed)
    client = browser(world.users["viewer"])

    def shown(**asked: str) -> list[str]:
        told = {"sort": "amount", "contribution": example.contribution, **asked}
        page = client.get("/m/M/tables/contribution_events/", told).content.decode()
        return [key for key in _keys(page) if key in amounts]

    same = ["JPY-A", "KWD-A", "USD-A"]
    assert shown(amount="1500") == shown(amount="1500.00") == same
    assert shown(**{"amount.from": "1500"}) == [*same, "USD-B", "JPY-B"]
    assert shown(**{"amount.to": "1500"}) == ["KWD-B", *same]
    assert shown(**{"amount.from": "1499.9999", "amount.to": "1500.009"}) == same
    assert shown(amount="1499.999") == ["KWD-B"]
    assert shown(sort="-amount") == ["JPY-B", "USD-B", *same, "KWD-B"]
    for odd in ("many", "NaN", "Infinity", "1e999999", "9" * 5_000):
        assert client.get("/m/M/tables/contribution_events/", {"amount": odd}).status_code == 400


def test_a_dossier_is_kept_for_its_state_and_for_who_may_read_it(world: World) -> None:
    """Every change is seen at once; for whoever may not read the mission nothing is kept."""
    planner = world["planner"]
    whole = dossier_of(world.mission)
    with CaptureQueriesContext(connection) as asked:
        assert dossier_of(world.mission) is whole
    assert len(asked) == 1, "only which change is the newest"
    seen, row = held(world, Offer, OFFER_KEY)
    world["planner"]
    other = dataclasses.replace(row, cargo_tonnes=row.cargo_tonnes + 1)
    edit = Edit(Offer, OFFER_KEY, seen, other)
    change = store(planner, world.mission, "row-saved", [edit], why="a test")
    assert dossier_of(world.mission).by_code(Offer)[OFFER_KEY] == other
    assert dossier_of(world.mission) == dossier_of(world.mission, change.pk)
    assert dossier_of(world.mission, change.pk - 1) == whole
    act_as(world.users["outsider"])
    assert dossier_of(world.mission).all_rows == ()
    act_as(None)
    assert dossier_of(world.mission).all_rows == ()
    act_as(planner)
    assert dossier_of(world.mission).by_code(Offer)[OFFER_KEY] == other


def test_what_is_large_is_found_again_and_not_kept() -> None:
    kept: Kept[str] = Kept(2, lambda text: len(text) < 3)
    texts = iter(["long", "longer", "ab", "cd"])
    assert [kept.of(("a",), lambda: next(texts)) for _ in range(4)] == [
        "long",
        "longer",
        "ab",
        "ab",
    ]


def test_the_history_is_narrowed_by_words_table_and_days(world: World) -> None:
    planner = world["planner"]
    seen, row = held(world, Offer, OFFER_KEY)
    act_as(planner)
    edit = Edit(Offer, OFFER_KEY, seen, dataclasses.replace(row, cargo_tonnes=41))
    change = store(planner, world.mission, "row-saved", [edit], why="weighed", document="Note 7")
    today = change.at.astimezone(UTC).date()
    client = browser(world.users["auditor"])

    def numbers(**asked: str) -> list[int]:
        page = client.get("/m/M/history/", asked)
        assert page.status_code == 200
        return [one.pk for one in page.context["page"]]

    newest, first = numbers()
    assert newest == change.pk
    assert numbers(words="NOTE 7") == numbers(words="weigh") == [change.pk]
    assert numbers(words="fund_approver") == [first], "who agreed"
    assert numbers(words="planner", table="offers") == [change.pk]
    assert numbers(table="caveats") == [first]
    day = timedelta(days=1)
    assert numbers(from_on=str(today), until_on=str(today + day)) == [change.pk, first]
    assert numbers(until_on=str(today)) == numbers(from_on=str(today + day)) == []
    assert client.get("/m/M/history/", {"from_on": "x"}).status_code == 422
    assert client.get("/m/M/history/", {"table": "users"}).status_code == 422
    assert browser(world.users["outsider"]).get("/m/M/history/").status_code == 404


def test_what_was_known_on_a_day(world: World) -> None:
    day = date(2024, 3, 1)
    world["viewer"]
    asked = Asked.read(Offer, {"known_on": day.isoformat()})
    shown = {row.label for row in asked.of(world.mission, MODELS["offers"].objects.all()).rows()}
    every = dossier_of(world.mission).rows(Offer)
    assert shown == {row.label for row in every if row.is_known(day)}
    assert 0 < len(shown) < len(every)


def _pledge(world: World, code: str = "NEW-PLEDGE") -> Edit:
    world["viewer"]
    row = next(row for row in dossier_of(world.mission).rows(ContributionEvent))
    return Edit.new(dataclasses.replace(row, code=code, stage="pledged"))


def test_promised_money_waits_for_a_second_person(world: World) -> None:
    edit = _pledge(world)
    asked = store_or_propose(
        world["fund_officer"], world.mission, "row-saved", [edit], why="letter"
    )
    assert isinstance(asked, Proposal)
    assert "NEW-PLEDGE" not in dossier_of(world.mission).by_code(ContributionEvent)
    change = approve(world["fund_approver"], asked)
    assert (change.by, change.second) == (
        world.users["fund_officer"],
        world.users["fund_approver"],
    )
    assert dossier_of(world.mission).by_code(ContributionEvent)["NEW-PLEDGE"] == edit.row
    with pytest.raises(AlreadyDecidedError):
        approve(world["fund_approver"], asked)


def test_a_refused_proposal_is_never_approved(world: World) -> None:
    edit = _pledge(world)
    asked = store_or_propose(
        world["fund_officer"], world.mission, "row-saved", [edit], why="letter"
    )
    assert isinstance(asked, Proposal)
    refuse(world["fund_approver"], asked, "no letter")
    with pytest.raises(AlreadyDecidedError):
        approve(world.users["fund_approver"], asked)


def test_a_proposal_that_was_overtaken_stores_nothing(world: World) -> None:
    world["viewer"]
    pledged = next(
        row for row in dossier_of(world.mission).rows(ContributionEvent) if row.stage == "pledged"
    )
    seen, row = held(world, ContributionEvent, pledged.label)
    edit = Edit(ContributionEvent, row.label, seen, dataclasses.replace(row, note="one"))
    other = dataclasses.replace(edit, row=dataclasses.replace(row, note="two"))
    proposals = [
        store_or_propose(world["fund_officer"], world.mission, "row-saved", [e], why="letter")
        for e in (edit, other)
    ]
    assert all(isinstance(p, Proposal) for p in proposals)
    approve(world["fund_approver"], proposals[0])  # type: ignore[arg-type] # just asserted
    with pytest.raises(EditConflictError):
        approve(world["fund_approver"], proposals[1])  # type: ignore[arg-type] # just asserted


def test_a_workbook_never_holds_a_formula(world: World) -> None:
    seen, row = held(world, Offer, "KEN-POLICE")
    edit = Edit(Offer, row.label, seen, dataclasses.replace(row, note="=1+1"))
    store(world["planner"], world.mission, "row-saved", [edit], why="a test")
    content = browser(world.users["viewer"]).get(f"{OFFERS}excel?q=KEN-POLICE").content
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
