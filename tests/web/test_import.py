"""A dossier sent as a file: preview, then everything or nothing; the same file changes nothing."""

from __future__ import annotations

import filecmp
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import PermissionDenied

from konbit.dossier.tables.pledge import Offer
from konbit.package import read, write_folder, write_workbook
from konbit.web.history.models import Change, Proposal
from konbit.web.imports.actions import NotReadyError, approve_import, commit, take_in
from konbit.web.imports.preview import preview
from konbit.web.tables.dossiers import dossier_of
from web_files import OFFER, offer, workbook
from web_world import HAITI, packed

if TYPE_CHECKING:
    from pathlib import Path

    from web_world import World


def test_haiti_goes_in_and_comes_out_with_the_same_bytes(world: World, tmp_path: Path) -> None:
    sender = world["lead"]
    sent = take_in(sender, world.empty, "haiti.zip", packed(HAITI), why="first load")
    found = preview(sent)
    assert found.errors == ()
    assert sum(table.new for table in found.tables) == len(found.edits)
    assert {table.changed for table in found.tables} == {0}

    asked = commit(sender, sent)
    assert isinstance(asked, Proposal), "money is promised: a second person must agree"
    assert not Change.objects.filter(mission=world.empty).exists()

    with pytest.raises(PermissionDenied):
        approve_import(world["lead"], asked)
    change = approve_import(world["fund_approver"], asked)
    assert (change.by, change.second) == (world.users["lead"], world.users["fund_approver"])

    ours = dossier_of(world.empty)
    theirs = read(HAITI).dossier
    assert theirs is not None
    assert ours.digest == theirs.digest
    write_folder(ours, tmp_path / "ours")
    write_folder(theirs, tmp_path / "theirs")
    names = [file.name for file in (tmp_path / "theirs").iterdir()]
    same, different, missing = filecmp.cmpfiles(
        tmp_path / "ours", tmp_path / "theirs", names, shallow=False
    )
    assert (sorted(same), different, missing) == (sorted(names), [], [])


def test_the_same_folder_and_the_same_workbook_change_nothing(world: World, tmp_path: Path) -> None:
    dossier = read(HAITI).dossier
    assert dossier is not None
    write_workbook(dossier, tmp_path / "haiti.xlsx")
    for name, content in (
        ("haiti.zip", packed(HAITI)),
        ("haiti.xlsx", (tmp_path / "haiti.xlsx").read_bytes()),
    ):
        again = take_in(world["lead"], world.mission, name, content)
        found = preview(again)
        assert found.edits == ()
        assert sum(table.unchanged for table in found.tables) == len(dossier.all_rows)
        with pytest.raises(NotReadyError):
            commit(world.users["lead"], again)


def test_new_changed_unchanged_and_rejected_are_told_cell_by_cell(world: World) -> None:
    world["planner"]
    held = dossier_of(world.mission).by_code(Offer)["KEN-POLICE"]
    lines = [OFFER, offer("NEW"), offer("KEN-POLICE", 77), offer("BAD", "x")]
    sent = take_in(world["planner"], world.mission, "offers.xlsx", workbook("offers", lines))
    found = preview(sent)

    (table,) = found.tables
    assert (table.new, table.changed, table.unchanged) == (1, 1, 0)
    changed = next(d for d in table.differences if not d.is_new)
    by_column = {cell.column: (cell.before, cell.after) for cell in changed.cells}
    assert by_column["strength_persons"] == (str(held.strength_persons), "77")
    assert found.rejected == {"offers": ("BAD",)}
    assert [(f.code, f.row, f.column) for f in found.errors] == [
        ("not-integer", "BAD", "strength_persons")
    ]
    with pytest.raises(NotReadyError):
        commit(world.users["planner"], sent)
    assert dossier_of(world.mission).by_code(Offer)["KEN-POLICE"] == held


def test_a_row_that_leads_nowhere_is_refused_with_the_nearest_name(world: World) -> None:
    lines = [OFFER, offer("NEW", capability="formed_polise")]
    sent = take_in(world["planner"], world.mission, "offers.xlsx", workbook("offers", lines))
    (error,) = preview(sent).errors

    assert (error.code, error.row, error.column) == ("reference-missing", "NEW", "capability")
    assert dict(error.values)["suggestion"] == "formed_police"


def test_a_contributors_officer_imports_own_rows_and_no_others(world: World) -> None:
    sender = world["kenya_officer"]
    sent = take_in(sender, world.mission, "o.xlsx", workbook("offers", [OFFER, offer("K2")]))
    assert isinstance(commit(sender, sent), Change)

    stranger = world["canada_officer"]
    sent = take_in(stranger, world.mission, "o.xlsx", workbook("offers", [OFFER, offer("K3")]))
    with pytest.raises(PermissionDenied):
        commit(stranger, sent)
    assert "K3" not in dossier_of(world.mission).by_code(Offer)


@pytest.mark.parametrize("name", ["viewer", "auditor", "fund_approver", "outsider"])
def test_who_edits_nothing_sends_no_file(name: str, world: World) -> None:
    with pytest.raises(PermissionDenied):
        take_in(world[name], world.mission, "o.xlsx", b"")


def test_an_import_is_committed_once_and_by_its_sender(world: World) -> None:
    from konbit.web.history.actions import AlreadyDecidedError

    sender = world["planner"]
    sent = take_in(sender, world.mission, "o.xlsx", workbook("offers", [OFFER, offer("K2")]))
    with pytest.raises(AlreadyDecidedError):
        commit(world["lead"], sent)
    commit(world["planner"], sent)
    with pytest.raises(AlreadyDecidedError):
        commit(sender, sent)
