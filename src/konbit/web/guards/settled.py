"""Rows that may only be settled: their new state says how they stand, and none is taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.dossier.registry import BY_NAME
from konbit.web.guards.policies import roles
from konbit.web.people.roles import SETTLED, WRITES

if TYPE_CHECKING:
    from collections.abc import Iterator

_AS_OWNER = "SECURITY DEFINER SET search_path = public, pg_temp"
_NAME = "konbit_stays"


def of_settled() -> Iterator[str]:
    """For each such table a question to a new state, and a trigger at the end of a transaction."""
    for table, columns in sorted(SETTLED.items()):
        here = f"tables_{table}"
        writers = roles(role for role, links in WRITES.items() if BY_NAME[table].LINK in links)
        free = roles(columns | {"id", "row_opened_id", "row_closed_id"})
        # Whether a new state differs from the one that the same change closed in how it stands,
        # and names nobody else as who answered.
        yield (
            f"CREATE OR REPLACE FUNCTION konbit_settles_{table}(made {here}, own text) RETURNS "
            f"boolean LANGUAGE sql STABLE {_AS_OWNER} AS $$ SELECT EXISTS (SELECT FROM {here} b "
            f"WHERE b.row_mission_id = made.row_mission_id AND b.row_key = made.row_key "
            f"AND b.row_closed_id = made.row_opened_id "
            f"AND to_jsonb(b) - {free} = to_jsonb(made) - {free} "
            f"AND made.answered_by IN (b.answered_by, '', own)) $$"
        )
        # Whoever does not write the table opens what they close anew, in the same change.
        yield (
            f"CREATE OR REPLACE FUNCTION {_NAME}_{table}() RETURNS trigger LANGUAGE plpgsql "
            f"{_AS_OWNER} AS $$ BEGIN "
            f"IF NOT EXISTS (SELECT FROM history_change c WHERE c.id = NEW.row_closed_id "
            f"AND konbit_holds(c.by_id, c.mission_id, {writers})) "
            f"AND NOT EXISTS (SELECT FROM {here} n WHERE n.row_mission_id = NEW.row_mission_id "
            f"AND n.row_key = NEW.row_key AND n.row_opened_id = NEW.row_closed_id) THEN "
            f"RAISE EXCEPTION 'a row of {table} may be settled and not taken out' "
            f"USING ERRCODE = 'insufficient_privilege'; END IF; RETURN NULL; END $$"
        )
        yield f"DROP TRIGGER IF EXISTS {_NAME} ON {here}"
        yield (
            f"CREATE CONSTRAINT TRIGGER {_NAME} AFTER UPDATE OF row_closed_id ON {here} "
            f"DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.row_closed_id IS NOT NULL) "
            f"EXECUTE FUNCTION {_NAME}_{table}()"
        )
