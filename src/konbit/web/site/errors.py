"""What is shown when something is not there, not allowed, or went wrong: one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render

if TYPE_CHECKING:
    from typing import NoReturn

    from django.http import HttpRequest


def _page(request: HttpRequest, code: str, status: int) -> HttpResponse:
    if request.path.startswith("/api/"):
        from konbit.web.api.problems import problem

        return problem(request, status, code)
    return render(request, "site/problem.html", {"code": f"problem-{code}"}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """The request makes no sense."""
    return _page(request, "bad-request", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """The reader may not."""
    return _page(request, "forbidden", 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """There is no such page, or not for this reader."""
    return _page(request, "not-found", 404)


def fault(request: HttpRequest) -> HttpResponse:
    """Something went wrong on our side."""
    return _page(request, "fault", 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """The form is too old, or was not sent from a page of ours."""
    return _page(request, "form-expired", 403)


def no_such_page(request: HttpRequest, key: str = "") -> NoReturn:  # noqa: ARG001 - a view's form
    """A page that a part which we build on has, and the record has not."""
    raise Http404
