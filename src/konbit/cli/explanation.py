"""What holds requirements back, as lines of text."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from konbit.briefing import sentences
from konbit.briefing.names import Names
from konbit.dossier.plan import FULL
from konbit.dossier.scenario import under
from konbit.dossier.tables.mandate import Document, Location, Paragraph
from konbit.dossier.tables.pledge import Caveat, DueDiligence, Offer, OfferCapability, UnitEvent
from konbit.dossier.tables.requirement import (
    Capability,
    Enabler,
    Phase,
    Requirement,
    Site,
    Substitution,
)
from konbit.terms import Month

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from konbit.api import PlanView
    from konbit.briefing.words import Words
    from konbit.dossier import Dossier, Fact
    from konbit.dossier.plan import Coverage, Plan


def explained(view: PlanView, month: Month | None, words: Words) -> list[str]:
    """Each requirement that is not fully met, by spells of months with the same reason; gains."""
    plan = view.plan
    names = Names(view.dossier, words)
    lines = [title_of(plan, words)]
    short = [c for c in months_of(plan.coverage, month) if c.share < FULL]
    for requirement, rows in groupby(short, lambda c: c.requirement):
        lines += ["", *_spells(requirement, list(rows), names, words)]
    if not short:
        lines += ["", words.say("cli-all-met" if plan.needed_points else "bottleneck-nothing")]
    return [*lines, "", *_gains(plan, words)]


def opened(view: PlanView, requirement: str, month: Month | None, words: Words) -> list[str]:
    """One requirement: its rows, what could meet it, and who does, month by month."""
    plan = view.plan
    names = Names(view.dossier, words)
    known = under(view.dossier, plan.scenario)[0].known_on(plan.as_of_on)
    row = known.by_code(Requirement).get(requirement)
    if row is None:
        return [words.say("cli-requirement-not-known", requirement=requirement, day=plan.as_of_on)]
    months = [c for c in months_of(plan.coverage, month) if c.requirement == requirement]
    concerned = _concerned(known, row)
    return [
        title_of(plan, words),
        "",
        _need(row, names, words),
        *_sources(_rows_of_need(known, row), words),
        "",
        words.say("cli-heading-could-meet"),
        *_candidates(known, row, names, words),
        "",
        words.say("cli-heading-months"),
        *(line for c in months for line in _month_lines(plan, c, concerned, names, words)),
        "",
        words.say("cli-rule"),
    ]


def title_of(plan: Plan, words: Words) -> str:
    """What is explained: mission, day, scenario, and how much is covered."""
    return words.say(
        "cli-explain-title",
        title=plan.title,
        day=plan.as_of_on,
        scenario=plan.scenario_title or plan.scenario or words.say("scenario-none"),
        share=sentences.coverage(plan, words),
    )


def months_of(coverage: Iterable[Coverage], month: Month | None) -> list[Coverage]:
    """Requirement-months, of one month or all, the weightiest requirement first."""
    chosen = [c for c in coverage if month is None or c.month == str(month)]
    return sorted(chosen, key=lambda c: (-c.weight, c.requirement, c.month))


def _spells(requirement: str, rows: list[Coverage], names: Names, words: Words) -> Iterator[str]:
    first = rows[0]
    yield words.say(
        "cli-requirement",
        requirement=requirement,
        capability=names.title(first.capability),
        site=names.title(first.site),
        weight=first.weight,
    )
    for _, spell in groupby(rows, lambda c: (c.share, c.needed, c.reason, c.detail)):
        months = list(spell)
        yield "  " + words.say(
            "cli-spell",
            months=spells([c.month for c in months], words),
            share=words.share(months[0].share),
            needed=months[0].needed,
            reason=reason_of(months[0], names, words),
        )


def spells(months: Sequence[str], words: Words) -> str:
    """The first and the last of some months that follow each other."""
    first, last = months[0], months[-1]
    if first == last:
        return words.month_short(first)
    return words.say("month-span", first=words.month_short(first), last=words.month_short(last))


def reason_of(row: Coverage, names: Names, words: Words) -> str:
    """The first reason of a requirement-month, and what it is about."""
    reason = words.say(f"reason-{row.reason}")
    if not row.detail:
        return reason
    return words.say("cli-reason-about", reason=reason, detail=names.detail(row.detail))


def _gains(plan: Plan, words: Words) -> Iterator[str]:
    if not plan.relaxations:
        return
    yield words.say("cli-heading-gains")
    for row in sorted(plan.relaxations, key=lambda r: r.rank):
        yield "  " + words.say(
            "cli-gain",
            family=words.say(f"family-{row.family}"),
            gain=words.share(FULL * row.gain_points // max(1, plan.needed_points)),
            most=words.share(FULL * row.upper_points // max(1, plan.needed_points)),
            count=row.held_back_months,
        )


def _need(row: Requirement, names: Names, words: Words) -> str:
    return words.say(
        "cli-need",
        requirement=row.code,
        quantity=row.quantity,
        measure=names.measure(row.capability),
        capability=names.title(row.capability),
        site=names.title(row.site),
        weight=row.priority,
    )


def _rows_of_need(known: Dossier, row: Requirement) -> Iterator[Fact]:
    """The requirement and the rows that give it its meaning."""
    yield row
    site = known.by_code(Site).get(row.site)
    paragraph = known.by_code(Paragraph).get(row.paragraph)
    found = (
        known.by_code(Capability).get(row.capability),
        site,
        known.by_code(Location).get(site.location) if site else None,
        known.by_code(Phase).get(row.phase),
        paragraph,
        known.by_code(Document).get(paragraph.document) if paragraph else None,
        *(e for e in known.rows(Enabler) if e.enables == row.capability),
        *(s for s in known.rows(Substitution) if s.needed == row.capability),
    )
    yield from (fact for fact in found if fact is not None)


def _sources(rows: Iterable[Fact], words: Words, indent: str = "  ") -> Iterator[str]:
    for row in rows:
        said = words.say(
            "cli-source",
            row=f"{row.TABLE} \u203a {row.label}",
            source=row.source,
            day=row.source_on,
            confidence=words.say(f"confidence-{row.confidence}"),
        )
        yield indent + (
            words.say("cli-source-basis", said=said, basis=row.basis) if row.basis else said
        )


def could_meet(known: Dossier, capability: str) -> list[Offer]:
    """Offers that give a capability, or what may stand in for it."""
    useful = {capability} | {s.offered for s in known.rows(Substitution) if s.needed == capability}
    further = {c.offer for c in known.rows(OfferCapability) if c.capability in useful}
    return [o for o in known.rows(Offer) if o.capability in useful or o.code in further]


def _concerned(known: Dossier, row: Requirement) -> frozenset[str]:
    """Codes of the offers that could meet a requirement, and of those that enable them."""
    enablers = [e.enabler for e in known.rows(Enabler) if e.enables == row.capability]
    return frozenset(
        offer.code for one in (row.capability, *enablers) for offer in could_meet(known, one)
    )


def _candidates(known: Dossier, row: Requirement, names: Names, words: Words) -> Iterator[str]:
    offers = could_meet(known, row.capability)
    if not offers:
        yield "  " + words.say("cli-nothing-offered")
    for offer in offers:
        yield from offer_lines(known, offer, names, words)


def offer_lines(known: Dossier, offer: Offer, names: Names, words: Words) -> Iterator[str]:
    """An offer, and the rows that say how it stands."""
    yield "  " + words.say(
        "cli-offer",
        offer=offer.code,
        title=names.offer(offer.code),
        count=offer.unit_count,
        strength=offer.strength_persons,
    )
    about = (
        offer,
        *(e for e in known.rows(UnitEvent) if e.offer == offer.code),
        *(c for c in known.rows(Caveat) if c.offer == offer.code),
        *(d for d in known.rows(DueDiligence) if d.offer == offer.code),
    )
    yield from _sources(about, words, "    ")


def _month_lines(
    plan: Plan, row: Coverage, concerned: frozenset[str], names: Names, words: Words
) -> Iterator[str]:
    """A month of a requirement, and who of those concerned is at work at its site."""
    yield "  " + words.say(
        "cli-month",
        month=words.month_short(row.month),
        needed=row.needed,
        present=row.present,
        share=words.share(row.share),
        reason=reason_of(row, names, words),
    )
    for present in plan.presence:
        here = (present.site, present.month) == (row.site, row.month)
        if here and present.operational_units and present.offer in concerned:
            yield "    " + words.say(
                "cli-at-work",
                unit=present.unit,
                title=names.offer(present.offer),
                count=present.operational_units,
            )
