"""Which papers are taken: by their first bytes, whatever they are called."""

from __future__ import annotations

import io
import zipfile

_STARTS = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
_OFFICE = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_ALLOWED_CONTROLS = frozenset("\t\n\r\f")


def kind_of(content: bytes) -> str | None:
    """The media type of a paper; None for what is not taken.

    Taken are PDF, PNG, JPEG, Word and Excel without macros, and plain text.
    """
    for start, kind in _STARTS:
        if content.startswith(start):
            return kind
    if content.startswith(b"PK"):
        return _office(content)
    return "text/plain" if content and _is_text(content) else None


def _office(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return None
    if any(name.casefold().endswith("vbaproject.bin") for name in names):
        return None
    return next((kind for part, kind in _OFFICE.items() if part in names), None)


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    is_markup = text.lstrip("\ufeff \t\r\n").startswith("<")
    return not is_markup and all(c.isprintable() or c in _ALLOWED_CONTROLS for c in text)
