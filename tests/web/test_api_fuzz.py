"""Whatever a program sends, the API answers without a fault of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import requests
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, Phase, settings

from konbit.web.api.service import service
from konbit.web.people import tokens

if TYPE_CHECKING:
    from web_world import World

# Every operation that is not of a table, and those of four tables with all kinds of columns.
_PASSED_ON = frozenset({"if-match", "if-none-match", "accept"})
_TABLES = ("missions", "offers", "contribution_events", "enablers")


def _schema() -> schemathesis.BaseSchema:
    document = service.get_openapi_schema()
    document["paths"] = {
        path: item
        for path, item in document["paths"].items()
        if "/tables/" not in path or any(f"/tables/{name}/" in path for name in _TABLES)
    }
    return schemathesis.openapi.from_dict(document)


SCHEMA = _schema()


@pytest.fixture
def secret(world: World) -> str:
    """The token of a program that may do everything that programs may."""
    roles = ["planner", "fund_officer", "coordination_officer", "fund_approver"]
    return tokens.make_token(world["administrator"], "fuzz", roles, world.mission)[1]


@SCHEMA.parametrize()
@settings(
    max_examples=5,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
def test_no_request_makes_a_fault(case: Any, secret: str) -> None:
    if "mission" in (case.path_parameters or {}):
        case.path_parameters["mission"] = "M"
    told = case.as_transport_kwargs(base_url="http://localhost")
    known = {"method", "url", "headers", "params", "data", "files", "json", "cookies"}
    sent = requests.Request(**{n: v for n, v in told.items() if n in known}).prepare()
    body = sent.body.encode() if isinstance(sent.body, str) else sent.body or b""
    headers = {n: str(v) for n, v in sent.headers.items() if n.lower() in _PASSED_ON}
    response = Client(SERVER_NAME="localhost", raise_request_exception=False).generic(
        str(sent.method),
        sent.path_url,
        body,
        content_type=str(sent.headers.get("Content-Type", "application/octet-stream")),
        headers={**headers, "Authorization": f"Bearer {secret}"},
    )
    assert response.status_code < 500
