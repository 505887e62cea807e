"""The one shape of everything that goes wrong: problem details (RFC 9457)."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse


def problem(status: int, code: str, **more: Any) -> HttpResponse:
    """An answer that says what went wrong.

    Args:
        status: of HTTP.
        code: permanent name of the problem.
        more: what else a program needs to mend it.
    """
    body = {
        "type": f"about:konbit/{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        **more,
    }
    return HttpResponse(
        json.dumps(body, ensure_ascii=False), status=status, content_type="application/problem+json"
    )
