"""Rows of every table: the same few operations for each, typed by the table's own columns."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, cast

from django.http import Http404, HttpRequest
from ninja import Path, Query, Router

from konbit.dossier import texts_of
from konbit.dossier.cells import CellError
from konbit.dossier.columns import Kind
from konbit.dossier.registry import TABLES
from konbit.package.layout import file_columns
from konbit.web.api.describing import query_of
from konbit.web.api.errors import ApiError, Problems, conflict, unreadable
from konbit.web.api.gate import Caller, caller
from konbit.web.api.known import is_known, unchanged
from konbit.web.api.shapes import DoneShape, Shape
from konbit.web.api.shapes_of_rows import edit_shape, held_shape, page_shape, row_shape
from konbit.web.bridge.numbers import whole
from konbit.web.history.models import Change
from konbit.web.history.queries import last_change
from konbit.web.tables.actions import store_or_propose
from konbit.web.tables.asking import Asked, parameters
from konbit.web.tables.counting import Pages
from konbit.web.tables.edits import Edit, EditConflictError, LeadsNowhereError, row_from_texts
from konbit.web.tables.mirrored import MODELS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from konbit.dossier import Row
    from konbit.web.tables.queries import States

LARGEST_PAGE = 500
_MOST_DIGITS = 9  # of the number of a page


class Paging(Shape):
    """Which page, and how long."""

    page: int = 1
    size: int = 100


@dataclass(frozen=True)
class TableShapes:
    """The shapes of one table."""

    row: type[Shape]
    held: type[Shape]
    page: type[Shape]
    edit: type[Shape]


def shapes_of(table: type[Row]) -> TableShapes:
    """The shapes of a table, made from its columns."""
    row = row_shape(table)
    held = held_shape(table, row)
    return TableShapes(row, held, page_shape(table, held), edit_shape(table, row))


def document_of(row: Row) -> dict[str, Any]:
    """A row as the API gives it."""
    texts = texts_of(row)
    document: dict[str, Any] = {}
    for column in file_columns(type(row)):
        value = getattr(row, column.name, None)
        if column.kind in {Kind.INTEGER, Kind.BOOLEAN, Kind.DATE}:
            document[column.name] = value
        elif column.kind in {Kind.DECIMAL, Kind.MONEY}:
            document[column.name] = texts.get(column.name)
        else:
            document[column.name] = texts.get(column.name, "")
    return document


def row_of_document(table: type[Row], document: dict[str, Any]) -> Row:
    """The row that a program sent.

    Raises:
        CellError: a cell is no value of its column.
    """
    texts = {name: _text(value) for name, value in document.items()}
    return row_from_texts(table, texts)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def add_rows(router: Router) -> None:
    """Add the operations of every table to a router."""
    for table in TABLES:
        _add(router, table, shapes_of(table))


def _add(router: Router, table: type[Row], shapes: TableShapes) -> None:
    name, path = table.TABLE, f"/missions/{{mission}}/tables/{table.TABLE}/rows"
    query = query_of(table)

    def rows(request: HttpRequest, mission: str) -> Any:
        found = caller(request, mission)
        asked, paging = _asked(table, request)
        etag = _etag(found, request)
        if is_known(request, etag):
            return unchanged(etag)
        states = asked.of(found.mission, MODELS[name].objects.for_user(found.user))
        page = _page(Pages(asked, found.mission, states, paging.size), paging.page)
        listed = [
            {"state": number, "key": row.label, "row": document_of(row)}
            for number, row in cast("States", page.object_list).rows_with_states()
        ]
        request.etag = etag  # type: ignore[attr-defined] # put on the answer by the gate
        pages = page.paginator.num_pages
        return {"count": page.paginator.count, "page": page.number, "pages": pages, "rows": listed}

    def row(request: HttpRequest, mission: str, key: Path[str]) -> Any:
        number, held = _current(caller(request, mission), table, key)
        etag = f'"{number}"'  # a state never changes, and only its row has this number
        if is_known(request, etag):
            return unchanged(etag)
        request.etag = etag  # type: ignore[attr-defined] # put on the answer by the gate
        return {"state": number, "key": key, "row": document_of(held)}

    def save(request: HttpRequest, mission: str, key: Path[str], sent: shapes.edit) -> Any:  # type: ignore[name-defined] # made just now
        found = caller(request, mission)
        _demand(found, table)
        told: Any = sent
        try:
            wanted = row_of_document(table, told.row.model_dump())
        except CellError as error:
            raise unreadable(error) from error
        if wanted.label != key:
            raise ApiError(422, "key-differs", key=wanted.label)
        edit = Edit(table, key, _seen(request), wanted)
        return _store(found, edit, "row-saved", told.why, told.document)

    def take_out(request: HttpRequest, mission: str, key: Path[str], why: Query[str]) -> Any:
        found = caller(request, mission)
        _demand(found, table)
        seen = _seen(request)
        if seen is None:
            raise ApiError(428, "state-needed")
        return _store(found, Edit(table, key, seen, None), "row-taken-out", why[:500], "")

    row.__doc__ = "One row as it is now, with the number of its state."
    save.__doc__ = (
        "Save a row: a new one, or with `If-Match` in place of the state that you saw. The key in "
        "the address is that of the row. What promises money or sets it free waits for a second "
        "person: then the answer has a `proposal` and no `change`."
    )
    take_out.__doc__ = "Take a row out; its history stays. Nothing may refer to it any more."
    rows.__doc__ = f"Rows of {table.TITLE.lower()}: {table.ABOUT}"
    common: dict[str, Any] = {"tags": [table.TITLE], "exclude_unset": False}
    router.get(
        path, response={200: shapes.page, **Problems}, operation_id=f"list_{name}",
        summary=f"{table.TITLE}: list rows", openapi_extra={"parameters": query}, **common,
    )(rows)  # fmt: skip
    router.get(
        f"{path}/{{path:key}}", response={200: shapes.held, **Problems},
        operation_id=f"read_{name}", summary=f"{table.TITLE}: one row", **common,
    )(row)  # fmt: skip
    save.__annotations__["sent"] = shapes.edit
    router.put(
        f"{path}/{{path:key}}", response={200: DoneShape, **Problems},
        operation_id=f"save_{name}", summary=f"{table.TITLE}: save a row", **common,
    )(save)  # fmt: skip
    router.delete(
        f"{path}/{{path:key}}", response={200: DoneShape, **Problems},
        operation_id=f"take_out_{name}", summary=f"{table.TITLE}: take a row out", **common,
    )(take_out)  # fmt: skip


def _asked(table: type[Row], request: HttpRequest) -> tuple[Asked, Paging]:
    told = request.GET.dict()
    unknown = set(told) - {*parameters(table), "page", "size"}
    if unknown:
        raise ApiError(422, "parameter-unknown", parameters=sorted(unknown))
    usual = Paging()
    paging = Paging(
        page=_whole(told, "page", usual.page),
        size=min(_whole(told, "size", usual.size), LARGEST_PAGE),
    )
    return Asked.read(table, {n: v for n, v in told.items() if n not in {"page", "size"}}), paging


def _whole(told: Mapping[str, str], name: str, usual: int) -> int:
    text = told.get(name, "")
    if not text:
        return usual
    found = whole(text)
    if not found or len(text) > _MOST_DIGITS:
        raise ApiError(422, "parameter-unreadable", parameter=name)
    return found


def _page(pages: Pages, number: int) -> Any:
    """A page that there is; a program that asks for one beyond the last is told how many are."""
    if number > pages.num_pages:
        raise ApiError(404, "page-beyond-last", pages=pages.num_pages, count=pages.count)
    return pages.page(number)


def _etag(found: Caller, request: HttpRequest) -> str:
    """Changes with every change of the mission, with who asks, and with what is asked."""
    told = f"{last_change(found.mission)}|{found.user.pk}|{request.get_full_path()}"
    return f'W/"{sha256(told.encode()).hexdigest()[:32]}"'


def _current(found: Caller, table: type[Row], key: str) -> tuple[int, Row]:
    states = MODELS[table.TABLE].objects.for_user(found.user).of(found.mission.pk).current()
    held = next(states.filter(row_key=key).rows_with_states(), None)
    if held is None:
        raise Http404
    return held


def _seen(request: HttpRequest) -> int | None:
    """The state that the program saw, from `If-Match`; none for a row that is new."""
    told = request.headers.get("If-Match", "").strip('"')
    if not told:
        return None
    seen = whole(told)
    if seen is None:
        raise ApiError(412, "state-unknown")
    return seen


def _demand(found: Caller, table: type[Row]) -> None:
    if not found.standing.edits(table):
        raise ApiError(403, "forbidden")


def _store(found: Caller, edit: Edit, verb: str, why: str, document: str) -> dict[str, Any]:
    try:
        done = store_or_propose(found.user, found.mission, verb, [edit], why=why, document=document)
    except LeadsNowhereError as error:
        findings = [found.told(one) for one in error.findings]
        raise ApiError(422, "leads-nowhere", findings=findings) from error
    except EditConflictError as error:
        raise conflict(error) from error
    if isinstance(done, Change):
        return {"change": done.pk}
    return {"proposal": done.pk}
