"""A page of sections as a Word document for A4 paper, which its reader may go on writing in."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt, RGBColor

from konbit.briefing.figures import render
from konbit.briefing.page import Commands, FigurePlace, Items, Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docx.document import Document
    from docx.shared import Length
    from docx.table import _Cell as DocxCell
    from docx.text.paragraph import Paragraph

    from konbit.briefing.figures.figure import Figure
    from konbit.briefing.page import Block, Cell, Page, Section
    from konbit.briefing.words import Words

_ACCENT, _MUTED = RGBColor(0x0B, 0x5E, 0x8E), RGBColor(0x59, 0x59, 0x59)
_MARK = "\u2020"
_WIDE, _MOST_HIGH = Mm(165), Mm(105)
_TEXT_MM = 170  # of the sheet's width, for text
_LEAST_LETTERS, _MOST_LETTERS = 14, 40  # of a column, by which widths are shared out
# Every part of the file carries the same hour, so that the same page gives the same bytes.
_PACKED_AT = (1980, 1, 1, 0, 0, 0)
_REGIONS = {"en": "en-GB", "fr": "fr-FR", "es": "es-ES", "ht": "ht-HT"}


def page_docx(
    page: Page, words: Words, on: dt.date, figures: Mapping[str, Figure] | None = None
) -> bytes:
    """A page of sections as a Word document. The same arguments give the same bytes.

    Args:
        page: what it says.
        words: the reader's language.
        on: the day it is of, which the file carries as its own.
        figures: figures by name, shown where the page has a place for them.
    """
    made = docx.Document()
    _set_up(made, page, on)
    made.add_heading(page.title, level=1)
    _small(made.add_paragraph(), page.subtitle)
    for label, value in page.status:
        line = made.add_paragraph()
        line.add_run(f"{label}: ").font.color.rgb = _MUTED
        line.add_run(value)
    _small(made.add_paragraph(), f"{_MARK} {words.say('dagger-legend')}")
    for section in page.sections:
        _section(made, section, words, figures or {})
    if page.disclaimer:
        _small(made.add_paragraph(), page.disclaimer)
    _small(made.add_paragraph(), words.say("made-with"))
    return _packed(made)


def _set_up(made: Document, page: Page, on: dt.date) -> None:
    """Paper, letters, language, what the file says of itself, and numbers of pages."""
    paper = made.sections[0]
    paper.page_width, paper.page_height = Mm(210), Mm(297)
    paper.left_margin = paper.right_margin = Mm(20)
    paper.top_margin = paper.bottom_margin = Mm(18)
    normal = made.styles["Normal"]
    normal.font.size = Pt(10)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), _REGIONS.get(page.language, page.language))
    normal.element.get_or_add_rPr().append(language)
    told = made.core_properties
    told.title, told.author, told.comments = page.title, "Konbit", ""
    told.language = page.language
    told.created = told.modified = dt.datetime.combine(on, dt.time())
    foot = paper.footer.paragraphs[0]
    _small(foot, f"{page.title} \u2013 {page.subtitle}  ")
    _field(foot, "PAGE")
    _small(foot, " / ")
    _field(foot, "NUMPAGES")


def _section(made: Document, section: Section, words: Words, figures: Mapping[str, Figure]) -> None:
    made.add_heading(section.title, level=2)
    if section.key:
        made.add_paragraph().add_run(section.key).font.size = Pt(13)
    for told in section.paragraphs:
        made.add_paragraph(told)
    for block in section.blocks:
        _block(made, block, words, figures, under=section.title)


def _block(
    made: Document, block: Block, words: Words, figures: Mapping[str, Figure], *, under: str
) -> None:
    if isinstance(block, Table):
        _table(made, block, words, under=under)
    elif isinstance(block, Items):
        for item in block.items:
            line = made.add_paragraph(style="List Number")
            line.add_run(item.lead).bold = True
            for told in item.lines:
                line.add_run().add_break()
                line.add_run(told)
    elif isinstance(block, Commands):
        line = made.add_paragraph()
        line.add_run("\n".join(block.lines)).font.name = "Courier New"
    elif isinstance(block, FigurePlace):
        figure = figures[block.name]
        made.add_paragraph().add_run(figure.title).bold = True
        _small(made.add_paragraph(), figure.alt)
        picture = made.add_picture(io.BytesIO(render.png(figure)), width=_WIDE)
        if picture.height > _MOST_HIGH:
            picture.width = round(picture.width * _MOST_HIGH / picture.height)
            picture.height = _MOST_HIGH


def _table(made: Document, block: Table, words: Words, *, under: str) -> None:
    """A table under its caption, unless the heading above it says the same already."""
    if block.caption != under:
        caption = made.add_paragraph()
        caption.add_run(block.caption).bold = True
        caption.paragraph_format.keep_with_next = True
    table = made.add_table(rows=1, cols=len(block.headings), style="Table Grid")
    head = table.rows[0]
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # again on each sheet
    widths = _widths(block)
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for at, (place, heading) in enumerate(zip(head.cells, block.headings, strict=True)):
        line = place.paragraphs[0]
        if block.numeric[at]:
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _set(line, heading).font.bold = True
        place.width = widths[at]
        _shade(place)
    for row in block.rows:
        made_row = table.add_row()
        made_row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        # Asked once a row, for python-docx counts columns anew at each question.
        for at, (place, told) in enumerate(zip(made_row.cells, row, strict=True)):
            place.width = widths[at]
            line = place.paragraphs[0]
            if block.numeric[at]:
                line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            _cell(line, told)
    notes = [block.note] if block.note else []
    if block.left_out:
        notes.append(words.say("rows-left-out", count=block.left_out))
    for note in notes:
        _small(made.add_paragraph(), note)
    made.add_paragraph()


def _widths(block: Table) -> list[Length]:
    """The width of each column: as its longest words ask for, none too narrow, none all."""
    asked = []
    for at, heading in enumerate(block.headings):
        texts = [heading, *(row[at].text for row in block.rows)]
        words = [word for text in texts for word in text.split()] or ["-"]
        bold = max((len(word) for word in heading.split()), default=1)
        longest_word = max(round(1.4 * bold), *map(len, words))
        longest = max(len(text) for text in texts)
        asked.append(max(_LEAST_LETTERS, longest_word + 7, min(longest + 3, _MOST_LETTERS)))
    return [Mm(_TEXT_MM * share / sum(asked)) for share in asked]


def _shade(place: DocxCell) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", "F2F4F7")):
        shade.set(qn(name), value)
    place._tc.get_or_add_tcPr().append(shade)


def _cell(line: Paragraph, told: Cell) -> None:
    """A cell's text, led to where its number opens, with the mark of what is assumed."""
    if told.href.startswith(("https://", "http://")):
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), line.part.relate_to(told.href, RELATIONSHIP_TYPE.HYPERLINK, True))
        run = _set(line, told.text)
        run.font.color.rgb, run.font.underline = _ACCENT, True
        link.append(run._r)
        line._p.append(link)
    else:
        _set(line, told.text)
    if told.assumed:
        line.add_run(_MARK).bold = True


def _set(line: Paragraph, text: str) -> Any:
    run = line.add_run(text)
    run.font.size, run.font.bold = Pt(8.5), False
    return run


def _small(line: Paragraph, text: str) -> None:
    run = line.add_run(text)
    run.font.size, run.font.color.rgb = Pt(8), _MUTED


def _field(line: Paragraph, name: str) -> None:
    """A number that Word fills in."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = line.add_run("1")
    run.font.size, run.font.color.rgb = Pt(8), _MUTED
    field.append(run._r)
    line._p.append(field)


def _packed(made: Document) -> bytes:
    """The file, its parts in the order and hour that are always the same."""
    written, stream = io.BytesIO(), io.BytesIO()
    made.save(written)
    with (
        zipfile.ZipFile(written) as read,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in read.namelist():
            part = zipfile.ZipInfo(name, _PACKED_AT)
            archive.writestr(part, read.read(name), zipfile.ZIP_DEFLATED)
    return stream.getvalue()
