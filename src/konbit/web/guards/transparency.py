"""Guards of what is checked of a log: its tree is computed by the database, and nothing is undone.

Hashes, checkpoints and witnesses' signatures say nothing of what is in a record, so they may be
read in anybody's name; pages ask who may look. The records themselves are read by who reads the
mission, and by everybody once the log is published.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.web.guards.fixed import fixed
from konbit.web.people.roles import MAY

if TYPE_CHECKING:
    from collections.abc import Iterator

_OWNER = "SECURITY DEFINER SET search_path = public, pg_temp"
_TABLES = ("transparency_node", "transparency_checkpoint", "transparency_witness",
           "transparency_cosignature", "transparency_publication")  # fmt: skip
_COLUMNS = (
    "pk bigint, mission_id bigint, mission text, code text, size bigint, is_published boolean"
)
_LOGS = """SELECT f.id, f.mission_id, m.code::text, f.code::text, f.size,
    EXISTS (SELECT FROM transparency_publication p WHERE p.fund_id = f.id)
    FROM ledger_fund f JOIN missions_mission m ON m.id = f.mission_id"""

_FUNCTIONS = (
    f"""CREATE OR REPLACE FUNCTION konbit_tree_log(place text, fund text)
    RETURNS TABLE ({_COLUMNS}) LANGUAGE sql STABLE {_OWNER} AS $$
    {_LOGS} WHERE m.code = place AND f.code = fund $$""",
    f"""CREATE OR REPLACE FUNCTION konbit_tree_logs() RETURNS TABLE ({_COLUMNS})
    LANGUAGE sql STABLE {_OWNER} AS $$ {_LOGS} WHERE f.size > 0 ORDER BY f.id $$""",
    # Hashes of a kept level from a position up to, and without, another.
    f"""CREATE OR REPLACE FUNCTION konbit_tree_run(place bigint, lvl int, first bigint,
    after bigint) RETURNS SETOF bytea LANGUAGE plpgsql STABLE {_OWNER} AS $$
    BEGIN
        IF lvl = 0 THEN
            RETURN QUERY SELECT r.leaf FROM ledger_record r WHERE r.fund_id = place
                AND r.sequence >= first AND r.sequence < after ORDER BY r.sequence;
        ELSE
            RETURN QUERY SELECT n.hash FROM transparency_node n WHERE n.fund_id = place
                AND n.level = lvl AND n.position >= first AND n.position < after
                ORDER BY n.position;
        END IF;
    END $$""",
    # Several runs at once, each as its hashes one after the other.
    f"""CREATE OR REPLACE FUNCTION konbit_tree_runs(place bigint, lvls int[], firsts bigint[],
    afters bigint[]) RETURNS SETOF bytea LANGUAGE plpgsql STABLE {_OWNER} AS $$
    BEGIN
        FOR i IN 1..cardinality(lvls) LOOP
            IF lvls[i] = 0 THEN
                RETURN NEXT (SELECT string_agg(r.leaf, '' ORDER BY r.sequence)
                    FROM ledger_record r WHERE r.fund_id = place
                    AND r.sequence >= firsts[i] AND r.sequence < afters[i]);
            ELSE
                RETURN NEXT (SELECT string_agg(n.hash, '' ORDER BY n.position)
                    FROM transparency_node n WHERE n.fund_id = place AND n.level = lvls[i]
                    AND n.position >= firsts[i] AND n.position < afters[i]);
            END IF;
        END LOOP;
    END $$""",
    # Nodes of a level over 256 of the kept level below, as far as the first records complete them.
    f"""CREATE OR REPLACE FUNCTION konbit_tree_keep(place bigint, lvl int, records bigint)
    RETURNS void LANGUAGE plpgsql {_OWNER} AS $$
    DECLARE at bigint; hashes bytea[];
    BEGIN
        SELECT coalesce(max(n.position) + 1, 0) INTO at FROM transparency_node n
            WHERE n.fund_id = place AND n.level = lvl;
        WHILE at < records >> lvl LOOP
            hashes := ARRAY(SELECT konbit_tree_run(place, lvl - 8, at * 256, at * 256 + 256));
            IF array_length(hashes, 1) IS DISTINCT FROM 256 OR lvl % 8 <> 0 THEN
                RAISE EXCEPTION 'a node of level % lacks what is below it', lvl;
            END IF;
            WHILE array_length(hashes, 1) > 1 LOOP
                hashes := ARRAY(SELECT sha256('\\x01'::bytea || hashes[2 * i - 1] || hashes[2 * i])
                    FROM generate_series(1, array_length(hashes, 1) / 2) i ORDER BY i);
            END LOOP;
            INSERT INTO transparency_node (fund_id, level, "position", hash)
                VALUES (place, lvl, at, hashes[1]);
            at := at + 1;
        END LOOP;
    END $$""",
    f"""CREATE OR REPLACE FUNCTION konbit_tree_size(place bigint) RETURNS bigint
    LANGUAGE sql STABLE {_OWNER} AS $$
    SELECT f.size FROM ledger_fund f WHERE f.id = place $$""",
    f"""CREATE OR REPLACE FUNCTION konbit_tree_mission(place bigint) RETURNS bigint
    LANGUAGE sql STABLE {_OWNER} AS $$
    SELECT f.mission_id FROM ledger_fund f WHERE f.id = place $$""",
)


def of_transparency() -> Iterator[str]:
    """Functions, triggers and rights, but for the policies."""
    yield from _FUNCTIONS
    yield from fixed(_TABLES)
    for table in _TABLES[1:]:
        yield f"GRANT INSERT ON {table} TO konbit_app"


def policies() -> Iterator[tuple[str, str, str, str]]:
    """Table, name, command and condition of each policy."""
    for table in _TABLES:
        yield table, "reads", "SELECT", "USING (true)"
    yield (
        "transparency_checkpoint",
        "signs",
        "INSERT",
        "WITH CHECK (size <= konbit_tree_size(fund_id))",
    )
    yield (
        "transparency_cosignature",
        "adds",
        "INSERT",
        "WITH CHECK (EXISTS (SELECT FROM transparency_witness w JOIN transparency_checkpoint c "
        "ON c.fund_id = w.fund_id WHERE w.id = witness_id AND c.id = checkpoint_id))",
    )
    roles = ", ".join(f"'{role}'" for role in sorted(MAY["publish-ledger"]))
    may = (
        "WITH CHECK (by_id = konbit_user() AND konbit_holds(konbit_user(), "
        f"konbit_tree_mission(fund_id), ARRAY[{roles}]::text[]))"
    )
    for table in ("transparency_witness", "transparency_publication"):
        yield table, "adds", "INSERT", may
    yield (
        "ledger_record",
        "published",
        "SELECT",
        "USING (fund_id IN (SELECT p.fund_id FROM transparency_publication p))",
    )
