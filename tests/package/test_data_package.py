"""The folder is a data package that other programs understand and can check."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings

from konbit.dossier import Dossier
from konbit.dossier.tables.mandate import Location, Organisation, Paragraph
from konbit.dossier.tables.pledge import Offer
from konbit.package import read, write_folder, write_tables
from sample_dossier import sample_dossier
from sample_plan import sample_plan
from strategies import dossiers
from whole_rows import whole, whole_dossier

if TYPE_CHECKING:
    from pathlib import Path

# In a process of its own: the libraries beneath it warn, and warnings are errors here.
_VALIDATE = """
import json, sys
import frictionless
for path in sys.argv[1:]:
    report = frictionless.validate(path)
    print(json.dumps([report.valid, report.flatten(["fieldName", "type", "note"])]))
"""


def _validate(*folders: Path) -> list[tuple[bool, list[list[str]]]]:
    paths = [str(folder / "datapackage.json") for folder in folders]
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _VALIDATE, *paths],
        capture_output=True,
        text=True,
        check=True,
    )
    return [tuple(json.loads(line)) for line in run.stdout.splitlines()]


def _described(folder: Path) -> dict[str, Any]:
    described: dict[str, Any] = json.loads((folder / "datapackage.json").read_text("utf-8"))
    return described


def test_frictionless_accepts_what_is_written(tmp_path: Path) -> None:
    """Dossiers by hand and by chance, the empty one, and a plan."""
    folders = [tmp_path / "sample", tmp_path / "empty", tmp_path / "plan"]
    write_folder(sample_dossier(), folders[0])
    write_folder(Dossier.of(()), folders[1])
    plan = sample_plan()
    write_tables(plan.tables, folders[2], "plan", plan.title, {"digest": plan.digest})

    @settings(
        max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    @given(dossiers())
    def write(dossier: Dossier) -> None:
        folders.append(tmp_path / f"random-{len(folders)}")
        write_folder(dossier, folders[-1])

    write()

    assert _validate(*folders) == [(True, [])] * len(folders)


_CHANGES = [
    ("offers.csv", ",unit,", ",squad,", ["kind", "constraint-error"]),
    ("offers.csv", ",no,", ",maybe,", ["rapid", "type-error"]),
    ("sites.csv", "2026-01-10", "0000-01-10", ["source_on", "type-error"]),
    ("sites.csv", "2026-01-10", "1066-01-10", ["source_on", "constraint-error"]),
]


def test_frictionless_refuses_a_changed_cell(tmp_path: Path) -> None:
    folders = [tmp_path / str(number) for number in range(len(_CHANGES))]
    for folder, (file, old, new, _) in zip(folders, _CHANGES, strict=True):
        write_folder(sample_dossier(), folder)
        text = (folder / file).read_text("utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), "utf-8")

    reports = _validate(*folders)

    for (valid, errors), (*_, expected) in zip(reports, _CHANGES, strict=True):
        assert not valid
        assert expected in [error[:2] for error in errors]


def test_frictionless_follows_references(tmp_path: Path) -> None:
    """To other tables and to the table itself; an empty reference refers to nothing."""
    good = whole_dossier(
        whole(Organisation, code="AAA"),
        whole(Offer, code="O1", contributor="AAA"),
        whole(Offer, code="O2", contributor="AAA", replaces="O1"),
    )
    state = whole(Organisation, code="AAA")
    lost = whole_dossier(state, whole(Offer, code="O1", contributor="BBB"))
    within = whole_dossier(state, whole(Offer, code="O1", contributor="AAA", replaces="O9"))
    for name, dossier in (("good", good), ("lost", lost), ("within", within)):
        write_folder(dossier, tmp_path / name)

    reports = _validate(tmp_path / "good", tmp_path / "lost", tmp_path / "within")

    kinds = [(valid, [error[1] for error in errors]) for valid, errors in reports]
    assert kinds == [(True, []), (False, ["foreign-key"]), (False, ["foreign-key"])]


def test_the_descriptor_says_what_columns_mean(tmp_path: Path) -> None:
    dossier = whole_dossier(whole(Organisation, code="AAA"), whole(Location), whole(Paragraph))
    write_folder(dossier, tmp_path / "d", title="A title")

    described = _described(tmp_path / "d")
    resources = {each["name"]: each for each in described["resources"]}
    fields = {each["name"]: each for each in resources["organisations"]["schema"]["fields"]}

    assert described["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert described["title"] == "A title"
    assert described["digest"] == dossier.digest
    assert list(resources) == ["missions", "organisations", "paragraphs", "locations"]
    assert resources["organisations"]["schema"]["primaryKey"] == ["code"]
    assert fields["distance_km"] == {
        "name": "distance_km",
        "type": "integer",
        "title": "Distance to the mission",
        "description": "Great-circle distance from its capital to the mission's main airport.",
        "unit": "km",
        "constraints": {"minimum": 0, "maximum": 20_040},
    }
    assert fields["used"]["trueValues"] == ["yes"]
    assert {"value": "state", "label": "a state"} in fields["kind"]["categories"]
    # Documents are not in this package, so paragraphs refer to nothing but each other.
    assert resources["paragraphs"]["schema"]["foreignKeys"] == [
        {"fields": ["parent"], "reference": {"fields": ["code"]}}
    ]


def test_tables_of_a_plan_keep_their_order_and_say_what_they_are_of(tmp_path: Path) -> None:
    plan = sample_plan()
    extra = {"digest": plan.digest, "as_of": str(plan.as_of_on), "scenario": plan.scenario}

    write_tables(plan.tables, tmp_path / "plan", "plan", plan.title, extra)

    described = _described(tmp_path / "plan")
    asks = (tmp_path / "plan" / "asks.csv").read_text("utf-8").splitlines()
    assert {name: described[name] for name in extra} == extra
    assert [line.split(",")[0] for line in asks[1:]] == [str(ask.rank) for ask in plan.asks]


def test_a_folder_is_read_by_its_descriptor_too(tmp_path: Path) -> None:
    write_folder(sample_dossier(), tmp_path / "d")

    assert read(tmp_path / "d" / "datapackage.json") == read(tmp_path / "d")


def test_a_table_changed_by_hand_is_read_as_it_is_now(tmp_path: Path) -> None:
    """The descriptor is for others; a stale or broken one stops nobody."""
    write_folder(sample_dossier(), tmp_path / "d")
    (tmp_path / "d" / "datapackage.json").write_text("{ not json", "utf-8")

    assert read(tmp_path / "d").dossier == sample_dossier()
