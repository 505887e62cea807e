"""What every template may use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from konbit.web.words import NAMES, words_in

if TYPE_CHECKING:
    from django.http import HttpRequest


def reader(request: HttpRequest) -> dict[str, Any]:
    """The reader's words, and the languages that can be chosen."""
    words = getattr(request, "words", None) or words_in("en")
    return {"words": words, "languages": NAMES.items()}
