"""The sections of a brief, in the order in which they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.briefing import sentences
from konbit.briefing.page import FigurePlace, Page, Section
from konbit.briefing.sections import compare, footing, glance, money, need
from konbit.briefing.sections.context import Context

if TYPE_CHECKING:
    from collections.abc import Container

    from konbit.briefing.words import Words
    from konbit.dossier.dossier import Dossier
    from konbit.dossier.plan import Comparison, Plan

__all__ = ["Context", "compose", "status_of"]


def compose(
    plan: Plan,
    dossier: Dossier,
    figures: Container[str],
    words: Words,
    comparison: Comparison | None = None,
) -> Page:
    """A brief of a plan, ready to be set. Places of figures that are not at hand are left out."""
    ctx = Context(plan, dossier, words, figures)
    compared = (compare.scenarios(comparison, dossier, words),) if comparison else ()
    sections = (
        glance.glance(ctx),
        glance.strength(ctx),
        need.coverage(ctx),
        need.missing(ctx),
        need.bottlenecks(ctx),
        need.call_list(ctx),
        glance.deployment(ctx),
        money.money(ctx),
        *((footing.place(ctx),) if "mission-map" in figures else ()),
        *compared,
        footing.assumptions(ctx),
        footing.findings(ctx),
        footing.sources(ctx),
        footing.verification(ctx),
        footing.how_to_check(ctx),
    )
    return Page(
        words.language,
        plan.title,
        words.say("brief-subtitle", day=plan.as_of_on),
        status_of(ctx),
        tuple(_with_figures_at_hand(section, figures) for section in sections),
        dossier.mission.disclaimer,
    )


def _with_figures_at_hand(section: Section, figures: Container[str]) -> Section:
    blocks = tuple(
        block
        for block in section.blocks
        if not isinstance(block, FigurePlace) or block.name in figures
    )
    return Section(section.code, section.title, section.paragraphs, blocks, section.key)


def status_of(ctx: Context) -> tuple[tuple[str, str], ...]:
    """The status line of a plan, as pairs of label and value."""
    plan, words = ctx.plan, ctx.words
    say = words.say
    last = plan.until_month + -1
    return (
        (say("label-as-of"), words.day(plan.as_of_on)),
        (say("label-scenario"), plan.scenario_title or plan.scenario or say("scenario-none")),
        (
            say("label-months"),
            say(
                "month-span",
                first=words.month_short(plan.first_month),
                last=words.month_short(last),
            ),
        ),
        (say("label-currency"), plan.currency),
        (say("label-verified"), sentences.verified(plan, words)),
        (say("label-proof"), sentences.proof(plan, words)),
        (say("label-dossier"), plan.dossier_digest[:16]),
        (say("label-plan"), plan.digest[:16]),
    )
