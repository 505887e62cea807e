"""Pages and endpoints of a log, for people and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from konbit.fund.transparency import NoteError
from konbit.web.bridge.numbers import whole
from konbit.web.transparency.access import LogVisit, of_log
from konbit.web.transparency.actions import (
    HistoryChangedError,
    add_witness,
    cosign,
    make_checkpoint,
    publish,
)
from konbit.web.transparency.models import SignedCheckpoint
from konbit.web.transparency.papers import (
    NotSignedYetError,
    consistency_document,
    export_of,
    inclusion_document,
    receipt_of,
)
from konbit.web.transparency.queries import (
    checkpoints_of,
    keys_of,
    newest_checkpoint,
    note_of,
    placeholders_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from konbit.web.transparency.queries import Log

_LISTED = 30
_TEXT = "text/plain; charset=utf-8"
_LONGEST_LINE = 1_000
_CHUNK_BYTES = 64 * 1024


@require_safe
@of_log
def log(request: LogVisit) -> HttpResponse:
    """A log: how far it is, who signed it, and how anybody checks it."""
    return _page(request)


@require_safe
@of_log
def checkpoint(request: LogVisit, size: int = 0) -> HttpResponse:
    """A checkpoint as a signed note; the newest where none is named."""
    if size:
        rows = SignedCheckpoint.objects.prefetch_related("cosignatures__witness")
        found = rows.filter(fund=request.log.pk, size=size).first()
    else:
        found = newest_checkpoint(request.log)
    if found is None:
        raise Http404
    return HttpResponse(str(note_of(found)), content_type=_TEXT)


@require_safe
@of_log
def keys(request: LogVisit) -> HttpResponse:
    """Public keys, one a line: the log's own first."""
    lines = "".join(f"{key}\n" for key in keys_of(request.log))
    return HttpResponse(lines, content_type=_TEXT)


@require_safe
@of_log
def inclusion(request: LogVisit, index: int, size: int) -> HttpResponse:
    """Proof that a record is in the log as it was at a size."""
    return _proof(request, size, lambda: inclusion_document(request.log, index, size))


@require_safe
@of_log
def consistency(request: LogVisit, old: int, new: int) -> HttpResponse:
    """Proof that the log only grew from one size to another."""
    return _proof(request, new, lambda: consistency_document(request.log, old, new))


@require_safe
@of_log
def receipt_asked(request: LogVisit) -> HttpResponse:
    """Lead to the receipt of the record whose number was entered."""
    number = whole(request.GET.get("number", ""))
    if number is None or number >= request.log.size:
        raise Http404
    return redirect("log_receipt", request.log.mission, request.log.code, number)


@require_safe
@of_log
def receipt(request: LogVisit, sequence: int) -> HttpResponse:
    """The receipt of a record, to keep and to check anywhere."""
    # Only who reads the mission may open what is withheld, and has to ask for it.
    may_open = bool(request.standing.roles) and "open" in request.GET
    try:
        made = receipt_of(request.log, sequence, with_openings=may_open)
    except NotSignedYetError:
        return _page(request, status=404, problem=_not_signed(request, sequence))
    response = HttpResponse(made.to_bytes(), content_type="application/json")
    name = f"{request.log.file_name}-{sequence}.receipt.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@of_log
def export(request: LogVisit) -> Any:
    """The whole log up to its newest checkpoint, for an auditor who distrusts everyone."""
    if newest_checkpoint(request.log) is None:
        raise Http404
    response = StreamingHttpResponse(_chunks(request.log), content_type="application/zip")
    name = f"{request.log.file_name}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _chunks(log: Log) -> Iterator[bytes]:
    """An export, piece by piece; it is made when the first is asked for."""
    with export_of(log) as file:
        while chunk := file.read(_CHUNK_BYTES):
            yield chunk


@csrf_exempt  # sent by programs of witnesses; the signature itself says who sent it
@require_POST
@of_log
def cosigned(request: LogVisit, size: int) -> HttpResponse:
    """Take in a witness's signature line."""
    try:
        line = request.body[:_LONGEST_LINE].decode().strip()
    except UnicodeDecodeError:
        line = ""
    found = cosign(request.log, size, line)
    return HttpResponse(status=422 if found is None else 200, content_type=_TEXT)


@require_POST
@of_log
def witness(request: LogVisit) -> HttpResponse:
    """Let somebody elsewhere watch the log."""
    _demand_mission(request)
    try:
        add_witness(request.reader, request.mission, request.log, request.POST.get("key", ""))
    except NoteError:
        return _page(request, status=422, problem=request.words.say("log-no-key"))
    return _back(request)


@require_POST
@of_log
def open_to_all(request: LogVisit) -> HttpResponse:
    """Publish the log."""
    _demand_mission(request)
    publish(request.reader, request.mission, request.log)
    return _back(request)


@require_POST
@of_log
def sign_now(request: LogVisit) -> HttpResponse:
    """Make a checkpoint of the log as it is."""
    _demand_mission(request)
    try:
        make_checkpoint(request.log)
    except HistoryChangedError:
        return _page(request, status=409, problem=request.words.say("log-changed"))
    return _back(request)


def _demand_mission(request: LogVisit) -> None:
    """Doing anything needs a role in the mission, however public the log is."""
    if not request.standing.roles:
        raise PermissionDenied


def _not_signed(request: LogVisit, sequence: int) -> str:
    """Why there is no receipt: the record is newer than what is signed, or not there at all."""
    code = "log-not-signed" if sequence < request.log.size else "log-no-record"
    return request.words.say(code, number=sequence, size=request.log.size)


def _proof(request: LogVisit, size: int, made: Callable[[], dict[str, Any]]) -> HttpResponse:
    last = newest_checkpoint(request.log)
    if last is None or size > last.size:
        raise Http404
    try:
        return JsonResponse(made())
    except ValueError:
        raise Http404 from None


def _back(request: LogVisit) -> HttpResponse:
    return redirect("log", request.log.mission, request.log.code)


def _page(request: LogVisit, status: int = 200, problem: str = "") -> HttpResponse:
    found = checkpoints_of(request.log)
    own, *witnesses = keys_of(request.log)
    context = {
        "log": request.log,
        "checkpoints": found[:_LISTED],
        "newest": found[0] if found else None,
        "placeholders": placeholders_of(request.log),
        "last_number": found[0].size - 1 if found else 0,
        "key": own,
        "witnesses": witnesses,
        "may_publish": request.standing.may("publish-ledger"),
        "is_reader": bool(request.standing.roles),
        "problem": problem,
    }
    return render(request, "transparency/log.html", context, status=status)
