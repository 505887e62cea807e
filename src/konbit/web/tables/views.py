"""Pages of tables: list, row, form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from konbit.dossier import BY_NAME
from konbit.package.layout import file_columns
from konbit.web.bridge.numbers import whole
from konbit.web.history.models import Change
from konbit.web.history.queries import comments_on
from konbit.web.people.roles import OWNED, OWNERS
from konbit.web.people.rooms import Visit, in_mission
from konbit.web.tables.actions import edits_row, owns_row, store_or_propose
from konbit.web.tables.asking import Asked, NotAskedWellError
from konbit.web.tables.counting import Pages
from konbit.web.tables.edits import Edit, EditConflictError, LeadsNowhereError
from konbit.web.tables.forms import RowForm
from konbit.web.tables.headings import workbook_in
from konbit.web.tables.mirrored import MODELS
from konbit.web.tables.showing import (
    conflict_of,
    history_of,
    list_of,
    row_shown,
    theirs_where_untouched,
)

if TYPE_CHECKING:
    from konbit.dossier import Row

ROWS_ON_A_PAGE = 50
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table_named(name: str) -> type[Row]:
    """The table of a name in an address.

    Raises:
        Http404: there is none.
    """
    if name not in BY_NAME:
        raise Http404
    return BY_NAME[name]


@require_safe
@in_mission
def table(request: Visit, table: str) -> HttpResponse:
    """Rows of a table, filtered, sorted, by pages."""
    try:
        asked = Asked.read(table_named(table), request.GET.dict())
        states = asked.of(request.mission, MODELS[table].objects.for_user(request.reader))
        page = Pages(asked, request.mission, states, ROWS_ON_A_PAGE).get_page(
            request.GET.get("page")
        )
        shown = list_of(asked, page, request.mission, request.words)
    except NotAskedWellError as error:
        text = request.words.say("not-asked-well", name=error.name)
        return HttpResponseBadRequest(text, content_type="text/plain; charset=utf-8")
    may_add = request.standing.edits(asked.table)
    context = {"asked": asked, "page": page, "list": shown, "table": table, "may_add": may_add}
    return render(request, "tables/table.html", context)


@require_safe
@in_mission
def excel(request: Visit, table: str) -> HttpResponse:
    """Exactly the rows that the list shows, all pages of them, as a workbook."""
    try:
        asked = Asked.read(table_named(table), request.GET.dict())
        states = asked.of(request.mission, MODELS[table].objects.for_user(request.reader))
        content = workbook_in(request.words, asked.table, states.rows())
    except NotAskedWellError as error:
        text = request.words.say("not-asked-well", name=error.name)
        return HttpResponseBadRequest(text, content_type="text/plain; charset=utf-8")
    response = HttpResponse(content, content_type=_XLSX)
    name = f"{request.mission.code}-{table}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@in_mission
def row(request: Visit, table: str, key: str) -> HttpResponse:
    """A row with its history, what was said about it, and what is attached."""
    history = history_of(request.reader, request.mission, table_named(table), key)
    if not history:
        raise Http404
    context = {
        "table": table,
        "key": key,
        "shown": row_shown(history, request.GET.get("change"), request.words),
        "history": history,
        "comments": comments_on(request.reader, request.mission, table, key),
        "may_edit": edits_row(request.standing, request.mission, history[0].row),
        "may_take_out": _takes_out(request, history[0].row),
        "may_comment": request.standing.may("comment"),
        "is_there": history[0].change_closed is None,
    }
    return render(request, "tables/row.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@in_mission
def new(request: Visit, table: str) -> HttpResponse:
    """Add a row."""
    return _form(request, table_named(table), None, None)


@require_http_methods(["GET", "HEAD", "POST"])
@in_mission
def edit(request: Visit, table: str, key: str) -> HttpResponse:
    """Change a row."""
    seen, found = _current(request, table_named(table), key)
    return _form(request, table_named(table), seen, found)


@require_http_methods(["GET", "HEAD", "POST"])
@in_mission
def take_out(request: Visit, table: str, key: str) -> HttpResponse:
    """Take a row out; its history stays."""
    kind = table_named(table)
    seen, found = _current(request, kind, key)
    if not _takes_out(request, found):
        raise PermissionDenied("edit")
    findings: tuple[Any, ...] = ()
    why = request.POST.get("why", "").strip()
    if request.method == "POST" and why:
        edit_ = Edit(kind, key, whole(request.POST.get("seen", "")), None)
        try:
            done = store_or_propose(
                request.reader, request.mission, "row-taken-out", [edit_], why=why
            )
        except LeadsNowhereError as error:
            findings = error.findings
        except EditConflictError:
            messages.error(request, request.words.say("take-out-overtaken"))
            return redirect("row", request.mission.code, table, key)
        else:
            return _after(request, done, kind, key)
    context = {
        "table": table,
        "key": key,
        "seen": seen,
        "shown": row_shown(
            history_of(request.reader, request.mission, kind, key), None, request.words
        ),
        "findings": [request.words.of_finding(f) for f in findings],
        "why_missing": request.method == "POST" and not why,
    }
    return render(request, "tables/take_out.html", context)


def _form(request: Visit, table: type[Row], seen: int | None, found: Row | None) -> HttpResponse:
    may_add = found is None and request.standing.edits(table)
    if not may_add and (found is None or not edits_row(request.standing, request.mission, found)):
        raise PermissionDenied("edit")
    form = RowForm(
        request.POST if request.method == "POST" else None,
        table=table,
        words=request.words,
        mission=request.mission,
        row=found,
        seen=seen,
        known=_known(request, table),
    )
    context: dict[str, Any] = {"table": table.TABLE, "form": form, "key": found and found.label}
    status = 200
    if request.method == "POST":
        if form.is_valid() and form.row is not None:
            with transaction.atomic():
                answer = _save(request, table, form, context)
            if answer is not None:
                return answer
        status = 409 if "conflict" in context else 422
    return render(request, "tables/form.html", context, status=status)


def _known(request: Visit, table: type[Row]) -> dict[str, str]:
    """What a new row says at first: what the address names, and the own organisation as owner."""
    columns = {column.name for column in file_columns(table)}
    known = {name: request.GET.get(name, "") for name in columns & request.GET.keys()}
    owner, own = OWNED.get(table.TABLE, ""), request.standing.own_code
    if own and not request.standing.writes(table) and owner and owner not in OWNERS:
        known.setdefault(owner, own)
    return known


def _save(
    request: Visit, table: type[Row], form: RowForm, context: dict[str, Any]
) -> HttpResponse | None:
    """Store what was sent; None, and more to show, where it cannot be stored."""
    if form.row is None:
        return None
    edit_ = Edit(table, form.row.label, form.seen, form.row)
    reasons = {name: form.cleaned_data[name] for name in ("why", "document")}
    try:
        done = store_or_propose(request.reader, request.mission, "row-saved", [edit_], **reasons)
    except LeadsNowhereError as error:
        for finding in error.findings:
            form.add_error(f"c.{finding.column}", request.words.of_finding(finding))
        return None
    except EditConflictError as error:
        now = error.conflicts[0].now
        context["conflict"] = conflict_of(edit_, now, request.words, request.mission)
        context["seen_now"] = now.number if now else ""
        form.refill(theirs_where_untouched(edit_, now))
        return None
    return _after(request, done, table, form.row.label)


def _takes_out(request: Visit, row: Row) -> bool:
    is_theirs = owns_row(request.standing, request.mission, row)
    return is_theirs or request.standing.writes(type(row))


def _after(request: Visit, done: object, table: type[Row], key: str) -> HttpResponse:
    if isinstance(done, Change):
        return redirect("row", request.mission.code, table.TABLE, key)
    return redirect(f"{reverse('approvals', args=[request.mission.code])}#waiting")


def _current(request: Visit, table: type[Row], key: str) -> tuple[int, Row]:
    states = MODELS[table.TABLE].objects.for_user(request.reader).of(request.mission.pk)
    found = next(states.current().filter(row_key=key).rows_with_states(), None)
    if found is None:
        raise Http404
    return found
