"""What falls due, and follow-ups of a mandate, for programs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router
from pydantic import Field

from konbit.dossier.cells import LONGEST_TEXT
from konbit.dossier.tables.follow_up import FollowUp
from konbit.web.api.errors import ApiError, Problems, conflict
from konbit.web.api.gate import caller
from konbit.web.api.shapes import DoneShape, Shape
from konbit.web.mandates.actions import NotSettledError, Settled, settle, take_up
from konbit.web.mandates.due import calendar_of
from konbit.web.mandates.forms import STATUSES
from konbit.web.tables.dossiers import dossier_of
from konbit.web.tables.edits import EditConflictError

router = Router(tags=["Mandate"])
_AHEAD_DAYS = 366
_CODE = r"^([A-Za-z0-9][A-Za-z0-9._/-]{0,63})?$"
_STATUS = f"^({'|'.join(STATUSES)})$"
_CONFIDENCE = "^(official|reported|estimate|unverified|assumption|placeholder)$"
_LARGEST = 2**62


class DueShape(Shape):
    """Something falls due."""

    kind: str = Field(description="follow-up, report, document or ceiling.")
    on: date = Field(description="The day on which it is due.")
    table: str = Field(description="Of the row it is about.")
    key: str = Field(description="Of the row it is about.")
    title: str = Field(description="What is due.")
    owner: str = Field(description="Code of the organisation that answers for it; may be empty.")
    is_closed: bool = Field(description="Whether nothing is left to do.")


class SettledIn(Shape):
    """How a follow-up stands, and what shows it."""

    status: str = Field(pattern=_STATUS, description=f"One of {', '.join(STATUSES)}.")
    owner: str = Field("", pattern=_CODE, description="Code of the organisation that answers.")
    due_on: date | None = Field(None, description="Last day; null for none.")
    evidence: str = Field("", pattern=_CODE, description="Code of a document.")
    answered_on: date | None = Field(None, description="The day on which it was answered.")
    answered_by: str = Field("", pattern=_CODE, description="Code of who answered.")
    answer: str = Field("", max_length=LONGEST_TEXT, description="What was answered.")
    source: str = Field(min_length=1, max_length=500, description="Where it was read.")
    source_on: date = Field(description="Date of the source.")
    confidence: str = Field(pattern=_CONFIDENCE, description="How far it can be trusted.")
    why: str = Field("", max_length=500, description="The reason, for the history.")

    def settled(self) -> Settled:
        """The same, as the action takes it."""
        return Settled(**{name: getattr(self, name) for name in Settled.__dataclass_fields__})


class SettleIn(SettledIn):
    """How a follow-up stands now, and the state that the program saw."""

    state: int = Field(ge=1, lt=_LARGEST, description="As the row's `state` was.")


class TakeUpIn(SettledIn):
    """A paragraph is followed up from now on."""

    paragraph: str = Field(pattern=_CODE, min_length=1, description="Code of the paragraph.")
    task: str = Field(min_length=1, max_length=500, description="What is to be done.")


@router.get(
    "/missions/{mission}/due",
    response={200: list[DueShape], **Problems},
    operation_id="list_due",
    summary="What falls due",
)
def due(
    request: HttpRequest, mission: str, from_on: date | None = None, until_on: date | None = None
) -> Any:
    """What falls due from a day up to, not including, another; a year from today unless asked."""
    found = caller(request, mission)
    begin = from_on or timezone.now().date()
    end = until_on or min(begin, date.max - timedelta(days=_AHEAD_DAYS)) + timedelta(
        days=_AHEAD_DAYS
    )
    dues = calendar_of(dossier_of(found.mission), begin, end)
    return [{name: getattr(one, name) for name in DueShape.model_fields} for one in dues]


@router.post(
    "/missions/{mission}/follow-ups",
    response={200: DoneShape, **Problems},
    operation_id="take_up_paragraph",
    summary="Follow a paragraph up",
)
def take_a_paragraph_up(request: HttpRequest, mission: str, sent: TakeUpIn) -> Any:
    """Begin to follow a paragraph up."""
    found = caller(request, mission)
    if not found.standing.edits(FollowUp):
        raise ApiError(403, "forbidden")
    try:
        change = take_up(found.user, found.mission, sent.paragraph, sent.task, sent.settled())
    except NotSettledError as error:
        raise ApiError(422, error.code, field=error.field) from error
    return {"change": change.pk}


@router.post(
    "/missions/{mission}/follow-ups/{code}/settle",
    response={200: DoneShape, **Problems},
    operation_id="settle_follow_up",
    summary="Say how a follow-up stands",
)
def settle_a_follow_up(request: HttpRequest, mission: str, code: str, sent: SettleIn) -> Any:
    """Say how a follow-up stands now; what is done is shown by a document.

    A contributor's officer settles those that the own organisation answers for; their owner and
    last day stay as they are.
    """
    found = caller(request, mission)
    if not (found.standing.edits(FollowUp) or found.standing.settles(FollowUp)):
        raise ApiError(403, "forbidden")
    try:
        change = settle(found.user, found.mission, code, sent.state, sent.settled())
    except NotSettledError as error:
        if error.code == "settle-gone":
            raise Http404 from error
        raise ApiError(422, error.code, field=error.field) from error
    except EditConflictError as error:
        raise conflict(error) from error
    return {"change": change.pk}
