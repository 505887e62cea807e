"""The API as a whole: version 1."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.renderers import JSONRenderer

from konbit.web.api import around, banks, mandates, missions, plans
from konbit.web.api.errors import add_handlers
from konbit.web.api.gate import PersonAuth, TokenAuth
from konbit.web.api.rows import add_rows

_ABOUT = """\
Everything that one may see and do in the record, for programs.

Sign in with `Authorization: Bearer <token>`; an administrator of your organisation makes tokens.
Amounts and decimals are exact text. A row is saved with `If-Match: "<state>"`, the state that the
program saw; a new row without. Everything that goes wrong has one shape (RFC 9457) with a permanent
`code`. Lists, single rows and papers carry an `ETag`: with `If-None-Match` an unchanged one costs
nothing. Whatever can be read answers `HEAD` too. A page beyond the last is a problem that says how
many there are: an empty page would say that there is one.
"""


class Service(NinjaAPI):
    """Puts the `ETag` that an operation found on its answer."""

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
service.add_router("", plans.router)
service.add_router("", mandates.router)
service.add_router("", banks.router)
service.add_router("", around.router)
_rows = missions.router.__class__()
add_rows(_rows)
service.add_router("", _rows)
add_handlers(service)
