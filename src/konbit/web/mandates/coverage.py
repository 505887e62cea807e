"""Coverage both ways: paragraphs without a need, needs without a paragraph, what stands behind."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import xlsxwriter

from konbit.dossier.tables.mandate import Document, Paragraph
from konbit.dossier.tables.requirement import Requirement
from konbit.terms.money import decimals_of
from konbit.web.mandates.links import Leads, Paths

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from konbit.dossier import Dossier
    from konbit.terms import Money
    from konbit.web.words import PageWords

# What asks somebody for something; statements and soft words need nothing behind them.
ASKING = frozenset({"binding", "authority", "task", "appeal"})
_MADE_AT = datetime(2024, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Covered:
    """A paragraph and what it leads to."""

    row: Paragraph
    leads: Leads


@dataclass(frozen=True, slots=True)
class Coverage:
    """Both ways.

    Attributes:
        behind: paragraphs with a need, units, money or another row behind them.
        bare: paragraphs that ask for something and have nothing behind them.
        loose: requirements that name no paragraph.
    """

    behind: tuple[Covered, ...]
    bare: tuple[Covered, ...]
    loose: tuple[Requirement, ...]


def coverage(dossier: Dossier, today: date, *, holding_only: bool = False) -> Coverage:
    """Coverage on a day: of all documents, or of those that hold."""
    paths = Paths(dossier, today)
    documents = dossier.by_code(Document)
    seen = [
        Covered(row, paths.leads(row.code))
        for row in dossier.rows(Paragraph)
        if not holding_only or _holds(documents.get(row.document), today)
    ]
    with_parts = {c.row.parent for c in seen if c.leads.is_followed and c.row.parent}
    return Coverage(
        tuple(c for c in seen if c.leads.is_followed),
        tuple(
            c
            for c in seen
            if c.row.force in ASKING and not c.leads.is_followed and c.row.code not in with_parts
        ),
        tuple(row for row in dossier.rows(Requirement) if not row.paragraph),
    )


def _holds(document: Document | None, today: date) -> bool:
    if document is None or document.adopted_on > today:
        return False
    return document.valid_until_on is None or today < document.valid_until_on


def coverage_workbook(found: Coverage, words: PageWords) -> bytes:
    """Four sheets; one line a stage and currency, so that nothing adds up across them.

    The same coverage gives the same bytes. Text is never a formula.
    """
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"author": "Konbit", "created": _MADE_AT})
        bold = book.add_format({"bold": True, "bg_color": "#EEEEEE"})

        def sheet(code: str, headings: tuple[str, ...], lines: Iterable[tuple[Any, ...]]) -> None:
            page = book.add_worksheet(words.say(f"{code}-sheet"))
            page.freeze_panes(1, 0)
            page.set_column(0, len(headings), 24)
            for at, heading in enumerate(headings):
                page.write_string(0, at, words.say(heading), bold)
            for number, line in enumerate(lines, start=1):
                for at, value in enumerate(line):
                    (page.write_number if isinstance(value, (int, float)) else page.write_string)(
                        number, at, value
                    )

        paragraph = ("mandate-paragraph", "mandate-document", "mandate-force")
        sheet(
            "coverage-units",
            (*paragraph, "mandate-stage", "pledges-who", "step-units", "pledges-persons"),
            (
                (*_named(c, words), words.say(f"stage-{at.stage}"), o.contributor, o.unit_count,
                 o.unit_count * o.strength_persons)
                for c in found.behind for at in c.leads.units for o in at.offers
            ),
        )  # fmt: skip
        sheet(
            "coverage-money",
            (*paragraph, "mandate-stage", "mandate-day", "pledges-pledge", "step-currency",
             "step-amount"),
            (
                (*_named(c, words), words.say(f"stage-{at.stage}"), e.on.isoformat(),
                 e.contribution, at.amount.currency, _major(e.amount))
                for c in found.behind for at in c.leads.money for e in at.events
            ),
        )  # fmt: skip
        sheet(
            "coverage-bare",
            (*paragraph, "mandate-substance"),
            ((*_named(c, words), c.row.substance) for c in found.bare),
        )
        sheet(
            "coverage-loose",
            ("mandate-requirement", "mandate-capability", "mandate-site"),
            ((r.code, r.capability, r.site) for r in found.loose),
        )
    return stream.getvalue()


def _named(found: Covered, words: PageWords) -> tuple[str, str, str]:
    return found.row.code, found.row.document, words.say(f"force-{found.row.force}")


def _major(amount: Money | None) -> float:
    """Major units for a spreadsheet, whose numbers are floats whatever is written."""
    if amount is None:
        return 0.0
    return float(Decimal(amount.amount_minor).scaleb(-decimals_of(amount.currency)))
