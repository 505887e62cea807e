"""What a row rested on before: sources whose place a better one took, with what they said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from konbit.web.tables.showing import history_of

if TYPE_CHECKING:
    from konbit.dossier.columns import Row
    from konbit.web.history.models import Change
    from konbit.web.missions.models import Mission
    from konbit.web.people.models import User


@dataclass(frozen=True, slots=True)
class Earlier:
    """A state of a row that rested on another source.

    Attributes:
        row: as it was.
        replaced: the change that put another source in its place.
    """

    row: Any
    replaced: Change


def earlier(user: User, mission: Mission, table: type[Row], key: str) -> tuple[Earlier, ...]:
    """The last state of a row under each of its former sources, the newest first."""
    found = []
    later: Any = None
    for moment in history_of(user, mission, table, key):
        row: Any = moment.row
        if later is not None and row.source != later.source and moment.change_closed is not None:
            found.append(Earlier(row, moment.change_closed))
        later = row
    return tuple(found)
