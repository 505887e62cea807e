"""Answers that a program has already: told by `ETag` and `If-None-Match` (RFC 9110, 13.1.2)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags


def is_known(request: HttpRequest, etag: str) -> bool:
    """Whether the program has the answer of this entity tag, or wants none that is there."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return "*" in known or _bare(etag) in {_bare(one) for one in known}


def unchanged(etag: str) -> HttpResponse:
    """There is nothing new."""
    return HttpResponse(status=304, headers={"ETag": etag})


def _bare(etag: str) -> str:
    """An entity tag as it is compared: whether it is weak makes no difference to a reader."""
    return etag.removeprefix("W/")
