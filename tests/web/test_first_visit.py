"""What people meet who see the record for the first time: no dead end, no form for nothing."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from konbit.web.people.forms import InviteForm
from konbit.web.pledges import actions
from konbit.web.pledges.actions import StepNotPossibleError, step_units
from konbit.web.pledges.stages import place_of
from konbit.web.words import words_in
from web_world import a_step, new_offer

if TYPE_CHECKING:
    from web_world import World

TODAY = date(2026, 11, 26)


def as_(world: World, name: str) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(world.users[name])
    return client


@pytest.mark.parametrize(
    ("name", "key", "may"),
    [
        ("outsider", "KEN-POLICE", False),
        ("viewer", "KEN-POLICE", False),
        ("canada_officer", "KEN-POLICE", False),
        ("kenya_officer", "TCD-1500", False),
        ("kenya_officer", "KEN-POLICE", True),
        ("coordination_officer", "KEN-POLICE", False),
        ("planner", "TCD-1500", True),
    ],
)
def test_a_form_is_offered_to_those_only_who_may_send_it(
    name: str, key: str, may: bool, world: World
) -> None:
    client = as_(world, name)
    page = client.get(f"/m/M/tables/offers/row/{key}")
    form = client.get(f"/m/M/tables/offers/edit/{key}")
    gone = client.get(f"/m/M/tables/offers/take-out/{key}")
    if name == "outsider":
        assert {page.status_code, form.status_code, gone.status_code} == {404}
        return
    assert page.status_code == 200
    assert (f"offers/edit/{key}" in page.content.decode()) == may
    assert (f"offers/take-out/{key}" in page.content.decode()) == may
    assert form.status_code == gone.status_code == (200 if may else 403)


@pytest.mark.parametrize(
    ("name", "may"),
    [("viewer", False), ("canada_officer", False), ("kenya_officer", True),
     ("coordination_officer", True)],
)  # fmt: skip
def test_a_step_is_offered_to_those_only_who_may_take_it(
    name: str, may: bool, world: World
) -> None:
    new_offer(world, "KEN-NEW")
    client = as_(world, name)
    page = client.get("/m/M/pledges/offers/KEN-NEW/").content.decode()
    assert ("Enter the step" in page) == may


def sent(units: int, stage: str = "notified") -> dict[str, Any]:
    day = TODAY.isoformat()
    return {
        "stage": stage, "on": day, "units": units, "source": "a letter", "source_on": day,
        "confidence": "official", "why": "a test",
    }  # fmt: skip


def test_no_more_units_take_a_step_than_were_pledged(world: World) -> None:
    new_offer(world, "KEN-NEW")
    client = as_(world, "kenya_officer")
    page = client.get("/m/M/pledges/offers/KEN-NEW/").content.decode()
    assert 'name="units" value="10" min="1" max="10"' in page, "all of them at first"
    answer = client.post("/m/M/pledges/offers/KEN-NEW/", sent(11))
    assert answer.status_code == 422
    assert "Only 10 units are left" in answer.content.decode()
    with pytest.raises(StepNotPossibleError):
        step_units(world["kenya_officer"], world.mission, "KEN-NEW", a_step("notified"), 11)
    assert client.post("/m/M/pledges/offers/KEN-NEW/", sent(10)).status_code == 302


def test_the_same_step_by_two_at_once_is_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both found the same code free, and one was first."""
    new_offer(world, "KEN-NEW")
    client = as_(world, "kenya_officer")
    monkeypatch.setattr(actions, "_new_code", lambda *_: "KEN-NEW-notified")
    assert client.post("/m/M/pledges/offers/KEN-NEW/", sent(5)).status_code == 302
    second = client.post("/m/M/pledges/offers/KEN-NEW/", sent(5))
    assert second.status_code == 409
    assert "at the same moment" in second.content.decode()


def test_a_step_that_somebody_else_took_meanwhile_is_told(world: World) -> None:
    """The form was open while a colleague notified all of them."""
    new_offer(world, "KEN-NEW")
    client = as_(world, "kenya_officer")
    assert client.post("/m/M/pledges/offers/KEN-NEW/", sent(10)).status_code == 302
    late = client.post("/m/M/pledges/offers/KEN-NEW/", sent(10))
    assert late.status_code == 422
    assert words_in("en").say("step-not-possible") in late.content.decode()


def test_steps_of_one_day_stand_in_the_order_of_the_chain() -> None:
    stages = ["withdrawn", "agreed", "notified", "offered"]
    assert sorted(stages, key=place_of) == ["offered", "notified", "agreed", "withdrawn"]
    assert sorted(["withdrawn", "signed", "pledged"], key=place_of)[0] == "pledged"


def test_a_conflict_tells_what_the_reader_did_not_touch(world: World) -> None:
    path = "/m/M/tables/offers/edit/KEN-POLICE"
    first, second = as_(world, "planner"), as_(world, "kenya_officer")
    fields = _fields(first.get(path).content.decode())
    one = {**fields, "c.cargo_tonnes": "61", "why": "a letter"}
    assert first.post(path, one).status_code == 302
    page = second.post(path, {**fields, "c.tour_months": "11", "why": "a ministry"})
    assert page.status_code == 409
    told = re.sub(r"<[^>]+>", " ", page.content.decode())
    assert re.search(r"Cargo\s+61\s+not touched", told)
    assert re.search(r"Tour\s+12\s+11", told)


def _fields(page: str) -> dict[str, str]:
    from lxml import html

    form = next(f for f in html.fromstring(page).forms if "c.code" in f.fields)
    return {name: value or "" for name, value in form.fields.items() if name}


def test_a_list_says_as_of_when_it_is(world: World) -> None:
    client = as_(world, "viewer")
    known = client.get("/m/M/tables/offers/?known_on=2024-03-01").content.decode()
    assert "As known on 1 March 2024." in known
    before = client.get("/m/M/tables/offers/?recorded_on=2020-01-01").content.decode()
    assert "No row matches" in before
    assert "has no row yet" not in before


def test_filters_speak_the_readers_language(world: World) -> None:
    client = as_(world, "viewer")
    client.cookies["konbit_language"] = "ht"
    page = client.get("/m/M/tables/offers/").content.decode()
    assert '<option value="yes">wi</option>' in page
    assert '<option value="yes">yes' not in page


def test_a_paper_is_saved_under_its_own_name(world: World) -> None:
    client = as_(world, "planner")
    file = SimpleUploadedFile("lettre d'été.pdf", b"%PDF-1.7 a letter")
    assert client.post("/m/M/papers/offers/KEN-POLICE/", {"file": file}).status_code == 302
    page = client.get("/m/M/papers/offers/KEN-POLICE/").content.decode()
    link = re.search(r"/m/M/papers/file/[0-9a-f]{64}", page)
    assert link
    saved = client.get(link.group())
    assert saved["Content-Disposition"].startswith("attachment; filename")
    assert saved["Content-Disposition"].endswith(".pdf")


def test_a_role_is_chosen_and_never_given_by_default(world: World) -> None:
    by = world["administrator"]
    words = words_in("en")
    form = InviteForm({"email": "a@example.org", "role": ""}, by=by, words=words)
    assert not form.is_valid()
    assert next(iter(form.fields["role"].choices))[0] == ""  # type: ignore[attr-defined] # a choice
    chosen = {"email": "a@example.org", "role": "0:administrator"}
    assert InviteForm(chosen, by=by, words=words).is_valid()
    page = as_(world, "administrator").get("/people/").content.decode()
    offered = re.findall(r'<option value="[^"]*"', page)
    assert offered.count('<option value=""') == page.count("<select") - 1, "but that of tokens"


def test_the_mission_says_where_to_go_on(world: World) -> None:
    page = as_(world, "planner").get("/m/M/").content.decode()
    assert "/m/M/reminders/" in page
    assert "Freeze the tables first" in page
    refused = as_(world, "viewer").get("/m/M/import/")
    assert refused.status_code == 403
    assert 'href="/m/M/"' in refused.content.decode()
