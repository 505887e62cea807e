"""What happens to every request: whose it is, in which language, and one line about it."""

from __future__ import annotations

import logging
import sys
import time
import traceback
import uuid
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.db import DataError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import translation

from konbit.web.api.problems import problem
from konbit.web.people.access import lacks_second_factor
from konbit.web.people.acting import act_as
from konbit.web.site.errors import bad_request
from konbit.web.words import language_for, words_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    Answer = Callable[[HttpRequest], HttpResponse]

_LOG = logging.getLogger("konbit.request")
_SILENT = ("/health/", "/static/")
# Where somebody may go who still has to set up a second factor.
_BEFORE_SECOND_FACTOR = ("/accounts/", "/health/", "/static/", "/language", "/api/")


class RequestLog:
    """One line a request: what was asked by its pattern, never by whom or with which words."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and say how it went."""
        began = time.perf_counter()
        number = uuid.uuid4().hex[:12]
        request.request_number = number  # type: ignore[attr-defined] # ours
        response = self._answer(request)
        response["X-Request-ID"] = number
        if not request.path.startswith(_SILENT):
            match = request.resolver_match
            _LOG.info(
                "request",
                extra={
                    "request_id": number,
                    "method": request.method,
                    "route": match.route if match else "",
                    "status": response.status_code,
                    "milliseconds": round((time.perf_counter() - began) * 1000),
                },
            )
        return response

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Refuse what no column of the database takes, such as a zero character in a text."""
        return bad_request(request, fault) if isinstance(fault, DataError) else None


def fault_told(request: HttpRequest | None = None, **_: object) -> None:
    """Say where a fault of ours happened, in a page or before it: kind and lines, no values."""
    fault = sys.exc_info()[1]
    if fault is None:
        return
    lines = traceback.extract_tb(fault.__traceback__)
    _LOG.error(
        "fault",
        extra={
            "request_id": getattr(request, "request_number", ""),
            "kind": type(fault).__name__,
            "lines": [f"{line.filename}:{line.lineno} {line.name}" for line in lines],
        },
    )


class Reader:
    """Who reads: their language, and their name before the database."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the reader's name and language."""
        if request.path.startswith(_SILENT):
            return self._answer(request)
        user = request.user
        act_as(user if user.is_authenticated else None)
        language = language_for(request)
        request.words = words_in(language)  # type: ignore[attr-defined] # ours
        with translation.override(language):
            response = self._answer(request)
        response["Content-Language"] = language
        response["Vary"] = "Cookie, Accept-Language"
        if user.is_authenticated:
            response.setdefault("Cache-Control", "private, no-cache")
        return response


class ApiMethods:
    """The API answers `HEAD` wherever it answers `GET`, and tells a wrong method as any problem."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; for `HEAD` what `GET` would answer, without its content."""
        if not request.path.startswith("/api/"):
            return self._answer(request)
        is_head = request.method == "HEAD"
        if is_head:
            request.method = "GET"
        response = self._answer(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            response = self._told(request, response)
        if is_head:
            request.method = "HEAD"
            response["Content-Length"] = str(len(response.content))
            response.content = b""
        return response

    @staticmethod
    def _told(request: HttpRequest, response: HttpResponse) -> HttpResponse:
        names = {name.strip() for name in response["Allow"].split(",")}
        allowed = ", ".join(sorted(names | ({"HEAD"} if "GET" in names else set())))
        told = problem(request, HTTPStatus.METHOD_NOT_ALLOWED, "method", allowed=allowed)
        told["Allow"] = allowed
        return told


class SecondFactor:
    """Whoever may write signs in with a second factor: until it is set up, nothing else is open."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or lead to where the second factor is set up."""
        if self._must_set_up(request):
            return HttpResponseRedirect(reverse("second_factor"))
        return self._answer(request)

    @staticmethod
    def _must_set_up(request: HttpRequest) -> bool:
        user = request.user
        if not user.is_authenticated or request.path.startswith(_BEFORE_SECOND_FACTOR):
            return False
        if request.path == reverse("second_factor"):
            return False
        return lacks_second_factor(user)
