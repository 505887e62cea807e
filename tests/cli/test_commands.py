"""What the commands print and write, on the small missions of the documentation."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from command import Said, konbit
from konbit.briefing.words import LANGUAGES, ColumnWords
from konbit.cli.exits import ExitCode
from konbit.dossier import TABLES
from konbit.dossier.columns import columns_of
from konbit.package import read
from told_in_docs import write_how_to, write_tutorial

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def force(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The how-to's mission: a regional force that becomes a United Nations operation."""
    return write_how_to(tmp_path_factory.mktemp("force") / "rsf")


@pytest.fixture(scope="module")
def bridge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tutorial's mission."""
    return write_tutorial(tmp_path_factory.mktemp("bridge") / "bridge")


@pytest.fixture(scope="module")
def planned(bridge: Path) -> tuple[Said, Path]:
    """The tutorial's mission planned and written."""
    out = bridge.parent / "out"
    return konbit("plan", bridge, "--out", out, "--json", SOURCE_DATE_EPOCH="0"), out


def test_check_lists_findings_by_weight_and_ends_well(force: Path) -> None:
    said = konbit("check", force)
    assert said.code == ExitCode.FINE
    assert "warning" in said.out
    assert said.out.rstrip().splitlines()[-1].startswith("Checks: 0 errors, ")


def test_check_prints_one_json_document(force: Path) -> None:
    said = konbit("check", force, "--json")
    document = json.loads(said.out)
    assert said.code == ExitCode.FINE
    assert document["as_of"] == "2026-02-12"
    assert {f["severity"] for f in document["findings"]} == {"warning", "note"}
    assert all(f["sentence"] and f["code"] for f in document["findings"])
    assert len(document["dossier_digest"]) == 64


def test_plan_prints_one_json_document_that_is_verified(planned: tuple[Said, Path]) -> None:
    said, _ = planned
    plan: dict[str, Any] = json.loads(said.out)
    assert said.code == ExitCode.FINE
    assert plan["verified"] is True
    assert plan["as_of"] == "2026-01-05"
    assert 0 < plan["covered_points"] < plan["needed_points"]
    assert {"presence", "coverage", "headcounts", "asks"} <= plan["tables"].keys()
    paid = plan["tables"]["obligations"][0]
    assert paid["currency"] == "USD"
    assert "." in paid["amount"]


def test_the_same_dossier_gives_the_same_bytes(bridge: Path, planned: tuple[Said, Path]) -> None:
    said, out = planned
    again = bridge.parent / "again"
    told = konbit("plan", bridge, "--out", again, "--json", SOURCE_DATE_EPOCH="0")
    assert told.out == said.out
    first = {p.relative_to(out): p.read_bytes() for p in out.rglob("*") if p.is_file()}
    second = {p.relative_to(again): p.read_bytes() for p in again.rglob("*") if p.is_file()}
    assert first.keys() == second.keys()
    assert [str(name) for name in first if first[name] != second[name]] == []


def test_plan_writes_brief_workbook_and_tables(planned: tuple[Said, Path]) -> None:
    said, out = planned
    assert {p.name for p in out.iterdir()} == {"brief.html", "brief.pdf", "plan.xlsx", "plan"}
    assert (out / "brief.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert (out / "brief.pdf").read_bytes().startswith(b"%PDF")
    assert (out / "plan.xlsx").read_bytes().startswith(b"PK")
    package = json.loads((out / "plan" / "datapackage.json").read_text(encoding="utf-8"))
    assert {"presence.csv", "coverage.csv"} <= {r["path"] for r in package["resources"]}
    assert "Written: " in said.err


def test_plan_shows_one_screen(bridge: Path) -> None:
    said = konbit("plan", bridge)
    assert said.code == ExitCode.FINE
    assert "80.8%" in said.out
    assert "\x1b" not in said.out
    assert "Planning" in said.err


def test_plan_speaks_the_language_asked_for(bridge: Path) -> None:
    said = konbit("plan", bridge, "--lang", "fr")
    assert said.code == ExitCode.FINE
    assert "janvier 2026" in said.out


def test_a_day_before_anything_was_known_has_nothing_to_plan(bridge: Path) -> None:
    said = konbit("plan", bridge, "--as-of", "2025-01-01", "--json")
    assert said.code == ExitCode.FINE
    assert json.loads(said.out)["needed_points"] == 0


def test_explain_names_what_holds_back(bridge: Path) -> None:
    said = konbit("explain", bridge)
    assert said.code == ExitCode.FINE
    assert "R-PATROL" in said.out
    assert "Feb 2026" in said.out


def test_explain_opens_a_requirement_to_its_sources(force: Path) -> None:
    asked = ("--requirement", "R-NORTH-INF", "--month", "2026-08")
    said = konbit("explain", force, "--as-of", "2026-02-15", *asked)
    assert said.code == ExitCode.FINE
    for table, row in (
        ("requirements", "R-NORTH-INF"),
        ("sites", "NORTH"),
        ("paragraphs", "RES-1-3"),
        ("offers", "B-INF"),
    ):
        assert f"{table} \u203a {row}: https://example.org/" in said.out
    assert "1 August 2025" in said.out
    assert "Aug 2026" in said.out
    assert "Sep 2026" not in said.out


def test_explain_shows_at_work_who_is_concerned(force: Path) -> None:
    """The hospital at the same camp neither gives infantry nor enables it."""
    said = konbit("explain", force, "--as-of", "2026-02-15", "--requirement", "R-CAP-INF")
    months = said.out.partition("Month by month")[2]
    assert "A-INF: " in months
    assert "C-HELI: " in months  # the enabler
    assert "A-HOSP: " not in months


def test_explain_opens_an_offer_to_what_holds_it_back_and_whom_to_ask(bridge: Path) -> None:
    """A contributor asks about its own unit: in March patrols are there and the medics are not."""
    said = konbit("explain", bridge, "--offer", "A-PATROL")
    assert said.code == ExitCode.FINE
    where, _, rest = said.out.partition("What it could help to meet")
    left, _, whom = rest.partition("Whom to ask")
    assert "offers \u203a A-PATROL: exercise, 5 January 2026" in where
    assert "Mar 2026: 1 at Camp by the bridge (of 2)" in where
    assert "Feb 2026: nowhere (of 2)" in where
    assert "Mar 2026: Units are there, but what they depend on" in left
    assert "R-MEDIC" not in left
    assert "Medical care: 1 more (teams)" in whom
    assert "State B: offers this capability now" in whom
    document = json.loads(konbit("explain", bridge, "--offer", "A-PATROL", "--json").out)
    assert {row["requirement"] for row in document["coverage"]} == {"R-PATROL"}
    assert {row["offer"] for row in document["presence"]} == {"A-PATROL"}
    assert {ask["kind"] for ask in document["asks"]} == {"unit"}


def test_an_offer_is_not_held_back_where_it_may_not_serve(force: Path) -> None:
    said = konbit("explain", force, "--as-of", "2026-02-15", "--offer", "B-INF")
    assert "R-NORTH-INF" in said.out
    assert "R-CAP-INF" not in said.out  # its caveat: only in the north
    assert "due_diligence \u203a DD-B-INF" in said.out


def test_explain_knows_its_offers(bridge: Path) -> None:
    said = konbit("explain", bridge, "--offer", "A-PATROLS")
    assert said.code == ExitCode.USAGE
    assert "A-PATROL  State A: Patrol unit" in said.err
    assert "konbit codes" in said.err
    both = konbit("explain", bridge, "--offer", "A-PATROL", "--requirement", "R-PATROL")
    assert both.code == ExitCode.USAGE
    assert "not both" in both.err


def test_explain_prints_one_json_document(bridge: Path) -> None:
    said = konbit("explain", bridge, "--requirement", "R-MEDIC", "--json")
    document = json.loads(said.out)
    assert {row["requirement"] for row in document["coverage"]} == {"R-MEDIC"}
    assert document["relaxations"]


def test_compare_takes_the_scenarios_meant_for_the_day(force: Path) -> None:
    said = konbit("compare", force, "--as-of", "2026-02-15", "--delays", "0,6", "--json")
    document = json.loads(said.out)
    assert said.code == ExitCode.FINE
    assert [p["scenario"] for p in document["plans"]] == ["more-room", "stay", "transfer-july"]
    assert {p["delay_months"] for p in document["delays"]["transfer-july"]} == {0, 6}
    assert "stay" not in document["delays"]


def test_compare_writes_each_plan_and_the_brief(force: Path) -> None:
    out = force.parent / "compared"
    said = konbit(
        "compare", force, "--as-of", "2026-02-15", "--delays", "", "--out", out, "--no-pdf",
        "--scenario", "stay", "--scenario", "transfer-july",
    )  # fmt: skip
    assert said.code == ExitCode.FINE
    assert {p.name for p in out.iterdir()} == {"brief.html", "stay", "transfer-july"}


def test_brief_writes_only_the_brief(bridge: Path) -> None:
    out = bridge.parent / "brief"
    assert konbit("brief", bridge, "--out", out, "--no-pdf").code == ExitCode.FINE
    assert [p.name for p in out.iterdir()] == ["brief.html"]


def test_a_dossier_keeps_its_digest_from_folder_to_workbook_and_back(force: Path) -> None:
    book, back = force.parent / "rsf.xlsx", force.parent / "back"
    first = konbit("convert", force, book)
    second = konbit("convert", book, back)
    assert (first.code, second.code) == (ExitCode.FINE, ExitCode.FINE)
    assert first.out == second.out
    assert len(first.out.strip()) == 64


def test_a_template_can_be_written_and_read(tmp_path: Path) -> None:
    book = tmp_path / "mission.xlsx"
    assert konbit("template", book).code == ExitCode.FINE
    assert konbit("check", book).code in {ExitCode.FINE, ExitCode.FINDINGS}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_speaks_the_language_asked_for_and_is_read_all_the_same(
    language: str, tmp_path: Path
) -> None:
    path = tmp_path / "mission.xlsx"
    assert konbit("template", path, "--lang", language).code == ExitCode.FINE
    words, book = ColumnWords(language), openpyxl.load_workbook(path)
    for table in TABLES:
        sheet = book[table.TABLE]
        columns = {column.name: column for column in columns_of(table)}
        for name, title in zip(sheet[1], sheet[2], strict=True):
            if name.value in columns:
                assert title.value == f"# {words.column_label(columns[name.value])}"
    cover = {str(cell.value) for row in book["Read me"].rows for cell in row if cell.value}
    assert {words.table_title(table.TABLE) for table in TABLES} <= cover
    assert {words.about(table.ABOUT) for table in TABLES} <= cover
    assert book["offers"]["A3"].value.startswith("# ")
    reading = read(path)
    assert reading.findings == ()
    assert reading.dossier is not None
    assert reading.dossier.all_rows == ()


def test_a_written_plan_is_checked_again(bridge: Path, planned: tuple[Said, Path]) -> None:
    said, out = planned
    told = konbit("verify", out, bridge, "--json")
    document = json.loads(told.out)
    assert told.code == ExitCode.FINE
    assert document["verified"] is True
    assert document["digest"] == json.loads(said.out)["digest"]
    assert all(rule["violated"] == 0 for rule in document["rules"])


def test_a_plan_that_somebody_changed_is_found(
    bridge: Path, planned: tuple[Said, Path], tmp_path: Path
) -> None:
    changed = shutil.copytree(planned[1] / "plan", tmp_path / "plan")
    payments = changed / "payments.csv"
    text = payments.read_text(encoding="utf-8")
    payments.write_text(text.replace("200000", "100000", 1), encoding="utf-8")
    told = konbit("verify", changed, bridge)
    assert told.code == ExitCode.NOT_VERIFIED
    assert "are not those that were written" in told.out
    assert "Do not use it" in told.err


def test_a_plan_of_another_dossier_is_found(
    bridge: Path, planned: tuple[Said, Path], tmp_path: Path
) -> None:
    other = shutil.copytree(bridge, tmp_path / "other")
    sites = other / "sites.csv"
    sites.write_text(sites.read_text(encoding="utf-8").replace("150", "151"), encoding="utf-8")
    told = konbit("verify", planned[1], other)
    assert told.code == ExitCode.NOT_VERIFIED
    assert "of another dossier, or of another revision" in told.err


def test_who_has_only_the_plan_learns_what_else_it_takes(planned: tuple[Said, Path]) -> None:
    """Somebody outside is sent a folder, or the brief alone, and wants to know whether it holds."""
    _, out = planned
    said = konbit("verify", out)
    assert said.code == ExitCode.USAGE
    assert f"konbit verify {out} DOSSIER" in said.err
    for name in ("brief.html", "plan.xlsx", "plan/presence.csv"):
        said = konbit("verify", out / name)
        assert said.code == ExitCode.USAGE, name
        assert "made to be read" in said.err
    brief = (out / "brief.html").read_text(encoding="utf-8")
    assert "konbit verify OUT DOSSIER" in brief


def test_what_is_no_plan_cannot_be_checked(bridge: Path) -> None:
    told = konbit("verify", bridge, bridge)
    assert told.code == ExitCode.UNREADABLE
    assert "no plan" in told.err


def test_a_mission_alone_is_no_plan(tmp_path: Path) -> None:
    """Nothing of it is claimed to be met, and no day is made up for it."""
    head = "code,title,country,currency,horizon_months\n"
    (tmp_path / "missions.csv").write_text(f"{head}X,X,HTI,USD,24\n", encoding="utf-8")
    for command in ("plan", "explain", "futures", "check"):
        said = konbit(command, tmp_path)
        assert said.code == ExitCode.FINDINGS
        assert "at least one requirement" in said.out + said.err
        assert "100" not in said.out
        assert "1945" not in said.out + said.err


def test_without_a_requirement_nothing_is_said_to_be_met(bridge: Path, tmp_path: Path) -> None:
    dossier = tmp_path / "bridge"
    shutil.copytree(bridge, dossier)
    (dossier / "requirements.csv").unlink()
    said = konbit("plan", dossier)
    assert said.code == ExitCode.FINE
    assert "Nothing is required" in said.out
    assert "100%" not in said.out
    assert "No requirement is stated" in konbit("check", dossier).out
    ahead = konbit("futures", dossier, "--futures", 2)
    assert ahead.code == ExitCode.FINDINGS
    assert "there is nothing to plan for" in ahead.err
    explained = konbit("explain", dossier)
    assert "there is nothing to plan for" in explained.out
    assert "100%" not in explained.out


def test_verify_names_the_table_that_was_changed_and_the_mission_of_the_dossier(
    bridge: Path, planned: tuple[Said, Path], tmp_path: Path
) -> None:
    """Also of tables that no rule recomputes; and not what the plan says that it is."""
    _, out = planned
    copy = tmp_path / "copy"
    shutil.copytree(out / "plan", copy)
    asks = copy / "asks.csv"
    asks.write_text(asks.read_text().replace(",2026-02,", ",2026-03,", 1), encoding="utf-8")
    package = copy / "datapackage.json"
    package.write_text(package.read_text().replace("Bridge Police", "Forged"), encoding="utf-8")
    said = konbit("verify", copy, bridge)
    assert said.code == ExitCode.NOT_VERIFIED
    assert "Changed after it was written: asks.csv." in said.out
    assert "“Bridge Police Mission”" in said.out
    assert "Forged" not in said.out


def test_verify_says_which_word_of_a_plan_nobody_checked(
    bridge: Path, planned: tuple[Said, Path], tmp_path: Path
) -> None:
    """What none covers more than is the planner's proof; a forged one is shown as its own word."""
    _, out = planned
    document = json.loads((out / "plan" / "datapackage.json").read_text(encoding="utf-8"))
    covered, needed = document["plan"]["covered_points"], document["plan"]["needed_points"]
    told = konbit("verify", out, bridge)
    assert "is its own word and was not checked" in told.out
    for most, code, words in (
        (needed, ExitCode.FINE, "covers more than 100% is its own word"),
        (covered - 1, ExitCode.NOT_VERIFIED, "one of the two was changed"),
    ):
        copy = shutil.copytree(out / "plan", tmp_path / str(most))
        document["plan"]["goals"][0]["bound"] = most
        (copy / "datapackage.json").write_text(json.dumps(document), encoding="utf-8")
        said = konbit("verify", copy, bridge)
        assert (said.code, words in said.out) == (code, True), said.out
        machine = json.loads(konbit("verify", copy, bridge, "--json").out)
        assert machine["most_points_by_its_own_word"] == most
        assert machine["verified"] is (code is ExitCode.FINE)


@pytest.mark.parametrize("language", ["en", "fr", "es", "ht"])
def test_verify_says_what_is_wrong_with_a_folder(
    language: str, bridge: Path, planned: tuple[Said, Path], tmp_path: Path
) -> None:
    _, out = planned
    copy = tmp_path / "copy"
    shutil.copytree(out / "plan", copy)
    (copy / "presence.csv").unlink()
    missing = konbit("verify", copy, bridge, "--lang", language)
    assert missing.code == ExitCode.UNREADABLE
    assert "presence.csv" in missing.err
    (copy / "datapackage.json").write_text("{", encoding="utf-8")
    assert "datapackage.json" in konbit("verify", copy, bridge, "--lang", language).err
