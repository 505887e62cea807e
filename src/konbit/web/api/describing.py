"""What the description of the API tells beside what each operation declares.

Ninja writes paths, shapes and limits from the operations themselves. Here stands what a stranger
who has nothing but the description needs: what parameters mean, which headers there are, what can
go wrong where, and what a kind of operations is about.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from konbit.dossier.columns import Kind, columns_of
from konbit.dossier.registry import TABLES
from konbit.web.tables.asking import parameters
from konbit.web.words import catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from konbit.dossier.columns import Column, Row

_MANY = 4
_PROBLEM = "application/problem+json"
_CODE_START = "problem-"
# Codes of problems that only pages have, and those whose sentence stands beside a form.
_OF_PAGES = frozenset({"fault", "form-expired"})
_OF_FORMS = (
    "step-not-possible",
    "paper-large",
    "paper-type",
    "settle-before",
    "settle-day",
    "settle-evidence",
    "settle-no-paragraph",
    "settle-nowhere",
    "settle-range",
    "settle-unreadable",
)

_TAGS = {
    "Missions": "Which missions there are, what their tables and columns mean, and all of one.",
    "History": "What was changed, by whom, when and why: of the mission, and of one row.",
    "Files": "Send a workbook or a packed folder, look at what it would change, store it.",
    "Approvals": "What promises money or sets it free waits here for a second person.",
    "Plans": "Freeze the tables, ask for a plan of what was frozen, read it, approve it.",
    "Mandate": "What a mandate asks for: by which day, of whom, and how it stands.",
    "Bank accounts": "How far the bank accounts of a fund were reconciled.",
    "Comments": "What people say about a row.",
    "Papers": "Papers attached to a row.",
    "Steps of pledges": "Units, money and gifts in kind reach their next stage.",
}

_PARAMETERS = {
    "mission": "Code of the mission, as `GET /missions` gives it.",
    "table": "Name of a table, as `GET /missions/{mission}/tables` gives it.",
    "key": "Key of the row: its code, or its parts with `/` between them.",
    "number": "Its number.",
    "digest": "SHA-256, 64 hexadecimal digits.",
    "code": "Its code; `~` stands for `/`.",
    "bank": "Code of the account; `~` stands for `/`.",
    "after": "Number of the last change that you have; 0 for all from the first on.",
    "limit": "How many changes at the most, up to 500.",
    "why": "The reason, for the history.",
    "on": "The day; that of the last statement unless given.",
    "from_on": "First day; today unless given.",
    "until_on": "The day after the last; a year later unless given.",
    "q": "Searched for in codes and texts.",
    "sort": "Name of a column; with `-` before it from the largest down. The key unless given.",
    "recorded_on": "The rows as this record had them at the end of a day (UTC).",
    "change": "The rows as this record had them after the change of this number.",
    "known_on": "Only facts that were known, and still believed, on a day.",
    "page": "Which page, from 1 on.",
    "size": "Rows of a page: 100 unless given, up to 500.",
}
_ALWAYS = frozenset({"q", "sort", "recorded_on", "change", "known_on", "page", "size"})
_ETAG = "Names this answer: send it as `If-None-Match` next time."
_WHOLE = frozenset({"page", "size", "change"})
_DAYS = frozenset({"recorded_on", "known_on"})

_STATUSES = {
    "304": "Nothing is new since the `ETag` that you sent.",
    "400": "The content cannot be read at all: no JSON, or no form.",
    "401": "No token, or one that is not valid.",
    "403": "Your role does not allow this.",
    "404": "There is nothing of this name, or it is not for you.",
    "409": "It does not stand where this can be done; `code` says why.",
    "412": "Somebody changed the row or the preview meanwhile: look again, then send again.",
    "413": "Larger than what is taken.",
    "422": "Something that was sent is not as it should be; the problem says what.",
    "428": "`If-Match` is missing.",
}
_CAN_GO_WRONG = {
    "get": ("401", "403", "404", "422"),
    "post": ("400", "401", "403", "404", "409", "413", "422"),
    "put": ("400", "401", "403", "404", "412", "413", "422"),
    "delete": ("401", "403", "404", "412", "422", "428"),
}
_SEEN_FIRST = ("/store", "/settle", "/steps/{table}/{key}")  # these may answer 412 as well
_KNOWN_BY_ETAG = ("/rows", "/rows/{key}", "/paper/{digest}")
_FILES = {
    "/export": "application/zip",
    "/dossier": "application/zip",
    "/plans/{number}/tables": "application/zip",
    "/paper/{digest}": "*/*",
}
_FOUND_EXAMPLE = {
    "type": "about:konbit/changed-meanwhile",
    "title": "Precondition Failed",
    "status": 412,
    "code": "changed-meanwhile",
    "detail": "Somebody changed the row meanwhile: read it again, and send your change against "
    "its new state.",
    "state": 4711,
}


def codes() -> dict[str, str]:
    """Every code of a problem, with its sentence."""
    said = catalogue("en")
    named = [code.removeprefix(_CODE_START) for code in said if code.startswith(_CODE_START)]
    told = {code: str(said[f"{_CODE_START}{code}"]) for code in named if code not in _OF_PAGES}
    return told | {code: str(said[code]) for code in _OF_FORMS}


def described(document: dict[str, Any]) -> dict[str, Any]:
    """A description of the API with all that a stranger needs; the same object, completed."""
    document["tags"] = [{"name": n, "description": told} for n, told in _TAGS.items()]
    document["tags"] += [{"name": t.TITLE, "description": t.ABOUT} for t in TABLES]
    components = document["components"]
    components["responses"] = {f"Problem{s}": _problem(s) for s in _STATUSES if s != "304"}
    problem = components["schemas"]["ProblemShape"]
    problem["example"] = _FOUND_EXAMPLE
    problem["properties"]["code"]["description"] = "Permanent. " + " ".join(
        f"`{code}`: {said}" for code, said in codes().items()
    )
    for path, item in document["paths"].items():
        for method, operation in item.items():
            _describe(path, method, operation)
    components["parameters"] = _shared(document["paths"])
    return document


def _shared(paths: dict[str, Any]) -> dict[str, Any]:
    """Parameters that many operations have alike: told once, and referred to."""
    lists = [operation["parameters"] for item in paths.values() for operation in item.values()]
    alike = Counter(json.dumps(p, sort_keys=True) for told in lists for p in told)
    names: dict[str, str] = {}
    for text, times in alike.most_common():
        name = json.loads(text)["name"].replace(".", "-")
        if times >= _MANY and name not in names.values():
            names[text] = name
    for told in lists:
        for place, parameter in enumerate(told):
            name = names.get(json.dumps(parameter, sort_keys=True))
            if name:
                told[place] = {"$ref": f"#/components/parameters/{name}"}
    return {name: json.loads(text) for text, name in names.items()}


def query_of(table: type[Row]) -> list[dict[str, Any]]:
    """The parameters of a table's list: those of every list, and some for each column."""
    columns = {column.name: column for column in columns_of(table)}
    found = []
    for name in (*parameters(table), "page", "size"):
        kind: dict[str, Any] = {"type": "string"}
        if name in _WHOLE:
            kind = {"type": "integer", "minimum": 0 if name == "change" else 1}
        elif name in _DAYS:
            kind = {"type": "string", "format": "date"}
        told = _PARAMETERS[name] if name in _ALWAYS else _of_column(columns, name)
        found.append({"in": "query", "name": name, "description": told, "schema": kind})
    return found


def _of_column(columns: Mapping[str, Column], name: str) -> str:
    """What is asked of a column: a value, or the smallest or largest."""
    bare, _, side = name.partition(".")
    column = columns[bare]
    unit = f" ({column.unit})" if column.unit else ""
    if side:
        money = ", of any currency, as exact text" if column.kind is Kind.MONEY else ""
        return f"{column.title}{unit}: {'at least' if side == 'from' else 'at most'}{money}."
    if column.kind is Kind.TEXT:
        return f"{column.title} holds this text."
    words = f" One of {', '.join(column.words)}." if column.words else ""
    return f"{column.title}{unit} is this.{words}"


def _describe(path: str, method: str, operation: dict[str, Any]) -> None:
    short = path.partition("/missions/{mission}")[2]
    for parameter in operation.get("parameters", ()):
        told = _PARAMETERS.get(parameter["name"])
        if told and "description" not in parameter:
            parameter["description"] = told
    operation.setdefault("parameters", []).extend(_headers(short, method))
    fine = {**operation["responses"][200]}
    fine["description"] = _fine(method, fine)
    statuses = set(_CAN_GO_WRONG[method])
    if method == "post" and short.endswith(_SEEN_FIRST):
        statuses.add("412")
    if "{mission}" not in path:
        statuses -= {"404", "422"}
    operation["responses"] = {"200": fine}
    if method == "get" and short.endswith(_KNOWN_BY_ETAG):
        fine["headers"] = {"ETag": {"description": _ETAG, "schema": {"type": "string"}}}
        operation["responses"]["304"] = {"description": _STATUSES["304"]}
    for end, kind in _FILES.items():
        if method == "get" and short.endswith(end):
            fine["content"] = {kind: {"schema": {"type": "string", "format": "binary"}}}
    for status in sorted(statuses):
        operation["responses"][status] = {"$ref": f"#/components/responses/Problem{status}"}


def _fine(method: str, answer: dict[str, Any]) -> str:
    if method == "get":
        return "Found."
    waits = "DoneShape" in str(answer.get("content"))
    return "Done, or waiting for a second person." if waits else "Done."


def _headers(short: str, method: str) -> list[dict[str, Any]]:
    """The headers that an operation reads."""
    if method == "get" and short.endswith(_KNOWN_BY_ETAG):
        return [_header("If-None-Match", "The `ETag` of an answer that you have: 304 if it holds.")]
    if method == "put":
        told = 'The `state` of the row as you saw it, such as `"4711"`; left out for a new row.'
        return [_header("If-Match", told)]
    if method == "delete":
        told = 'The `state` of the row as you saw it, such as `"4711"`.'
        return [{**_header("If-Match", told), "required": True}]
    if short.endswith("/store"):
        return [_header("If-Match", "The `preview` that you saw: stored is this, or nothing.")]
    return []


def _header(name: str, told: str) -> dict[str, Any]:
    return {"in": "header", "name": name, "description": told, "schema": {"type": "string"}}


def _problem(status: str) -> dict[str, Any]:
    shape = {"$ref": "#/components/schemas/ProblemShape"}
    return {"description": _STATUSES[status], "content": {_PROBLEM: {"schema": shape}}}
