"""Who may look at a log: everybody once it is published, before that who reads its mission."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404

from konbit.web.people.access import Standing, room_of
from konbit.web.people.rooms import Visit
from konbit.web.transparency.queries import find_log

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from konbit.web.transparency.queries import Log


class LogVisit(Visit):
    """A request about a log, of somebody who may look at it.

    Attributes:
        log: the log.
    """

    log: Log


def of_log(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the log of its address, and the reader's standing in the mission, if any."""

    @wraps(view)
    def seen(request: Any, mission: str, fund: str, *args: Any, **more: Any) -> HttpResponse:
        log = find_log(mission, fund)
        is_known = request.user.is_authenticated
        room = room_of(request.user, mission) if is_known else None
        if room is None and not (log is not None and log.is_published):
            if not is_known:
                return redirect_to_login(request.get_full_path())
            raise Http404
        if log is None:
            raise Http404
        request.log = log
        request.mission, request.standing = room or (None, Standing(frozenset(), ""))
        request.reader = request.user
        return view(request, *args, **more)

    return seen
