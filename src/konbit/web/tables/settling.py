"""Saying how a row stands that one's own organisation answers for, and changing nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import BooleanField, F, Func, Value

from konbit.web.people.roles import SETTLED
from konbit.web.tables.mirrored import MODELS

if TYPE_CHECKING:
    from konbit.dossier import Row
    from konbit.web.missions.models import Mission


def answers_for(mission: Mission, own_code: str, row: Row) -> bool:
    """Whether an organisation answers for a row: as its owner, or addressed by its paragraph.

    The database is asked with the function that guards the table, so that both say the same.
    """
    if row.TABLE not in SETTLED or not own_code:
        return False
    asked: Any = row
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT konbit_answers_for(%s, %s, %s, %s)",
            [mission.pk, own_code, asked.owner, asked.paragraph],
        )
        found = cursor.fetchone()
    return bool(found and found[0])


def keys_answered_for(mission: Mission, own_code: str, table: type[Row]) -> frozenset[str]:
    """Keys of the rows of a table that an organisation answers for now."""
    if table.TABLE not in SETTLED or not own_code:
        return frozenset()
    answered = Func(
        Value(mission.pk),
        Value(own_code),
        F("owner"),
        F("paragraph"),
        function="konbit_answers_for",
        output_field=BooleanField(),
    )
    states = MODELS[table.TABLE].objects.of(mission.pk).current()
    found = states.alias(is_theirs=answered).filter(is_theirs=True)
    return frozenset(found.values_list("row_key", flat=True))


def only_settles(own_code: str, before: Row, after: Row) -> bool:
    """Whether a row says anew how it stands, in the name of one's own organisation, and no more."""
    settled = SETTLED.get(before.TABLE, frozenset())
    names = before.__dataclass_fields__
    changed = {n for n in names if getattr(before, n) != getattr(after, n)}
    answered_by = getattr(after, "answered_by", "")
    is_own = "answered_by" not in changed or answered_by in ("", own_code)
    return type(before) is type(after) and changed <= settled and is_own
