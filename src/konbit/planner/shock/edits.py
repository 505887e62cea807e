"""A dossier being edited by shocks: rows added and cells changed, each marked as a supposition."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from konbit.dossier.dossier import Dossier
from konbit.dossier.facts import Fact
from konbit.dossier.registry import TABLES
from konbit.planner.months import planned_months
from konbit.terms import Finding, Severity
from konbit.terms.code import nearest
from konbit.terms.finding import finding

if TYPE_CHECKING:
    from datetime import date

    from konbit.dossier.plan import Plan
    from konbit.terms import Month

F = TypeVar("F", bound=Fact)

SOURCE = "Shock replayed: a supposition"


class WrongShockError(ValueError):
    """A shock cannot be replayed on the dossier.

    Attributes:
        finding: why, for the reader.
    """

    def __init__(self, why: Finding) -> None:
        super().__init__(why.code)
        self.finding = why


@dataclass(frozen=True, eq=False)
class Setting:
    """What shocks are replayed on: the day, the scenario, and the plan before them.

    Without a plan yet, as if it spent nothing: what cannot be replayed then never can be.
    """

    as_of_on: date
    scenario: str
    before: Plan | None


class Edits:
    """The rows of a dossier under a scenario, open to edits."""

    def __init__(self, dossier: Dossier, setting: Setting) -> None:
        self.setting = setting
        self._rows = {table: {row.key: row for row in dossier.rows(table)} for table in TABLES}
        self.split: dict[str, str] = {}
        self.months = planned_months(setting.as_of_on, dossier.mission.horizon_months)

    def dossier(self) -> Dossier:
        """The dossier as it now stands."""
        return Dossier.of(row for rows in self._rows.values() for row in rows.values())

    def known(self) -> Dossier:
        """The same as known on the day."""
        return self.dossier().known_on(self.setting.as_of_on)

    def month(self, wanted: Month | None) -> Month:
        """The month in which a shock strikes.

        Raises:
            WrongShockError: it is not among the months planned.
        """
        first, last = self.months[0], self.months[-1]
        if wanted is None:
            return first
        if not first <= wanted <= last:
            raise WrongShockError(
                finding("shock-outside-plan", Severity.ERROR, month=wanted, first=first, last=last)
            )
        return wanted

    def named(self, code: str, *tables: type[F]) -> F:
        """The row of a code, in the first of some tables that has it, known and used on the day.

        Raises:
            WrongShockError: no table has it, or it was not known.
        """
        every = {
            str(key[0]): row for table in reversed(tables) for key, row in self._rows[table].items()
        }
        row = every.get(code)
        if not isinstance(row, Fact):
            places = ", ".join(table.TABLE for table in tables)
            near = nearest(code, every)
            raise WrongShockError(
                finding("shock-unknown", Severity.ERROR, value=code, tables=places, suggestion=near)
            )
        if not row.used or not row.is_known(self.setting.as_of_on):
            raise WrongShockError(
                finding(
                    "shock-not-known",
                    Severity.ERROR,
                    type(row).TABLE,
                    row.label,
                    as_of_on=self.setting.as_of_on,
                )
            )
        return row  # type: ignore[return-value] # it came from one of these tables

    def add(self, row: Fact) -> None:
        """Add a row.

        Raises:
            WrongShockError: there is one with its key: the same shock comes twice.
        """
        rows = self._rows[type(row)]
        if row.key in rows:
            raise WrongShockError(
                finding("shock-twice", Severity.ERROR, type(row).TABLE, row.label)
            )
        rows[row.key] = row

    def change(self, row: Fact, why: str, **cells: Any) -> None:
        """Change cells of a row, none of its key; it is then an assumption that says why."""
        basis = "; ".join(part for part in (row.basis, why) if part)
        marked: dict[str, Any] = {**cells, "confidence": "assumption", "basis": basis}
        new = dataclasses.replace(row, **marked)
        self._rows[type(row)][row.key] = new

    def stated(self, why: str) -> dict[str, Any]:
        """The cells by which an added row says that it is a supposition."""
        day = self.setting.as_of_on
        return {
            "source": SOURCE,
            "source_on": day,
            "confidence": "assumption",
            "basis": why,
            "known_on": day,
        }


def nothing(value: str, why: str) -> WrongShockError:
    """The error of a shock that would change nothing; `why` is the last part of a finding code."""
    return WrongShockError(finding(f"shock-nothing-{why}", Severity.ERROR, value=value))
