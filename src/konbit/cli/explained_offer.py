"""What becomes of one offer in a plan, what holds it back and whom to ask, as lines of text."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Any

from konbit.briefing import sentences
from konbit.briefing.names import Names
from konbit.cli.documents import explanation_document, row_document
from konbit.cli.explanation import (
    could_meet,
    months_of,
    offer_lines,
    reason_of,
    spells,
    title_of,
)
from konbit.dossier.caveats import may_serve_at
from konbit.dossier.plan import FULL
from konbit.dossier.scenario import under
from konbit.dossier.tables.pledge import Caveat, Offer
from konbit.planner.family import CAVEAT, lifted_by

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.api import PlanView
    from konbit.briefing.words import Words
    from konbit.dossier import Dossier
    from konbit.dossier.plan import Ask, Coverage, Plan
    from konbit.terms import Month


def offer_explained(view: PlanView, code: str, month: Month | None, words: Words) -> list[str]:
    """One offer: its rows, where the plan has it, what holds back its work, whom to ask."""
    plan, names = view.plan, Names(view.dossier, words)
    known = under(view.dossier, plan.scenario)[0].known_on(plan.as_of_on)
    offer = known.by_code(Offer).get(code)
    if offer is None:
        return [words.say("cli-offer-not-known", offer=code, day=plan.as_of_on)]
    short = _short(plan, known, code, month)
    return [
        title_of(plan, words),
        "",
        *(line.removeprefix("  ") for line in offer_lines(known, offer, names, words)),
        "",
        words.say("cli-heading-in-plan"),
        *_whereabouts(plan, offer, month, names, words),
        "",
        words.say("cli-heading-work-left"),
        *_work_left(short, names, words),
        "",
        words.say("cli-heading-whom"),
        *_whom(plan, code, short, names, words),
        *_own_conditions(plan, offer, month, names, words),
    ]


def offer_document(view: PlanView, code: str, month: Month | None) -> dict[str, Any]:
    """What `konbit explain --offer --json` prints: the offer's presence, work left, and asks."""
    plan = view.plan
    known = under(view.dossier, plan.scenario)[0].known_on(plan.as_of_on)
    short = _short(plan, known, code, month)
    wanted = _wanted(short)
    return {
        **explanation_document(plan, "", month),
        "coverage": [row_document(row) for row in short],
        "presence": [
            row_document(row)
            for row in plan.presence
            if row.offer == code and (month is None or row.month == str(month))
        ],
        "asks": [row_document(ask) for ask in plan.asks if _concerns(ask, code, wanted)],
    }


def _short(plan: Plan, known: Dossier, code: str, month: Month | None) -> list[Coverage]:
    """Requirement-months that the offer could help to meet and that are not fully met."""
    rows = months_of(plan.coverage, month)
    return [row for row in rows if row.share < FULL and _helps(known, code, row)]


def _wanted(short: list[Coverage]) -> set[str]:
    """Kinds of ask that lift what holds these back first."""
    return {kind for row in short for kind in lifted_by(row.reason)}


def _helps(known: Dossier, code: str, row: Coverage) -> bool:
    """Whether an offer gives what is required, and no caveat keeps it from the site."""
    caveats = [c for c in known.rows(Caveat) if c.offer == code]
    gives = code in {offer.code for offer in could_meet(known, row.capability)}
    return gives and may_serve_at(row.site, caveats)


def _whereabouts(
    plan: Plan, offer: Offer, month: Month | None, names: Names, words: Words
) -> Iterator[str]:
    """Spells of months with the same units at the same sites."""
    there: dict[str, Counter[str]] = {}
    for row in plan.presence:
        if row.offer == offer.code and row.units:
            there.setdefault(row.month, Counter())[row.site] += row.units
    every = sorted({c.month for c in months_of(plan.coverage, month)})
    for found, spell in groupby(every, lambda m: sorted(there.get(m, Counter()).items())):
        months = list(spell)
        places = [
            words.say("cli-units-at", count=count, site=names.title(site)) for site, count in found
        ]
        yield "  " + words.say(
            "cli-offer-spell",
            months=spells(months, words),
            places=words.listed(places) or words.say("cli-units-nowhere"),
            all=offer.unit_count,
        )


def _work_left(short: list[Coverage], names: Names, words: Words) -> Iterator[str]:
    """Requirements that the offer could help to meet: months not met, by their first reason."""
    if not short:
        yield "  " + words.say("cli-no-work-left")
    for (requirement, capability, site), rows in groupby(
        short, lambda c: (c.requirement, c.capability, c.site)
    ):
        yield "  " + words.say(
            "cli-requirement",
            requirement=requirement,
            capability=names.title(capability),
            site=names.title(site),
            weight=(months := list(rows))[0].weight,
        )
        for said, spell in groupby(months, lambda c: reason_of(c, names, words)):
            when = spells([c.month for c in spell], words)
            yield "    " + words.say("cli-spell-reason", months=when, reason=said)


def _whom(
    plan: Plan, code: str, short: list[Coverage], names: Names, words: Words
) -> Iterator[str]:
    """Asks of the call list that lift one of these limits, those about the offer itself first."""
    wanted = _wanted(short)
    found = [ask for ask in plan.asks if _concerns(ask, code, wanted)]
    if not found:
        yield "  " + words.say("cli-whom-nobody")
    for ask in sorted(found, key=lambda a: (a.subject != code, a.rank)):
        yield f"  {sentences.ask(ask, names, words)}"
        yield f"    {sentences.gain(ask, plan, words)}"
        yield from (f"    {why}" for why in sentences.whom(ask, names, words))


def _own_conditions(
    plan: Plan, offer: Offer, month: Month | None, names: Names, words: Words
) -> Iterator[str]:
    """Whom to ask where the contributor's own conditions hold work back: itself."""
    held = [c for c in months_of(plan.coverage, month) if c.reason == CAVEAT]
    if any(offer.code in c.detail.split() for c in held):
        yield "  " + words.say("cli-whom-caveat", organisation=names.title(offer.contributor))


def _concerns(ask: Ask, code: str, wanted: set[str]) -> bool:
    own = ask.kind in {"ready", "clearance", "admission"}
    return ask.subject == code if own else ask.kind in wanted
