"""What a paragraph leads to, and what leads back to it. Stages stand beside each other."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from konbit.dossier.columns import Kind, columns_of
from konbit.dossier.money_stages import SHOWN_STAGES, is_counted
from konbit.dossier.registry import TABLES
from konbit.dossier.tables.follow_up import Answer, FollowUp, ParagraphLink, ReportingCycle
from konbit.dossier.tables.fund import Contribution, ContributionEvent
from konbit.dossier.tables.mandate import Paragraph
from konbit.dossier.tables.pledge import UNIT_SIDE_STATES, UNIT_STAGES, Offer
from konbit.dossier.tables.requirement import Requirement
from konbit.dossier.unit_stages import OfferState, states_on
from konbit.terms import Money

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from konbit.dossier import Dossier, Plan, Row

_OWN = frozenset({"paragraphs", "follow_ups", "answers", "paragraph_links", "reporting_cycles"})


@dataclass(frozen=True, slots=True)
class Linked:
    """A row to which a paragraph leads: where it is, what it is called, by which relation."""

    table: str
    key: str
    title: str
    relation: str


@dataclass(frozen=True, slots=True)
class UnitsAt:
    """Offers that stand at a stage: how many, and their units and people as offered."""

    stage: str
    offers: tuple[Offer, ...]
    units: int
    persons: int


@dataclass(frozen=True, slots=True)
class MoneyAt:
    """Money at a stage in one currency; the events of which it is the sum."""

    stage: str
    amount: Money
    events: tuple[ContributionEvent, ...]


@dataclass(frozen=True, slots=True)
class PlanLine:
    """How far the approved plan meets a requirement: the worst and the best month."""

    requirement: str
    least_share: int
    most_share: int
    months: int


@dataclass(frozen=True, slots=True)
class Leads:
    """Everything that a paragraph leads to."""

    requirements: tuple[Requirement, ...]
    units: tuple[UnitsAt, ...]
    money: tuple[MoneyAt, ...]
    money_unknown: tuple[Contribution, ...]
    others: tuple[Linked, ...]
    answers: tuple[Answer, ...]
    follow_ups: tuple[FollowUp, ...]
    cycles: tuple[ReportingCycle, ...]

    @property
    def is_followed(self) -> bool:
        """Whether a need, units, money or another row stands behind the paragraph."""
        return bool(
            self.requirements or self.units or self.money or self.money_unknown or self.others
        )


class Paths:
    """The links of a dossier on a day, both ways; made once for a page.

    Args:
        dossier: as it is.
        today: the day whose stages are shown.
    """

    def __init__(self, dossier: Dossier, today: date) -> None:
        self._dossier = dossier
        self._known = dossier.known_on(today)
        self._today = today
        self._states = states_on(self._known, today)
        self._by: dict[type[Row], dict[str, list[Any]]] = {}
        self._titles = {(row.TABLE, row.label): _title(row) for row in dossier.all_rows}

    def leads(self, paragraph: str) -> Leads:
        """What a paragraph leads to."""
        offers = {row.code: row for row in self._of(Offer, paragraph)}
        gifts = {row.code: row for row in self._of(Contribution, paragraph)}
        money, unknown = self._money(gifts.values())
        return Leads(
            tuple(self._of(Requirement, paragraph)),
            self._units(offers.values()),
            money,
            unknown,
            tuple(self._others(paragraph)),
            tuple(sorted(self._of(Answer, paragraph), key=lambda a: (a.answered_on, a.code))),
            tuple(self._of(FollowUp, paragraph)),
            tuple(self._of(ReportingCycle, paragraph)),
        )

    def back(self, table: str, key: str) -> tuple[Linked, ...]:
        """Paragraphs to which a row goes back, with the table and column or relation that says so.

        For a unit or gift also by its answers; for a document its own paragraphs.
        """
        found: dict[tuple[str, str], Linked] = {}
        for row in self._dossier.all_rows:
            if table == row.TABLE and row.label == key:
                code = str(getattr(row, "paragraph", ""))
                if code:
                    found[code, table] = self._paragraph(code, "serves")
        for link in self._dossier.rows(ParagraphLink):
            if (link.linked_table, link.linked_row) == (table, key):
                found[link.paragraph, link.code] = self._paragraph(link.paragraph, link.relation)
        for answer in self._dossier.rows(Answer):
            if key and key == {"offers": answer.offer, "contributions": answer.contribution,
                               "documents": answer.document}.get(table):  # fmt: skip
                found[answer.paragraph, answer.code] = self._paragraph(answer.paragraph, "answers")
        for paragraph in self._dossier.rows(Paragraph):
            if table == "documents" and paragraph.document == key:
                found[paragraph.code, "of"] = self._paragraph(paragraph.code, "of")
        return tuple(found[place] for place in sorted(found))

    def title(self, table: str, key: str) -> str:
        """What a row is called; its key where it has no title."""
        return self._titles.get((table, key), key)

    def _paragraph(self, code: str, relation: str) -> Linked:
        return Linked("paragraphs", code, self.title("paragraphs", code), relation)

    def _of(self, table: type[Any], paragraph: str) -> list[Any]:
        if table not in self._by:
            grouped: dict[str, list[Any]] = defaultdict(list)
            for row in self._dossier.rows(table):
                grouped[row.paragraph].append(row)
            self._by[table] = grouped
        return self._by[table].get(paragraph, [])

    def _units(self, offers: Iterable[Offer]) -> tuple[UnitsAt, ...]:
        found: dict[str, list[OfferState]] = defaultdict(list)
        for offer in offers:
            state = self._states.get(offer.code)
            if state is not None:
                found[state.stage].append(state)
        order = (*UNIT_STAGES, *UNIT_SIDE_STATES)
        return tuple(
            UnitsAt(
                stage,
                tuple(s.offer for s in found[stage]),
                sum(s.offer.unit_count for s in found[stage]),
                sum(s.offer.unit_count * s.offer.strength_persons for s in found[stage]),
            )
            for stage in order
            if stage in found
        )

    def _money(
        self, gifts: Iterable[Contribution]
    ) -> tuple[tuple[MoneyAt, ...], tuple[Contribution, ...]]:
        """Amounts by stage and currency, of gifts whose money is their own; the others by name."""
        known = {row.code: row for row in self._known.rows(Contribution)}
        events: dict[str, list[ContributionEvent]] = defaultdict(list)
        for event in self._known.rows(ContributionEvent):
            if event.on <= self._today:
                events[event.contribution].append(event)
        sums: dict[tuple[str, str], list[ContributionEvent]] = defaultdict(list)
        unknown = []
        for gift in gifts:
            if gift.code not in known or not is_counted(gift):
                continue
            amounts = [e for e in events[gift.code] if e.amount is not None]
            if not amounts:
                unknown.append(gift)
            for event in amounts:
                if event.amount is not None:
                    sums[event.stage, event.amount.currency].append(event)
        order = {stage: at for at, stage in enumerate((*SHOWN_STAGES, "released"))}
        return (
            tuple(
                MoneyAt(
                    stage,
                    Money(sum(e.amount.amount_minor for e in rows if e.amount), currency),
                    tuple(rows),
                )
                for (stage, currency), rows in sorted(
                    sums.items(), key=lambda item: (order[item[0][0]], item[0][1])
                )
            ),
            tuple(unknown),
        )

    def _others(self, paragraph: str) -> Iterator[Linked]:
        shown = {Requirement, Offer, Contribution}
        for table in TABLES:
            if table in shown or table.TABLE in _OWN or not _names_paragraphs(table):
                continue
            for row in self._of(table, paragraph):
                yield Linked(table.TABLE, row.label, _title(row), "serves")
        for link in self._of(ParagraphLink, paragraph):
            yield Linked(
                link.linked_table,
                link.linked_row,
                self.title(link.linked_table, link.linked_row),
                link.relation,
            )


def plan_lines(plan: Plan, requirements: Iterable[Requirement]) -> tuple[PlanLine, ...]:
    """How far a plan meets these requirements, from its own lines."""
    shares: dict[str, list[int]] = defaultdict(list)
    for line in plan.coverage:
        shares[line.requirement].append(line.share)
    return tuple(
        PlanLine(row.code, min(shares[row.code]), max(shares[row.code]), len(shares[row.code]))
        for row in requirements
        if shares.get(row.code)
    )


def _names_paragraphs(table: type[Row]) -> bool:
    return any(c.name == "paragraph" and c.kind is Kind.REFERENCE for c in columns_of(table))


def _title(row: Row) -> str:
    for name in ("title", "substance", "task"):
        found = getattr(row, name, "")
        if found:
            return str(found)
    return row.label
