"""Which format some bytes are in, and the characters that they hold.

Bytes come from strangers: nothing in them is run, fetched or resolved, and sizes are bounded before
anything is unpacked.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from konbit.exchange.from_html import characters_of_html
from konbit.exchange.from_pdf import characters_of_pdf
from konbit.exchange.from_word import characters_of_word
from konbit.exchange.unreadable import UnreadableTextError

MOST_BYTES = 32_000_000
_AKN = b"docs.oasis-open.org/legaldocml/ns/akn"


class Form(StrEnum):
    """Formats of a text."""

    TEXT = "text"
    HTML = "html"
    PDF = "pdf"
    WORD = "docx"
    AKOMA_NTOSO = "akn"


@dataclass(frozen=True, slots=True)
class Text:
    """Characters, and the format from which they come.

    Attributes:
        form: the format.
        characters: with form feeds between pages; empty for Akoma Ntoso, whose bytes are read as
            such.
    """

    form: Form
    characters: str


def form_of(data: bytes, name: str = "") -> Form:
    """The format of some bytes, by what they begin with; by the name only between text and HTML."""
    start = data[:4_000].lstrip(b"\xef\xbb\xbf \r\n\t")
    if start.startswith(b"%PDF"):
        return Form.PDF
    if start.startswith(b"PK\x03\x04"):
        return Form.WORD
    if start.startswith(b"<") and _AKN in data[:8_000]:
        return Form.AKOMA_NTOSO
    small = start[:1_000].lower()
    page = small.startswith((b"<!doctype html", b"<html")) or b"<html" in small or b"<body" in small
    if page or name.casefold().endswith((".html", ".htm", ".xhtml")):
        return Form.HTML
    return Form.TEXT


def text_of(data: bytes, name: str = "") -> Text:
    """The characters of a document.

    Args:
        data: the file's bytes.
        name: its name, for what the bytes do not tell.

    Raises:
        UnreadableTextError: too large, damaged, locked, or without a text layer.
    """
    if len(data) > MOST_BYTES:
        raise UnreadableTextError("text-too-large", megabytes=len(data) // 1_000_000)
    form = form_of(data, name)
    if form is Form.PDF:
        return Text(form, characters_of_pdf(data))
    if form is Form.WORD:
        return Text(form, characters_of_word(data))
    if form is Form.HTML:
        return Text(form, characters_of_html(decoded(data)))
    return Text(form, "" if form is Form.AKOMA_NTOSO else decoded(data))


def decoded(data: bytes) -> str:
    """Bytes as characters: UTF-16 with its mark, UTF-8, else Windows-1252. Never refused."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
