"""Draft of the periodic report, put together from the record: every figure opens to its rows."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from konbit.briefing.page import Page, Section, Table, cell
from konbit.dossier.money_stages import amounts_by_stage
from konbit.dossier.tables.follow_up import FollowUp
from konbit.dossier.tables.fund import ContributionEvent
from konbit.dossier.tables.mandate import Ceiling, Document, Mission, Paragraph
from konbit.dossier.tables.pledge import Offer, UnitEvent
from konbit.dossier.tables.situation import Indicator, Milestone, Observation
from konbit.dossier.unit_stages import (
    ceiling_persons,
    deployed_persons,
    offered_persons,
    ready_persons,
)
from konbit.mandate.languages import language_of
from konbit.web.mandates.register import is_overdue

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from konbit.briefing.page import Cell
    from konbit.dossier import Dossier
    from konbit.terms.money import Money
    from konbit.web.words import PageWords

_MOST = 60
_TEXT = 300


def draft(
    dossier: Dossier, title: str, from_on: date, until_on: date, words: PageWords, address: str
) -> Page:
    """The draft about a period, half-open, as known at its end; stages never added.

    Args:
        dossier: as it is; rows that were not known by the end of the period are left out.
        title: of the mission.
        from_on: first day of the period.
        until_on: first day after it.
        words: of the reader.
        address: of the mission's record, to which each figure's rows lead.
    """
    known = dossier.known_on(until_on)
    missions = known.rows(Mission)
    made = _Draft(known, from_on, until_on, words, address)
    return Page(
        language=words.language,
        title=words.say("report-title", mission=title),
        subtitle=words.say("report-period", from_on=from_on, until_on=until_on),
        status=((words.say("report-status"), words.say("report-is-draft")),),
        sections=(
            made.decisions(),
            made.follow_ups(),
            made.strength(),
            *([made.money()] if missions else []),
            made.situation(),
            made.milestones(),
        ),
        disclaimer=_notice(missions[0].disclaimer if missions else "", words),
    )


def _notice(own: str, words: PageWords) -> str:
    """The mission's notice, which is told in the reader's language too where it is in another."""
    if own and language_of(own).value == words.language:
        return own
    told = words.say("report-notice")
    return f"{told} {words.say('report-own-notice', notice=own)}" if own else told


class _Draft:
    def __init__(
        self, known: Dossier, from_on: date, until_on: date, words: PageWords, address: str
    ) -> None:
        self._known, self._from, self._until = known, from_on, until_on
        self._words, self._address = words, address

    def decisions(self) -> Section:
        rows = [d for d in self._known.rows(Document) if self._from <= d.adopted_on < self._until]
        return self._section(
            "decisions",
            ("mandates-adopted", "mandate-document", "report-document-title"),
            (
                (
                    cell(self._words.day(d.adopted_on)),
                    cell(d.symbol or d.code, href=self._row("documents", d.code)),
                    cell(d.title),
                )
                for d in rows
            ),
        )

    def follow_ups(self) -> Section:
        """How all of them stand, then those that changed in the period or are overdue."""
        rows = self._known.rows(FollowUp)
        counts = Counter(row.status for row in rows)
        told = tuple(
            self._words.say(
                "report-status-count", status=self._words.say(f"status-{status}"), count=count
            )
            for status, count in sorted(counts.items())
        )
        chosen = [
            row
            for row in rows
            if is_overdue(row, self._until)
            or (row.answered_on and self._from <= row.answered_on < self._until)
        ]
        paragraphs = {p.code: p for p in self._known.rows(Paragraph)}
        section = self._section(
            "follow-ups",
            ("settle-field-task", "mandate-paragraph", "settle-field-status",
             "settle-field-due_on", "settle-field-answer"),
            (
                (
                    cell(row.task, href=self._row("follow_ups", row.code)),
                    cell(row.paragraph if row.paragraph in paragraphs else "",
                         href=self._row("paragraphs", row.paragraph)),
                    cell(self._words.say(f"status-{row.status}")),
                    cell(self._words.day(row.due_on) if row.due_on else ""),
                    cell(row.answer[:_TEXT]),
                )
                for row in chosen
            ),
        )  # fmt: skip
        return Section(section.code, section.title, (", ".join(told),), section.blocks)

    def strength(self) -> Section:
        """Head-counts at the end of the period, beside each other, each with its own day."""
        offers = self._list("offers", {"known_on": self._until.isoformat()})
        events = self._list("unit_events", {"on.to": self._until.isoformat()})
        ceilings = [
            row
            for row in self._known.rows(Ceiling)
            if row.from_on <= self._until and (row.until_on is None or self._until < row.until_on)
        ]
        last = max((e.on for e in self._known.rows(UnitEvent) if e.on < self._until), default=None)
        set_on = max((row.from_on for row in ceilings), default=None)
        offered_on = max((row.known_since for row in self._known.rows(Offer)), default=None)
        counts = (
            ("ceiling", ceiling_persons(self._known, self._until), set_on,
             self._list("ceilings", {"known_on": self._until.isoformat()})),
            ("offered", offered_persons(self._known, self._until), offered_on, offers),
            ("ready", ready_persons(self._known, self._until), last, events),
            ("deployed", deployed_persons(self._known, self._until), last, events),
            ("effective", None, None, ""),
        )  # fmt: skip
        planned = any(row.kind == "planned" or row.is_assumed for row in ceilings)
        return self._section(
            "strength",
            ("report-head-count", "pledges-persons", "report-last-event"),
            (
                (
                    cell(self._words.say(f"report-{name}")),
                    cell(
                        self._number(count),
                        href=place if count is not None else "",
                        assumed=name == "ceiling" and planned,
                    ),
                    cell(self._words.day(on) if on else "\u2013"),
                )
                for name, count, on, place in counts
            ),
            figures=frozenset({1}),
            note=self._words.say("report-ceiling-planned") if planned else "",
        )

    def money(self) -> Section:
        """Money by fund or instrument and stage at the end of the period."""
        days: dict[str, date] = {}
        for event in self._known.rows(ContributionEvent):
            if event.on < self._until:
                days[event.stage] = max(event.on, days.get(event.stage, event.on))
        return self._section(
            "money",
            ("report-holder", "mandate-stage", "step-amount", "report-unknown",
             "report-last-event"),
            (
                (
                    cell(self._holder(at.holder)),
                    cell(self._words.say(f"stage-{at.stage}")),
                    cell(
                        self._amount(at.amount, knows=at.contributions > at.unknown_amounts),
                        href=self._list(
                            "contribution_events",
                            {"stage": at.stage, "on.to": self._until.isoformat()},
                        ),
                    ),
                    cell(self._number(at.unknown_amounts)),
                    cell(self._words.day(days[at.stage]) if at.stage in days else "\u2013"),
                )
                for at in amounts_by_stage(self._known, self._until)
            ),
            figures=frozenset({2, 3}),
        )  # fmt: skip

    def situation(self) -> Section:
        """The newest value of each indicator that has one in the period, with its own days."""
        newest: dict[str, Observation] = {}
        for row in self._known.rows(Observation):
            inside = self._from <= row.on < self._until
            held = newest.get(row.indicator)
            if inside and not row.location and (held is None or held.on < row.on):
                newest[row.indicator] = row
        titles = {row.code: row for row in self._known.rows(Indicator)}
        return self._section(
            "situation",
            ("report-indicator", "report-value", "report-unit", "mandate-day"),
            (
                (
                    cell(titles[code].title if code in titles else code),
                    cell(str(row.value), href=self._row("observations", row.code)),
                    cell(titles[code].unit if code in titles else ""),
                    cell(self._words.day(row.on)),
                )
                for code, row in sorted(newest.items())
            ),
            figures=frozenset({1}),
        )

    def milestones(self) -> Section:
        rows = [m for m in self._known.rows(Milestone) if self._from <= m.on < self._until]
        return self._section(
            "milestones",
            ("mandate-day", "report-milestone", "settle-field-status"),
            (
                (
                    cell(self._words.day(m.on)),
                    cell(m.title, href=self._row("milestones", m.code)),
                    cell(self._words.say(f"milestone-{m.status}")),
                )
                for m in sorted(rows, key=lambda m: (m.on, m.code))
            ),
        )

    def _section(
        self,
        code: str,
        headings: tuple[str, ...],
        rows: Iterable[tuple[Cell, ...]],
        figures: frozenset[int] = frozenset(),
        note: str = "",
    ) -> Section:
        title = self._words.say(f"report-{code}")
        every = tuple(rows)
        if not every:
            return Section(code, title, (self._words.say("report-nothing"),))
        table = Table(
            code,
            title,
            tuple(self._words.say(heading) for heading in headings),
            tuple(at in figures for at in range(len(headings))),
            every[:_MOST],
            note=note,
            left_out=max(0, len(every) - _MOST),
        )
        return Section(code, title, (), (table,))

    def _amount(self, amount: Money | None, *, knows: bool) -> str:
        """An amount; none where nothing is known, which is not nothing given."""
        told = amount is not None and (knows or amount.amount_minor > 0)
        return self._words.money(amount) if amount is not None and told else "\u2013"

    def _holder(self, holder: str) -> str:
        """A fund by its code, which opens; an instrument beside the funds in words."""
        code = f"holder-{holder}"
        return self._words.say(code) if self._words.knows(code) else holder

    def _number(self, count: int | None) -> str:
        return "\u2013" if count is None else self._words.number(count)

    def _row(self, table: str, key: str) -> str:
        return f"{self._address}tables/{table}/row/{key}"

    def _list(self, table: str, asked: dict[str, Any]) -> str:
        query = "&".join(f"{name}={value}" for name, value in asked.items())
        return f"{self._address}tables/{table}/{f'?{query}' if query else ''}"
