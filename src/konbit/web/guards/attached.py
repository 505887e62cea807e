"""To which rows papers may be attached: those of which one may change something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.dossier.registry import TABLES
from konbit.web.guards.policies import roles
from konbit.web.people.roles import OWNED, OWNERS, SETTLED, WRITES, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.dossier.columns import Row

_AS_OWNER = "SECURITY DEFINER SET search_path = public, pg_temp"
_OFFICER = f"konbit_holds(konbit_user(), place, {roles([Role.CONTRIBUTOR_OFFICER])})"


def of_attached() -> Iterator[str]:
    """The question that the policy of papers asks: whether the user may change the row."""
    # Code by which a mission's tables name the user's organisation.
    yield (
        "CREATE OR REPLACE FUNCTION konbit_code_in(place bigint) RETURNS text LANGUAGE sql STABLE "
        f"{_AS_OWNER} AS $$ SELECT nullif(p.own_code, '') FROM people_user u "
        "JOIN people_participation p ON p.organisation_id = u.organisation_id "
        "WHERE u.id = konbit_user() AND p.mission_id = place $$"
    )
    asked = " ".join(
        f"WHEN named = '{table.TABLE}' THEN RETURN {_changes(table)};" for table in TABLES
    )
    yield (
        "CREATE OR REPLACE FUNCTION konbit_attaches(place bigint, named text, asked text) "
        f"RETURNS boolean LANGUAGE plpgsql STABLE {_AS_OWNER} AS $$ BEGIN "
        f"CASE {asked} ELSE RETURN false; END CASE; END $$"
    )


def _changes(table: type[Row]) -> str:
    """Whether the newest state of a row is there, and the user may change some of it."""
    writers = [role for role, links in WRITES.items() if table.LINK in links]
    ways = [f"konbit_holds(konbit_user(), place, {roles(writers)})"] if writers else []
    if table.TABLE in OWNED:
        ways.append(f"({_OFFICER} AND {_owner(table)} = konbit_code_in(place))")
    if table.TABLE in SETTLED:
        ways.append(
            f"({_OFFICER} AND konbit_answers_for(place, konbit_code_in(place), r.owner, "
            "r.paragraph))"
        )
    return (
        f"coalesce((SELECT {' OR '.join(ways) or 'false'} FROM tables_{table.TABLE} r "
        "WHERE r.row_mission_id = place AND r.row_key = asked "
        "ORDER BY r.row_opened_id DESC LIMIT 1), false)"
    )


def _owner(table: type[Row]) -> str:
    column = OWNED[table.TABLE]
    if column not in OWNERS:
        return f"r.{column}"
    through, owner = OWNERS[column]
    return (
        f"(SELECT o.{owner} FROM tables_{through} o WHERE o.row_mission_id = place "
        f"AND o.row_key = r.{column} ORDER BY o.row_opened_id DESC LIMIT 1)"
    )
