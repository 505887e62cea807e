"""Texts sent as files: each format says the same; a hostile one ends in one sentence."""

from __future__ import annotations

import io
import os
import re
import zipfile
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest
import typst
from django.core.files.uploadedfile import SimpleUploadedFile

from konbit.dossier.tables.follow_up import FollowUp
from konbit.dossier.tables.mandate import Document, Paragraph
from konbit.mandate import as_akn, read
from konbit.web.mandates.actions import Settled, take_up
from konbit.web.mandates.models import Reading
from konbit.web.tables.dossiers import dossier_of
from mandate_forms import READ, browser, offered

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from web_world import World

TEXT = (Path(__file__).parent / "texts" / "as_2793.txt").read_text("utf-8")
PARTS = TEXT.strip().split("\n\n")
REAL = Path("/work/shared/data/resolutions")


def as_word() -> bytes:
    made, stream = docx.Document(), io.BytesIO()
    for part in PARTS:
        made.add_paragraph(part)
    made.save(stream)
    return stream.getvalue()


def as_web_page() -> bytes:
    body = "".join(f"<p>{escape(part)}</p>" for part in PARTS)
    return f"<!DOCTYPE html><html><body>{body}</body></html>".encode()


def as_pdf() -> bytes:
    escaped = (re.sub(r"([\\#*_$@<>`\[\]()~=+/.-])", r"\\\1", part) for part in PARTS)
    return typst.compile("\n\n".join(escaped).encode())


def as_akoma_ntoso() -> bytes:
    return as_akn(read(TEXT, "t"))


FORMATS: dict[str, Callable[[], bytes]] = {
    "t.txt": TEXT.encode, "t.docx": as_word, "t.html": as_web_page, "t.pdf": as_pdf,
    "t.xml": as_akoma_ntoso,
}  # fmt: skip


def sent(client: Client, name: str, content: bytes) -> tuple[int, str, str]:
    """Status, place and what is told."""
    answer = client.post(READ, {"file": SimpleUploadedFile(name, content)})
    told = re.search(r'role="alert">([^<]*)', answer.content.decode())
    return answer.status_code, answer.headers.get("Location", ""), told[1] if told else ""


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_gives_the_same_paragraphs_on_the_same_rows(name: str, world: World) -> None:
    client = browser(world.users["planner"])
    plain = offered(client.get(sent(client, "p.txt", TEXT.encode())[1]).content.decode())
    status, place, told = sent(client, name, FORMATS[name]())
    assert (status, told) == (302, "")
    page = offered(client.get(place).content.decode())
    rows = {n: v for n, v in plain.items() if n.endswith((".row", ".verb", ".force"))}
    assert len(rows) > 60
    assert {n: page.get(n) for n in rows} == rows
    assert page["d.symbol"] == "S/RES/2793 (2025)"


def bomb(lies: bool = False) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"0" * 120_000_000)
    size, small = (n.to_bytes(4, "little") for n in (120_000_000, 1_000))
    return stream.getvalue().replace(size, small) if lies else stream.getvalue()


def entities_in_word() -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(as_word())) as held,
        zipfile.ZipFile(stream, "w") as archive,
    ):
        for name in held.namelist():
            content = held.read(name)
            if name == "word/document.xml":
                declared = b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document'
                content = content.replace(b"<w:document", declared, 1)
                content = content.replace(b"Recalling", b"&x;Recalling", 1)
            archive.writestr(name, content)
    return stream.getvalue()


ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY l0 "ha">'
    + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    + ']><akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act>&x;&l9;</act>'
    "</akomaNtoso>"
).encode()
HOSTILE: dict[str, Callable[[], bytes]] = {
    "bomb.docx": bomb,
    "liar.docx": lambda: bomb(lies=True),
    "entities.xml": lambda: ENTITIES,
    "program.pdf": lambda: b"MZ" + os.urandom(4_000),
    "picture.docx": lambda: b"\x89PNG\r\n\x1a\n" + os.urandom(5_000),
    "noise.bin": lambda: os.urandom(300_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_in_one_sentence_and_is_not_kept(name: str, world: World) -> None:
    client = browser(world.users["planner"])
    status, _, told = sent(client, name, HOSTILE[name]())
    assert status == 422
    assert told.startswith("This was not read: ")
    assert told.endswith(".")
    assert not Reading.objects.exists()


def test_a_word_document_brings_no_file_of_the_machine_along(world: World) -> None:
    client = browser(world.users["planner"])
    sent(client, "entities.docx", entities_in_word())
    assert not Reading.objects.filter(text__contains="root:").exists()


def test_what_is_larger_than_any_file_is_told_so(world: World) -> None:
    client = browser(world.users["planner"])
    status, _, told = sent(client, "noise.txt", b"lorem ipsum " * 3_500_000)
    assert status == 422
    assert "larger" in told
    assert client.post(READ, {"text": "  "}).status_code == 422


@pytest.mark.parametrize(
    "name", ["unbench_drafts/S_2024_557-EN.txt", "cr-unsc_gold/S_RES_0862_1993_EN_GOLD.txt"]
)
def test_a_real_text_is_shown_in_small_pages(name: str, world: World) -> None:
    if not (REAL / name).exists():
        pytest.skip("no texts of others beside the project")
    client = browser(world.users["planner"])
    status, place, _ = sent(client, Path(name).name, (REAL / name).read_bytes())
    assert status == 302
    page = client.get(place)
    assert page.status_code == 200
    assert len(page.content) < 150_000
    assert offered(page.content.decode())["p.op1.take"] == "yes"


# An article first, the text later.

ARTICLE = (
    "The Permanent Council of the Organization of American States adopted a resolution on Tuesday, "
    "during the regular session on March 3, 2026, that answers nobody. The Council urged member "
    "states to pay what they promised. The Council encouraged neighbours to lend boats for it.\n"
)
LATER = """CP/RES. 1301 (2539/26)

RESOLUTION ON HELP FOR HAITI

(Adopted by the Permanent Council at its regular session held on March 3, 2026)

THE PERMANENT COUNCIL OF THE ORGANIZATION OF AMERICAN STATES,

RECALLING its earlier resolutions on Haiti,

RESOLVES:

1. To urge member states to pay into the fund what they have promised.

2. To encourage neighbouring states to lend boats for the season.

3. To request the General Secretariat to report on this resolution by June 30, 2026.
"""


def test_the_text_takes_the_place_of_an_article_and_nothing_is_lost(world: World) -> None:
    client = browser(world.users["planner"])
    told = offered(client.post(READ, {"text": ARTICLE, "is_article": "on"}).content.decode())
    told["source"] = "a newspaper"
    told["confidence"] = "reported"
    assert client.post(READ, told).status_code == 302
    planner = world["planner"]
    first = dossier_of(world.mission)
    document = first.by_code(Document)[told["code"]]
    acts = [row for row in first.rows(Paragraph) if row.document == document.code]
    assert len(acts) == 2
    settled = Settled(
        status="in_progress", owner="OAS", due_on=None, evidence="", answered_on=None,
        answered_by="", answer="", source="a letter", source_on=document.adopted_on,
        confidence="official", why="somebody began",
    )  # fmt: skip
    take_up(planner, world.mission, acts[0].code, "See that it is paid", settled)

    place = client.post(READ, {"text": LATER})["Location"]
    at = f"{place}?document={document.code}"
    sent_back = offered(client.get(at).content.decode())
    for name, row in zip(("op1", "op2"), acts, strict=True):
        sent_back[f"p.{name}.row"] = row.code
    sent_back["why"] = "the text arrived"
    answer = client.post(at, sent_back)
    assert answer.status_code == 302, re.findall(r'role="alert">([^<]*)', answer.content.decode())
    after = dossier_of(world.mission)
    assert after.by_code(Document)[document.code].text_seen == "original"
    rows = after.by_code(Paragraph)
    assert [rows[row.code].number for row in acts] == ["1", "2"]
    assert all(rows[row.code].number_status == "confirmed" for row in acts)
    assert "fund" in rows[acts[0].code].substance
    kept = [row for row in after.rows(FollowUp) if row.paragraph == acts[0].code]
    assert [(row.task, row.status) for row in kept] == [("See that it is paid", "in_progress")]
    for path in (f"document/{document.code}", f"paragraph/{acts[0].code}"):
        page = client.get(f"/m/M/mandate/{path}/").content.decode()
        assert "a newspaper" in page, path
        assert "the text arrived" in page, path
    page = client.get(f"/m/M/mandate/paragraph/{acts[0].code}/").content.decode()
    assert acts[0].substance in page
    # The article again changes nothing any more.
    before = after.digest
    again = client.post(READ, {"text": ARTICLE, "is_article": "on"}).content.decode()
    assert 'name="p.' not in again
    assert dossier_of(world.mission).digest == before
