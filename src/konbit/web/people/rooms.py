"""Views of a mission: only for those who read it; to all others it is not there."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest

from konbit.web.people.access import room_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from konbit.web.missions.models import Mission
    from konbit.web.people.access import Standing
    from konbit.web.people.models import User
    from konbit.web.words import PageWords


class Visit(HttpRequest):
    """A request of somebody who reads the mission it is about.

    Attributes:
        mission: the mission.
        standing: what the user is trusted with there.
        reader: the user.
        words: of the user's language.
        is_upload_cut: whether a file was sent that is larger than any that is taken, and left out.
    """

    mission: Mission
    standing: Standing
    reader: User
    words: PageWords
    is_upload_cut: bool = False


def in_mission(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the mission whose code stands in its address.

    Whoever is not signed in is led to sign in. Whoever holds no role in the mission is told that
    there is no such page: not even its existence is for outsiders.
    """

    @wraps(view)
    def seen(request: Any, mission: str, *args: Any, **more: Any) -> HttpResponse:
        room = room_of(request.user, mission)
        if room is None:
            raise Http404
        request.mission, request.standing = room
        request.is_upload_cut = getattr(request, "is_upload_cut", False)
        request.reader = request.user
        return view(request, *args, **more)

    return login_required(seen)
