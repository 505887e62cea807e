"""The page of missions that an organisation hosts: open one, say who takes part and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from konbit.web.bridge.numbers import whole
from konbit.web.missions.models import Mission
from konbit.web.people import actions
from konbit.web.people.asking import confirm_narrower
from konbit.web.people.forms import MissionForm, ParticipationForm
from konbit.web.people.missions import open_mission
from konbit.web.people.models import Participation
from konbit.web.people.views import Administering, administering

if TYPE_CHECKING:
    from django.http import HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
@administering
def missions(request: Administering) -> HttpResponse:
    """Missions of the own organisation, and who takes part; open one, let an organisation in."""
    by, words = request.reader, request.words
    done = request.POST.get("do", "")
    opened = MissionForm(request.POST if done == "open" else None, words=words)
    sent = request.POST if done == "take-in" else None
    part = ParticipationForm(sent, by=by, words=words, initial=_part_asked_for(request))
    if opened.is_valid():
        told = opened.cleaned_data
        open_mission(by, told["code"], told["title"], told["own_code"])
        return redirect("missions")
    if part.is_valid():
        told = part.cleaned_data
        if request.POST.get("sure") != "yes" and (ending := _ending(told)):
            return confirm_narrower(request, told, ending)
        actions.take_in(by, told["mission"], told["organisation"], told["own_code"], told["roles"])
        return redirect("missions")
    hosted = Mission.objects.filter(host=by.organisation_id).prefetch_related(
        "participations", "participations__organisation"
    )
    context = {"hosted": hosted, "opened": opened, "part": part}
    return render(request, "people/missions.html", context, status=422 if done else 200)


def _part_asked_for(request: Administering) -> dict[str, Any]:
    """How an organisation takes part now, to be changed; nothing where none is named."""
    numbers = [whole(request.GET.get(name, "")) or 0 for name in ("mission", "organisation")]
    held = Participation.objects.filter(
        mission=numbers[0], organisation=numbers[1], mission__host=request.reader.organisation_id
    ).first()
    if held is None:
        return {}
    return {
        "mission": held.mission_id,
        "organisation": held.organisation_id,
        "own_code": held.own_code,
        "roles": held.roles,
    }


def _ending(told: dict[str, Any]) -> list[str]:
    """Roles that an organisation may give now, and may not after this."""
    held = Participation.objects.filter(
        mission=told["mission"], organisation=told["organisation"]
    ).first()
    return [role for role in held.roles if role not in told["roles"]] if held else []
