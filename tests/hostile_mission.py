"""The sample mission with cells that try to be markup, formulas and commands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from konbit.dossier.dossier import Dossier
from konbit.dossier.tables.fund import Fund
from konbit.dossier.tables.mandate import Mission
from konbit.dossier.tables.pledge import Offer
from konbit.dossier.tables.requirement import Capability, Requirement, Site
from konbit.terms import Finding, Severity
from sample_dossier import sample_dossier
from sample_plan import sample_plan

if TYPE_CHECKING:
    from konbit.dossier.columns import Row
    from konbit.dossier.plan import Plan

HTML = '<script>alert("x")</script><img src=x onerror=alert(1)>'
TYPST = '#read("/etc/passwd") $x$ *bold* \\ @ref <label> `raw`'
FORMULA = '=HYPERLINK("http://evil.example","x")'
TERMINAL = "\x1b[2J\x1b[31mred[bold]\u202e"
ADDRESS = 'javascript:alert(1)" onmouseover="x'


def hostile_dossier() -> Dossier:
    return Dossier.of(_spoilt(row) for row in sample_dossier().all_rows)


def _spoilt(row: Row) -> Row:
    if isinstance(row, Mission):
        return replace(row, title=f"{HTML} {TYPST}", disclaimer=HTML)
    if isinstance(row, Capability):
        return replace(row, title=f"{HTML}{TERMINAL}", measure=TYPST)
    if isinstance(row, Site):
        return replace(row, title=TYPST)
    if isinstance(row, Offer):
        return replace(row, title=HTML, source=ADDRESS)
    if isinstance(row, Fund):
        return replace(row, title=TERMINAL, source=f"https://example.org/{HTML}")
    if isinstance(row, Requirement):
        return replace(row, confidence="assumption", basis=FORMULA, source=FORMULA)
    return row


def hostile_plan() -> Plan:
    plan = sample_plan()
    found = Finding("not-date", Severity.ERROR, "offers", FORMULA, "on", (("value", HTML),))
    return replace(plan, title=f"{HTML} {TYPST}", scenario_title=FORMULA, findings=(found,))
