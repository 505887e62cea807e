"""What the API raises, and the one shape in which everything that goes wrong is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from ninja.errors import AuthenticationError, HttpError, ValidationError

from konbit.web.api.problems import problem
from konbit.web.api.shapes import ProblemShape
from konbit.web.history.actions import AlreadyDecidedError
from konbit.web.tables.asking import NotAskedWellError

if TYPE_CHECKING:
    from ninja import NinjaAPI

    from konbit.dossier.cells import CellError
    from konbit.web.tables.edits import EditConflictError

Problems: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 412, 422, 428), ProblemShape)


class ApiError(Exception):
    """Something is wrong with what a program asks.

    Attributes:
        status: of HTTP.
        code: permanent name of the problem.
        more: what else a program needs to mend it.
    """

    def __init__(self, status: int, code: str, **more: Any) -> None:
        super().__init__(code)
        self.status, self.code, self.more = status, code, more


def unreadable(error: CellError) -> ApiError:
    """A cell that cannot be read."""
    values = {name: str(value) for name, value in error.values_named.items()}
    return ApiError(422, "cell-unreadable", finding=error.code, values=values)


def conflict(error: EditConflictError) -> ApiError:
    """Somebody else was quicker: the state that is now, to look at and send again."""
    now = error.conflicts[0].now
    return ApiError(412, "changed-meanwhile", state=now.number if now else None)


def add_handlers(api: NinjaAPI) -> None:
    """Tell everything that goes wrong in the one shape."""

    def told(status: int, code: str) -> Any:
        return lambda request, _error: problem(request, status, code)

    def own(request: HttpRequest, error: Any) -> HttpResponse:
        return problem(request, error.status, error.code, **error.more)

    def invalid(request: HttpRequest, error: Any) -> HttpResponse:
        wrong = [{"at": list(e["loc"]), "what": e["type"]} for e in error.errors]
        return problem(request, 422, "not-valid", wrong=wrong)

    def asked(request: HttpRequest, error: Any) -> HttpResponse:
        return problem(request, 422, "parameter-unreadable", parameter=error.name)

    def refused(request: HttpRequest, error: Any) -> HttpResponse:
        return problem(request, error.status_code, "bad-request")

    api.add_exception_handler(ApiError, own)
    api.add_exception_handler(ValidationError, invalid)
    api.add_exception_handler(NotAskedWellError, asked)
    api.add_exception_handler(HttpError, refused)
    api.add_exception_handler(AuthenticationError, told(401, "not-signed-in"))
    api.add_exception_handler(PermissionDenied, told(403, "forbidden"))
    api.add_exception_handler(Http404, told(404, "not-found"))
    # What no column of the database takes, such as a zero character in a text.
    api.add_exception_handler(DataError, told(422, "not-valid"))
    api.add_exception_handler(AlreadyDecidedError, told(409, "already-decided"))
    api.add_exception_handler(RequestDataTooBig, told(413, "too-large"))
