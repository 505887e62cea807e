"""What is taken from somebody is told before it is done, on a page of its own without script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404, render

from konbit.web.people.models import ApiToken, Assignment, Invitation, User

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpRequest, HttpResponse

    from konbit.web.words import PageWords


def confirm(request: Any, done: str, number: int) -> HttpResponse:
    """Tell what will happen; only the form on this page does it.

    Raises:
        Http404: there is nothing of this number in the own organisation.
    """
    title, told = ASKED_FIRST[done](request, number, request.words)
    context = {
        "do": done,
        "sent": [("number", number)],
        "at": "people_change",
        "back": "people",
        "title": title,
        "told": told,
    }
    return render(request, "people/confirm.html", context)


def confirm_narrower(request: Any, asked: Mapping[str, Any], ending: list[str]) -> HttpResponse:
    """Tell which roles an organisation's people lose when it takes part with fewer."""
    words, organisation = request.words, asked["organisation"].name
    roles = ", ".join(words.say(f"role-{role}") for role in ending)
    sent = [("mission", asked["mission"].pk), ("organisation", asked["organisation"].pk)]
    context = {
        "do": "take-in",
        "sent": [
            *sent,
            ("own_code", asked["own_code"]),
            *(("roles", role) for role in asked["roles"]),
        ],
        "at": "missions",
        "back": "missions",
        "title": words.say(
            "confirm-narrower", organisation=organisation, mission=asked["mission"].title
        ),
        "told": [words.say("confirm-narrower-told", roles=roles), words.say("confirm-stays")],
    }
    return render(request, "people/confirm.html", context)


def _end(request: Any, number: int, words: PageWords) -> tuple[str, list[str]]:
    held = get_object_or_404(
        Assignment.objects.select_related("user", "mission"),
        pk=number, ended_at__isnull=True, user__organisation=_home(request),
    )  # fmt: skip
    role, name = words.say(f"role-{held.role}"), held.user.name
    if held.mission is not None:
        role = words.say("role-in-mission", role=role, mission=held.mission.title)
    told = [words.say("confirm-end-told"), words.say("confirm-stays")]
    return words.say("confirm-end", name=name, role=role), told


def _shut_out(request: Any, number: int, words: PageWords) -> tuple[str, list[str]]:
    from allauth.usersessions.models import UserSession

    user = get_object_or_404(User, pk=number, is_service=False, organisation=_home(request))
    sessions = UserSession.objects.filter(user=user).count()
    told = [
        words.say("confirm-shut-out-told"),
        words.say("confirm-shut-out-sessions", count=sessions),
        words.say("confirm-shut-out-roles"),
        words.say("confirm-stays"),
    ]
    return words.say("confirm-shut-out", name=user.name), told


def _lost_factor(request: Any, number: int, words: PageWords) -> tuple[str, list[str]]:
    user = get_object_or_404(User, pk=number, is_service=False, organisation=_home(request))
    told = [
        words.say("confirm-lost-factor-told"),
        words.say("confirm-lost-factor-sure"),
        words.say("confirm-lost-factor-mail"),
    ]
    return words.say("confirm-lost-factor", name=user.name), told


def _take_back(request: Any, number: int, words: PageWords) -> tuple[str, list[str]]:
    found = get_object_or_404(Invitation, pk=number, organisation=_home(request))
    told = [words.say("confirm-take-back-told")]
    return words.say("confirm-take-back", email=found.email), told


def _revoke(request: Any, number: int, words: PageWords) -> tuple[str, list[str]]:
    found = get_object_or_404(ApiToken, pk=number, organisation=_home(request))
    told = [words.say("confirm-revoke-told"), words.say("confirm-stays")]
    return words.say("confirm-revoke", name=found.name), told


def _home(request: HttpRequest) -> int:
    user: Any = request.user
    return int(user.organisation_id)


# What is asked first, and what is told then: a question, and what will happen.
ASKED_FIRST: Mapping[str, Callable[[Any, int, PageWords], tuple[str, list[str]]]] = {
    "end": _end,
    "shut-out": _shut_out,
    "lost-factor": _lost_factor,
    "take-back": _take_back,
    "revoke": _revoke,
}
