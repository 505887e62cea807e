from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from konbit.dossier.scenario import shift_steps, steps, under
from konbit.dossier.tables.fund import (
    ExchangeRate,
    Rate,
    Scenario,
    ScenarioEdit,
    ScenarioStep,
)
from konbit.dossier.tables.requirement import Site
from konbit.terms import Money, Severity
from tiny_rows import make, tiny, usd

BASE = (
    make(Scenario, code="base"),
    make(Scenario, code="more", based_on="base"),
    make(Site, code="S", capacity_persons=100, note="as seen"),
    make(Site, code="T", used=False, note="only if asked"),
    make(Rate, code="R", amount=usd(1428)),
)


def edit(
    column: str, value: str, *, scenario: str = "base", table: str = "sites", row: str = "S"
) -> ScenarioEdit:
    place = {"scenario": scenario, "table": table, "row": row, "column": column}
    return make(ScenarioEdit, value=value, **place)


def site(dossier: Any, code: str = "S") -> Site:
    found: Site = dossier.by_code(Site)[code]
    return found


def test_the_empty_scenario_changes_nothing() -> None:
    dossier = tiny(*BASE, edit("capacity_persons", "250"))
    assert under(dossier, "") == (dossier, ())


def test_an_edit_changes_one_cell_and_no_other() -> None:
    dossier = tiny(*BASE, edit("capacity_persons", "250"))
    edited, findings = under(dossier, "base")
    assert findings == ()
    assert site(edited).capacity_persons == 250
    assert site(dossier).capacity_persons == 100
    same = [t for t in dossier.tables if t is not Site]
    assert all(edited.rows(t) == dossier.rows(t) for t in same)


def test_a_row_meant_for_a_scenario_is_brought_in() -> None:
    edited, findings = under(tiny(*BASE, edit("used", "yes", row="T")), "base")
    assert findings == ()
    assert [row.code for row in edited.known_on(date(2025, 1, 1)).rows(Site)] == ["S", "T"]


def test_an_empty_value_clears_a_cell() -> None:
    edited, findings = under(tiny(*BASE, edit("note", "")), "base")
    assert findings == ()
    assert site(edited).note == ""


def test_edits_of_the_scenario_it_is_based_on_come_first() -> None:
    rows = (
        edit("capacity_persons", "250"),
        edit("limit_persons", "300"),
        edit("capacity_persons", "275", scenario="more"),
    )
    edited, findings = under(tiny(*BASE, *rows), "more")
    assert findings == ()
    assert (site(edited).capacity_persons, site(edited).limit_persons) == (275, 300)
    assert site(under(tiny(*BASE, *rows), "base")[0]).capacity_persons == 250


def test_edits_that_are_not_used_are_left_out() -> None:
    place = {"scenario": "base", "table": "sites", "row": "S", "column": "capacity_persons"}
    doubtful = make(ScenarioEdit, value="9", used=False, note="too low", **place)
    edited, findings = under(tiny(*BASE, doubtful), "base")
    assert (site(edited).capacity_persons, findings) == (100, ())


def test_an_amount_is_edited_in_its_own_currency_or_a_new_one() -> None:
    def amount(*edits: ScenarioEdit) -> Money | None:
        edited, findings = under(tiny(*BASE, *edits), "base")
        assert findings == ()
        return edited.by_code(Rate)["R"].amount

    number = edit("amount", "1500.5", table="rates", row="R")
    currency = edit("currency", "EUR", table="rates", row="R")
    assert amount(number) == Money(150_050, "USD")
    assert amount(currency) == Money(142_800, "EUR")
    assert amount(number, currency) == Money(150_050, "EUR")


def test_a_row_with_a_key_of_several_columns_is_found_by_its_parts() -> None:
    rate = make(ExchangeRate, currency_from="EUR", currency_to="USD", on=date(2025, 1, 1))
    row = "EUR / USD / 2025-01-01"
    changed = edit("rate", "1.25", table="exchange_rates", row=row)
    edited, findings = under(tiny(*BASE, rate, changed), "base")
    assert findings == ()
    assert edited.rows(ExchangeRate)[0].rate == Decimal("1.25")


@pytest.mark.parametrize(
    ("wrong", "code", "column", "values"),
    [
        (
            edit("note", "x", table="site"),
            "edit-table-unknown",
            "table",
            {"value": "site", "suggestion": "sites"},
        ),
        (
            edit("note", "x", row="s"),
            "edit-row-unknown",
            "row",
            {"value": "s", "suggestion": "S", "edited_table": "sites"},
        ),
        (
            edit("notes", "x"),
            "edit-column-unknown",
            "column",
            {"value": "notes", "suggestion": "note", "edited_table": "sites"},
        ),
        (
            edit("currency", "USD"),
            "edit-column-unknown",
            "column",
            {"value": "currency", "suggestion": "", "edited_table": "sites"},
        ),
        (
            edit("code", "X"),
            "edit-of-key",
            "column",
            {"edited_column": "code", "edited_table": "sites"},
        ),
        (
            edit("capacity_persons", "many"),
            "not-integer",
            "value",
            {"value": "many", "suggestion": ""},
        ),
        (edit("title", ""), "cell-empty", "value", {}),
        (
            edit("amount", "1.0005", table="rates", row="R"),
            "money-too-fine",
            "value",
            {"value": "1.0005", "currency": "USD"},
        ),
        (
            edit("currency", "XYZ", table="rates", row="R"),
            "not-currency",
            "value",
            {"value": "XYZ", "suggestion": ""},
        ),
    ],
)
def test_an_edit_that_cannot_be_made_is_told_and_changes_nothing(
    wrong: ScenarioEdit, code: str, column: str, values: dict[str, str]
) -> None:
    dossier = tiny(*BASE, wrong)
    edited, (only,) = under(dossier, "base")
    assert edited == dossier
    assert (only.code, only.severity, only.column) == (code, Severity.ERROR, column)
    assert (only.table, only.row) == ("scenario_edits", wrong.label)
    assert dict(only.values) == values


def test_an_amount_too_fine_for_its_new_currency_is_told() -> None:
    cents = make(Rate, code="R", amount=Money(150, "USD"))
    _, (only,) = under(
        tiny(BASE[0], cents, edit("currency", "JPY", table="rates", row="R")), "base"
    )
    assert (only.code, dict(only.values)) == (
        "money-too-fine", {"value": "1.50", "currency": "JPY"},
    )  # fmt: skip


def test_an_unknown_scenario_is_told_with_the_nearest() -> None:
    dossier = tiny(*BASE)
    edited, (only,) = under(dossier, "bases")
    assert edited == dossier
    assert (only.code, only.severity) == ("scenario-unknown", Severity.ERROR)
    assert dict(only.values) == {"scenario": "bases", "suggestion": "base"}


def test_a_scenario_based_on_none_is_told_where_it_says_so() -> None:
    _, (only,) = under(tiny(make(Scenario, code="A", based_on="B")), "A")
    assert (only.code, only.table, only.row) == ("scenario-unknown", "scenarios", "A")


def test_scenarios_based_on_each_other_are_told_and_still_applied() -> None:
    circle = (make(Scenario, code="A", based_on="B"), make(Scenario, code="B", based_on="A"))
    edited, (only,) = under(tiny(*circle, BASE[2], edit("note", "changed", scenario="A")), "A")
    assert (only.code, dict(only.values)) == ("cycle", {"path": "A → B → A"})
    assert site(edited).note == "changed"
    assert steps(tiny(*circle), "A") == ()


def step(scenario: str, on: date, model: str) -> ScenarioStep:
    return make(ScenarioStep, scenario=scenario, from_on=on, funding_model=model)


STEPS = (
    step("base", date(2025, 1, 31), "hybrid"),
    step("base", date(2024, 1, 1), "voluntary"),
    step("base", date(2025, 6, 1), "assessed"),
)


def test_steps_are_in_order_of_day_and_inherited() -> None:
    dossier = tiny(*BASE, *STEPS)
    assert [s.funding_model for s in steps(dossier, "base")] == ["voluntary", "hybrid", "assessed"]
    assert steps(dossier, "more") == steps(dossier, "base")
    own = tiny(*BASE, *STEPS, step("more", date(2024, 1, 1), "assessed"))
    assert [s.funding_model for s in steps(own, "more")] == ["assessed"]
    assert steps(dossier, "") == ()
    assert steps(dossier, "unknown") == ()


def test_a_delay_moves_every_step_but_the_first() -> None:
    moved = steps(shift_steps(tiny(*BASE, *STEPS), "base", 1), "base")
    days = [s.from_on for s in moved]
    assert days == [date(2024, 1, 1), date(2025, 2, 28), date(2025, 7, 1)]
    assert [s.funding_model for s in moved] == ["voluntary", "hybrid", "assessed"]


def test_no_delay_moves_nothing() -> None:
    dossier = tiny(*BASE, *STEPS)
    assert shift_steps(dossier, "base", 0) == dossier


def test_a_delay_of_inherited_steps_leaves_the_other_scenario_as_it_is() -> None:
    dossier = tiny(*BASE, *STEPS)
    shifted = shift_steps(dossier, "more", 3)
    assert steps(shifted, "base") == steps(dossier, "base")
    assert steps(shifted, "more")[1].from_on == date(2025, 4, 30)


def test_a_transfer_is_never_moved_sooner() -> None:
    with pytest.raises(ValueError, match="later"):
        shift_steps(tiny(*BASE, *STEPS), "base", -1)
