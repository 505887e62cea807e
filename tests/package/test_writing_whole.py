"""Files and folders appear whole or not at all, and nobody else's are taken away."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from konbit.dossier import Dossier
from konbit.dossier.tables.mandate import Organisation
from konbit.dossier.tables.requirement import Capability
from konbit.package import read, write_folder, write_tables, write_template, write_workbook
from sample_dossier import sample_dossier
from sample_plan import sample_plan
from whole_rows import whole, whole_dossier

if TYPE_CHECKING:
    from pathlib import Path

not_as_root = pytest.mark.skipif(
    hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere"
)


def test_folders_on_the_way_are_made(tmp_path: Path) -> None:
    write_folder(sample_dossier(), tmp_path / "a" / "b" / "folder")
    write_workbook(sample_dossier(), tmp_path / "c" / "d" / "book.xlsx")

    assert read(tmp_path / "a" / "b" / "folder").dossier == sample_dossier()
    assert read(tmp_path / "c" / "d" / "book.xlsx").dossier == sample_dossier()


def test_a_folder_is_replaced_as_a_whole(tmp_path: Path) -> None:
    """Tables that the new dossier does not have are not left over from the old."""
    small = whole_dossier(whole(Organisation, code="A"))
    write_folder(sample_dossier(), tmp_path / "d")
    write_folder(small, tmp_path / "d")

    assert read(tmp_path / "d").dossier == small
    assert [file.name for file in tmp_path.iterdir()] == ["d"]


def test_a_plan_takes_the_place_of_a_plan(tmp_path: Path) -> None:
    plan = sample_plan()
    for _ in range(2):
        write_tables(plan.tables, tmp_path / "plan", "plan", plan.title, {})

    assert [file.name for file in tmp_path.iterdir()] == ["plan"]
    assert (tmp_path / "plan" / "presence.csv").is_file()


@pytest.mark.parametrize("foreign", ["notes.txt", "budget.csv", "photos/1.jpg", ".git/HEAD"])
def test_a_folder_with_other_files_is_left_alone(foreign: str, tmp_path: Path) -> None:
    folder = tmp_path / "d"
    write_folder(sample_dossier(), folder)
    (folder / foreign).parent.mkdir(exist_ok=True)
    (folder / foreign).write_text("precious")

    with pytest.raises(FileExistsError, match="other files"):
        write_folder(whole_dossier(), folder)

    assert (folder / foreign).read_text() == "precious"
    assert (folder / "offers.csv").is_file()
    assert [file.name for file in tmp_path.iterdir()] == ["d"]


def test_a_file_is_not_replaced_by_a_folder(tmp_path: Path) -> None:
    (tmp_path / "d").write_text("precious")

    with pytest.raises(OSError, match="d"):
        write_folder(sample_dossier(), tmp_path / "d")
    (tmp_path / "e").mkdir()
    with pytest.raises(OSError, match="e"):
        write_workbook(sample_dossier(), tmp_path / "e")

    assert (tmp_path / "d").read_text() == "precious"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["d", "e"]


def test_what_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    """The dossier fails in its last tables, long after others could have been written."""
    write_folder(sample_dossier(), tmp_path / "d")
    write_workbook(sample_dossier(), tmp_path / "d.xlsx")
    bad = Dossier.of([*sample_dossier().all_rows, whole(Capability, code="Z", title="bell\x07")])

    with pytest.raises(ValueError, match="capabilities 'Z'"):
        write_folder(bad, tmp_path / "d")
    with pytest.raises(ValueError, match="capabilities 'Z'"):
        write_workbook(bad, tmp_path / "d.xlsx")

    assert read(tmp_path / "d").dossier == sample_dossier()
    assert read(tmp_path / "d.xlsx").dossier == sample_dossier()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["d", "d.xlsx"]


def test_a_disk_that_fills_up_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_folder(sample_dossier(), tmp_path / "d")
    write_template(tmp_path / "t.xlsx")
    before = (tmp_path / "t.xlsx").read_bytes()
    write_bytes = type(tmp_path).write_bytes

    def full(path: Path, data: bytes) -> int:
        """Half of a file is written, then there is no room."""
        write_bytes(path, data[: len(data) // 2])
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(type(tmp_path), "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        write_folder(whole_dossier(), tmp_path / "d")
    with pytest.raises(OSError, match="No space left"):
        write_workbook(sample_dossier(), tmp_path / "t.xlsx")
    monkeypatch.undo()

    assert read(tmp_path / "d").dossier == sample_dossier()
    assert (tmp_path / "t.xlsx").read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["d", "t.xlsx"]


def test_an_old_folder_goes_back_when_the_new_one_cannot_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_folder(sample_dossier(), tmp_path / "d")
    rename = type(tmp_path).rename
    seen: list[Path] = []

    def fails_once(path: Path, target: Path) -> Path:
        seen.append(path)
        if len(seen) == 2:
            raise PermissionError(13, "Permission denied", str(target))
        return rename(path, target)

    monkeypatch.setattr(type(tmp_path), "rename", fails_once)
    with pytest.raises(PermissionError):
        write_folder(whole_dossier(), tmp_path / "d")
    monkeypatch.undo()

    assert read(tmp_path / "d").dossier == sample_dossier()
    assert [file.name for file in tmp_path.iterdir()] == ["d"]


@not_as_root
def test_a_place_that_may_not_be_written_is_an_error_of_the_system(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)

    with pytest.raises(PermissionError):
        write_template(tmp_path / "t.xlsx")
