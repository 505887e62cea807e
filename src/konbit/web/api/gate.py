"""Who calls the API, and what they may: a token of an organisation, or a signed-in person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest
from ninja.security import HttpBearer, SessionAuth

from konbit.briefing.finding_document import finding_document
from konbit.web.api.errors import ApiError
from konbit.web.people.access import lacks_second_factor, room_of
from konbit.web.people.acting import act_as
from konbit.web.people.tokens import user_of_token
from konbit.web.words import language_for, words_in

if TYPE_CHECKING:
    from konbit.terms import Finding
    from konbit.web.missions.models import Mission
    from konbit.web.people.access import Standing
    from konbit.web.people.models import User


class TokenAuth(HttpBearer):
    """A token of an organisation."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        """The holder of the token, in whose name the database is asked from here on."""
        user = user_of_token(token)
        if user is not None:
            act_as(user)
            request.user = user
        return user


class PersonAuth(SessionAuth):
    """A person who is signed in; whoever may write, with a second factor."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:  # noqa: ARG002 - Ninja's
        """The person, if there is one; who shows a token that is no good is nobody."""
        user = request.user
        if not user.is_authenticated or "Authorization" in request.headers:
            return None
        if lacks_second_factor(user):
            raise ApiError(403, "second-factor-needed")
        return user


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, about which mission, with which standing."""

    user: User
    mission: Mission
    standing: Standing
    language: str

    def told(self, finding: Finding) -> dict[str, Any]:
        """A finding with its sentence."""
        return finding_document(finding, words_in(self.language))


def caller(request: HttpRequest, mission: str, verb: str = "read") -> Caller:
    """Who asks about a mission.

    Raises:
        Http404: there is no such mission for them.
        ApiError: their role does not allow it.
    """
    user: Any = request.user
    room = room_of(user, mission)
    if room is None:
        raise Http404
    found, held = room
    if not held.may(verb):
        raise ApiError(403, "forbidden")
    return Caller(user, found, held, language_for(request))
