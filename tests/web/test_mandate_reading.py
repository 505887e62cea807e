"""Reading a text in the record: who may not, side by side, the same again, articles, two texts."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from konbit.dossier.tables.follow_up import FollowUp, ReportingCycle
from konbit.dossier.tables.mandate import Document, Paragraph
from konbit.web.history.models import Change
from konbit.web.mandates.models import Reading
from konbit.web.tables.dossiers import dossier_of
from mandate_forms import READ, browser, offered

if TYPE_CHECKING:
    from web_world import World

TEXT = """S/RES/9901 (2026)

Adopted by the Security Council at its 10400th meeting, on 3 November 2026

The Security Council,

Recalling its previous resolutions, in particular resolution 2793 (2025),

1. Decides to extend until 2 October 2027 the authorization in paragraph 1 of resolution
2793 (2025);

2. Requests the Secretary-General to report to the Council within 60 days of the adoption of this
resolution on the costs of the support office;

3. Calls upon Member States to contribute personnel and equipment to the force;

4. Requests the Secretary-General to report to the Council every three months on:

(a) the state of the bases;

(b) the state of the fund;

5. Decides to remain seized of the matter.
"""
LATER = (
    TEXT.replace("9901", "9902")
    .replace("2 October 2027", "2 October 2028")
    .replace("5. Decides", "5. Urges all parties to cooperate fully with the force;\n\n6. Decides")
    .replace("3 November 2026", "4 November 2027")
)
ARTICLE = (
    "The Permanent Council of the Organization of American States adopted a resolution on Tuesday, "
    "during the regular session on March 3, 2026, that answers nobody. The Council urged member "
    "states to pay what they promised. It encouraged neighbours to lend boats for the season.\n"
)


@pytest.mark.parametrize(
    ("name", "status"),
    [("outsider", 404), ("viewer", 403), ("fund_approver", 403), ("kenya_officer", 403)],
)
def test_who_does_not_write_mandates_reads_nothing_in(name: str, status: int, world: World) -> None:
    made = Reading.objects.create(
        mission=world.mission, by=world["planner"], name="t", digest="0" * 64, text=TEXT
    )
    client = browser(world.users[name])
    for path in (READ, f"{READ}{made.pk}/", "/m/M/mandate/difference/"):
        assert client.get(path).status_code == status
    assert client.post(READ, {"text": TEXT}).status_code == status
    assert client.post(READ, {"do": "accept", "code": "X"}).status_code == status
    assert client.post(f"{READ}{made.pk}/", {"do": "accept"}).status_code == status
    world["viewer"]
    assert Reading.objects.count() == 1


def test_a_text_is_read_corrected_accepted_and_the_same_again_is_nothing_new(world: World) -> None:
    client = browser(world.users["planner"])
    answer = client.post(READ, {"text": TEXT})
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    sent = offered(page)
    assert sent["d.symbol"] == "S/RES/9901 (2026)"
    assert (sent["d.body"], sent["d.renews"]) == ("UNSC", "S-RES-2793")
    assert sent["d.adopted_by"] == "none"
    sent["p.op3.addressee"] = "Member States that can"
    del sent["p.op5.take"]
    done = client.post(answer["Location"], sent)
    assert done.status_code == 302, re.findall(r'role="alert">([^<]*)', done.content.decode())

    dossier = dossier_of(world.mission)
    document = dossier.by_code(Document)["S-RES-9901"]
    assert (document.text_seen, document.adopted_on) == ("original", date(2026, 11, 3))
    kept = {r.code: r for r in dossier.rows(Paragraph) if r.document == "S-RES-9901"}
    names = ("op1", "op2", "op3", "op4", "op4.a", "op4.b")
    assert set(kept) == {f"S-RES-9901.{name}" for name in names}
    assert kept["S-RES-9901.op3"].addressee == "Member States that can"
    assert kept["S-RES-9901.op3"].force == "appeal"
    assert kept["S-RES-9901.op4.a"].parent == "S-RES-9901.op4"
    follow_up = dossier.by_code(FollowUp)["F-S-RES-9901.op2"]
    assert follow_up.due_on == date(2027, 1, 2)
    assert dossier.by_code(ReportingCycle)["R-S-RES-9901.op4"].every_months == 3
    assert Change.objects.latest("pk").verb == "mandate-read"

    before = Change.objects.count()
    again = client.post(READ, {"text": TEXT})
    assert again["Location"] == answer["Location"]
    page = client.get(again["Location"]).content.decode()
    assert re.findall(r'name="p\.(\w+)\.take"', page) == ["op5"]
    left = offered(page)
    del left["p.op5.take"]
    assert client.post(again["Location"], left).status_code == 302
    assert Change.objects.count() == before


def test_the_text_takes_the_place_of_what_was_told_and_codes_stay(world: World) -> None:
    """Haiti knows paragraph 1 of 2692 from a release; the text confirms it under its old code."""
    text = TEXT.replace("9901 (2026)", "2692 (2023)").replace("3 November 2026", "14 July 2023")
    client = browser(world.users["planner"])
    answer = client.post(READ, {"file": SimpleUploadedFile("r.txt", text.encode())})
    sent = offered(client.get(answer["Location"]).content.decode())
    assert client.post(answer["Location"], sent).status_code == 302
    dossier = dossier_of(world.mission)
    assert dossier.by_code(Document)["S-RES-2692"].text_seen == "original"
    first = dossier.by_code(Paragraph)["2692-01"]
    assert (first.number, first.number_status) == ("1", "confirmed")
    assert "S-RES-2692.op1" not in dossier.by_code(Paragraph)


@pytest.mark.parametrize(
    "wrong",
    [
        {"source": ""},
        {"source_on": "no day"},
        {"d.adopted_on": "yesterday"},
        {"d.title": ""},
        {"d.body": "NOBODY"},
        {"p.op1.force": "strong"},
        {"p.op1.substance": ""},
    ],
)
def test_what_makes_no_row_is_refused_whole(wrong: dict[str, str], world: World) -> None:
    client = browser(world.users["planner"])
    place = client.post(READ, {"text": TEXT})["Location"]
    sent = {**offered(client.get(place).content.decode()), **wrong}
    before = Change.objects.count()
    answer = client.post(place, sent)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert Change.objects.count() == before


@pytest.mark.parametrize(
    "content", [b"", b"   ", b"%PDF-1.7 broken", b"PK\x03\x04 broken", b"a\0b", b"<akomaNtoso>"]
)
def test_what_cannot_be_read_is_told(content: bytes, world: World) -> None:
    client = browser(world.users["planner"])
    answer = client.post(READ, {"file": SimpleUploadedFile("x", content)})
    assert answer.status_code in {302, 422}
    assert client.post(READ, {}).status_code == 422


def test_an_article_leaves_no_sentence_behind(world: World) -> None:
    client = browser(world.users["planner"])
    page = client.post(READ, {"text": ARTICLE, "is_article": "on"})
    assert page.status_code == 200
    html = page.content.decode()
    assert not Reading.objects.exists()
    sent = offered(html)
    assert sent["d.body"] == "OAS-PC"
    assert sent["d.adopted_on"] == "2026-03-03"
    acts = [name for name in sent if name.endswith(".take")]
    assert acts
    assert "promised" in html
    assert not any("promised" in str(value) for value in sent.values())
    done = client.post(READ, sent)
    assert done.status_code == 302, re.findall(r'role="alert">([^<]*)', done.content.decode())
    dossier = dossier_of(world.mission)
    row = dossier.by_code(Document)[sent["code"]]
    assert row.text_seen == "secondary"
    told = [p for p in dossier.rows(Paragraph) if p.document == row.code]
    assert len(told) == len(acts)
    assert all(p.number_status == "unknown" and p.note for p in told)
    assert not any("promised" in text for p in told for text in (p.substance, p.note))
    again = client.post(READ, {"text": ARTICLE, "is_article": "on"}).content.decode()
    assert 'name="p.' not in again


def test_an_article_never_takes_the_place_of_the_text(world: World) -> None:
    client = browser(world.users["planner"])
    place = client.post(READ, {"text": TEXT})["Location"]
    client.post(place, offered(client.get(place).content.decode()))
    before = dossier_of(world.mission).by_code(Document)["S-RES-9901"]
    sent = {
        "do": "accept", "code": "S-RES-9901", "d.title": "Another", "d.adopted_on": "2026-11-03",
        "source": "a paper", "source_on": "2026-11-04", "confidence": "reported", "why": "w",
    }  # fmt: skip
    assert client.post(READ, sent).status_code == 302
    assert dossier_of(world.mission).by_code(Document)["S-RES-9901"] == before


def test_two_texts_stand_beside_each_other(world: World) -> None:
    client = browser(world.users["planner"])
    old, new = (
        client.post(READ, {"text": text})["Location"].rstrip("/").split("/")[-1]
        for text in (TEXT, LATER)
    )
    page = client.get(f"/m/M/mandate/difference/?old={old}&new={new}").content.decode()
    assert "<del>2027</del>" in page
    assert "cooperate fully" in page
    assert client.get("/m/M/mandate/difference/?old=x&new=99999999999999999999").status_code == 200


STRENGTH = """Resolution 9902 (2026)

Adopted by the Security Council at its 10002nd meeting, on 3 November 2026

The Security Council,

1. Decides to extend the mandate of the Force until 2 November 2027;

2. Decides that the Force shall have up to 5,500 military personnel, including 90 staff
officers, and 19 formed police units;

3. Authorizes an increase of 1,300 police officers until 31 March 2027, and recalls
Article 29 of the Charter;

4. Requests the Secretary-General to report no later than 30 days before the expiry of the
mandate;
"""


def test_only_what_bounds_a_strength_is_offered_as_a_ceiling(world: World) -> None:
    client = browser(world.users["planner"])
    place = client.post(READ, {"text": STRENGTH})["Location"]
    page = client.get(place).content.decode()
    sent = offered(page)
    strengths = [value for name, value in sent.items() if name.endswith(".strength_persons")]
    assert strengths == ["5500"]
    assert "1,300 police officers more than before" in page
    assert "Cites: Article 29 of the Charter" in page
    assert sent["d.valid_until_on"] == "2027-11-02"
    assert sent["p.op4.due_on"] == "2027-10-03"


def test_a_day_of_validity_that_the_record_has_is_left(world: World) -> None:
    client = browser(world.users["planner"])
    place = client.post(READ, {"text": STRENGTH})["Location"]
    sent = offered(client.get(place).content.decode())
    sent["d.valid_until_on"] = "2027-11-01"
    assert client.post(place, sent).status_code == 302
    again = client.get(place).content.decode()
    assert offered(again)["d.valid_until_on"] == "2027-11-01"


def test_a_text_without_symbol_and_file_is_listed_by_the_words_with_which_it_begins(
    world: World,
) -> None:
    client = browser(world.users["planner"])
    said = "1. Exhortamos a las partes a que celebren elecciones antes del fin de 2031.\n"
    client.post(
        READ, {"text": f"DECLARACIÓN DE PUERTO ASTER\n\nLos Presidentes, reunidos:\n\n{said}"}
    )
    made = Reading.objects.get()
    assert (made.symbol, made.name) == ("", "")
    page = client.get(READ).content.decode()
    assert "DECLARACIÓN DE PUERTO ASTER Los Presidentes" in page
    assert made.digest not in page
    assert made.digest not in client.get("/m/M/mandate/difference/").content.decode()
