"""The text layer of a PDF, page by page, laid out as it stands on the page."""

from __future__ import annotations

import io
import logging

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from konbit.exchange.unreadable import UnreadableTextError

MOST_PAGES = 1_000
# What the library raises on damaged files besides its own errors.
_DAMAGED = (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, OSError,
            RecursionError, NotImplementedError, AssertionError, OverflowError, ZeroDivisionError)  # fmt: skip


def characters_of_pdf(data: bytes) -> str:
    """The text of a PDF, a form feed after each page.

    Raises:
        UnreadableTextError: it is damaged or locked, or has pictures of pages and no text.
    """
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        locked = reader.is_encrypted and not reader.decrypt("")
        pages = [] if locked else list(reader.pages[:MOST_PAGES])
    except _DAMAGED as error:
        raise UnreadableTextError("text-damaged") from error
    if locked:
        raise UnreadableTextError("text-locked")
    texts = [_text(page) for page in pages]
    if not any(text.strip() for text in texts):
        raise UnreadableTextError("text-without-layer")
    return "\f".join(texts)


def _text(page: object) -> str:
    try:
        laid_out = page.extract_text(extraction_mode="layout")  # type: ignore[attr-defined]
    except _DAMAGED:
        laid_out = ""
    if laid_out.strip():
        return str(laid_out)
    try:
        return str(page.extract_text())  # type: ignore[attr-defined]
    except _DAMAGED:
        return ""
