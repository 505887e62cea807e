"""From paragraphs that were read to rows that are proposed: one for each act that is told."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from textwrap import shorten
from typing import TYPE_CHECKING

from konbit import mandate
from konbit.dossier.tables.follow_up import FollowUp, ReportingCycle
from konbit.dossier.tables.mandate import Ceiling, Paragraph
from konbit.mandate import DeadlineKind
from konbit.web.mandates.matching import Asked, matched
from konbit.web.mandates.numbers_found import FoundCeiling, numbers_found
from konbit.web.mandates.owners import owner_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from konbit.dossier import Dossier
    from konbit.web.mandates.matching import Match

LONGEST_CODE = 64
FOLLOWED = frozenset({"binding", "task"})
_LAST_DAYS = (DeadlineKind.BY, DeadlineKind.WITHIN)
_ENDS = (DeadlineKind.UNTIL, DeadlineKind.DURATION)


@dataclass(frozen=True, slots=True)
class ProposedParagraph:
    """What a row would say of a paragraph, or of one of its acts.

    Attributes:
        name: its code in the text (`op4.a`); for further acts with their place (`op4.act2`).
        code: permanent code in the record: that of the row it is held to be, or a new one.
        new_code: the code that a row of its own would get.
        parent: name of the paragraph it hangs on, or empty.
        held: the row that it is held to be; none for a new one.
        reason: why it is held to be that row (`konbit.web.mandates.matching.Match`).
        row_sure_percent: how sure.
        is_act: whether it is a further act of a paragraph.
        number: as printed, parts after a point.
        text: words of the paragraph.
        owner: code of the organisation that is addressed, where it is told from its name.
        due_on: last day on which it is to be done, where the text gives one.
        every_months, every_days: the rhythm of a report, where the text counts one.
        first_due_on: day of the first such report.
        until_on: day up to which what the act allows holds, if it tells one.
        counted_on: the day that `due_on` is, where the words of the limit do not print it.
        phrase: the words of the time limit.
        meant: whom a short addressee means by the text's own words, by which rule, how sure.
        events: what it waits for or lasts until without a day.
        conditional: words of limits that stand in the condition, which are no days to do it by.
        bounds: numbers that bound people, kit or money: how, how many, of what as printed.
        ceilings: those of them that bound people.
        cited: symbols of what it cites.
        rules: names of the rules by which it is held to be this act.
        sure_percent: how sure.
        follow_ups: those of the row that is there.
        has_cycle: whether a reporting cycle hangs on the row that is there.
        is_told: whether an article tells it, and the text itself was not seen.
        place: the sentence of the article.
    """

    name: str
    code: str
    parent: str
    held: Paragraph | None
    verb: str
    force: str
    addressee: str
    substance: str
    new_code: str = ""
    reason: str = "none"
    row_sure_percent: int = 0
    is_act: bool = False
    number: str = ""
    text: str = ""
    owner: str = ""
    due_on: date | None = None
    every_months: int | None = None
    every_days: int | None = None
    first_due_on: date | None = None
    until_on: date | None = None
    counted_on: date | None = None
    phrase: str = ""
    meant: tuple[str, str, int] | None = None
    events: tuple[str, ...] = ()
    conditional: tuple[str, ...] = ()
    bounds: tuple[tuple[str, int, str], ...] = ()
    ceilings: tuple[FoundCeiling, ...] = ()
    cited: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    sure_percent: int = 0
    follow_ups: tuple[FollowUp, ...] = ()
    has_cycle: bool = False
    is_told: bool = False
    place: str = ""

    @property
    def is_kept(self) -> bool:
        """Whether the record has it already, and nothing is left to decide."""
        return self.held is not None and (self.is_told or self.held.number_status == "confirmed")

    @property
    def wants_follow_up(self) -> bool:
        """Whether it binds or charges somebody, stands by itself and nobody follows it up."""
        stands = self.is_act or not self.parent
        if mandate.stays_seized(self.substance):
            return False
        return self.force in FOLLOWED and stands and not self.follow_ups and not self.is_told

    @property
    def wants_cycle(self) -> bool:
        """Whether it counts a rhythm of reports of which the record has none."""
        return bool(self.every_months or self.every_days) and not self.has_cycle


def paragraphs_of(
    read: mandate.Document, document: str, dossier: Dossier
) -> tuple[ProposedParagraph, ...]:
    """What a text's paragraphs would be in the record, and which rows they are already.

    Args:
        read: the text.
        document: permanent code of its row.
        dossier: as it is.
    """
    rows = [row for row in dossier.rows(Paragraph) if row.document == document]
    acts = list(_acts(read))
    asked = [_asked(name, paragraph, act, document) for name, paragraph, act in acts]
    found = matched(asked, rows)
    held = {row.code: row for row in rows}
    maker = _Maker(dossier, document, found, held)
    made: dict[str, ProposedParagraph] = {}
    for one, (name, paragraph, act) in zip(asked, acts, strict=True):
        made[name] = maker.paragraph(one, paragraph, act, made.get(paragraph.parent))
    return tuple(made.values())


def task_of(substance: str, addressee: str = "") -> str:
    """What is to be done, as far as a line of it goes; who does it has a cell of its own."""
    return shorten(mandate.deed_of(substance, addressee), 200, placeholder="\u2026")


def number_of(paragraph: mandate.Paragraph) -> str:
    """A paragraph's number with section and parts: `4.a`, `II.3`."""
    return ".".join(filter(None, (paragraph.section, paragraph.number, paragraph.sub)))


def _acts(read: mandate.Document) -> Iterator[tuple[str, mandate.Paragraph, mandate.Act]]:
    """Every act by its name: a paragraph's own first, then the further ones it is told to hold."""
    for paragraph in read.paragraphs:
        for place, act in enumerate(paragraph.acts, start=1):
            yield (paragraph.code if place == 1 else f"{paragraph.code}.act{place}", paragraph, act)


def _asked(name: str, paragraph: mandate.Paragraph, act: mandate.Act, document: str) -> Asked:
    is_alone = len(paragraph.acts) == 1
    return Asked(
        name=name,
        code=f"{document}.{name}"[:LONGEST_CODE],
        number=number_of(paragraph),
        verb=act.english,
        text=paragraph.text if is_alone else act.action,
        parent=paragraph.parent,
    )


def _first_report(limits: Sequence[mandate.Deadline]) -> date | None:
    """When a rhythm begins: "within 60 days and every 90 days thereafter" after 60."""
    before = None
    for limit in limits:
        if limit.kind is DeadlineKind.RECURRING:
            return before or limit.on
        before = limit.on if limit.kind in _LAST_DAYS else before
    return None


def _end_in(limits: Sequence[mandate.Deadline]) -> date | None:
    """The day up to which something holds: one that is printed before one that is counted."""
    ends = [limit for limit in limits if limit.kind in _ENDS and limit.on]
    printed = [limit for limit in ends if limit.counted_from == "printed"]
    return next((limit.on for limit in (*printed, *ends)), None)


def _prints(limit: mandate.Deadline) -> bool:
    """Whether the words of a limit print its day, so that it need not be told beside them."""
    printed = {str(limit.on.day), str(limit.on.year)} if limit.on else set()
    return bool(printed) and printed <= set(re.findall(r"\d+", limit.phrase))


class _Maker:
    """Makes rows of acts, beside what the record has."""

    def __init__(
        self,
        dossier: Dossier,
        document: str,
        found: Mapping[str, Match],
        held: Mapping[str, Paragraph],
    ) -> None:
        self._dossier, self._document = dossier, document
        self._found, self._held = found, held
        self._ceilings = list(dossier.rows(Ceiling))
        self._follow_ups: dict[str, list[FollowUp]] = defaultdict(list)
        for row in dossier.rows(FollowUp):
            self._follow_ups[row.paragraph].append(row)
        self._cycles = {row.paragraph for row in dossier.rows(ReportingCycle)}

    def paragraph(
        self,
        asked: Asked,
        read: mandate.Paragraph,
        act: mandate.Act,
        above: ProposedParagraph | None,
    ) -> ProposedParagraph:
        """A part without a verb of its own binds whom the paragraph above it binds."""
        match = self._found[asked.name]
        held = self._held.get(match.row)
        new_code = self._free(asked.code, match.row)
        is_act = asked.name != read.code
        limits = [limit for limit in act.deadlines if not limit.in_condition]
        last = next((one for one in limits if one.kind in _LAST_DAYS and one.on), None)
        rhythm = next(
            (d for d in limits if d.kind is DeadlineKind.RECURRING or d.every_months), None
        )
        sure = [read.confidence_percent]
        sure += [p.confidence_percent for p in (act.verb, act.force, act.addressee) if p]
        inherited = above if act.verb is None else None
        addressee = act.addressee.value if act.addressee else ""
        if inherited and not addressee:
            addressee = inherited.addressee
        force = str(act.force.value) if act.force else "statement"
        return ProposedParagraph(
            name=asked.name,
            code=held.code if held else new_code,
            new_code=new_code,
            parent=read.code if is_act else read.parent,
            held=held,
            reason=match.reason,
            row_sure_percent=match.sure_percent,
            is_act=is_act,
            number=asked.number,
            text=read.text,
            verb=act.english,
            force=inherited.force if inherited and not act.force else force,
            addressee=addressee,
            substance=act.action or read.text,
            owner=self._owner(addressee, act.meant) or self._owner_there(held),
            due_on=last.on if last else None,
            every_months=rhythm.every_months if rhythm else None,
            every_days=rhythm.every_days if rhythm else None,
            first_due_on=_first_report(limits),
            until_on=_end_in(limits),
            counted_on=last.on if last and not _prints(last) else None,
            phrase="; ".join(limit.phrase for limit in limits),
            meant=(act.meant.value, act.meant.rule, act.meant.confidence_percent)
            if act.meant
            else None,
            events=tuple(event.value for event in act.events),
            conditional=tuple(d.phrase for d in act.deadlines if d.in_condition),
            bounds=tuple((c.bound, c.count, c.unit) for c in act.ceilings),
            ceilings=numbers_found(act, match.row, self._document, self._ceilings),
            cited=tuple(_unique(c.symbol or c.number for c in read.citations)),
            rules=(read.rule, *((act.verb.rule,) if act.verb else ())),
            sure_percent=min(sure),
            follow_ups=tuple(self._follow_ups[match.row]) if match.row else (),
            has_cycle=match.row in self._cycles,
        )

    def _owner(self, addressee: str, meant: mandate.Proposal[str] | None) -> str:
        """Whose task it is by the printed name, else by the full name that the text has for it."""
        printed = owner_of(addressee, self._dossier)
        return printed or (owner_of(meant.value, self._dossier) if meant else "")

    def _owner_there(self, held: Paragraph | None) -> str:
        """Who answers for the row that is there already, whatever language the text is in."""
        if held is None:
            return ""
        owners = {row.owner for row in self._follow_ups[held.code] if row.owner}
        return owners.pop() if len(owners) == 1 else owner_of(held.addressee, self._dossier)

    def _free(self, code: str, own: str) -> str:
        """The code of a new row: one that no other row of the document has."""
        numbered = (code, *(f"{code[: LONGEST_CODE - 4]}-{n}" for n in range(2, 99)))
        return next(c for c in numbered if c == own or c not in self._held)


def _unique(texts: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(texts)
