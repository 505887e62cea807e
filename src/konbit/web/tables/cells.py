"""The cells in which two states of a row differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from konbit.dossier import texts_of

if TYPE_CHECKING:
    from konbit.dossier import Row


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that would change; empty text for none."""

    column: str
    before: str
    after: str


def cells_between(before: Row | None, after: Row | None) -> tuple[Cell, ...]:
    """The cells in which two states of a row differ."""
    old = texts_of(before) if before is not None else {}
    new = texts_of(after) if after is not None else {}
    names = [*new, *(name for name in old if name not in new)]
    return tuple(
        Cell(name, old.get(name, ""), new.get(name, ""))
        for name in names
        if old.get(name, "") != new.get(name, "")
    )
