"""A dossier sent as a file: preview, then everything or nothing; the same file changes nothing."""

from __future__ import annotations

import csv
import dataclasses
import filecmp
import io
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from python_calamine import CalamineWorkbook

from konbit.dossier import texts_of
from konbit.dossier.tables.fund import ContributionEvent
from konbit.dossier.tables.pledge import Offer
from konbit.package import read, write_folder, write_workbook
from konbit.web.history.models import Change, Proposal
from konbit.web.imports.actions import (
    NotReadyError,
    OvertakenError,
    approve_import,
    commit,
    take_in,
)
from konbit.web.imports.models import Import
from konbit.web.imports.preview import preview
from konbit.web.people.acting import act_as
from konbit.web.tables.actions import store
from konbit.web.tables.dossiers import dossier_of
from konbit.web.tables.edits import Edit
from konbit.web.tables.mirrored import MODELS
from konbit.web.words import words_in
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


def changed_by_another(world: World, title: str) -> None:
    """A colleague changes the offer that the file is about."""
    states = MODELS["offers"].objects.of(world.mission.pk).current().filter(row_key="KEN-POLICE")
    planner = world["planner"]
    number, row = next(states.rows_with_states())
    assert isinstance(row, Offer)
    edits = [Edit(Offer, row.label, number, dataclasses.replace(row, title=title))]
    store(planner, world.mission, "row-saved", edits, why="meanwhile")


def test_what_others_changed_since_the_preview_is_not_overwritten_unseen(world: World) -> None:
    client = Client(SERVER_NAME="localhost")
    client.force_login(world.users["planner"])
    act_as(world.users["planner"])
    content = workbook("offers", [OFFER, offer("KEN-POLICE", 77)])
    sent = take_in(world["planner"], world.mission, "o.xlsx", content, why="a letter")
    page = f"/m/M/import/{sent.pk}/"
    seen = preview(sent).digest
    assert f'name="seen" value="{seen}"' in client.get(page).content.decode()
    changed_by_another(world, "By a colleague")
    late = client.post(f"{page}store", {"seen": seen})
    assert late.status_code == 409
    text = late.content.decode()
    assert words_in("en").say("import-overtaken") in text
    assert "By a colleague" in text, "what it would overwrite is shown"
    program = f"/api/v1/missions/M/imports/{sent.pk}"
    refused = client.post(f"{program}/store", headers={"If-Match": f'"{seen}"'})
    assert (refused.status_code, refused.json()["code"]) == (412, "changed-meanwhile")
    now = client.get(program).json()["preview"]
    assert now != seen
    assert client.post(f"{page}store", {"seen": now}).status_code == 302
    act_as(world.users["planner"])
    assert Import.objects.get(pk=sent.pk).change is not None


def test_nobody_approves_what_rows_became_since_it_was_proposed(world: World) -> None:
    lead = world["lead"]
    held: Any = next(
        row
        for row in dossier_of(world.mission).rows(ContributionEvent)
        if row.stage == "pledged" and row.amount is not None
    )
    told = {**texts_of(held), "source": "another letter"}
    content = workbook("contribution_events", [list(told), list(told.values())])
    offers = workbook("offers", [OFFER, offer("KEN-POLICE", 77)])
    both = joined(content, offers)
    asked = commit(lead, take_in(lead, world.mission, "both.zip", both, why="letters"))
    assert isinstance(asked, Proposal)
    changed_by_another(world, "Meanwhile")
    with pytest.raises(OvertakenError):
        approve_import(world["fund_approver"], asked)
    approver = Client(SERVER_NAME="localhost")
    approver.force_login(world.users["fund_approver"])
    page = approver.post(f"/m/M/approvals/{asked.pk}/", {"decision": "approve"})
    assert page.status_code == 409
    assert words_in("en").say("approval-overtaken") in page.content.decode()


def joined(*workbooks: bytes) -> bytes:
    """The tables of workbooks as an archive of a folder."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for content in workbooks:
            sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
            lines = io.StringIO()
            csv.writer(lines).writerows(
                [str(int(c)) if isinstance(c, float) and c.is_integer() else c for c in row]
                for row in sheet.to_python()
            )
            archive.writestr(f"d/{sheet.name}.csv", lines.getvalue())
    return stream.getvalue()
