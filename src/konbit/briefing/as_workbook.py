"""A plan as an Excel workbook: a cover, what to do, every table, and what it all rests on."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import TYPE_CHECKING, Any

import xlsxwriter

from konbit.briefing import reckoning, sentences
from konbit.briefing.codes import titled
from konbit.briefing.sections import Context, status_of
from konbit.briefing.sections.footing import assumed_rows, findings_sentence
from konbit.briefing.stated import stated
from konbit.briefing.workbook_sheets import (
    INDENTED,
    Formats,
    Marked,
    Share,
    Sheet,
    height_of,
    lines_of,
    sheet_of_rows,
    write_sheet,
    write_value,
)
from konbit.briefing.workbook_words import CellWords
from konbit.dossier.facts import Fact
from konbit.dossier.registry import TABLES
from konbit.dossier.tables.fund import ExchangeRate
from konbit.terms import Month

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.briefing.reckoning import Shortfall
    from konbit.briefing.words import Words
    from konbit.dossier.columns import Column, Row
    from konbit.dossier.dossier import Dossier
    from konbit.dossier.plan import Ask, Plan

_COVER_WIDTH = 90


def plan_workbook(plan: Plan, dossier: Dossier, words: Words, made_by: str, made_on: str) -> bytes:
    """The workbook of a plan. The same arguments give the same bytes.

    Args:
        plan: what the workbook holds.
        dossier: the dossier from which it was made, for titles, assumptions and sources.
        words: the reader's language.
        made_by: who made it, for the cover.
        made_on: when, as the cover is to say it.
    """
    ctx = Context(plan, dossier, words)
    target = BytesIO()
    book = xlsxwriter.Workbook(
        target,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "remove_timezone": True,
        },
    )
    # The day of the plan, not of the clock: the same plan gives the same bytes.
    book.set_properties(
        {"title": plan.title, "created": dt.datetime.combine(plan.as_of_on, dt.time())}
    )
    formats = Formats(book)
    _cover(
        book.add_worksheet(words.say("sheet-cover")), formats, _cover_lines(ctx, made_by, made_on)
    )
    for sheet in _sheets(ctx):
        write_sheet(book, formats, sheet)
    book.close()
    return target.getvalue()


def _cover_lines(ctx: Context, made_by: str, made_on: str) -> tuple[tuple[str, Any], ...]:
    plan, words = ctx.plan, ctx.words
    say = words.say
    status = [(label, value) for label, value in status_of(ctx)[:-2] if label != say("label-as-of")]
    return (
        (say("label-mission"), plan.title),
        (say("label-made-by"), made_by),
        (say("label-made-on"), made_on),
        (say("label-as-of"), plan.as_of_on),
        *status,
        (say("label-rate-date"), _rate_date(ctx)),
        (say("label-filter"), say("filter-none")),
        (say("label-dossier"), plan.dossier_digest),
        (say("label-plan"), plan.digest),
        (say("label-coverage"), _covered(plan)),
        (say("label-bottleneck"), sentences.bottleneck(plan, words)),
        (say("label-reliance"), sentences.reliance(plan.reliance, words)),
        (say("sheet-findings"), findings_sentence(ctx)),
        (say("label-disclaimer"), ctx.dossier.mission.disclaimer),
        ("", Marked(say("sheet-legend"))),
    )


def _covered(plan: Plan) -> Share | str:
    return Share(reckoning.coverage_share(plan)) if plan.needed_points else ""


def _rate_date(ctx: Context) -> Any:
    days = [row.on for row in ctx.known.rows(ExchangeRate) if row.on <= ctx.plan.as_of_on]
    return max(days) if days else ctx.words.say("rates-none")


def _cover(page: Any, formats: Formats, lines: tuple[tuple[str, Any], ...]) -> None:
    for line, (label, value) in enumerate(lines):
        page.write_string(line, 0, label, formats(bold=True))
        write_value(page, formats, line, 1, value, **INDENTED)
        page.set_row(line, height_of(lines_of(value, _COVER_WIDTH)))
    page.set_column(0, 0, 24)
    page.set_column(1, 1, _COVER_WIDTH)
    page.set_paper(9)
    page.fit_to_pages(1, 0)


def _sheets(ctx: Context) -> Iterator[Sheet]:
    plan, words = ctx.plan, ctx.words
    yield _calls(ctx)
    yield _shortfalls(ctx)
    yield _codes(ctx)
    told = CellWords(ctx.names, words).cell
    for table, rows in plan.tables.items():
        yield sheet_of_rows(table, rows, words, plan.currency, _marker(ctx), told)
    yield _findings(ctx)
    yield _assumptions(ctx)
    yield _sources(ctx)


def _codes(ctx: Context) -> Sheet:
    """What the codes in the sheets that follow stand for."""
    rows = tuple(
        (ctx.words.table_title(entry.table), entry.code, entry.title)
        for entry in titled(ctx.known, ctx.words)
    )
    return Sheet(ctx.words.say("sheet-codes"), _headings(ctx, "table code title"), rows)


def _marker(ctx: Context) -> Any:
    """Which cells of plan tables rest on an assumption: needs, units and prices."""

    def is_marked(row: Row, column: Column) -> bool:
        if column.name in {"amount", "support_cost"}:
            return bool(getattr(row, "placeholder", False))
        if column.name in {"requirement", "needed", "share", "offer", "strength_persons"}:
            code = getattr(row, "requirement", "") or getattr(row, "offer", "")
            return ctx.assumed.row(code)
        return False

    return is_marked


def _headings(ctx: Context, names: str) -> tuple[str, ...]:
    return tuple(ctx.words.say(f"heading-{name}") for name in names.split())


def _calls(ctx: Context) -> Sheet:
    currency = ctx.plan.currency
    first = _headings(ctx, "rank ask by-month amount gain gain-most confirmed extra-cost whom")
    units = {3: currency, 7: currency}
    headings = tuple(
        ctx.words.say("with-unit", title=heading, unit=units[n]) if n in units else heading
        for n, heading in enumerate(first)
    )
    ranked = sorted(ctx.plan.asks, key=lambda row: row.rank)
    return Sheet(ctx.words.say("sheet-calls"), headings, tuple(_call(ctx, row) for row in ranked))


def _call(ctx: Context, row: Ask) -> tuple[Any, ...]:
    needed = ctx.plan.needed_points
    return (
        row.rank,
        sentences.ask(row, ctx.names, ctx.words),
        Month.parse(row.by_month),
        row.amount,
        Share(reckoning.share_of(row.gain_points, needed)),
        Share(reckoning.share_of(row.gain_upper_points, needed)),
        ctx.words.text(row.confirmed),
        row.extra_cost,
        ctx.words.listed(sentences.whom(row, ctx.names, ctx.words)),
    )


def _shortfalls(ctx: Context) -> Sheet:
    headings = _headings(
        ctx,
        "requirement capability site from-month to-month months-count met held-back reason about",
    )
    rows = tuple(_shortfall(ctx, row) for row in reckoning.shortfalls(ctx.plan))
    return Sheet(ctx.words.say("sheet-shortfalls"), headings, rows)


def _shortfall(ctx: Context, row: Shortfall) -> tuple[Any, ...]:
    requirement: Any = row.requirement
    return (
        Marked(requirement) if ctx.assumed.row(row.requirement) else requirement,
        ctx.names.title(row.capability),
        ctx.names.title(row.site),
        Month.parse(min(row.months)),
        Month.parse(max(row.months)),
        len(row.months),
        Share(row.mean_share),
        ctx.words.say(f"family-{row.reason}"),
        ctx.words.say(f"reason-{row.reason}"),
        ctx.names.detail(row.detail),
    )


def _findings(ctx: Context) -> Sheet:
    say = ctx.words.say
    return Sheet(
        say("sheet-findings"),
        _headings(ctx, "severity code table row column finding"),
        tuple(
            (
                say(f"severity-{found.severity}"),
                found.code,
                found.table,
                found.row,
                found.column,
                ctx.words.of_finding(found),
            )
            for found in ctx.plan.findings
        ),
    )


def _assumptions(ctx: Context) -> Sheet:
    say = ctx.words.say
    return Sheet(
        say("sheet-assumptions"),
        _headings(ctx, "table row states confidence basis source dated"),
        tuple(
            (
                ctx.words.table_title(row.TABLE),
                Marked(row.label),
                stated(row, ctx.column_words),
                say(f"confidence-{row.confidence}"),
                row.basis,
                row.source,
                row.source_on,
            )
            for row in assumed_rows(ctx)
        ),
    )


def _sources(ctx: Context) -> Sheet:
    say = ctx.words.say
    return Sheet(
        say("sheet-sources"),
        _headings(ctx, "table row source dated confidence known-on"),
        tuple(
            (
                ctx.words.table_title(row.TABLE),
                Marked(row.label) if row.is_assumed else row.label,
                row.source,
                row.source_on,
                say(f"confidence-{row.confidence}"),
                row.known_since,
            )
            for table in TABLES
            for row in ctx.known.rows(table)
            if isinstance(row, Fact)
        ),
    )
