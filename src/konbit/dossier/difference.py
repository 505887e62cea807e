"""Two states of a dossier: the rows that differ, and the plans made of both."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from konbit.dossier.dossier import texts_of
from konbit.dossier.facts import Fact
from konbit.dossier.registry import TABLES
from konbit.dossier.replay import Edited

if TYPE_CHECKING:
    from konbit.dossier.dossier import Dossier
    from konbit.dossier.plan import Plan


@dataclass(frozen=True)
class Difference:
    """What changed from one plan to another.

    Attributes:
        earlier: the plan of the one dossier.
        later: the plan of the other.
        rows: rows of the dossier that were added, cells that were changed, and rows that were
            taken out: these have no text after.
    """

    earlier: Plan
    later: Plan
    rows: tuple[Edited, ...]

    @property
    def is_ended(self) -> bool:
        """Whether one of the plans was ended before it was done."""
        return self.earlier.is_ended or self.later.is_ended


def differences(before: Dossier, after: Dossier) -> tuple[Edited, ...]:
    """Rows added and cells changed from one dossier to the next; notes on provenance left out."""
    found = []
    hidden = {"confidence", "basis"}
    for table in TABLES:
        old = {row.key: texts_of(row) for row in before.rows(table)}
        for row in after.rows(table):
            texts = texts_of(row)
            known = old.get(row.key)
            if known is None:
                keep = {column.name for column in fields(Fact)} | set(table.KEY)
                told = ", ".join(f"{k} = {v}" for k, v in texts.items() if k not in keep)
                found.append(Edited(table.TABLE, row.label, "", "", told))
                continue
            found += [
                Edited(table.TABLE, row.label, column, known.get(column, ""), texts.get(column, ""))
                for column in sorted({*known, *texts} - hidden)
                if known.get(column, "") != texts.get(column, "")
            ]
    return tuple(found)


def changed_rows(before: Dossier, after: Dossier) -> tuple[Edited, ...]:
    """Rows added, cells changed, and rows taken out, table by table."""
    gone = (
        replace(row, before=row.after, after="")
        for row in differences(after, before)
        if not row.column
    )
    return tuple(sorted((*differences(before, after), *gone), key=lambda row: (row.table, row.row)))
