"""The words of a Word document, with the numbers that Word draws by itself."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table
from lxml import etree

from konbit.exchange.unreadable import UnreadableTextError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document
    from docx.text.paragraph import Paragraph

MOST_UNPACKED = 100_000_000
MOST_PARTS = 3_000
_BROKEN = (zipfile.BadZipFile, zlib.error, PackageNotFoundError, KeyError, ValueError, OSError,
           etree.XMLSyntaxError, EOFError, NotImplementedError, RuntimeError, AttributeError)  # fmt: skip
_ROMANS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv",
           "xv", "xvi", "xvii", "xviii", "xix", "xx")  # fmt: skip


def characters_of_word(data: bytes) -> str:
    """The text of a .docx, a line a paragraph, empty lines between.

    Raises:
        UnreadableTextError: it is damaged, no Word document, or would unpack to far too much.
    """
    plain = _unpacked(data)
    try:
        document = docx.Document(plain)
        lines = list(_lines(document))
    except _BROKEN as error:
        raise UnreadableTextError("text-damaged") from error
    return "\n\n".join(lines) + "\n"


def _unpacked(data: bytes) -> io.BytesIO:
    """The same archive without packing, each part no longer than the archive states.

    The library that reads the document would unpack a part whole, however small it says it is.
    """
    stream = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(stream, "w") as plain:
            parts = archive.infolist()
            is_bomb = len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > MOST_UNPACKED
            for part in () if is_bomb else parts:
                with archive.open(part) as packed:
                    plain.writestr(part.filename, packed.read(part.file_size))
    except _BROKEN as error:
        raise UnreadableTextError("text-damaged") from error
    if is_bomb:
        raise UnreadableTextError("text-too-large", megabytes=MOST_UNPACKED // 1_000_000)
    stream.seek(0)
    return stream


def _lines(document: Document) -> Iterator[str]:
    numbers = _Numbers(document)
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                yield from (cell.text.strip() for cell in row.cells if cell.text.strip())
        else:
            text = block.text.strip("\n")
            if text.strip():
                yield f"{numbers.of(block)}{text}"


def _numbering_of(paragraph: Paragraph) -> Any:
    """What a paragraph, or the style that it has, says of numbers."""
    properties: Any = paragraph._p.pPr
    if properties is not None and properties.numPr is not None:
        return properties.numPr
    style = paragraph.style
    for _ in range(10):
        if style is None:
            return None
        properties = getattr(style.element, "pPr", None)
        if properties is not None and properties.numPr is not None:
            return properties.numPr
        style = getattr(style, "base_style", None)
    return None


class _Numbers:
    """Counts Word's own numbering, level by level."""

    def __init__(self, document: Document) -> None:
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._counts: dict[tuple[str, int], int] = {}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return
        abstract = {
            one.get(qn("w:abstractNumId")): one for one in root.findall(qn("w:abstractNum"))
        }
        for number in root.findall(qn("w:num")):
            link = number.find(qn("w:abstractNumId"))
            owner = abstract.get(link.get(qn("w:val"))) if link is not None else None
            for level in owner.findall(qn("w:lvl")) if owner is not None else ():
                self._enter(number.get(qn("w:numId")) or "", level)

    def _enter(self, number: str, level: etree._Element) -> None:
        def told(name: str, default: str) -> str:
            found = level.find(qn(name))
            return (found.get(qn("w:val")) or default) if found is not None else default

        place = level.get(qn("w:ilvl")) or "0"
        start = told("w:start", "1")
        self._levels[(number, int(place) if place.isdecimal() else 0)] = (
            told("w:numFmt", "decimal"), told("w:lvlText", "%1."), int(start) if start.isdecimal() else 1,
        )  # fmt: skip

    def of(self, paragraph: Paragraph) -> str:
        """The number that Word draws before a paragraph, with a space; empty if it draws none."""
        own = _numbering_of(paragraph)
        if own is None or own.numId is None:
            return ""
        number = str(own.numId.val)
        level = own.ilvl.val if own.ilvl is not None else 0
        kind, pattern, start = self._levels.get((number, level), ("bullet", "", 1))
        if kind in {"bullet", "none"}:
            return ""
        self._counts[(number, level)] = self._counts.get((number, level), start - 1) + 1
        for deeper in range(level + 1, 9):
            self._counts.pop((number, deeper), None)
        return self._written(number, pattern) + " "

    def _written(self, number: str, pattern: str) -> str:
        def drawn(found: re.Match[str]) -> str:
            place = int(found[1]) - 1
            kind = self._levels.get((number, place), ("decimal", "", 1))[0]
            return _drawn(self._counts.get((number, place), 1), kind)

        return re.sub(r"%([1-9])", drawn, pattern)


def _drawn(count: int, kind: str) -> str:
    if kind in {"lowerLetter", "upperLetter"}:
        letter = chr(97 + (count - 1) % 26) * (1 + (count - 1) // 26)
        return letter if kind == "lowerLetter" else letter.upper()
    if kind in {"lowerRoman", "upperRoman"} and count < len(_ROMANS):
        return _ROMANS[count] if kind == "lowerRoman" else _ROMANS[count].upper()
    return str(count)
