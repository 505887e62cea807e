"""The description of the API is enough for somebody who has nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import konbit.web.api
from konbit.dossier.registry import TABLES
from konbit.web.api.describing import codes
from konbit.web.api.service import service
from konbit.web.people import tokens
from web_world import a_step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from web_world import World

DOCUMENT: dict[str, Any] = dict(service.get_openapi_schema())
_OF_ROWS = ("Row", "Held", "Page", "Edit")


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in DOCUMENT["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def followed(part: dict[str, Any]) -> dict[str, Any]:
    """What a reference leads to, or the part itself."""
    found: dict[str, Any] = DOCUMENT
    for name in part.get("$ref", "").split("/")[1:]:
        found = found[name]
    return found if "$ref" in part else part


def test_every_operation_and_parameter_says_what_it_is() -> None:
    tags = {tag["name"]: tag["description"] for tag in DOCUMENT["tags"]}
    names = []
    for path, method, operation in operations():
        place = (method, path)
        names.append(operation["operationId"])
        assert operation["summary"], place
        assert len(operation["description"]) > 10, place
        assert all(tags[tag] for tag in operation["tags"]), place
        for parameter in map(followed, operation["parameters"]):
            assert parameter["description"], (place, parameter["name"])
        for answer in map(followed, operation["responses"].values()):
            assert answer["description"], place
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z_]+", name) for name in names)


def test_every_field_that_is_no_column_says_what_it_means() -> None:
    shapes = DOCUMENT["components"]["schemas"]
    told = {name: shape for name, shape in shapes.items() if not name.endswith(_OF_ROWS)}
    assert len(told) > 20
    silent = [
        (name, field)
        for name, shape in told.items()
        for field, part in shape.get("properties", {}).items()
        if "description" not in part and not {"file", "document", "why"} & {field}
    ]
    assert not silent
    assert all(shape.get("description") for name, shape in told.items() if "Body" not in name)


def test_rows_say_what_they_refer_to_and_what_words_mean() -> None:
    fields = DOCUMENT["components"]["schemas"]["OfferRow"]["properties"]
    assert "Key of a row of organisations." in fields["contributor"]["description"]
    assert "service: " in fields["kind"]["description"]
    assert "official: " in fields["confidence"]["description"]


def test_problems_are_told_as_they_are_sent() -> None:
    answers = DOCUMENT["components"]["responses"]
    assert {tuple(answer["content"]) for answer in answers.values()} == {
        ("application/problem+json",)
    }
    told = DOCUMENT["components"]["schemas"]["ProblemShape"]["properties"]["code"]["description"]
    assert all(f"`{code}`: " in told for code in codes())
    folder = Path(konbit.web.api.__file__).parent
    raised = {
        code
        for file in folder.glob("*.py")
        for code in re.findall(r'(?:ApiError|told)\(\d{3}, "([a-z-]+)"', file.read_text("utf-8"))
    }
    assert len(raised) > 15
    assert raised <= set(codes())
    for path, method, operation in operations():
        assert "401" in operation["responses"], (method, path)
        assert ("428" in operation["responses"]) == (method == "delete"), (method, path)
        assert "412" not in operation["responses"] or method != "get", (method, path)


def test_five_calls_from_the_description_alone(world: World) -> None:
    """A list with a filter, paging, what did not change, the feed, a step, and what went wrong."""
    roles = ["planner"]
    _, secret = tokens.make_token(world["administrator"], "program", roles, world.mission)
    client = program(secret)
    asked: dict[str, str | int] = {"contributor": "TCD", "size": 2, "page": 2}
    listed = client.get(address("list_offers"), asked)
    found = listed.json()
    assert (found["count"], found["pages"], len(found["rows"])) == (3, 2, 1)
    again = {"If-None-Match": listed["ETag"]}
    assert client.get(address("list_offers"), asked, headers=again).status_code == 304
    feed = client.get(address("list_changes"), {"after": 0, "limit": 1}).json()
    assert feed["changes"][0]["verb"] == "import"
    steps = address("list_steps", table="offers", key="TCD-GENDARMES")
    left = client.get(steps).json()["units"]
    assert (left["arrived"], left["departed"]) == (2, 2)
    step = a_step("departed")
    body: dict[str, Any] = {
        "stage": step.stage, "on": "2026-07-01", "units": left["departed"] + 1,
        "source": step.source, "source_on": "2026-07-01", "confidence": step.confidence,
        "why": step.why,
    }  # fmt: skip
    wrong = client.post(steps, json.dumps(body), content_type="application/json")
    assert (wrong.status_code, wrong["Content-Type"]) == (409, "application/problem+json")
    assert wrong.json()["code"] in codes()
    body["units"] = left["departed"]
    done = client.post(steps, json.dumps(body), content_type="application/json").json()
    assert done["change"] == client.get(address("read_mission")).json()["last_change"]
    assert set(done) == set(DOCUMENT["components"]["schemas"]["DoneShape"]["properties"])


def program(secret: str) -> Client:
    from django.test import Client

    return Client(SERVER_NAME="localhost", headers={"Authorization": f"Bearer {secret}"})


def address(name: str, **parts: str) -> str:
    """Where an operation is, for the mission of the tests."""
    (path,) = (path for path, _, told in operations() if told["operationId"] == name)
    return path.format(mission="M", **parts)


def test_every_table_is_told_with_all_four_operations() -> None:
    names = {operation["operationId"] for _, _, operation in operations()}
    for table in TABLES:
        for verb in ("list", "read", "save", "take_out"):
            assert f"{verb}_{table.TABLE}" in names
