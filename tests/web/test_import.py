"""A dossier sent as a file: preview, then everything or nothing; the same file changes nothing."""

from __future__ import annotations

import filecmp
import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import PermissionDenied

from konbit.package import read, write_folder
from konbit.web.history.models import Change, Proposal
from konbit.web.imports.actions import NotReadyError, approve_import, commit, take_in
from konbit.web.imports.preview import preview
from konbit.web.people.models import Assignment
from konbit.web.tables.dossiers import dossier_of

if TYPE_CHECKING:
    from web_world import World

HAITI = Path(__file__).parents[2] / "dossiers" / "haiti"


def packed(folder: Path) -> bytes:
    """A folder's tables as a zip archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.glob("*.csv")):
            archive.write(file, f"haiti/{file.name}")
    return stream.getvalue()


def give(world: World, name: str, *roles: str) -> None:
    """Give somebody more roles, as their administrator."""
    by = world["administrator"]
    for role in roles:
        Assignment.objects.create(
            user=world.users[name], mission=world.mission, role=role, given_by=by
        )


def test_haiti_goes_in_and_comes_out_with_the_same_bytes(world: World, tmp_path: Path) -> None:
    give(world, "planner", "fund_officer", "coordination_officer")
    sender = world["planner"]
    sent = take_in(sender, world.mission, "haiti.zip", packed(HAITI), why="first load")
    found = preview(sent)
    assert found.errors == ()
    assert sum(table.new for table in found.tables) == len(found.edits)
    assert {table.changed for table in found.tables} == {0}

    asked = commit(sender, sent)
    assert isinstance(asked, Proposal), "money is promised: a second person must agree"
    assert not Change.objects.filter(mission=world.mission).exists()

    with pytest.raises(PermissionDenied):
        approve_import(world["planner"], asked)
    change = approve_import(world["fund_approver"], asked)
    assert (change.by, change.second) == (world.users["planner"], world.users["fund_approver"])

    ours = dossier_of(world.mission)
    theirs = read(HAITI).dossier
    assert theirs is not None
    assert ours.digest == theirs.digest
    write_folder(ours, tmp_path / "ours")
    write_folder(theirs, tmp_path / "theirs")
    names = [file.name for file in (tmp_path / "theirs").iterdir()]
    assert filecmp.cmpfiles(tmp_path / "ours", tmp_path / "theirs", names, shallow=False) == (
        sorted(names, key=names.index),
        [],
        [],
    )

    again = take_in(world["planner"], world.mission, "again.zip", packed(HAITI))
    assert preview(again).edits == ()
    with pytest.raises(NotReadyError):
        commit(world.users["planner"], again)
