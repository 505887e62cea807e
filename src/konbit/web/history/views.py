"""Pages of the history of a mission."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from konbit.dossier import BY_NAME
from konbit.web.history.actions import comment
from konbit.web.history.forms import AskedForm
from konbit.web.history.queries import changes_asked, changes_for
from konbit.web.people.rooms import Visit, in_mission

if TYPE_CHECKING:
    from konbit.web.history.models import Change

CHANGES_ON_A_PAGE = 30
_LONGEST_COMMENT = 2_000


@require_safe
@in_mission
def changes(request: Visit) -> HttpResponse:
    """Every change of a mission, or those that are asked for, the newest first."""
    form = AskedForm(request.GET, words=request.words)
    found = changes_for(request.reader, request.mission)
    if form.is_valid():
        found = changes_asked(found, **form.cleaned_data)
    page = Paginator(found, CHANGES_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "form": form,
        "is_narrowed": any(form.data.get(n) for n in form.fields),
    }
    return render(request, "history/changes.html", context, status=200 if form.is_valid() else 422)


@require_POST
@in_mission
def say(request: Visit, table: str, key: str) -> HttpResponse:
    """Say something about a row."""
    text = request.POST.get("text", "").strip()[:_LONGEST_COMMENT]
    if text:
        comment(request.reader, request.mission, table, key, text)
    return redirect("row", request.mission.code, table, key)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many rows of a table a change concerned."""

    table: str
    rows: int


def counted(change: Change) -> tuple[Counted, ...]:
    """Rows concerned by a change, by table, in the order of the chain."""
    return tuple(Counted(name, change.counts[name]) for name in BY_NAME if name in change.counts)


def change_named(request: Visit, number: int) -> Change:
    """The change of a number.

    Raises:
        Http404: the mission has none.
    """
    change = changes_for(request.reader, request.mission).filter(pk=number).first()
    if change is None:
        raise Http404
    return change
