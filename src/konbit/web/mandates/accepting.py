"""Accepting what was proposed, paragraph by paragraph, as its reader corrected it."""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar, cast

from django.core.exceptions import PermissionDenied

from konbit.dossier import texts_of
from konbit.dossier.cells import CellError
from konbit.dossier.columns import Row
from konbit.dossier.tables.follow_up import FollowUp, ReportingCycle
from konbit.dossier.tables.mandate import Document, Paragraph
from konbit.package.characters import FORBIDDEN, plain
from konbit.terms import Severity
from konbit.terms.finding import finding
from konbit.web.mandates.models import Reading
from konbit.web.people.access import standing
from konbit.web.tables.actions import store
from konbit.web.tables.edits import Edit, row_from_texts
from konbit.web.tables.mirrored import MODELS
from konbit.web.tables.references import leading_nowhere

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from konbit.terms import Finding
    from konbit.web.history.models import Change
    from konbit.web.mandates.proposing import ProposedParagraph
    from konbit.web.missions.models import Mission
    from konbit.web.people.models import User

R = TypeVar("R", bound=Row)

LONGEST_TEXT = 2_000_000
_LONGEST_CELL = 2_000
_FOLLOWED = frozenset({"binding", "task"})


class NotAcceptedError(Exception):
    """What was sent makes no rows; each finding says what is wrong where."""

    def __init__(self, findings: tuple[Finding, ...] = (), code: str = "") -> None:
        super().__init__(code or "findings")
        self.findings = findings
        self.code = code


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text was read: goes into every row that is made from it."""

    source: str
    source_on: date
    confidence: str


def keep_text(user: User, mission: Mission, name: str, text: str, symbol: str) -> Reading:
    """Keep a text that is to be read; the same text again is the one that is there.

    Raises:
        PermissionDenied: the user may not edit paragraphs.
    """
    if not standing(user, mission).writes(Paragraph):
        raise PermissionDenied("edit")
    digest = hashlib.sha256(text.encode()).hexdigest()
    there = Reading.objects.filter(mission=mission, digest=digest).first()
    return there or Reading.objects.create(
        mission=mission, by=user, name=name[:200], digest=digest, text=text, symbol=symbol
    )


def accept(
    user: User, mission: Mission, rows: Sequence[Row], *, why: str, document: str
) -> Change | None:
    """Store the rows that are new or say something else now; none of them where nothing does.

    Raises:
        PermissionDenied: the user may not edit one of the tables.
        NotAcceptedError: a row refers to something that is not there.
        EditConflictError: somebody changed one of the rows meanwhile.
    """
    edits = [edit for row in rows if (edit := _edit(mission, row)) is not None]
    if not edits:
        return None
    findings = leading_nowhere(mission, edits)
    if findings:
        raise NotAcceptedError(findings)
    return store(user, mission, "mandate-read", edits, why=why, document=document)


def _edit(mission: Mission, row: Row) -> Edit | None:
    states = MODELS[row.TABLE].objects.of(mission.pk).current().filter(row_key=row.label)
    found = next(states.rows_with_states(), None)
    if found is None:
        return Edit.new(row)
    seen, held = found
    return None if held == row else Edit(type(row), row.label, seen, row)


def document_row(
    held: Document | None, texts: dict[str, str], source: Source, *, is_secondary: bool
) -> Document:
    """The row of a document; what is kept already and was not told again stays.

    A secondary source never takes the place of the text itself.

    Raises:
        NotAcceptedError: a cell cannot be read.
    """
    told = {name: text for name, text in texts.items() if text.strip()}
    base = {} if held is None else texts_of(held)
    seen = "secondary" if is_secondary else "original"
    if is_secondary and held is not None and held.text_seen != "secondary":
        return held
    cells = {"kind": "resolution", "adopted_by": "none", **base, **told, "text_seen": seen}
    return _row(Document, {**cells, **_sourced(source)})


def paragraph_rows(
    proposed: ProposedParagraph, texts: dict[str, str], document: str, source: Source
) -> list[Row]:
    """The row of a paragraph as corrected, with a follow-up or reporting cycle where days say so.

    What is kept of it and was not read from the text (theme, note) stays.

    Raises:
        NotAcceptedError: a cell cannot be read.
    """
    held = proposed.held
    base = {} if held is None else texts_of(held)
    told = {name: texts[name][:_LONGEST_CELL] for name in texts if name in _READ}
    row = _row(
        Paragraph,
        {
            **base,
            **told,
            "code": proposed.code,
            "document": document,
            "parent": proposed.parent or base.get("parent", ""),
            **_place(proposed),
            **_sourced(source),
        },
    )
    made: list[Row] = [row]
    if held is None and not proposed.is_told:
        made += _days(row, proposed, source)
    return made


def _place(proposed: ProposedParagraph) -> dict[str, str]:
    """Where a paragraph stands: its printed number, or the sentence of an article that tells it."""
    if proposed.is_told:
        return {"number_status": "unknown", "note": proposed.place}
    return {"number": proposed.number, "number_status": "confirmed"}


_READ = ("verb", "force", "addressee", "substance")


def _days(row: Paragraph, proposed: ProposedParagraph, source: Source) -> list[Row]:
    given = dataclasses.asdict(source)
    made: list[Row] = []
    code = row.code[:60]
    if proposed.every_months or proposed.every_days:
        both = proposed.every_months is not None
        made.append(
            ReportingCycle(
                code=f"R-{code}",
                paragraph=row.code,
                title=row.substance[:200],
                every_months=proposed.every_months,
                every_days=None if both else proposed.every_days,
                note=_clean(proposed.phrase),
                **given,
            )
        )
    if row.force in _FOLLOWED and not row.parent:
        made.append(
            FollowUp(
                code=f"F-{code}",
                paragraph=row.code,
                task=row.substance[:200],
                due_on=proposed.due_on,
                note=_clean(proposed.phrase),
                **given,
            )
        )
    return made


def _row(table: type[R], cells: dict[str, str]) -> R:
    try:
        return cast("R", row_from_texts(table, {n: _clean(text) for n, text in cells.items()}))
    except CellError as error:
        told = finding(error.code, Severity.ERROR, table.TABLE, "", "", **error.values_named)
        raise NotAcceptedError((told,)) from error


def _clean(text: str) -> str:
    """A cell's text without the control characters that files of strangers bring along."""
    return FORBIDDEN.sub("", plain(text))


def _sourced(source: Source) -> dict[str, str]:
    return {
        "source": source.source,
        "source_on": source.source_on.isoformat(),
        "confidence": source.confidence,
    }
