"""Findings that print themselves, and the errors that carry them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from konbit.terms import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from konbit.briefing.words import Words
    from konbit.terms import Finding

_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


class DossierError(ValueError):
    """A dossier cannot be planned; the message lists every error in words.

    Attributes:
        findings: everything that was found, errors first.
    """

    def __init__(self, findings: Sequence[Finding], language: str = "en") -> None:
        self.findings = in_order(findings)
        words = words_in(language)
        errors = [f for f in self.findings if f.severity is Severity.ERROR]
        super().__init__("\n".join(words.of_finding(f) for f in errors))


class WrongShockError(DossierError):
    """A shock names what the dossier has not, or would change nothing; the message says which."""


class UnknownScenarioError(ValueError):
    """A dossier has no scenario of this code.

    Attributes:
        scenario: the code asked for.
        known: the codes that the dossier has.
    """

    def __init__(self, scenario: str, known: Sequence[str]) -> None:
        self.scenario = scenario
        self.known = tuple(known)
        super().__init__(f"no scenario {scenario!r}; the dossier has {', '.join(known) or 'none'}")


@dataclass(frozen=True)
class FindingsView:
    """Findings, errors first, that print themselves in the reader's language."""

    findings: tuple[Finding, ...]
    language: str = "en"

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def __str__(self) -> str:
        words = words_in(self.language)
        return "\n".join(f"{f.severity.value}: {words.of_finding(f)}" for f in self.findings)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Those that stop a plan."""
        return tuple(f for f in self.findings if f.severity is Severity.ERROR)

    @property
    def frame(self) -> pd.DataFrame:
        """The findings as a data frame, one row each."""
        import pandas as pd

        words = words_in(self.language)
        return pd.DataFrame(
            [
                {
                    "severity": f.severity.value,
                    "code": f.code,
                    "table": f.table,
                    "row": f.row,
                    "column": f.column,
                    "sentence": words.of_finding(f),
                }
                for f in self.findings
            ],
            columns=["severity", "code", "table", "row", "column", "sentence"],
        )

    def _repr_html_(self) -> str:
        return str(self.frame.to_html(index=False, escape=True))


def in_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings without repetition, errors first, then warnings, then notes."""
    return tuple(sorted(set(findings), key=lambda f: (_WEIGHT[f.severity], f)))


def words_in(language: str) -> Words:
    """The words of a language, fetched when first used."""
    from konbit.briefing.words import Words

    return Words(language)
