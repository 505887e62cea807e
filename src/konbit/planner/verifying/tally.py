"""Counting the cases of one rule and keeping the first that fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.dossier.plan import Check

if TYPE_CHECKING:
    from fractions import Fraction

    Key = tuple[object, ...]


class Tally:
    """Cases tested under one rule. `where` is the key of the row that a case is about."""

    def __init__(self, rule: str) -> None:
        self._rule = rule
        self._tested = 0
        self._violated = 0
        self._first = ""

    def at_most(self, where: Key, found: int | Fraction, limit: int | Fraction) -> None:
        """One case: `found` may not pass `limit`."""
        self._case(found <= limit, where, found, ">", limit)

    def at_least(self, where: Key, found: int, limit: int) -> None:
        """One case: `found` may not stay below `limit`."""
        self._case(found >= limit, where, found, "<", limit)

    def same(self, where: Key, found: object, expected: object) -> None:
        """One case: the plan says `found`, recomputed it is `expected`."""
        self._case(found == expected, where, found, "!=", expected)

    def _case(self, holds: bool, where: Key, found: object, sign: str, limit: object) -> None:
        self._tested += 1
        if holds:
            return
        self._violated += 1
        if self._violated == 1:
            key = " / ".join(str(part) for part in where)
            self._first = f"{key}: {found} {sign} {limit}"

    @property
    def check(self) -> Check:
        """The row of the table `verification`."""
        return Check(
            rule=self._rule,
            tested=self._tested,
            violated=self._violated,
            first_violation=self._first,
        )
