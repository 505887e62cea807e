"""Files made by accident or malice: a finding each, in bounded time and memory, and never more."""

from __future__ import annotations

import os
import tempfile
import tracemalloc
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from konbit.dossier import TABLES, Dossier
from konbit.dossier.checks import check
from konbit.dossier.tables.mandate import Paragraph
from konbit.package import Reading, read, write_folder
from konbit.package.layout import file_columns
from konbit.package.limits import LONGEST_SHOWN, MOST_OF_A_KIND
from konbit.terms import Severity
from sample_dossier import sample_dossier
from whole_rows import whole, whole_dossier

if TYPE_CHECKING:
    from collections.abc import Iterator

HEADER = "code,title,measure,source,source_on,confidence\n"


def codes(reading: Reading) -> list[str]:
    """What was found, by code; a reading with errors has no dossier."""
    errors = any(f.severity is Severity.ERROR for f in reading.findings)
    assert (reading.dossier is None) == errors
    return [f.code for f in reading.findings]


def _junk(path: Path, megabytes: int) -> None:
    """A file that is that long, and takes no room on the disk."""
    with path.open("wb") as file:
        file.write(HEADER.encode())
        file.truncate(megabytes * 1_000_000)


@pytest.fixture
def little_memory() -> Iterator[None]:
    """The test takes less than 20 MB."""
    tracemalloc.start()
    yield
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000


def test_there_is_nothing(tmp_path: Path) -> None:
    reading = read(tmp_path / "nowhere")

    assert codes(reading) == ["file-not-found"]
    assert reading.findings[0].values == (("path", str(tmp_path / "nowhere")),)


def test_an_empty_folder_is_no_dossier(tmp_path: Path) -> None:
    assert codes(read(tmp_path)) == ["not-a-dossier"]


def test_a_folder_of_other_things_is_no_dossier(tmp_path: Path) -> None:
    (tmp_path / "budget2024.csv").write_text("x")

    assert codes(read(tmp_path)) == ["table-unknown", "not-a-dossier"]


@pytest.mark.parametrize("name", ["letter.txt", "offers.csv", "old.xls", "picture.png"])
def test_other_files_are_no_dossier(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"code,title\n")

    assert codes(read(tmp_path / name)) == ["not-a-dossier"]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "offers.csv")
    os.mkfifo(tmp_path / "book.xlsx")

    assert codes(read(tmp_path)) == ["file-not-found", "not-a-dossier"]
    assert codes(read(tmp_path / "book.xlsx")) == ["not-a-dossier"]


@pytest.mark.usefixtures("little_memory")
@pytest.mark.parametrize("megabytes", [100, 200, 5_000])
def test_megabytes_of_junk_are_not_read(megabytes: int, tmp_path: Path) -> None:
    _junk(tmp_path / "capabilities.csv", megabytes)

    reading = read(tmp_path)

    assert codes(reading) == ["file-too-large"]
    assert dict(reading.findings[0].values)["size_mb"] == str(megabytes)


@pytest.mark.usefixtures("little_memory")
def test_a_workbook_of_200_megabytes_is_not_read(tmp_path: Path) -> None:
    _junk(tmp_path / "book.xlsx", 200)

    assert codes(read(tmp_path / "book.xlsx")) == ["file-too-large"]


@pytest.mark.usefixtures("little_memory")
def test_many_large_tables_are_not_read_either(tmp_path: Path) -> None:
    for table in TABLES:
        _junk(tmp_path / f"{table.TABLE}.csv", 50)

    assert codes(read(tmp_path)) == ["file-too-large"]


def test_an_empty_table_lacks_its_columns(tmp_path: Path) -> None:
    """A file cut to nothing is not a table without rows."""
    (tmp_path / "capabilities.csv").write_bytes(b"")

    assert set(codes(read(tmp_path))) == {"column-missing"}


def test_a_header_alone_is_a_table_without_rows(tmp_path: Path) -> None:
    (tmp_path / "capabilities.csv").write_text(HEADER)

    assert read(tmp_path) == Reading(Dossier.of(()), ())


@pytest.mark.parametrize(
    "row",
    [
        pytest.param('c,"never closed,persons,s,2024-01-01,official\n' * 3, id="not closed"),
        pytest.param('c,"closed" and on,persons,s,2024-01-01,official\n', id="closed too soon"),
        pytest.param(f"c,{'x' * 200_000},persons,s,2024-01-01,official\n", id="a cell without end"),
    ],
)
def test_quotes_that_break_a_table_name_the_line(row: str, tmp_path: Path) -> None:
    good = "ok,t,persons,s,2024-01-01,official\n"
    (tmp_path / "capabilities.csv").write_text(HEADER + good + row)

    reading = read(tmp_path)

    assert codes(reading) == ["quotes-broken"]
    assert reading.findings[0].row == "line 3"


def test_a_text_that_is_too_long(tmp_path: Path) -> None:
    row = f"c,{'x' * 20_001},persons,s,2024-01-01,official\n"
    (tmp_path / "capabilities.csv").write_text(HEADER + row)

    assert codes(read(tmp_path)) == ["text-too-long"]


def test_control_characters_are_refused_and_never_shown(tmp_path: Path) -> None:
    """Findings go to terminals, which some characters command."""
    row = "c\x1b[2J,t\x07,per\x9bsons,s,2024-01-01\x1b[31m,official\u202e\n"
    (tmp_path / "capabilities.csv").write_text(HEADER.replace("title", "title,\x1b[2J") + row)

    reading = read(tmp_path)

    assert "control-character" in codes(reading)
    shown = "".join(f"{f.row}{f.column}{dict(f.values)}" for f in reading.findings)
    assert shown.isprintable()
    assert "\\x1b" not in shown
    assert "\\u202e" not in shown


def test_long_cells_are_cut_where_they_are_shown(tmp_path: Path) -> None:
    row = f"{'c' * 10_000},t,persons,s,{'9' * 10_000},official\n"
    (tmp_path / "capabilities.csv").write_text(HEADER + row)

    reading = read(tmp_path)

    assert codes(reading) == ["not-code", "not-date"]
    assert all(len(text) <= LONGEST_SHOWN for f in reading.findings for _, text in f.values)


def test_more_of_a_kind_than_anybody_reads_are_counted(tmp_path: Path) -> None:
    rows = "".join(f"c{n},t,persons,s,someday,official\n" for n in range(1_000))
    (tmp_path / "capabilities.csv").write_text(HEADER + rows + "d,,persons,s,2024-01-01,official\n")

    reading = read(tmp_path)

    assert codes(reading) == ["not-date"] * MOST_OF_A_KIND + ["cell-empty", "more-findings"]
    last = reading.findings[-1]
    assert (last.severity, last.table) == (Severity.ERROR, "capabilities")
    assert last.values == (("count", str(1_000 - MOST_OF_A_KIND)),)


def test_thousands_of_columns_are_not_compared(tmp_path: Path) -> None:
    (tmp_path / "capabilities.csv").write_text(",".join(f"titel{n}" for n in range(200_000)))

    assert codes(read(tmp_path)) == ["table-too-large"]


@pytest.mark.usefixtures("little_memory")
def test_a_million_wrong_rows_are_given_up(tmp_path: Path) -> None:
    (tmp_path / "capabilities.csv").write_text(HEADER + "!,,,,,\n" * 100_000)

    reading = read(tmp_path)

    assert set(codes(reading)) == {"not-code", "cell-empty", "more-findings"}
    assert len(reading.findings) < 10 * MOST_OF_A_KIND


def test_duplicate_codes_are_told_by_code(tmp_path: Path) -> None:
    row = "same,t,persons,s,2024-01-01,official\n"
    (tmp_path / "capabilities.csv").write_text(HEADER + row * 3)

    reading = read(tmp_path)

    assert [(f.code, f.row) for f in reading.findings] == [("row-duplicate", "same")] * 2


def test_cycles_are_read_and_found_by_the_checks(tmp_path: Path) -> None:
    round_and_round = whole_dossier(
        whole(Paragraph, code="P1", parent="P2"), whole(Paragraph, code="P2", parent="P1")
    )
    write_folder(round_and_round, tmp_path / "d")

    reading = read(tmp_path / "d")

    assert reading.dossier == round_and_round
    assert "cycle" in [f.code for f in check(reading.dossier)]


_NAMES = st.sampled_from(sorted(column.name for t in TABLES[:6] for column in file_columns(t)))
_CELLS = st.one_of(
    _NAMES,
    st.sampled_from(
        ["", "yes", "USD", "2024-01-01", "0000-00-00", "-1", "=1", "\x00", '"', "#", "1e400"]
    ),
    st.text(max_size=5),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(_CELLS, max_size=12), max_size=6), st.sampled_from([",", ";", "\t"]))
def test_no_table_breaks_the_reader(lines: list[list[str]], separator: str) -> None:
    text = "\n".join(separator.join(line) for line in lines)
    with tempfile.TemporaryDirectory() as folder:
        for table in TABLES[:6]:
            path = Path(folder) / f"{table.TABLE}.csv"
            path.write_bytes(text.encode("utf-8", "surrogatepass"))
        reading = read(Path(folder))

    codes(reading)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 10_000))
def test_no_bytes_break_the_reader(junk: bytes, at: int) -> None:
    """Junk by itself, and within a good table."""
    with tempfile.TemporaryDirectory() as folder:
        tables = Path(folder) / "d"
        write_folder(sample_dossier(), tables)
        good = (tables / "offers.csv").read_bytes()
        place = at % len(good)
        (tables / "offers.csv").write_bytes(good[:place] + junk + good[place:])
        (tables / "sites.csv").write_bytes(junk)
        reading = read(tables)

    codes(reading)


@pytest.mark.usefixtures("little_memory")
def test_an_archive_that_lies_about_the_size_of_a_table(tmp_path: Path) -> None:
    """It says a hundred bytes and holds forty million: no more is unpacked than it says."""
    path = tmp_path / "dossier.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("dossier/offers.csv", b"0" * 40_000_000)
    data = bytearray(path.read_bytes())
    place = data.rindex(b"PK\x01\x02")
    data[place + 24 : place + 28] = (100).to_bytes(4, "little")
    path.write_bytes(data)
    del data
    tracemalloc.reset_peak()

    assert [f.code for f in read(path).findings] == ["not-a-dossier"]


@pytest.mark.parametrize("other", ["offers.csv", "OFFERS.CSV"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_table_that_an_archive_holds_twice(other: str, tmp_path: Path) -> None:
    path = tmp_path / "dossier.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("dossier/offers.csv", b"code\nA\n")
        archive.writestr(f"dossier/{other}", b"code\nB\n")
        archive.writestr("dossier/sites.csv", b"code\nS\n")
    reading = read(path)
    assert [(f.code, dict(f.values)) for f in reading.findings] == [
        ("table-twice", {"name": other})
    ]
    assert reading.rows == ()


def test_what_a_mac_packs_beside_each_file_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "dossier.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("dossier/offers.csv", b"code\nA\n")
        archive.writestr("__MACOSX/dossier/._offers.csv", b"\0\5\26\7")
    assert "not-a-dossier" not in {f.code for f in read(path).findings}
