"""How far requirements are met together: shares weighted by what each counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from konbit.dossier.plan import Coverage

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Met:
    """Requirement-months taken together.

    Attributes:
        covered: sum of share times weight.
        weight: sum of weights.
        needed: sum of quantities; meant only where all are in one measure.
    """

    covered: int = 0
    weight: int = 0
    needed: int = 0

    @property
    def share(self) -> int:
        """Weighted share met and effective, in parts of ten thousand, rounded down."""
        return self.covered // max(self.weight, 1)

    def __add__(self, other: Met) -> Met:
        return Met(
            self.covered + other.covered, self.weight + other.weight, self.needed + other.needed
        )


def met_by(rows: Iterable[Coverage], key: Callable[[Coverage], K]) -> dict[K, Met]:
    """Coverage rows taken together by a key, keys in order of first appearance."""
    found: dict[K, Met] = {}
    for row in rows:
        one = Met(row.share * row.weight, row.weight, row.needed)
        at = key(row)
        found[at] = found.get(at, Met()) + one
    return found
