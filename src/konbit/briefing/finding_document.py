"""A finding as a document for machines, with its sentence for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from konbit.briefing.words import Words
    from konbit.terms import Finding


def finding_document(finding: Finding, words: Words) -> dict[str, Any]:
    """Code, severity, place, values, and the sentence in the reader's language."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "table": finding.table,
        "row": finding.row,
        "column": finding.column,
        "values": dict(finding.values),
        "sentence": words.of_finding(finding),
    }
