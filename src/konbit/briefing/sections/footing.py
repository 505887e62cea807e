"""What the plan stands on: assumptions, findings, sources, verification, how to check it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.briefing import sentences
from konbit.briefing.page import Cell, Commands, FigurePlace, Section, Table, anchor_of, cell, cut
from konbit.briefing.sections.context import MOST_ROWS_OF_A_TABLE
from konbit.briefing.stated import stated
from konbit.dossier.tables.mandate import Document
from konbit.terms import Severity

if TYPE_CHECKING:
    from konbit.briefing.sections.context import Context
    from konbit.dossier.columns import Row
    from konbit.dossier.facts import Fact
    from konbit.terms import Finding

MOST_FINDINGS_OF_A_KIND = 12
MOST_ASSUMED_ROWS = 60
LONGEST_TEXT = 120


def assumptions(ctx: Context) -> Section:
    """How much rests on assumptions and placeholders, table by table, then row by row."""
    say, words = ctx.words.say, ctx.words
    by_table = Table(
        "reliance",
        say("caption-reliance"),
        tuple(
            say(f"heading-{h}") for h in ("table", "rows-used", "rows-assumed", "rows-placeholder")
        ),
        (False, True, True, True),
        tuple(
            (
                cell(words.table_title(row.about), href=ctx.table(row.about)),
                cell(words.number(row.rows_used)),
                cell(words.number(row.rows_assumed)),
                cell(words.number(row.rows_placeholder)),
            )
            for row in sorted(
                ctx.plan.reliance,
                key=lambda row: (-(row.rows_assumed + row.rows_placeholder), row.about),
            )
        ),
    )
    found = assumed_rows(ctx)
    shown, left_out = cut(tuple(_assumed_row(ctx, row) for row in found), MOST_ASSUMED_ROWS)
    rows = Table(
        "assumed-rows",
        say("caption-assumed-rows"),
        tuple(say(f"heading-{h}") for h in ("table", "row", "confidence", "basis")),
        (False, False, False, False),
        shown,
        left_out=left_out,
        folded=True,
    )
    return Section(
        "assumptions",
        say("section-assumptions"),
        (sentences.reliance(ctx.plan.reliance, words), say("lead-assumptions")),
        (*((by_table,) if by_table.rows else ()), *((rows,) if rows.rows else ())),
    )


def assumed_rows(ctx: Context) -> tuple[Fact, ...]:
    """Rows of planned tables, known and used on the day, that are assumed or placeholders."""
    return tuple(row for rows in ctx.source_rows.values() for row in rows if row.is_assumed)


def _assumed_row(ctx: Context, row: Fact) -> tuple[Cell, ...]:
    return (
        cell(ctx.words.table_title(row.TABLE)),
        cell(row.label, href=ctx.row(row.TABLE, row.label)),
        cell(ctx.words.say(f"confidence-{row.confidence}")),
        cell(shortened(row.basis)),
    )


def shortened(text: str, longest: int = LONGEST_TEXT) -> str:
    """A text cut at a word, with an ellipsis where something was cut."""
    plain = " ".join(text.split())
    if len(plain) <= longest:
        return plain
    return plain[:longest].rsplit(" ", 1)[0] + "\u2026"


def findings(ctx: Context) -> Section:
    """What the checks found, grouped by severity and kind."""
    say = ctx.words.say
    groups: dict[tuple[int, str], list[Finding]] = {}
    order = tuple(Severity)
    for found in ctx.plan.findings:
        groups.setdefault((order.index(found.severity), found.code), []).append(found)
    rows: list[tuple[Cell, ...]] = []
    left_out = 0
    for _, members in sorted(groups.items()):
        left_out += max(0, len(members) - MOST_FINDINGS_OF_A_KIND)
        rows += [
            (cell(say(f"severity-{found.severity}")), cell(ctx.words.of_finding(found)))
            for found in members[:MOST_FINDINGS_OF_A_KIND]
        ]
    table = Table(
        "findings-list",
        say("caption-findings"),
        (say("heading-severity"), say("heading-finding")),
        (False, False),
        tuple(rows),
        left_out=left_out,
    )
    return Section(
        "findings", say("section-findings"), (findings_sentence(ctx),), (table,) if rows else ()
    )


def findings_sentence(ctx: Context) -> str:
    """How many findings of each severity."""
    severities = [found.severity for found in ctx.plan.findings]
    return ctx.words.say(
        "findings-counted",
        errors=severities.count(Severity.ERROR),
        warnings=severities.count(Severity.WARNING),
        notes=severities.count(Severity.NOTE),
    )


def sources(ctx: Context) -> Section:
    """Every row that the plan could read, with source, date and confidence, by table."""
    say = ctx.words.say
    blocks = [_documents(ctx)] if ctx.known.rows(Document) else []
    blocks += [_rows_of(ctx, table, facts) for table, facts in ctx.source_rows.items()]
    return Section("sources", say("section-sources"), (say("lead-sources"),), tuple(blocks))


def _documents(ctx: Context) -> Table:
    say = ctx.words.say
    return Table(
        "sources-documents",
        say("caption-documents"),
        tuple(say(f"heading-{h}") for h in ("document", "title", "dated", "source", "confidence")),
        (False, False, False, False, False),
        tuple(
            (
                Cell(row.symbol or row.code, anchor=anchor_of("documents", row.code)),
                cell(shortened(row.title)),
                cell(ctx.words.day(row.adopted_on)),
                _source(row),
                cell(ctx.words.say(f"confidence-{row.confidence}")),
            )
            for row in ctx.known.rows(Document)
        ),
        folded=True,
    )


def _rows_of(ctx: Context, table: type[Row], facts: tuple[Fact, ...]) -> Table:
    say, words = ctx.words.say, ctx.words
    shown, left_out = cut(
        tuple(
            (
                Cell(row.label, anchor=anchor_of(row.TABLE, row.label)),
                cell(shortened(stated(row, ctx.column_words))),
                _source(row),
                cell(words.day(row.source_on)),
                cell(say(f"confidence-{row.confidence}")),
            )
            for row in facts
        ),
        MOST_ROWS_OF_A_TABLE,
    )
    return Table(
        f"sources-{table.TABLE}",
        say("caption-sources", table=words.table_title(table.TABLE), count=len(facts)),
        tuple(say(f"heading-{h}") for h in ("row", "states", "source", "dated", "confidence")),
        (False, False, False, False, False),
        shown,
        left_out=left_out,
        folded=True,
    )


def _source(row: Fact) -> Cell:
    """A source: an address opens and shows whose it is, anything else is text."""
    source = row.source
    if source.startswith(("https://", "http://")):
        return cell(shortened(source.partition("://")[2].partition("/")[0], 40), href=source)
    return cell(shortened(source, 80))


def verification(ctx: Context) -> Section:
    """The rules that were tested by separate arithmetic."""
    say, words = ctx.words.say, ctx.words
    table = Table(
        "rules",
        say("caption-verification"),
        tuple(say(f"heading-{h}") for h in ("rule", "tested", "violated", "first-violation")),
        (False, True, True, False),
        tuple(
            (
                cell(sentences.rule(check.rule, words)),
                cell(words.number(check.tested)),
                cell(words.number(check.violated)),
                cell(shortened(check.first_violation)),
            )
            for check in ctx.plan.verification
        ),
    )
    lead = (sentences.verified(ctx.plan, words), sentences.proof(ctx.plan, words))
    return Section(
        "verification", say("section-verification"), lead, (table,) if table.rows else ()
    )


def how_to_check(ctx: Context) -> Section:
    """What to type to make the same plan again, and to check it or one that was given."""
    say, plan = ctx.words.say, ctx.plan
    scenario = f" --scenario {plan.scenario}" if plan.scenario else ""
    same = f"DOSSIER --as-of {plan.as_of_on}{scenario}"
    lines = (
        "konbit check DOSSIER",
        f"konbit plan {same} --out OUT",
        f"konbit explain {same}",
        "konbit verify OUT DOSSIER",
    )
    return Section(
        "check",
        say("section-check"),
        (
            say("lead-check", dossier=plan.dossier_digest, plan=plan.digest),
            say("lead-check-commands"),
        ),
        (Commands(lines),),
    )


def place(ctx: Context) -> Section:
    """The map, with the mission's disclaimer."""
    return Section(
        "place",
        ctx.words.say("section-map"),
        (ctx.words.say("lead-map"),),
        (FigurePlace("mission-map"),),
    )
