"""A dossier under a scenario: cells edited, funding models by date, transfers moved later."""

from __future__ import annotations

import calendar
import dataclasses
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from konbit.dossier.cells import CellError, read_cell
from konbit.dossier.columns import Column, Kind, Row, columns_of, has_money
from konbit.dossier.dossier import Dossier
from konbit.dossier.registry import BY_NAME
from konbit.dossier.tables.fund import Scenario, ScenarioEdit, ScenarioStep
from konbit.terms import Finding, Money, Month, Severity
from konbit.terms.code import nearest
from konbit.terms.finding import finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

_CURRENCY = Column("currency", Kind.CURRENCY, "Currency")


class _EditError(ValueError):
    """An edit cannot be applied; carries what the finding says."""

    def __init__(self, code: str, column: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.column = column
        self.values_named = values


def under(dossier: Dossier, scenario: str) -> tuple[Dossier, tuple[Finding, ...]]:
    """The dossier with the edits of a scenario, after those of the scenarios it is based on.

    Where both edit the same cell, the scenario's own edit counts. An edit that cannot be applied
    changes nothing and gives a finding; edits with `used` = no are left out. The empty scenario
    changes nothing.
    """
    if not scenario:
        return dossier, ()
    line, findings = _lineage(dossier, scenario)
    tables = dict(dossier.tables)
    for table, by_row in _edits(dossier, line).items():
        row_class = BY_NAME.get(table)
        if row_class is None:
            findings += _unknown_table(table, by_row)
            continue
        edited, found = _edit_table(dossier.rows(row_class), row_class, by_row)
        tables[row_class] = edited
        findings += found
    return Dossier(tables), tuple(sorted(findings))


def written_in(dossier: Dossier, scenario: str) -> Dossier:
    """The dossier with the edits of a scenario as its own rows, and no longer as edits.

    Planned under the same scenario it gives the same plan; what is changed in it afterwards is not
    undone by an edit.
    """
    edited, _ = under(dossier, scenario)
    line, _ = _lineage(dossier, scenario)
    kept = tuple(edit for edit in edited.rows(ScenarioEdit) if edit.scenario not in line)
    return Dossier({**edited.tables, ScenarioEdit: kept})


def steps(dossier: Dossier, scenario: str) -> tuple[ScenarioStep, ...]:
    """The dated funding models of a scenario in order of day.

    A scenario without steps of its own takes those of the scenario it is based on. Steps with
    `used` = no are left out; none are given for the empty or an unknown scenario.
    """
    line, _ = _lineage(dossier, scenario)
    every = [step for step in dossier.rows(ScenarioStep) if step.used]
    for code in reversed(line):
        own = [step for step in every if step.scenario == code]
        if own:
            return tuple(sorted(own, key=lambda step: step.from_on))
    return ()


def shift_steps(dossier: Dossier, scenario: str, months: int) -> Dossier:
    """The dossier with every step of a scenario after its first moved later: a delayed transfer.

    The scenario gets its steps as its own rows, also where it took them from the scenario it is
    based on, which stays as it is. A day that the later month lacks becomes its last day.

    Raises:
        ValueError: the months are fewer than none.
    """
    if months < 0:
        raise ValueError("a transfer is moved later, not sooner")
    held = steps(dossier, scenario)
    moved = {
        step.from_on: step
        for step in (
            dataclasses.replace(
                step,
                scenario=scenario,
                from_on=_later(step.from_on, months) if place else step.from_on,
            )
            for place, step in enumerate(held)
        )
    }
    kept = [step for step in dossier.rows(ScenarioStep) if step.scenario != scenario]
    rows = sorted((*kept, *moved.values()), key=lambda step: step.key)
    return Dossier({**dossier.tables, ScenarioStep: tuple(rows)})


def _later(day: date, months: int) -> date:
    month = Month.of(day) + months
    last = calendar.monthrange(month.year, month.number)[1]
    return month.first_on.replace(day=min(day.day, last))


def _lineage(dossier: Dossier, scenario: str) -> tuple[list[str], list[Finding]]:
    """The scenario and those it is based on, oldest first, as far as they exist without a cycle."""
    known = dossier.by_code(Scenario)
    line: list[str] = []
    code = scenario
    while code:
        if code in line:
            path = " → ".join([*line[line.index(code) :], code])
            return line[::-1], [
                finding("cycle", Severity.ERROR, Scenario.TABLE, code, "based_on", path=path)
            ]
        if code not in known:
            values = {"scenario": code, "suggestion": nearest(code, known)}
            place = (Scenario.TABLE, line[-1], "based_on") if line else ("", "", "")
            return line[::-1], [finding("scenario-unknown", Severity.ERROR, *place, **values)]
        line.append(code)
        code = known[code].based_on
    return line[::-1], []


def _edits(dossier: Dossier, line: list[str]) -> Mapping[str, dict[str, dict[str, ScenarioEdit]]]:
    """The edits that count, by table, row and column: later scenarios of the line win."""
    found: dict[str, dict[str, dict[str, ScenarioEdit]]] = defaultdict(lambda: defaultdict(dict))
    by_scenario: dict[str, list[ScenarioEdit]] = defaultdict(list)
    for edit in dossier.rows(ScenarioEdit):
        if edit.used:
            by_scenario[edit.scenario].append(edit)
    for code in line:
        for edit in by_scenario[code]:
            found[edit.table][edit.row][edit.column] = edit
    return found


def _unknown_table(table: str, by_row: dict[str, dict[str, ScenarioEdit]]) -> list[Finding]:
    values = {"value": table, "suggestion": nearest(table, BY_NAME)}
    return [
        _about(edit, "edit-table-unknown", "table", values)
        for by_column in by_row.values()
        for edit in by_column.values()
    ]


def _about(edit: ScenarioEdit, code: str, column: str, values: Mapping[str, object]) -> Finding:
    return finding(code, Severity.ERROR, ScenarioEdit.TABLE, edit.label, column, **values)


def _edit_table(
    rows: tuple[Row, ...],
    row_class: type[Row],
    by_row: Mapping[str, Mapping[str, ScenarioEdit]],
) -> tuple[tuple[Row, ...], list[Finding]]:
    findings: list[Finding] = []
    edited = {row.label: row for row in rows}
    for label, by_column in by_row.items():
        if label not in edited:
            values = {
                "edited_table": row_class.TABLE,
                "value": label,
                "suggestion": nearest(label, edited),
            }
            findings += [
                _about(edit, "edit-row-unknown", "row", values) for edit in by_column.values()
            ]
            continue
        edited[label], found = _edit_row(edited[label], by_column)
        findings += found
    return tuple(edited.values()), findings


def _edit_row(row: Row, by_column: Mapping[str, ScenarioEdit]) -> tuple[Row, list[Finding]]:
    """A row with its edits: the currency first, so that amounts are read in the new one."""
    findings: list[Finding] = []
    money_columns = [c.name for c in columns_of(type(row)) if c.kind is Kind.MONEY]
    currency = _currency_of(row, money_columns)
    ordered = sorted(by_column.values(), key=lambda edit: (edit.column != "currency", edit.column))
    for edit in ordered:
        try:
            if edit.column == "currency" and has_money(type(row)):
                currency = read_cell(edit.value, _CURRENCY)
                row = _in_currency(row, currency, by_column.keys(), money_columns)
            else:
                row = _edit_cell(row, edit, currency)
        except _EditError as error:
            findings.append(_about(edit, error.code, error.column, error.values_named))
        except CellError as error:
            findings.append(_about(edit, error.code, "value", error.values_named))
    return row, findings


def _currency_of(row: Row, money_columns: list[str]) -> str:
    amounts = (getattr(row, name) for name in money_columns)
    return next((amount.currency for amount in amounts if amount is not None), "")


def _in_currency(row: Row, currency: str, edited: Iterable[str], money_columns: list[str]) -> Row:
    """The row with its amounts, as they are written, in another currency. No exchange is made."""
    changes: dict[str, Any] = {}
    for name in money_columns:
        amount = getattr(row, name)
        if amount is None or name in edited:
            continue
        try:
            changes[name] = Money.from_major(amount.major, currency)
        except ValueError:
            raise CellError("money-too-fine", value=amount.major, currency=currency) from None
    return dataclasses.replace(row, **changes)


def _edit_cell(row: Row, edit: ScenarioEdit, currency: str) -> Row:
    table = type(row).TABLE
    columns = {column.name: column for column in columns_of(type(row))}
    if edit.column not in columns:
        raise _EditError(
            "edit-column-unknown",
            "column",
            edited_table=table,
            value=edit.column,
            suggestion=nearest(edit.column, columns),
        )
    if edit.column in type(row).KEY:
        raise _EditError("edit-of-key", "column", edited_table=table, edited_column=edit.column)
    value = read_cell(edit.value, columns[edit.column], currency)
    changes: dict[str, Any] = {edit.column: value}
    return dataclasses.replace(row, **changes)
