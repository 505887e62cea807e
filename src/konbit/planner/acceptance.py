"""What each earmark accepts, as sets of purses held in the bits of a number."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from konbit.dossier.tables.fund import Earmark, EarmarkRule
from konbit.planner.months import holds
from konbit.planner.purse import FREE, Purse, Subject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from konbit.dossier import Dossier
    from konbit.terms import Month


class Acceptance:
    """Which purses may pay for a subject in a month.

    An earmark accepts what all its rules accept, within its window: the purses are the meeting of
    the sets that accept the head, the contributor, the capability, the site, arms and the month.

    Args:
        known: the dossier known on the day, under the scenario.
        purses: all purses.
    """

    def __init__(self, known: Dossier, purses: Iterable[Purse]) -> None:
        self._purses = tuple(purses)
        self._earmarks = known.by_code(Earmark)
        self._rules: dict[str, dict[str, set[str]]] = {}
        for rule in known.rows(EarmarkRule):
            self._rules.setdefault(rule.earmark, {}).setdefault(rule.dimension, set()).add(
                rule.allows
            )
        windows = (day for e in self._earmarks.values() for day in (e.from_on, e.until_on))
        self._window_days = sorted({day for day in windows if day is not None})
        self._by_value: dict[tuple[str, str], int] = {}
        self._by_epoch: dict[int, int] = {}
        self._lethal = self._where(lambda purse: self._earmarks[purse.earmark].lethal_allowed)
        self._of_fund: dict[str, int] = {}
        self._sets: dict[int, frozenset[Purse]] = {}

    @property
    def named_sites(self) -> frozenset[str]:
        """Sites that some earmark names; for all others earmarks accept the same."""
        return frozenset().union(*(rules.get("site", ()) for rules in self._rules.values()))

    def epoch(self, month: Month) -> int:
        """How many windows of earmarks have opened or closed; equal where the same accept."""
        return bisect_right(self._window_days, month.first_on)

    def accepting(self, fund: str, subject: Subject, month: Month) -> frozenset[Purse]:
        """The purses of a fund that may pay for a subject in a month."""
        found = self._fund(fund) & self._month(month)
        found &= self._value("cost_head", subject.cost_head)
        found &= self._value("contributor", subject.contributor)
        found &= self._value("capability", subject.capability)
        found &= self._value("site", subject.site)
        if subject.lethal:
            found &= self._lethal
        if found not in self._sets:
            self._sets[found] = frozenset(
                purse for bit, purse in enumerate(self._purses) if found >> bit & 1
            )
        return self._sets[found]

    def _where(self, accepts: Callable[[Purse], bool]) -> int:
        """The purses without earmark, and those with a known one that accepts."""
        return sum(
            1 << bit
            for bit, purse in enumerate(self._purses)
            if purse.earmark == FREE or (purse.earmark in self._earmarks and accepts(purse))
        )

    def _fund(self, fund: str) -> int:
        if fund not in self._of_fund:
            self._of_fund[fund] = sum(
                1 << bit for bit, purse in enumerate(self._purses) if purse.fund == fund
            )
        return self._of_fund[fund]

    def _month(self, month: Month) -> int:
        epoch = self.epoch(month)
        if epoch not in self._by_epoch:

            def open_then(purse: Purse) -> bool:
                earmark = self._earmarks[purse.earmark]
                return holds(earmark.from_on, earmark.until_on, month)

            self._by_epoch[epoch] = self._where(open_then)
        return self._by_epoch[epoch]

    def _value(self, dimension: str, value: str) -> int:
        key = (dimension, value)
        if key not in self._by_value:

            def allows(purse: Purse) -> bool:
                allowed = self._rules.get(purse.earmark, {}).get(dimension)
                return allowed is None or value in allowed

            self._by_value[key] = self._where(allows)
        return self._by_value[key]
