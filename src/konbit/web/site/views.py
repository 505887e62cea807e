"""The pages around the missions: home, a mission at a glance, language, health."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from konbit.dossier.registry import TABLES
from konbit.web.history.queries import changes_for
from konbit.web.people.access import is_administrator, readable_missions
from konbit.web.people.rooms import Visit, in_mission
from konbit.web.plans.queries import approved_plan, runs_for
from konbit.web.site.approving import count_waiting
from konbit.web.tables.counting import current_rows
from konbit.web.tables.dossiers import dossier_of
from konbit.web.words import COOKIE, LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

_RECENT = 8
_ZIP = "application/zip"


@require_safe
@login_required
def home(request: Any) -> HttpResponse:
    """The missions that one reads; who reads one only is there at once."""
    missions = list(readable_missions(request.user).select_related("host"))
    context = {"missions": missions, "administers": is_administrator(request.user)}
    return render(request, "site/home.html", context)


@require_safe
@in_mission
def mission(request: Visit) -> HttpResponse:
    """A mission: its tables, what changed, what waits."""
    changes = changes_for(request.reader, request.mission)
    context = {
        "links": list(_links(request)),
        "changes": changes[:_RECENT],
        "waiting": count_waiting(request),
        "runs": runs_for(request.reader, request.mission)[:3],
        "approved": approved_plan(request.mission),
        "may_import": request.standing.may("import"),
    }
    return render(request, "site/mission.html", context)


@require_safe
@in_mission
def export(request: Visit) -> HttpResponse:
    """The whole mission as a folder, packed; the same rows give the same bytes."""
    from konbit.web.plans.archives import dossier_archive

    content = dossier_archive(dossier_of(request.mission))
    response = HttpResponse(content, content_type=_ZIP)
    response["Content-Disposition"] = f'attachment; filename="{request.mission.code}.zip"'
    return response


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the reader's language, and go back to the page.

    Whoever is signed in has it kept: their mail and their calendar are asked for without a browser.
    """
    back = request.POST.get("back", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    response = redirect(back)
    chosen = request.POST.get("language", "")
    if chosen in LANGUAGES:
        if request.user.is_authenticated:
            request.user.language = chosen
            request.user.save(update_fields=["language"])
        response.set_cookie(
            COOKIE,
            chosen,
            max_age=365 * 24 * 3600,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return response


@require_safe
def live(_request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"live": True})


@require_safe
def ready(_request: HttpRequest) -> HttpResponse:
    """The database answers, and is migrated as far as this program needs."""
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Exception:
        return JsonResponse({"ready": False, "database": False}, status=503)
    is_ready = not missing
    return JsonResponse(
        {"ready": is_ready, "database": True, "migrated": is_ready},
        status=200 if is_ready else 503,
    )


def _links(request: Visit) -> Iterator[tuple[str, list[tuple[str, int, bool]]]]:
    """For each link of the chain its tables, how many rows each has, and whether one may edit."""
    counts = current_rows(request.mission)
    links: dict[str, list[tuple[str, int, bool]]] = {}
    for table in TABLES:
        line = (table.TABLE, counts[table.TABLE], request.standing.edits(table))
        links.setdefault(table.LINK, []).append(line)
    yield from links.items()
