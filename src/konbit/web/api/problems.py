"""The one shape of everything that goes wrong: problem details (RFC 9457)."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse

from konbit.web.words import language_for, words_in


def problem(request: HttpRequest, status: int, code: str, **more: Any) -> HttpResponse:
    """An answer that says what went wrong.

    Args:
        request: what was asked, for the language of whoever asks.
        status: of HTTP.
        code: permanent name of the problem.
        more: what else a program needs to mend it.
    """
    body = {
        "type": f"about:konbit/{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": _sentence(request, code),
        **more,
    }
    return HttpResponse(
        json.dumps(body, ensure_ascii=False), status=status, content_type="application/problem+json"
    )


def _sentence(request: HttpRequest, code: str) -> str:
    """What went wrong in one sentence; a step or a paper is told as on its page."""
    words = words_in(language_for(request))
    return words.say(f"problem-{code}" if words.knows(f"problem-{code}") else code)
