"""Findings as lines of text: grouped by weight and kind, long groups cut."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from konbit.api import in_order
from konbit.terms import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from konbit.briefing.words import Words
    from konbit.terms import Finding

SHOWN_OF_A_KIND = 5


def listed(findings: Sequence[Finding], words: Words, *, everything: bool = False) -> list[str]:
    """Lines for all findings: a heading for each weight, then each kind with its findings.

    Args:
        findings: in any order.
        words: the reader's language.
        everything: whether to show every finding of a kind, and not only the first few.
    """
    lines: list[str] = []
    for severity, of_weight in groupby(in_order(findings), lambda f: f.severity):
        found = list(of_weight)
        lines += ["", words.say(f"cli-heading-{severity.value}", count=len(found))]
        for _, of_kind in groupby(found, lambda f: f.code):
            lines += _kind(list(of_kind), words, everything=everything)
    return lines[1:]


def counted(findings: Sequence[Finding], words: Words) -> str:
    """One sentence: how many errors, warnings and notes."""
    number = {s: sum(f.severity is s for f in findings) for s in Severity}
    return words.say(
        "cli-counts",
        errors=words.say("cli-errors", count=number[Severity.ERROR]),
        warnings=words.say("cli-warnings", count=number[Severity.WARNING]),
        notes=words.say("cli-notes", count=number[Severity.NOTE]),
    )


def _kind(found: list[Finding], words: Words, *, everything: bool) -> Iterator[str]:
    shown = found if everything else found[:SHOWN_OF_A_KIND]
    for finding in shown:
        yield f"  - {words.of_finding(finding)}"
    if len(shown) < len(found):
        yield f"    {words.say('cli-more-of-a-kind', count=len(found) - len(shown))}"
