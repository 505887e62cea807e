"""The API as a whole: version 1."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, cast

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.renderers import JSONRenderer

from konbit.web.api import around, banks, files, mandates, missions, plans
from konbit.web.api.describing import described
from konbit.web.api.errors import add_handlers
from konbit.web.api.gate import PersonAuth, TokenAuth
from konbit.web.api.rows import add_rows

if TYPE_CHECKING:
    from ninja.openapi.schema import OpenAPISchema

_ABOUT = """\
Everything that one may see and do in the record, for programs.

**Sign in** with `Authorization: Bearer <token>`. An administrator of your organisation makes
tokens, on the page of the organisation; a token has one role in one mission, and may what that
role may.

**Rows.** `GET /missions/{mission}/tables` says what every table and column means. A list takes
`q`, `sort`, `page`, `size`, and each column as a filter; days, numbers and amounts also as
`<column>.from` and `<column>.to`. Amounts and decimals are exact text and never binary
fractions; days are `YYYY-MM-DD`; an empty text is an empty cell.

**Writing.** Read a row, change it, and `PUT` it with `If-Match: "<state>"`, the state that you
read; a new row goes without. If somebody was quicker the answer is 412 and nothing is stored.
The answer of a write has the number of a `change`, or of a `proposal` that waits for a second
person.

**Nothing twice.** Lists, single rows and papers carry an `ETag`: sent as `If-None-Match`, what
did not change answers 304 and no content. `GET /missions/{mission}/changes` is the feed of all
changes.

**What goes wrong** has one shape (RFC 9457, `application/problem+json`) with a permanent
`code`; its sentence is in the language of `Accept-Language` (en, fr, es, ht). A page beyond the
last is a problem that says how many there are: an empty page would say that there is one.
Whatever can be read answers `HEAD` too.
"""


class Service(NinjaAPI):
    """Puts the `ETag` that an operation found on its answer, and completes the description."""

    def __init__(self, **chosen: Any) -> None:
        super().__init__(**chosen)
        self._made: dict[str, OpenAPISchema] = {}

    def get_openapi_schema(self, **asked: Any) -> OpenAPISchema:
        """The description of every operation, for programs and those who write them.

        It takes seconds to make and is the same for everybody: it is made once, then copied.
        """
        key = repr(sorted(asked.items()))
        if key not in self._made:
            made = described(super().get_openapi_schema(**asked))
            self._made[key] = cast("OpenAPISchema", made)
        return deepcopy(self._made[key])

    def create_response(self, request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        """The answer of an operation."""
        response = super().create_response(request, *args, **more)
        etag = getattr(request, "etag", "")
        if etag and response.status_code == 200:
            response["ETag"] = etag
        return response


service = Service(
    title="Konbit",
    version="1",
    description=_ABOUT,
    auth=[TokenAuth(), PersonAuth()],
    renderer=JSONRenderer(),
    docs_url=None,
    urls_namespace="api-1",
)
service.add_router("", missions.router)
service.add_router("", files.router)
service.add_router("", plans.router)
service.add_router("", mandates.router)
service.add_router("", banks.router)
service.add_router("", around.router)
_rows = missions.router.__class__()
add_rows(_rows)
service.add_router("", _rows)
add_handlers(service)
