"""What a rule looks at: all rows, and those known and used on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from konbit.terms import Finding

if TYPE_CHECKING:
    from datetime import date

    from konbit.dossier.dossier import Dossier


@dataclass(frozen=True, slots=True)
class Scope:
    """A dossier under check.

    Attributes:
        whole: every row, used or not, known or not: what structural rules look at.
        known: rows used and known on the as-of day: what rules about a day look at.
        as_of_on: the day.
    """

    whole: Dossier
    known: Dossier
    as_of_on: date


Rule: TypeAlias = Callable[[Scope], Iterator[Finding]]
