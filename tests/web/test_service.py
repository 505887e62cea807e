"""The API: who may, reading and writing through the same actions, one shape of problems."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from konbit.dossier.columns import Kind
from konbit.dossier.registry import TABLES
from konbit.dossier.tables.follow_up import FollowUp
from konbit.dossier.tables.fund import Contribution
from konbit.package.layout import file_columns
from konbit.web.api.rows import document_of, row_of_document
from konbit.web.api.service import service
from konbit.web.people import tokens
from konbit.web.people.access import Standing
from konbit.web.people.roles import MAY, Role
from konbit.web.pledges.stages import money_steps
from konbit.web.tables.dossiers import dossier_of
from konbit.web.tables.mirrored import MODELS
from konbit.web.words import words_in
from web_files import OFFER, offer, workbook
from web_world import PEOPLE, new_offer

if TYPE_CHECKING:
    from web_world import World

ROLE_OF = {name: role for name, (_, role) in PEOPLE.items()}
_EVERYBODY = ("nobody", *PEOPLE)
_CODES = {"un": "UN", "kenya": "KEN", "canada": "CAN", "elsewhere": ""}

# What each other operation needs, by its path after the mission; the rest only reads.
_NEEDS = {
    ("/imports", "post"): "import",
    ("/imports/{number}/store", "post"): "import",
    ("/proposals/{number}/approve", "post"): "approve-money",
    ("/proposals/{number}/refuse", "post"): "approve-money",
    ("/revisions", "post"): "freeze",
    ("/plans", "post"): "plan",
    ("/plans/{number}/approve", "post"): "approve-plan",
    ("/comments/{table}/{key}", "post"): "comment",
    ("/papers/{table}/{key}", "post"): "attach",
    ("/steps/{table}/{key}", "post"): "edit",
    ("/funds/{code}/banks", "get"): "see-bank",
    ("/funds/{code}/banks/{bank}/reconciliation", "get"): "see-bank",
}

_SETTLED = {
    "status": "in_progress",
    "source": "a letter",
    "source_on": "2026-11-01",
    "confidence": "official",
    "why": "a test",
}
_TAKEN_UP = {"paragraph": "2814-02", "task": "a task"}


def with_token(secret: str) -> Client:
    return Client(SERVER_NAME="localhost", headers={"Authorization": f"Bearer {secret}"})


def signed_in(world: World, name: str) -> Client:
    client = Client(SERVER_NAME="localhost")
    if name != "nobody":
        client.force_login(world.users[name])
    return client


def reading(name: str) -> bool:
    return ROLE_OF.get(name, "") not in {"", "administrator"}


def operations() -> list[tuple[str, str]]:
    """Every operation; of a table's, its list and its writing, and all four of the offers."""
    return [
        (path, method)
        for path, item in service.get_openapi_schema()["paths"].items()
        for method in item
        if not is_of_a_row(path)
        or "/offers/" in path
        or (method in {"get", "put"} and path.endswith("rows") == (method == "get"))
    ]


def is_of_a_row(path: str) -> bool:
    return "/tables/" in path


def expected(name: str, path: str, method: str) -> str:
    """The kind of answer that the policy gives."""
    if name == "nobody":
        return "401"
    if path == "/api/v1/missions":
        return "fine"
    if not reading(name):
        return "404"
    if is_of_a_row(path) and method in {"put", "delete"}:
        table = next(t for t in TABLES if f"/{t.TABLE}/rows" in path)
        held = Standing(frozenset({Role(ROLE_OF[name])}), _CODES[PEOPLE[name][0]])
        return "fine" if held.edits(table) else "403"
    if "/follow-ups" in path:
        held = Standing(frozenset({Role(ROLE_OF[name])}), _CODES[PEOPLE[name][0]])
        settles = "{code}" in path and held.settles(FollowUp)
        return "fine" if held.edits(FollowUp) or settles else "403"
    needed = _NEEDS.get((path.removeprefix("/api/v1/missions/{mission}"), method), "read")
    return "fine" if Role(ROLE_OF[name]) in MAY[needed] else "403"


def body_of(path: str) -> dict[str, Any]:
    """What is sent to an operation that is neither of a row nor of a file."""
    if "/comments/" in path:
        return {"text": "a word"}
    if "/steps/" in path:
        return a_step_sent("agreed")
    if "/follow-ups" in path:
        return {**_SETTLED, **({"state": 1} if "{code}" in path else _TAKEN_UP)}
    if path.endswith("/plans"):
        return {"revision": "0" * 64, "as_of": "2026-01-01"}
    return {"title": ""} if path.endswith("/revisions") else {"why": "a test"}


def asked(client: Client, path: str, method: str, world: World) -> str:
    filled = path.format(
        mission="M", key="none", number=1, digest="0" * 64, table="offers", code="none", bank="none"
    )
    if method == "get":
        response = client.get(filled, {"size": "1"} if path.endswith("rows") else {})
    elif "/papers/" in path:
        response = client.post(filled, {"file": SimpleUploadedFile("l.pdf", b"%PDF-1.7")})
    elif path.endswith("/imports"):
        file = SimpleUploadedFile("o.xlsx", workbook("offers", [OFFER, offer("X")]))
        response = client.post(filled, {"file": file, "why": "a test"})
    elif method == "delete":
        response = client.delete(f"{filled}?why=a+test", headers={"If-Match": '"1"'})
    elif method == "put":
        response = client.put(filled, _valid(path, world), content_type="application/json")
    else:
        response = client.post(filled, body_of(path), content_type="application/json")
    assert response.status_code < 500
    if response.status_code >= 400:
        assert response["Content-Type"].startswith("application/problem+json"), path
        assert set(response.json()) >= {"type", "title", "status", "code", "detail"}
    told = str(response.status_code)
    # "none" and 1 are no row's names: who may, is told so.
    missing = told == "404" and any(
        part in path for part in ("{key}", "{number}", "{digest}", "{code}")
    )
    if missing and response.json()["code"] == "not-found" and reading_path(client):
        return "fine"
    if path.endswith("/plans") and method == "post" and told == "404":
        return "fine" if reading_path(client) else "404"
    return told if told in {"401", "403", "404"} else "fine"


def a_step_sent(stage: str, **more: Any) -> dict[str, Any]:
    facts = {"source": "a letter", "source_on": "2026-06-01", "confidence": "official"}
    return {"stage": stage, "on": "2026-06-01", "why": "a test", **facts, **more}


def reading_path(client: Client) -> bool:
    """Whether this caller reads the mission at all."""
    return client.get("/api/v1/missions/M").status_code == 200


def _valid(path: str, world: World) -> dict[str, Any]:
    table = next(t for t in TABLES if f"/{t.TABLE}/rows" in path)
    from konbit.web.people.acting import act_as

    act_as(world.users["viewer"])
    row = next(MODELS[table.TABLE].objects.of(world.mission.pk).current().rows())
    return {"row": json.loads(json.dumps(document_of(row), default=str)), "why": "a test"}


@pytest.mark.parametrize("name", _EVERYBODY)
def test_every_operation_answers_everybody_as_the_policy_says(name: str, world: World) -> None:
    client = signed_in(world, name)
    for path, method in operations():
        with transaction.atomic():
            assert asked(client, path, method, world) == expected(name, path, method), (
                path,
                method,
            )
            transaction.set_rollback(True)


@pytest.fixture
def token(world: World) -> Client:
    """A program of the United Nations that may plan."""
    _, secret = tokens.make_token(world["administrator"], "feed", ["planner"], world.mission)
    return with_token(secret)


def test_a_token_reads_until_it_is_revoked(world: World) -> None:
    made, secret = tokens.make_token(world["administrator"], "x", ["viewer"], world.mission)
    client = with_token(secret)
    assert client.get("/api/v1/missions").json() == [
        {"code": "M", "title": "M", "host": "Un", "last_change": client_last(client)}
    ]
    tokens.revoke_token(world["administrator"], made)
    assert client.get("/api/v1/missions").status_code == 401
    assert with_token("knb_wrong").get("/api/v1/missions").status_code == 401
    person = signed_in(world, "viewer")
    revoked = {"Authorization": f"Bearer {secret}"}
    assert person.get("/api/v1/missions").status_code == 200
    assert person.get("/api/v1/missions", headers=revoked).status_code == 401


def client_last(client: Client) -> int:
    last: int = client.get("/api/v1/missions/M/changes").json()["after"]
    return last


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.TABLE)
def test_every_row_read_is_the_row_that_is_kept(table: Any, world: World) -> None:
    world["viewer"]
    for row in dossier_of(world.mission).rows(table)[:20]:
        document = json.loads(json.dumps(document_of(row), default=str))
        assert row_of_document(table, document) == row


def test_lists_filter_sort_page_and_are_cheap_when_nothing_changed(
    world: World, token: Client
) -> None:
    path = "/api/v1/missions/M/tables/offers/rows"
    query = {"component": "police", "sort": "-strength_persons", "size": "5"}
    answer = token.get(path, query)
    told = answer.json()
    assert (told["page"], len(told["rows"])) == (1, 5)
    strengths = [held["row"]["strength_persons"] for held in told["rows"]]
    assert strengths == sorted(strengths, reverse=True)
    same = token.get(
        path,
        query,
        headers={"If-None-Match": answer["ETag"]},
    )
    assert (same.status_code, same.content) == (304, b"")
    assert token.get(path, {"colour": "red"}).json()["code"] == "parameter-unknown"


def test_a_page_beyond_the_last_is_told_and_not_made_up(world: World, token: Client) -> None:
    path = "/api/v1/missions/M/tables/offers/rows"
    first = token.get(path, {"size": "5"}).json()
    last = token.get(path, {"size": "5", "page": str(first["pages"])}).json()
    assert 0 < len(last["rows"]) <= 5
    beyond = token.get(path, {"size": "5", "page": str(first["pages"] + 1)})
    assert (beyond.status_code, beyond.json()["code"]) == (404, "page-beyond-last")
    assert (beyond.json()["pages"], beyond.json()["count"]) == (first["pages"], first["count"])
    none = token.get(path, {"q": "no such word anywhere"}).json()
    assert (none["count"], none["page"], none["pages"], none["rows"]) == (0, 1, 1, [])
    for wrong in ({"page": "0"}, {"page": "-1"}, {"size": "0"}, {"size": "x"}):
        told = token.get(path, wrong)
        assert (told.status_code, told.json()["parameter"]) == (422, next(iter(wrong)))


@pytest.mark.parametrize("name", ["outsider", "viewer"])
def test_whatever_answers_get_answers_head_the_same_without_its_content(
    name: str, world: World
) -> None:
    client = signed_in(world, name)
    for path, method in operations():
        if method != "get" or (is_of_a_row(path) and "/offers/" not in path):
            continue
        filled = path.format(
            mission="M", key="KEN-POLICE", number=1, digest="0" * 64, table="offers",
            code="none", bank="none",
        )  # fmt: skip
        got, head = client.get(filled), client.head(filled)
        assert (head.status_code, head.content) == (got.status_code, b""), path
        assert head["Content-Length"] == str(len(got.content)), path
        assert head.get("ETag") == got.get("ETag"), path
    schema = client.head("/api/v1/openapi.json")
    assert (schema.status_code, schema.content) == (200, b"")


def test_a_row_and_a_paper_that_a_program_has_are_not_sent_again(
    world: World, token: Client
) -> None:
    row = "/api/v1/missions/M/tables/offers/rows/KEN-POLICE"
    papers = "/api/v1/missions/M/papers/offers/KEN-POLICE"
    digest = token.post(papers, {"file": SimpleUploadedFile("l.pdf", b"%PDF-1.7")}).json()["digest"]
    paper = f"/api/v1/missions/M/paper/{digest}"
    for path in (row, paper):
        etag = token.get(path)["ETag"]
        for known in (etag, f'"other", W/{etag}', "*"):
            same = token.get(path, headers={"If-None-Match": known})
            assert (same.status_code, same.content, same["ETag"]) == (304, b"", etag)
        assert token.head(path, headers={"If-None-Match": etag}).status_code == 304
        assert token.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
        outsider = signed_in(world, "outsider")
        assert outsider.get(path, headers={"If-None-Match": etag}).status_code == 404
        assert outsider.get(path, headers={"If-None-Match": "*"}).status_code == 404
    read = token.get(row)
    sent = {"row": {**read.json()["row"], "title": "Another"}, "why": "a letter"}
    saved = token.put(
        row, sent, content_type="application/json", headers={"If-Match": read["ETag"]}
    )
    assert saved.status_code == 200
    newer = token.get(row, headers={"If-None-Match": read["ETag"]})
    assert (newer.status_code, newer.json()["row"]["title"]) == (200, "Another")
    gone = "/api/v1/missions/M/tables/offers/rows/NONE"
    assert token.get(gone, headers={"If-None-Match": "*"}).status_code == 404


def test_a_method_that_an_address_does_not_know_is_a_problem_like_any(token: Client) -> None:
    wrong = token.patch("/api/v1/missions/M/tables/offers/rows/KEN-POLICE")
    assert (wrong.status_code, wrong.json()["code"]) == (405, "method")
    assert wrong["Allow"] == "DELETE, GET, HEAD, PUT"


def test_a_row_is_saved_against_the_state_that_was_seen(world: World, token: Client) -> None:
    path = "/api/v1/missions/M/tables/offers/rows/KEN-POLICE"
    read = token.get(path)
    held = read.json()
    sent = {"row": {**held["row"], "title": "By a program"}, "why": "a letter"}
    saved = token.put(
        path, sent, content_type="application/json", headers={"If-Match": read["ETag"]}
    )
    assert saved.status_code == 200, saved.content
    late = token.put(
        path, sent, content_type="application/json", headers={"If-Match": read["ETag"]}
    )
    assert (late.status_code, late.json()["code"]) == (412, "changed-meanwhile")
    assert late.json()["state"] == token.get(path).json()["state"]
    blind = token.put(path, sent, content_type="application/json")
    assert blind.status_code == 412
    newest = token.get(path)
    gone = token.delete(f"{path}?why=gone", headers={"If-Match": newest["ETag"]})
    assert gone.json()["code"] == "leads-nowhere", "caveats refer to it"


def test_the_feed_of_changes_leaves_nothing_out(world: World, token: Client) -> None:
    before = client_last(token)
    path = "/api/v1/missions/M/tables/offers/rows/KEN-POLICE"
    for number in range(3):
        read = token.get(path)
        sent = {"row": {**read.json()["row"], "title": f"Title {number}"}, "why": f"w{number}"}
        token.put(path, sent, content_type="application/json", headers={"If-Match": read["ETag"]})
    feed = token.get("/api/v1/missions/M/changes", {"after": str(before), "limit": "2"}).json()
    assert ([c["why"] for c in feed["changes"]], feed["more"]) == (["w0", "w1"], True)
    rest = token.get("/api/v1/missions/M/changes", {"after": str(feed["after"])}).json()
    assert ([c["why"] for c in rest["changes"]], rest["more"]) == (["w2"], False)


def test_promised_money_is_a_proposal_for_programs_too(world: World) -> None:
    by = world["administrator"]
    _, secret = tokens.make_token(by, "fund", ["fund_officer"], world.mission)
    fund = with_token(secret)
    path = "/api/v1/missions/M/tables/contribution_events/rows"
    some = fund.get(path, {"stage": "announced", "size": "1"}).json()["rows"][0]["row"]
    sent = {"row": {**some, "code": "P-1", "stage": "pledged"}, "why": "letter"}
    done = fund.put(f"{path}/P-1", sent, content_type="application/json").json()
    assert done["change"] is None
    number = done["proposal"]
    assert fund.post(f"/api/v1/missions/M/proposals/{number}/approve").status_code == 403
    _, secret = tokens.make_token(
        world["administrator"], "second", ["fund_approver"], world.mission
    )
    second = with_token(secret)
    approved = second.post(f"/api/v1/missions/M/proposals/{number}/approve")
    assert approved.status_code == 200
    assert fund.get(f"{path}/P-1").json()["row"]["stage"] == "pledged"


def test_steps_are_taken_through_the_same_actions(world: World) -> None:
    new_offer(world, "KEN-NEW")
    client = signed_in(world, "kenya_officer")
    path = "/api/v1/missions/M/steps/offers/KEN-NEW"
    assert "agreed" in client.get(path).json()["stages"]
    sent: dict[str, Any] = {"content_type": "application/json"}
    done = client.post(path, a_step_sent("agreed", units=2), **sent).json()
    assert done["change"]
    assert client.post(path, a_step_sent("offered"), **sent).json()["code"] == "step-not-possible"
    others = signed_in(world, "canada_officer").post(path, a_step_sent("loaded"), **sent)
    assert others.status_code == 403, "another's units"
    past = client.get("/api/v1/missions/M/history/unit_events/KEN-NEW-agreed-20260601").json()
    assert past[0]["change"] == done["change"]
    assert {"column": "units", "before": "", "after": "2"} in past[0]["cells"]

    code = next(
        row.code
        for row in dossier_of(world.mission).rows(Contribution)
        if "pledged" in money_steps(dossier_of(world.mission), row.code) and row.used
    )
    path = f"/api/v1/missions/M/steps/contributions/{code}"
    client = signed_in(world, "fund_officer")
    pledged = client.post(path, a_step_sent("pledged", amount="5.00", currency="USD"), **sent)
    assert pledged.json()["proposal"], "two people for money, whichever way it comes"
    wrong = client.post(path, a_step_sent("pledged", amount="five", currency="USD"), **sent)
    assert wrong.status_code == 422


def test_what_goes_wrong_is_told_in_the_language_of_whoever_asks(world: World) -> None:
    client = signed_in(world, "viewer")
    path = "/api/v1/missions/M/tables/offers/rows?nothing=1"
    told = {
        language: client.get(path, headers={"Accept-Language": language}).json()["detail"]
        for language in ("en", "fr", "es", "ht")
    }
    assert told["fr"].endswith("contient un paramètre inconnu ici.")
    assert len(set(told.values())) == 4


def test_every_problem_has_its_sentence() -> None:
    code_in = re.compile(r"""(?:ApiError|told|problem)\(\s*(?:request, )?\d{3},\s*"([a-z-]+)\"""")
    files = (Path(__file__).parents[2] / "src/konbit/web/api").glob("*.py")
    codes = {code for file in files for code in code_in.findall(file.read_text("utf-8"))}
    assert len(codes) > 15
    words = words_in("en")
    assert {c for c in codes if not (words.knows(f"problem-{c}") or words.knows(c))} == set()


def test_what_is_said_and_attached_is_read_again(world: World) -> None:
    client = signed_in(world, "kenya_officer")
    said = "/api/v1/missions/M/comments/offers/KEN-POLICE"
    sent: dict[str, Any] = {"content_type": "application/json"}
    assert client.post(said, {"text": "Ask again."}, **sent).status_code == 200
    assert [one["text"] for one in client.get(said).json()] == ["Ask again."]
    with transaction.atomic():
        assert client.post(said, {"text": "zero \0"}, **sent).status_code == 422
        transaction.set_rollback(True)
    papers = "/api/v1/missions/M/papers/offers/KEN-POLICE"
    file = SimpleUploadedFile("letter.pdf", b"%PDF-1.7")
    digest = client.post(papers, {"file": file}).json()["digest"]
    assert [one["name"] for one in client.get(papers).json()] == ["letter.pdf"]
    assert client.get(f"/api/v1/missions/M/paper/{digest}").content == b"%PDF-1.7"
    refused = client.post(papers, {"file": SimpleUploadedFile("x.exe", b"MZ\x90\x00")})
    assert refused.json()["code"] == "paper-type"


def test_a_person_without_a_second_factor_does_not_write_by_the_api_either(
    world: World,
) -> None:
    from allauth.mfa.models import Authenticator

    Authenticator.objects.filter(user=world.users["planner"]).delete()
    answer = signed_in(world, "planner").get("/api/v1/missions")
    assert (answer.status_code, answer.json()["code"]) == (403, "second-factor-needed")


def test_the_schema_is_made_from_the_columns() -> None:
    """Every column is there with its kind and limits, and nothing beside them."""
    shapes = service.get_openapi_schema()["components"]["schemas"]
    for table in TABLES:
        shape = shapes[f"{table.__name__}Row"]
        columns = {column.name: column for column in file_columns(table)}
        assert set(shape["properties"]) == set(columns), table.TABLE
        assert set(shape.get("required", ())) == {n for n, c in columns.items() if c.required}
        for name, column in columns.items():
            told = json.dumps(shape["properties"][name])
            for limit in (column.minimum, column.maximum):
                assert limit is None or column.kind is not Kind.INTEGER or str(limit) in told, name
            for word in column.words:
                assert f'"{word}"' in told, name


def test_a_program_settles_a_follow_up_and_is_told_why_not(world: World) -> None:
    client = signed_in(world, "planner")
    row = client.get("/api/v1/missions/M/tables/follow_ups/rows/F-2814-04").json()
    path = "/api/v1/missions/M/follow-ups/F-2814-04/settle"

    def settle(**more: Any) -> Any:
        sent = {**_SETTLED, "state": row["state"], **more}
        return client.post(path, sent, content_type="application/json")

    refused = settle(status="done", answered_on="2026-06-01")
    assert (refused.status_code, refused.json()["code"]) == (422, "settle-evidence")
    done = settle(status="done", answered_on="2026-06-01", evidence="S-RES-2814")
    assert done.status_code == 200
    assert settle().status_code == 412
    now = client.get("/api/v1/missions/M/tables/follow_ups/rows/F-2814-04").json()
    assert now["row"]["status"] == "done"
    due = client.get("/api/v1/missions/M/due", {"from_on": "2026-04-01", "until_on": "2026-05-01"})
    told = {one["key"]: one["is_closed"] for one in due.json()}
    assert told.get("R-2814-04", False) is False
