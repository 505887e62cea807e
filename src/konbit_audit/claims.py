"""Rule `claim`: each line is at its dated price, within what was verified, and claimed once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from konbit_audit.arithmetic import LARGEST_FACTOR_PPM, days_of, deduction, line_amount

if TYPE_CHECKING:
    from konbit_audit.state import State


def wrong_line(state: State, kind: str, body: dict[str, Any]) -> str:
    """Line and member that are not as they must be, or nothing."""
    if kind != "claimed":
        return ""
    seen: set[tuple[str, str, str]] = set()
    for number, line in enumerate(body["lines"], start=1):
        place = (body["unit"], line["month"], state.prices[line["rate"]]["cost_head"])
        if place in seen or place in state.claimed:
            return f"line {number} was claimed before"
        seen.add(place)
        member = _wrong_member(state, body, line)
        if member:
            return f"line {number} {member}"
    if sum(line["amount_minor"] for line in body["lines"]) != body["total_minor"]:
        return "total_minor"
    return ""


def _wrong_member(state: State, body: dict[str, Any], line: dict[str, Any]) -> str:
    price, month = state.prices[line["rate"]], line["month"]
    at = state.presence[body["unit"], month]
    counted = price["counted"]
    most = {"person_day": at.person_days, "equipment_day": at.equipment_days, "unit_month": 1}
    taken_off = deduction(at.shortfall_ppm) if price["is_deductible"] else 0
    largest = LARGEST_FACTOR_PPM if counted == "equipment_day" else 0
    if state.price_of(price["cost_head"], body["contributor"], month) != line["rate"]:
        return "rate"
    if line["quantity"] > most[counted]:
        return "quantity"
    if line["per"] != (1 if counted == "unit_month" else days_of(month)):
        return "per"
    if line["deduction_ppm"] != taken_off:
        return "deduction_ppm"
    if line["factor_ppm"] > largest:
        return "factor_ppm"
    amount = line_amount(
        line["quantity"], price["amount_minor"], line["per"], taken_off, line["factor_ppm"]
    )
    return "" if line["amount_minor"] == amount else "amount_minor"
