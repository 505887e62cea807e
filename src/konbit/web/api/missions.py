"""Missions, their tables, the feed of changes, files in and out, approvals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from konbit.dossier.columns import columns_of
from konbit.dossier.registry import TABLES
from konbit.web.api.errors import ApiError, Problems
from konbit.web.api.gate import caller
from konbit.web.api.shapes import (
    ChangesShape,
    MissionShape,
    TableShape,
)
from konbit.web.history.models import Change
from konbit.web.history.queries import last_change
from konbit.web.people.access import readable_missions
from konbit.web.plans.archives import dossier_archive
from konbit.web.tables.counting import current_rows
from konbit.web.tables.dossiers import dossier_of

if TYPE_CHECKING:
    from konbit.web.missions.models import Mission

router = Router()
_MOST_CHANGES = 500
_LARGEST = 2**62


@router.get(
    "/missions",
    response={200: list[MissionShape], **Problems},
    tags=["Missions"],
    operation_id="list_my_missions",
    summary="Missions that you may read",
)
def missions(request: HttpRequest) -> Any:
    """The missions that one may read."""
    user: Any = request.user
    return [_mission(found) for found in readable_missions(user).select_related("host")]


@router.get(
    "/missions/{mission}",
    response={200: MissionShape, **Problems},
    tags=["Missions"],
    operation_id="read_mission",
    summary="One mission",
)
def mission(request: HttpRequest, mission: str) -> Any:
    """What a mission is called, who hosts it, and the number of its newest change."""
    return _mission(caller(request, mission).mission)


@router.get(
    "/missions/{mission}/tables",
    response={200: list[TableShape], **Problems},
    tags=["Missions"],
    operation_id="list_tables",
    summary="Tables and columns",
)
def tables(request: HttpRequest, mission: str) -> Any:
    """What each table and column means, and how many rows there are."""
    found = caller(request, mission)
    rows = current_rows(found.mission)
    return [
        {
            "name": table.TABLE,
            "title": table.TITLE,
            "about": table.ABOUT,
            "link": table.LINK,
            "key": list(table.KEY),
            "rows": rows[table.TABLE],
            "may_edit": found.standing.edits(table),
            "columns": [
                {
                    "name": column.name,
                    "kind": str(column.kind),
                    "title": column.title,
                    "help": column.help,
                    "unit": column.unit,
                    "required": column.required,
                    "choices": list(column.words),
                    "refers_to": list(column.refers_to),
                }
                for column in columns_of(table)
            ],
        }
        for table in TABLES
    ]


@router.get(
    "/missions/{mission}/changes",
    response={200: ChangesShape, **Problems},
    tags=["History"],
    operation_id="list_changes",
    summary="The feed of changes",
)
def changes(request: HttpRequest, mission: str, after: int = 0, limit: int = 100) -> Any:
    """Changes after a number, the oldest first.

    Ask again with the `after` of the answer, at once while there is `more`: no change is ever
    left out.
    """
    found = caller(request, mission)
    if not 0 <= after < _LARGEST:
        raise ApiError(422, "parameter-unreadable", parameter="after")
    limit = min(max(1, limit), _MOST_CHANGES)
    asked = (
        Change.objects.filter(mission=found.mission, pk__gt=after)
        .order_by("pk")
        .select_related("by", "by__organisation", "second")
    )
    listed = list(asked[: limit + 1])
    shown = listed[:limit]
    return {
        "changes": [_change(change) for change in shown],
        "after": shown[-1].pk if shown else after,
        "more": len(listed) > limit,
    }


@router.get(
    "/missions/{mission}/export",
    tags=["Missions"],
    response={200: None, **Problems},
    operation_id="export_mission",
    summary="The whole mission as a folder",
)
def export(request: HttpRequest, mission: str, change: int | None = None) -> Any:
    """Everything, now or after a change: a zip archive of the folder that `konbit` reads."""
    found = caller(request, mission)
    if change is not None and not 0 <= change < _LARGEST:
        raise ApiError(422, "parameter-unreadable", parameter="change")
    content = dossier_archive(dossier_of(found.mission, change))
    return HttpResponse(content, content_type="application/zip")


def _mission(found: Mission) -> dict[str, Any]:
    return {
        "code": found.code,
        "title": found.title,
        "host": found.host.name,
        "last_change": last_change(found),
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "number": change.pk,
        "at": change.at,
        "by": change.by.name,
        "by_organisation": change.by.organisation.name,
        "second": change.second.name if change.second else None,
        "verb": change.verb,
        "why": change.why,
        "document": change.document,
        "counts": change.counts,
    }
