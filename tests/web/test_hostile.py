"""Uploads that mean harm end in findings or in one sentence; pages carry their safeguards."""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from konbit.web.bridge.numbers import whole
from konbit.web.imports.models import Import
from konbit.web.imports.preview import reading_of
from konbit.web.people.acting import act_as
from konbit.web.tables.mirrored import MODELS
from ledger_fund import client_of
from web_files import OFFER, offer, workbook

if TYPE_CHECKING:
    from web_world import World


def zipped(*files: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return stream.getvalue()


def _entities() -> bytes:
    """A workbook whose sheet would fetch a file of the server's."""
    stream = io.BytesIO()
    good = zipfile.ZipFile(io.BytesIO(workbook("offers", [OFFER, offer("A")])))
    with good, zipfile.ZipFile(stream, "w") as bad:
        for name in good.namelist():
            content = good.read(name)
            if name.endswith("sheet1.xml"):
                entity = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet'
                content = content.replace(b"<worksheet", entity, 1)
            bad.writestr(name, content)
    return stream.getvalue()


HOSTILE: dict[str, tuple[str, bytes, str]] = {
    "a bomb": ("b.zip", zipped(("offers.csv", b"0" * 60_000_000)), "zip-bomb"),
    "a path upwards": ("p.zip", zipped(("../../offers.csv", b"code\nA\n")), "not-a-dossier"),
    "an absolute path": ("p.zip", zipped(("/etc/offers.csv", b"code\nA\n")), "not-a-dossier"),
    "two folders": ("p.zip", zipped(("a/offers.csv", b""), ("b/offers.csv", b"")), "not-a-dossier"),
    "a table twice": (
        "t.zip",
        zipped(("a/offers.csv", b"code\nA\n"), ("a/Offers.CSV", b"code\nB\n")),
        "table-twice",
    ),
    "no table": ("p.zip", zipped(("program.exe", b"MZ")), "not-a-dossier"),
    "entities": ("e.xlsx", _entities(), "not-a-dossier"),
    "a picture called a workbook": ("p.xlsx", b"\x89PNG\r\n" + bytes(2000), "not-a-dossier"),
    "a page": ("p.html", b"<script>alert(1)</script>", "not-a-dossier"),
    "noise": ("n.zip", os.urandom(1_000_000), "not-a-dossier"),
    "nothing": ("n.xlsx", b"\0", "not-a-dossier"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_files_end_in_a_finding(what: str) -> None:
    name, content, code = HOSTILE[what]
    reading = reading_of(content, name)
    assert code in {finding.code for finding in reading.findings}
    assert reading.dossier is None
    assert not any(
        tempfile.gettempdir() in value for f in reading.findings for _, value in f.values
    )


def test_a_hostile_file_ends_in_a_page_with_one_sentence(world: World) -> None:
    client = Client(SERVER_NAME="localhost")
    client.force_login(world.users["planner"])
    file = SimpleUploadedFile("<script>alert(1)</script>.xlsx", b"no workbook")
    answer = client.post("/m/M/import/", {"file": file, "why": "a test"}, follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<script>alert(1)" not in page
    assert "nothing can be stored" in page
    lines = [OFFER, offer("NEW")]
    good = SimpleUploadedFile("o.xlsx", workbook("offers", lines))
    seen = client.post("/m/M/import/", {"file": good, "why": "a test"}, follow=True)
    assert '<th scope="row">Offers</th><td class="n">1</td>' in seen.content.decode()


def test_formulas_are_told_and_text_stays_text(world: World) -> None:
    lines = [OFFER, ["A", "=1+1", *offer("A")[2:]]]
    found = reading_of(workbook("offers", lines), "o.xlsx").findings
    assert {"formula-in-cell"} <= {finding.code for finding in found}


def test_a_hundred_megabytes_of_noise_are_not_kept(world: World) -> None:
    class Noise(io.BytesIO):
        """Noise that is not held in memory."""

        name = "noise.xlsx"
        size = 100_000_000
        _left = 100_000_000

        def read(self, size: int | None = -1) -> bytes:
            wanted = self._left if size is None or size < 0 else min(size, self._left)
            self._left -= wanted
            return bytes(wanted)

    client = Client(SERVER_NAME="localhost")
    client.force_login(world.users["planner"])
    world["planner"]
    before = Import.objects.count()
    answer = client.post("/m/M/import/", {"file": Noise(), "why": "a test"})
    assert answer.status_code in {400, 413, 422}
    assert len(answer.content) < 20_000
    assert "larger than 32 MB" in answer.content.decode()
    world["planner"]
    paper = client.post("/m/M/papers/offers/KEN-POLICE/", {"file": Noise()})
    assert paper.status_code == 422
    assert "larger than 10 MB" in paper.content.decode()
    world["planner"]
    assert Import.objects.count() == before


def test_pages_carry_their_safeguards(world: World) -> None:
    client = Client(SERVER_NAME="localhost")
    client.force_login(world.users["viewer"])
    answer = client.get("/m/M/")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "'unsafe-inline'" not in policy
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer["Cache-Control"]
    assert len(answer.content) < 150_000


def test_everything_is_encrypted_where_others_can_reach_it() -> None:
    """Settings of a real address, read by a process of their own."""
    import subprocess
    import sys

    program = (
        "from konbit.web import settings as s; print(s.SECURE_SSL_REDIRECT, "
        "s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS, s.DEBUG, "
        "s.ALLOWED_HOSTS)"
    )
    told = {**os.environ, "KONBIT_ADDRESS": "https://record.example.org"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=told, capture_output=True, text=True, check=True
    )
    assert (
        done.stdout.strip() == "True True True 31536000 False ['record.example.org', '127.0.0.1']"
    )


def test_logs_hold_no_names_and_nothing_that_people_write(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    client = Client(SERVER_NAME="localhost")
    client.force_login(world.users["viewer"])
    with caplog.at_level("INFO", "konbit"):
        client.get("/m/M/tables/offers/?q=secret-word")
    (line,) = [r for r in caplog.records if r.name == "konbit.request"]
    told = str(vars(line))
    assert "tables/" in told
    assert "secret-word" not in told
    assert "viewer" not in told


def test_a_process_says_whether_it_lives_and_is_ready(world: World) -> None:
    client = Client(SERVER_NAME="localhost")
    assert client.get("/health/live").json() == {"live": True}
    assert client.get("/health/ready").json() == {
        "ready": True,
        "database": True,
        "migrated": True,
    }


@pytest.mark.parametrize("number", ["\u00b2", "9" * 30, "9" * 5_000, "-1", "1e3", "\u0663"])
def test_what_is_no_number_is_no_fault(number: str, world: World) -> None:
    """Python takes some of these for digits and then cannot read them."""
    assert whole(number) is None
    admin, planner = client_of(world, "administrator"), client_of(world, "planner")
    given = {"do": "give", "number": str(world.users["viewer"].pk), "role": f"{number}:viewer"}
    assert admin.post("/people/change", given).status_code == 404
    for do in ("end", "shut-out", "take-back", "revoke", "give"):
        sent = {"do": do, "number": number, "sure": "yes"}
        assert admin.post("/people/change", sent).status_code == 404, do
    act_as(world.users["planner"])
    caveat = next(MODELS["caveats"].objects.of(world.mission.pk).current().rows()).label
    gone = planner.post(f"/m/M/tables/caveats/take-out/{caveat}", {"seen": number, "why": "x"})
    assert gone.status_code == 302, "not as it was seen, so nothing is done"
    saved = planner.post(f"/m/M/tables/caveats/edit/{caveat}", {"seen": number, "why": "x"})
    assert saved.status_code == 422
    row = planner.get(f"/m/M/tables/caveats/row/{caveat}", {"change": number})
    assert row.status_code == 200, "and it is there still"
    path = f"/api/v1/missions/M/tables/caveats/rows/{caveat}?why=x"
    state = number if number.isascii() else "x"
    assert planner.delete(path, headers={"If-Match": f'"{state}"'}).status_code in {412, 403}
