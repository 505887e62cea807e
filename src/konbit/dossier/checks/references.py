"""Rules on references: every name leads to a row, and no chain of names bites its tail."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from konbit.dossier.columns import Kind, Row, columns_of
from konbit.dossier.facts import Fact
from konbit.dossier.registry import TABLES
from konbit.dossier.tables.fund import Contribution, EarmarkRule, PayerRule
from konbit.dossier.tables.mandate import Mission
from konbit.dossier.tables.pledge import Caveat
from konbit.terms import Finding, Severity
from konbit.terms.code import nearest
from konbit.terms.finding import finding

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from konbit.dossier.checks.scope import Rule, Scope
    from konbit.dossier.columns import Column
    from konbit.dossier.dossier import Dossier

# Looking for the nearest name costs time; a dossier with more bad names has one cause, not many.
MOST_SUGGESTIONS = 200

_TABLE_OF_DIMENSION = {
    "cost_head": "cost_heads",
    "contributor": "organisations",
    "capability": "capabilities",
    "site": "sites",
}
_CAVEAT_NEEDS = {
    "only_site": ("site", "site-missing"),
    "not_site": ("site", "site-missing"),
    "only_funding_model": ("funding_model", "funding-model-missing"),
}


def one_mission(scope: Scope) -> Iterator[Finding]:
    """A dossier is about exactly one mission."""
    count = len(scope.whole.rows(Mission))
    if count != 1:
        yield finding("mission-count", Severity.ERROR, Mission.TABLE, count=count)


def references_resolve(scope: Scope) -> Iterator[Finding]:
    """Every reference leads to a row of one of the tables that its column names."""
    return unresolved(scope.whole.all_rows, keys_of(scope.whole))


def keys_of(dossier: Dossier) -> dict[str, set[str]]:
    """Keys of the rows by table, as references write them."""
    return {table.TABLE: {row.label for row in dossier.rows(table)} for table in TABLES}


def unresolved_among(rows: Iterable[Row], broken: Collection[str]) -> Iterator[Finding]:
    """References that lead nowhere, among the rows of a dossier of which some cannot be read.

    Args:
        rows: those that can be read.
        broken: tables with rows that cannot: what a reference into them leads to is not known.
    """
    read = tuple(rows)
    keys: dict[str, set[str]] = {}
    for row in read:
        keys.setdefault(row.TABLE, set()).add(row.label)
    yield from unresolved(read, keys, broken)


def unresolved(
    rows: Iterable[Row], keys: Mapping[str, set[str]], broken: Collection[str] = ()
) -> Iterator[Finding]:
    """A finding for each reference of these rows that leads nowhere, but not into broken tables."""
    suggested = 0
    for row in rows:
        for column, value in _references(row):
            if any(t in broken or value in keys.get(t, ()) for t in column.refers_to):
                continue
            suggested += 1
            names = {name for table in column.refers_to for name in keys.get(table, ())}
            yield finding(
                "reference-missing",
                Severity.ERROR,
                row.TABLE,
                row.label,
                column.name,
                value=value,
                tables=", ".join(column.refers_to),
                suggestion=nearest(value, names) if suggested <= MOST_SUGGESTIONS else "",
            )


def _references(row: Row) -> Iterator[tuple[Column, str]]:
    for column in columns_of(type(row)):
        if column.kind is Kind.REFERENCE:
            value = getattr(row, column.name)
            if value:
                yield column, value


def references_known(scope: Scope) -> Iterator[Finding]:
    """What a row needs is known, and used, on the day on which the row itself is.

    One finding for each table and column, about its first row, with the number of rows. Optional
    references are left out: a row can do without them.
    """
    keys, every = keys_of(scope.known), keys_of(scope.whole)
    found: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for row in scope.known.all_rows:
        for column, value in _references(row):
            exists = any(value in every[table] for table in column.refers_to)
            is_known = any(value in keys[table] for table in column.refers_to)
            if column.required and exists and not is_known:
                found[row.TABLE, column.name].append((row.label, value))
    for (table, name), places in found.items():
        label, value = places[0]
        yield finding(
            "reference-not-known",
            Severity.WARNING,
            table,
            label,
            name,
            value=value,
            count=len(places),
            as_of_on=scope.as_of_on,
        )


def alternatives_resolve(scope: Scope) -> Iterator[Finding]:
    """`alternative_to` names a row of the same table."""
    keys = keys_of(scope.whole)
    for row in scope.whole.all_rows:
        if isinstance(row, Fact) and row.alternative_to:
            names = keys[row.TABLE]
            if row.alternative_to not in names:
                yield finding(
                    "alternative-missing",
                    Severity.WARNING,
                    row.TABLE,
                    row.label,
                    "alternative_to",
                    value=row.alternative_to,
                    suggestion=nearest(row.alternative_to, names),
                )


def no_cycles(scope: Scope) -> Iterator[Finding]:
    """Rows that name another of their table (part of, based on, renews ...) form no circle."""
    for table in TABLES:
        for column in columns_of(table):
            if table.TABLE in column.refers_to:
                following = {
                    row.label: getattr(row, column.name) for row in scope.whole.rows(table)
                }
                for cycle in _cycles(following):
                    path = " → ".join([*cycle, cycle[0]])
                    yield finding(
                        "cycle", Severity.ERROR, table.TABLE, cycle[0], column.name, path=path
                    )


def _cycles(following: Mapping[str, str]) -> Iterator[list[str]]:
    """Circles of names, each followed by at most one, beginning with the least of the circle."""
    done: set[str] = set()
    for start in sorted(following):
        walked: dict[str, None] = {}
        name = start
        while name in following and name not in done and name not in walked:
            walked[name] = None
            name = following[name]
        if name in walked:
            path = list(walked)
            circle = path[path.index(name) :]
            least = circle.index(min(circle))
            yield circle[least:] + circle[:least]
        done |= walked.keys()


def payers_named(scope: Scope) -> Iterator[Finding]:
    """Where a fund pays, the rule names the fund."""
    for row in scope.whole.rows(PayerRule):
        if row.payer == "fund" and not row.fund:
            yield finding("fund-missing", Severity.ERROR, row.TABLE, row.label, "fund")


def trust_funds_named(scope: Scope) -> Iterator[Finding]:
    """A contribution to a trust fund names the fund."""
    for row in scope.whole.rows(Contribution):
        if row.instrument == "trust_fund" and not row.fund:
            yield finding("fund-missing", Severity.ERROR, row.TABLE, row.label, "fund")


def caveats_named(scope: Scope) -> Iterator[Finding]:
    """A caveat about a site or a funding model names it."""
    for row in scope.whole.rows(Caveat):
        column, code = _CAVEAT_NEEDS.get(row.kind, ("", ""))
        if column and not getattr(row, column):
            yield finding(code, Severity.ERROR, row.TABLE, row.label, column)


def earmark_rules_fit(scope: Scope) -> Iterator[Finding]:
    """What an earmark rule allows is a row of the table of its dimension."""
    keys = keys_of(scope.whole)
    for row in scope.whole.rows(EarmarkRule):
        exists = any(row.allows in keys[table] for table in _TABLE_OF_DIMENSION.values())
        if exists and row.allows not in keys[_TABLE_OF_DIMENSION[row.dimension]]:
            yield finding(
                "earmark-rule-table",
                Severity.ERROR,
                row.TABLE,
                row.label,
                "allows",
                dimension=row.dimension,
                value=row.allows,
            )


RULES: tuple[Rule, ...] = (
    one_mission,
    references_resolve,
    references_known,
    alternatives_resolve,
    no_cycles,
    payers_named,
    trust_funds_named,
    caveats_named,
    earmark_rules_fit,
)
