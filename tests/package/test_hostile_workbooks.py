"""Workbooks made to harm: refused by what they say of themselves, before they are opened."""

from __future__ import annotations

import io
import random
import re
import tempfile
import tracemalloc
import zipfile
import zlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from konbit.dossier.tables.requirement import Capability
from konbit.package import Reading, read, write_workbook
from konbit.package.limits import MOST_SHEET_TAGS, MOST_WORKBOOK_ROWS
from konbit.package.sheet_scan import SheetTooLargeError, scan_sheet
from konbit.package.unpacking import NotAWorkbookError, repack, unpack
from konbit.package.workbook_reading import panics_told
from konbit.terms import Severity
from whole_rows import whole, whole_dossier

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SHEET = "xl/worksheets/sheet11.xml"  # capabilities: the cover stands before the tables


NEEDED = (
    SHEET,
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
)


@cache
def good_parts() -> dict[str, bytes]:
    """The parts of a workbook with one capability."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "d.xlsx"
        write_workbook(whole_dossier(whole(Capability, code="police")), path)
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}


def packed(folder: Path, parts: Mapping[str, bytes]) -> Path:
    """A workbook of these parts."""
    path = folder / "book.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def with_sheet(folder: Path, cells: str, head: str = "") -> Path:
    """A workbook whose sheet of capabilities holds these rows and cells."""
    sheet = good_parts()[SHEET].decode()
    data = re.sub(r"<sheetData>.*</sheetData>", f"<sheetData>{cells}</sheetData>", sheet)
    data = data.replace("<worksheet ", f"{head}<worksheet ", 1)
    return packed(folder, {**good_parts(), SHEET: data.encode()})


def codes(reading: Reading) -> list[str]:
    """What was found, by code; a reading with errors has no dossier."""
    errors = any(f.severity is Severity.ERROR for f in reading.findings)
    assert (reading.dossier is None) == errors
    return [f.code for f in reading.findings]


@pytest.fixture
def little_memory() -> Iterator[None]:
    """The test takes less than 20 MB."""
    tracemalloc.start()
    yield
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000


def test_the_parts_are_those_of_a_good_workbook(tmp_path: Path) -> None:
    reading = read(packed(tmp_path, good_parts()))

    assert reading.findings == ()
    assert reading.dossier is not None
    assert [row.code for row in reading.dossier.rows(Capability)] == ["police"]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"code;title\n", id="text"),
        pytest.param(b"PK\x03\x04" + b"\x00" * 200, id="the beginning of an archive"),
        pytest.param(b"PK\x05\x06" + b"\x00" * 18, id="an empty archive"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, id="with a password"),
    ],
)
def test_what_is_no_workbook(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "book.xlsx").write_bytes(data)

    assert codes(read(tmp_path / "book.xlsx")) == ["not-a-dossier"]


@pytest.mark.usefixtures("little_memory")
@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml", "xl/styles.xml"])
def test_a_part_that_unpacks_to_far_more_is_not_unpacked(part: str, tmp_path: Path) -> None:
    path = packed(tmp_path, {**good_parts(), part: b"<a/>" * 4_000_000})
    tracemalloc.reset_peak()

    reading = read(path)

    assert codes(reading) == ["zip-bomb"]
    assert reading.findings[0].values == (("detail", f"{part}: 16 MB"),)


def test_many_parts_that_together_are_too_much(tmp_path: Path) -> None:
    """Each is small enough by itself."""
    bomb = {f"xl/worksheets/more{n}.xml": b"<a/>" * 2_400_000 for n in range(11)}

    assert codes(read(packed(tmp_path, {**good_parts(), **bomb}))) == ["zip-bomb"]


def test_thousands_of_parts(tmp_path: Path) -> None:
    parts = {f"xl/media/{n}.png": b"" for n in range(6_000)}

    assert codes(read(packed(tmp_path, {**good_parts(), **parts}))) == ["zip-bomb"]


@pytest.mark.usefixtures("little_memory")
def test_an_archive_that_lies_about_a_size_is_unpacked_no_further(tmp_path: Path) -> None:
    path = packed(tmp_path, {**good_parts(), "xl/styles.xml": b"<a/>" * 10_000_000})
    tracemalloc.reset_peak()
    data = bytearray(path.read_bytes())
    place = data.rindex(b"PK\x01\x02", 0, data.rindex(b"xl/styles.xml"))
    data[place + 24 : place + 28] = (1_000).to_bytes(4, "little")
    path.write_bytes(data)

    assert codes(read(path)) == ["not-a-dossier"]


def test_a_lie_with_the_right_checksum_gives_what_it_says(tmp_path: Path) -> None:
    """What is opened is what was unpacked and looked at, not what else is in the archive."""
    styles = good_parts()["xl/styles.xml"]
    path = packed(tmp_path, {**good_parts(), "xl/styles.xml": styles + b" " * 15_000_000})
    data = bytearray(path.read_bytes())
    place = data.rindex(b"PK\x01\x02", 0, data.rindex(b"xl/styles.xml"))
    data[place + 16 : place + 20] = zlib.crc32(styles).to_bytes(4, "little")
    data[place + 24 : place + 28] = len(styles).to_bytes(4, "little")
    path.write_bytes(data)

    assert codes(read(path)) == []


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")  # it is what is tested
def test_a_part_that_is_there_twice(tmp_path: Path) -> None:
    """Two readers may take two different ones."""
    path = packed(tmp_path, good_parts())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(SHEET, b"<worksheet/>")

    assert codes(read(path)) == ["not-a-dossier"]


def test_paths_that_lead_out_lead_nowhere(tmp_path: Path) -> None:
    parts = {
        **good_parts(),
        "../../evil.xml": b"<a/>",
        "/etc/passwd": b"x",
        "xl/vbaProject.bin": b"x",
    }

    assert codes(read(packed(tmp_path, parts))) == []
    assert [file.name for file in tmp_path.iterdir()] == ["book.xlsx"]


def test_entities_are_not_resolved(tmp_path: Path) -> None:
    """Neither those of other files nor those that grow."""
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    outer = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>'
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row>'

    assert codes(read(with_sheet(tmp_path, row, outer))) == ["not-a-dossier"]

    grown = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY e "&a;&a;&a;&a;&a;&a;&a;">]>'
    assert codes(read(with_sheet(tmp_path, row, grown))) == ["not-a-dossier"]


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param('<row r="1048576"><c r="A1048576"><v>1</v></c></row>', id="the last row"),
        pytest.param('<row r="1"><c r="XFD1"><v>1</v></c></row>', id="the last column"),
        pytest.param('<row r="1"><c r="XFD1048576"><v>1</v></c></row>', id="the last cell"),
        pytest.param('<row r="1"><c r="ZZZZZ99999999999"><v>1</v></c></row>', id="beyond it"),
        pytest.param('<row r="99999999999"><c><v>1</v></c></row>', id="a row beyond"),
        pytest.param('<row r="-5"><c><v>1</v></c></row>', id="a row before"),
        pytest.param('<row r="1"><c r="A0"><v>1</v></c></row>', id="row nought"),
    ],
)
def test_cells_far_away_make_no_room_for_those_between(cell: str, tmp_path: Path) -> None:
    reading = read(with_sheet(tmp_path, cell))

    assert codes(reading) == ["table-too-large"]
    assert dict(reading.findings[0].values)["limit_rows"] == str(MOST_WORKBOOK_ROWS)


@pytest.mark.parametrize("tag", [b"<c/>", b"<x/>"])
def test_millions_of_empty_tags_are_given_up(tag: bytes) -> None:
    with pytest.raises(SheetTooLargeError):
        scan_sheet(b"<sheetData>" + tag * (MOST_SHEET_TAGS + 1) + b"</sheetData>")


def test_empty_cells_far_away_harm_nobody(tmp_path: Path) -> None:
    """Whoever colours a whole row writes a cell in each of its columns."""
    reading = read(with_sheet(tmp_path, '<row r="1048576"><c r="XFD1048576" s="1"/></row>'))

    assert reading.findings == ()


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", SHEET])
@pytest.mark.parametrize("data", [b"", b"<a", b"\xff\xfe\x00", b"<a/>", b"<a>" * 10_000])
def test_parts_that_are_broken(part: str, data: bytes, tmp_path: Path) -> None:
    reading = read(packed(tmp_path, {**good_parts(), part: data}))

    assert set(codes(reading)) <= {"not-a-dossier"}


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", SHEET])
@pytest.mark.parametrize(
    "encoding", ["UxF-8", "hex", "idna", "shift_jis", "utf-7", "utf-16", "rot13"]
)
def test_an_encoding_that_nobody_uses_is_no_workbook(
    part: str, encoding: str, tmp_path: Path
) -> None:
    parts = dict(good_parts())
    _, _, rest = parts[part].rpartition(b"?>")
    parts[part] = f'<?xml version="1.0" encoding="{encoding}"?>'.encode() + rest
    assert codes(read(packed(tmp_path, parts))) == ["not-a-dossier"]


@pytest.mark.parametrize("encoding", ["utf-8", "UTF-8", "us-ascii", "iso-8859-1"])
def test_encodings_that_xml_knows_are_read(encoding: str, tmp_path: Path) -> None:
    parts = dict(good_parts())
    _, _, rest = parts[SHEET].decode().rpartition("?>")
    parts[SHEET] = f'<?xml version="1.0" encoding="{encoding}"?>{rest}'.encode(encoding)
    assert codes(read(packed(tmp_path, parts))) == []


def test_parts_that_are_missing(tmp_path: Path) -> None:
    """Without styles a day is a number; without any other part there is nothing to read."""
    for name in NEEDED:
        parts = {other: data for other, data in good_parts().items() if other != name}
        found = {"not-date"} if name == "xl/styles.xml" else {"not-a-dossier"}
        assert set(codes(read(packed(tmp_path, parts)))) == found, name


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_no_damage_breaks_the_reader(seed: int) -> None:
    """Bytes changed in the archive, and in the parts before they are packed."""
    chance = random.Random(seed)  # noqa: S311 - damage needs no secrecy
    parts = dict(good_parts())
    for name in chance.sample(
        [SHEET, "xl/styles.xml", "xl/workbook.xml", "xl/sharedStrings.xml"], 2
    ):
        parts[name] = _damaged(parts[name], chance)
    with tempfile.TemporaryDirectory() as folder:
        path = packed(Path(folder), parts)
        codes(read(path))
        path.write_bytes(_damaged(path.read_bytes(), chance))
        codes(read(path))


def _damaged(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    cut = chance.randrange(len(changed)) if chance.random() < 0.2 else len(changed)
    return bytes(changed[:cut])


def test_a_workbook_with_macros_is_read_without_them(tmp_path: Path) -> None:
    path = packed(tmp_path, {**good_parts(), "xl/vbaProject.bin": b"macro"})
    path = path.rename(tmp_path / "book.xlsm")

    assert codes(read(path)) == []


def test_a_panic_of_the_reader_of_values_is_a_broken_file() -> None:
    """It is no `Exception`, so that nothing catches it by chance; other such go on their way."""

    class PanicException(BaseException):
        pass

    with pytest.raises(NotAWorkbookError), panics_told():
        raise PanicException
    with pytest.raises(KeyboardInterrupt), panics_told():
        raise KeyboardInterrupt


def test_the_archive_is_made_anew_from_what_was_checked() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = packed(Path(folder), {**good_parts(), "xl/media/image1.png": b"x"})
        parts = unpack(path.read_bytes())

    assert SHEET in parts
    assert not any(name.startswith("xl/media") for name in parts)
    with zipfile.ZipFile(io.BytesIO(repack(parts).read())) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == parts


def test_a_sheet_that_a_workbook_holds_twice(tmp_path: Path) -> None:
    parts = good_parts()
    told = parts["xl/workbook.xml"].decode()
    sheet = next(found for found in re.findall(r"<sheet [^>]*/>", told) if "capabilities" in found)
    again = sheet.replace("capabilities", "Capabilities").replace('sheetId="', 'sheetId="9')
    parts["xl/workbook.xml"] = told.replace(sheet, sheet + again).encode()
    assert codes(read(packed(tmp_path, parts))) == ["table-twice"]
