"""Revisions and plans: frozen, made in the background, approved, and made again by anybody."""

from __future__ import annotations

import io
import subprocess
import sys
import time
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from konbit.package import read, write_folder
from konbit.terms.digest import digest_of
from konbit.web.bridge.locks import Lock
from konbit.web.plans import actions, living
from konbit.web.plans.actions import NotDoneError, NothingToFreezeError
from konbit.web.plans.archives import dossier_archive, read_plan_archive
from konbit.web.plans.comparing import compared
from konbit.web.plans.frozen import RevisionBrokenError, pack, unpack
from konbit.web.plans.models import Revision, Run
from konbit.web.tables.dossiers import dossier_of
from konbit.web.words import words_in
from sample_dossier import sample_dossier
from sample_plan import sample_plan
from web_world import load_small

if TYPE_CHECKING:
    from konbit.web.serving.embedded import Embedded
    from web_world import World

KONBIT = Path(sys.executable).parent / "konbit"


@pytest.fixture
def revision(world: World) -> Revision:
    """A small mission, loaded and frozen."""
    load_small(world)
    return actions.freeze(world["lead"], world.empty, "first")


def made(world: World, revision: Revision) -> Run:
    """A plan of it, made."""
    dossier = unpack(bytes(revision.content), revision.digest)
    run = actions.ask_for_plan(world["planner"], revision, dossier.last_known_on)
    actions.make(run)
    return Run.objects.get(pk=run.pk)


def test_a_revision_is_named_by_what_it_says_and_frozen_once(
    world: World, revision: Revision
) -> None:
    assert revision.digest == dossier_of(world.empty).digest
    again = actions.freeze(world["fund_officer"], world.empty, "again")
    assert again.pk == revision.pk


def test_a_revision_that_was_changed_in_the_database_is_not_read() -> None:
    dossier = sample_dossier()
    content = pack(dossier)
    assert unpack(content, dossier.digest) == dossier
    with pytest.raises(RevisionBrokenError):
        unpack(content, digest_of("something else"))


def test_an_empty_mission_cannot_be_frozen(world: World) -> None:
    with pytest.raises(NothingToFreezeError):
        actions.freeze(world["planner"], world.empty)


def test_anybody_makes_the_same_plan_again_from_the_exported_folder(
    world: World, revision: Revision, tmp_path: Path
) -> None:
    run = made(world, revision)
    assert run.state == "done", run.trouble
    archive = dossier_archive(unpack(bytes(revision.content), revision.digest))
    with zipfile.ZipFile(io.BytesIO(archive)) as packed_:
        packed_.extractall(tmp_path)
    with zipfile.ZipFile(io.BytesIO(bytes(run.content or b""))) as packed_:
        packed_.extractall(tmp_path)
    command: list[str] = [
        str(KONBIT),
        "plan",
        "dossier",
        "--as-of",
        str(run.as_of_on),
        "--out",
        "again",
    ]
    subprocess.run([*command, "--no-pdf"], cwd=tmp_path, check=True, capture_output=True)
    for file in (tmp_path / "plan").iterdir():
        assert file.read_bytes() == (tmp_path / "again" / "plan" / file.name).read_bytes()
    plan = read_plan_archive(bytes(run.content or b"")).plan
    assert plan is not None
    assert plan.digest == run.digest


def test_a_plan_is_approved_by_another_than_who_asked(world: World, revision: Revision) -> None:
    run = made(world, revision)
    for name in ("planner", "lead", "viewer", "outsider"):
        with pytest.raises(PermissionDenied):
            actions.approve_plan(world[name], run)
    approved = actions.approve_plan(world["fund_approver"], run, "fits the fund")
    assert (approved.by, approved.run) == (world.users["fund_approver"], run)
    page = browser(world, "viewer").get(f"/m/EMPTY/plans/{run.pk}/").content.decode()
    assert "fits the fund" in page


def test_what_was_not_made_is_not_approved(world: World, revision: Revision) -> None:
    run = actions.ask_for_plan(world["planner"], revision, _day(revision))
    with pytest.raises(NotDoneError):
        actions.approve_plan(world["fund_approver"], run)


def test_a_plan_that_cannot_be_made_says_why(world: World, revision: Revision) -> None:
    run = actions.ask_for_plan(world["planner"], revision, _day(revision), "no-such")
    actions.make(run)
    run.refresh_from_db()
    assert (run.state, run.trouble) == ("failed", ["unknown-scenario"])
    page = browser(world, "planner").get(f"/m/EMPTY/plans/{run.pk}/").content.decode()
    assert "The revision has no such scenario." in page


def test_a_plan_whose_process_died_says_so_and_can_be_made_again(
    world: World, revision: Revision, server: Embedded
) -> None:
    """While a plan is made its process holds a lock; when that is gone, it was interrupted."""
    run = actions.ask_for_plan(world["planner"], revision, _day(revision))
    Run.objects.filter(pk=run.pk).update(state="running")
    with psycopg.connect(server.url("konbit_app"), autocommit=True) as alive:
        alive.execute("SELECT pg_advisory_lock(%s, %s)", [Lock.PLANS.value, run.pk])
        actions.tell_interrupted(world.empty)
        assert Run.objects.get(pk=run.pk).state == "running"
        process = alive.info.backend_pid
    wait_for_end(server, process)
    actions.tell_interrupted(world.empty)
    assert Run.objects.get(pk=run.pk).state == "interrupted"
    again = browser(world, "planner").post(f"/m/EMPTY/plans/{run.pk}/again")
    assert again.status_code == 302


def test_the_background_makes_what_was_asked_for(world: World, revision: Revision) -> None:
    """The task itself, as the worker runs it, in the name of who asked."""
    from konbit.web.plans.work import make_plan

    run = actions.ask_for_plan(world["planner"], revision, _day(revision))
    world["outsider"]
    make_plan(run=run.pk, user=world.users["planner"].pk)
    world["planner"]
    assert Run.objects.get(pk=run.pk).state == "done"


def test_plans_are_compared_side_by_side(world: World, revision: Revision) -> None:
    one, other = made(world, revision), made(world, revision)
    client = browser(world, "viewer")
    page = client.get(f"/m/EMPTY/plans/{one.pk}/beside/{other.pk}/").content.decode()
    assert "These plans are the same to the last byte." in page
    assert "<iframe" not in page


def test_a_plan_that_is_made_keeps_nothing_else_of_its_number_waiting(server: Embedded) -> None:
    """A posting to the fund of that number waited until the plan was made."""
    with living.alive(Lock.PLANS, 17), psycopg.connect(server.url("konbit_app")) as other:
        free = {
            lock
            for lock in Lock
            if other.execute("SELECT pg_try_advisory_xact_lock(%s, 17)", [lock.value]).fetchone()
            == (True,)
        }
    assert free == set(Lock) - {Lock.PLANS}


def test_months_that_follow_each_other_with_the_same_numbers_are_one_row() -> None:
    dossier, plan = sample_dossier(), sample_plan()
    first = plan.headcounts[0]

    def people(*told: tuple[str, int]) -> Any:
        counts = tuple(
            replace(first, month=month, deployed_persons=n, effective_persons=n)
            for month, n in told
        )
        return dossier, replace(plan, headcounts=counts)

    one = people(("2026-11", 5), ("2026-12", 5), ("2027-01", 5), ("2027-02", 9), ("2027-04", 9))
    other = people(("2026-11", 5), ("2026-12", 5), ("2027-01", 7), ("2027-02", 9), ("2027-04", 9))
    shown = compared([one, other], words_in("en")).months
    assert [(month, differs) for month, _, differs in shown] == [
        ("November 2026 to December 2026", False),
        ("January 2027", True),
        ("February 2027", False),
        ("April 2027", False),
    ]
    assert shown[1][1] == ((5, 5), (7, 7))
    spanish = compared([one, one], words_in("es")).months
    assert next(month for month, _, _ in spanish) == "noviembre 2026 a enero 2027"


def wait_for_end(server: Embedded, process: int) -> None:
    """A process of the server goes, and with it its locks, shortly after its connection."""
    with psycopg.connect(server.url("konbit_app"), autocommit=True) as asking:
        for _ in range(500):
            if not asking.execute(
                "SELECT FROM pg_stat_activity WHERE pid = %s", [process]
            ).fetchall():
                return
            time.sleep(0.02)
    raise AssertionError(f"process {process} is still there after ten seconds")


def browser(world: World, name: str) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(world.users[name])
    return client


def _day(revision: Revision) -> Any:
    return unpack(bytes(revision.content), revision.digest).last_known_on


def test_the_export_of_a_mission_is_its_folder(world: World, tmp_path: Path) -> None:
    content = browser(world, "auditor").get("/m/M/export.zip").content
    with zipfile.ZipFile(io.BytesIO(content)) as packed_:
        packed_.extractall(tmp_path)
    world["auditor"]
    write_folder(dossier_of(world.mission), tmp_path / "again")
    found = read(tmp_path / "dossier").dossier
    assert found is not None
    assert found.digest == dossier_of(world.mission).digest
    for file in (tmp_path / "again").iterdir():
        assert file.read_bytes() == (tmp_path / "dossier" / file.name).read_bytes()
