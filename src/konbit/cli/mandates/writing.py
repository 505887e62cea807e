"""The files that `konbit mandate --out` writes: JSON, Akoma Ntoso, text with codes, workbook, page."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import xlsxwriter

from konbit.briefing.workbook_sheets import Formats, Sheet, write_sheet
from konbit.cli.console import tell
from konbit.cli.mandates.difference_page import difference_html
from konbit.cli.mandates.documents import difference_document, document_of
from konbit.cli.mandates.tables import DUTIES, change_rows, duty_rows, headings, told_rows
from konbit.cli.writing import writes
from konbit.mandate import Article, as_akn, written
from konbit.package.atomic import write_file
from konbit.terms.digest import canonical_json

if TYPE_CHECKING:
    from pathlib import Path

    from konbit.briefing.words import Words
    from konbit.mandate import Difference, Document

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
CHANGES = ("change", "old", "new", "acts", "limits", "bound", "old-words", "new-words")
TOLD = ("verb", "force", "who", "words", "sure")


def write_read(read: list[Document | Article], out: Path, words: Words) -> None:
    """Write what was read, each file whole or not at all, and tell their names."""
    files: dict[str, bytes] = {}
    for one in read:
        base = _base(one, files)
        files[f"{base}.json"] = f"{canonical_json(document_of(one))}\n".encode()
        if not isinstance(one, Article):
            files[f"{base}.akn.xml"] = as_akn(one)
            files[f"{base}.codes.txt"] = written(one).encode()
    files["mandates.xlsx"] = _workbook(read, words)
    tell("\n".join(_write(files, out, words)))


def write_difference(difference: Difference, out: Path, words: Words) -> list[str]:
    """Write two texts beside each other as page, workbook and JSON; sentences that tell it."""
    sheet = Sheet(
        words.say("mandate-sheet-changes"), headings(CHANGES, words),
        tuple(change_rows(difference, words)),
    )  # fmt: skip
    files = {
        "difference.json": f"{canonical_json(difference_document(difference))}\n".encode(),
        "difference.html": difference_html(difference, words).encode(),
        "difference.xlsx": _book([sheet]),
    }
    return _write(files, out, words)


def _write(files: dict[str, bytes], out: Path, words: Words) -> list[str]:
    with writes(out):
        for name, data in files.items():
            write_file(out / name, data)
    return [words.say("cli-written", path=out / name) for name in files]


def _base(one: Document | Article, taken: dict[str, bytes]) -> str:
    """A file's name from the symbol or the given name, not yet taken."""
    given = one.symbol.value if one.symbol else one.name.rsplit(".", 1)[0]
    base = _UNSAFE.sub("-", given).strip("-.")[:80] or "text"
    count, made = 1, base
    while f"{made}.json" in taken:
        count += 1
        made = f"{base}-{count}"
    return made


def _workbook(read: list[Document | Article], words: Words) -> bytes:
    documents = [one for one in read if not isinstance(one, Article)]
    articles = [one for one in read if isinstance(one, Article)]
    sheets = []
    if documents:
        rows = [row for document in documents for row in duty_rows(document, words)]
        sheets.append(
            Sheet(words.say("mandate-sheet-duties"), headings(DUTIES, words), tuple(rows))
        )
    if articles:
        told = [(one.name, *row) for one in articles for row in told_rows(one, words)]
        sheets.append(
            Sheet(
                words.say("mandate-sheet-secondary"),
                headings(("document", *TOLD), words),
                tuple(told),
            )
        )
    return _book(sheets)


def _book(sheets: list[Sheet]) -> bytes:
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_urls": False})
    formats = Formats(book)
    for sheet in sheets:
        write_sheet(book, formats, sheet)
    book.close()
    return data.getvalue()
