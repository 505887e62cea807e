"""The database's functions by which one person's records come into a log in one round trip.

Whoever finds the log free appends at once. Whoever finds it held leaves the records in
`ledger_waiting` and waits for the log; the first to hold it then takes along all that wait, in one
pass and one commit, and says of each in whose name and on whose demand it is. Whatever breaks a
rule there breaks it for its own sender only: the others are taken without it.

The sender has looked at facts (purses, banks, rates, roles), whose number `since` says up to which
record; nothing is appended when there are newer ones, when the log is another one, or when the
register of people says something else about the sender: then the answer is null, and the sender
looks again. What the records hang on beside facts, the database asks by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

WAITING_SECONDS = 10  # whoever waited longer is taken for gone, and nothing is done for them
_TOGETHER = 32  # so many demands at most in one commit
MOST_WAITING = 256  # so many at most wait in a fund; who comes later waits by itself
_SWEPT = 64  # of those who are taken for gone, in any fund, so many are cleared at a time
_QUICK = (
    "SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off "
    "SET plan_cache_mode = force_generic_plan SET jit = off"
)

# What the register of people lets somebody do in a fund's log now, as words.
_GIVEN = """CREATE OR REPLACE FUNCTION konbit_ledger_given(fund ledger_fund, who bigint)
RETURNS text[] LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN ARRAY(SELECT word FROM (SELECT h.ours || ':'
            || CASE h.ours WHEN 'contributor' THEN p.own_code ELSE '' END AS word
        FROM {held} WHERE a.mission_id = fund.mission_id AND a.user_id = who) g
        ORDER BY word COLLATE "C");
END $$"""

# The number of the newest fact of a log.
_FACT = """CREATE OR REPLACE FUNCTION konbit_ledger_fact(place bigint) RETURNS bigint
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN coalesce((SELECT r.sequence FROM ledger_record r WHERE r.fund_id = place AND {facts}
        ORDER BY r.sequence DESC LIMIT 1), -1);
END $$"""

# Records as they are sent have no number and no instant yet: a control character, which JSON never
# holds bare, stands for each.
_STAMPED = """CREATE OR REPLACE FUNCTION konbit_ledger_stamped(fund ledger_fund, sent text[])
RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE now text := greatest(konbit_ledger_now(), fund.recorded_at);
BEGIN
    RETURN ARRAY(SELECT replace(replace(line, E'\\x01', now), E'\\x02',
        (fund.size + n - 1)::text) FROM unnest(sent) WITH ORDINALITY l(line, n) ORDER BY n);
END $$"""

_ALONE = """CREATE OR REPLACE FUNCTION konbit_ledger_alone(fund ledger_fund, since bigint,
leaf text, given text[], sent text[]) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE mine bigint[] := array_fill(konbit_user(), ARRAY[cardinality(sent)]);
BEGIN
    IF konbit_ledger_fact(fund.id) >= since
        OR given IS DISTINCT FROM konbit_ledger_given(fund, konbit_user())
        OR NOT EXISTS (SELECT FROM ledger_record r WHERE r.fund_id = fund.id
            AND r.sequence = since - 1 AND encode(r.leaf, 'hex') = konbit_ledger_alone.leaf) THEN
        RETURN NULL;
    END IF;
    PERFORM konbit_ledger_take(fund, konbit_ledger_stamped(fund, sent), mine, mine, NULL);
    RETURN fund.size;
END $$"""

_POST = f"""CREATE OR REPLACE FUNCTION konbit_ledger_post(place bigint, since bigint, leaf text,
given text[], sent text, OUT first bigint, OUT ticket bigint) LANGUAGE plpgsql {_QUICK} AS $$
DECLARE lines text[] := string_to_array(sent, E'\\n');
BEGIN
    IF pg_try_advisory_xact_lock(7302, place::integer) THEN
        PERFORM konbit_ledger_waits();
        first := konbit_ledger_alone(konbit_ledger_held(place), since, leaf, given, lines);
        RETURN;
    END IF;
    -- Nobody leaves anything for a fund that is not there, or not for them; whether they may record
    -- is asked when it is the records' turn.
    IF NOT EXISTS (SELECT FROM ledger_fund f WHERE f.id = place
        AND f.mission_id IN (SELECT konbit_reads())) THEN
        RAISE insufficient_privilege;
    ELSIF (SELECT count(*) FROM (SELECT FROM ledger_waiting w WHERE w.fund_id = place
        LIMIT {MOST_WAITING}) counted) = {MOST_WAITING} THEN
        RETURN;
    END IF;
    INSERT INTO ledger_waiting (fund_id, by_id, since, leaf, given, lines)
        VALUES (place, konbit_user(), since, leaf, given, lines) RETURNING id INTO ticket;
    PERFORM set_config('synchronous_commit', 'off', true);  -- nothing is promised yet
END $$"""

# Once it is their turn: taken along already, or with all others who wait, or alone. A refusal is
# told and not raised, so that what was refused is out of the way of others, and not taken along
# later when it would be allowed.
_TURN = f"""CREATE OR REPLACE FUNCTION konbit_ledger_turn(place bigint, ticket bigint,
OUT first bigint, OUT refused text[]) LANGUAGE plpgsql {_QUICK} AS $$
DECLARE
    fund ledger_fund;
    own ledger_waiting;
    taken record;
    fact bigint;
    code text;
    said text;
    more text;
BEGIN
    PERFORM pg_advisory_xact_lock(7302, place::integer);
    DELETE FROM ledger_waiting w WHERE w.id = ticket AND w.fund_id = place
        AND w.by_id = konbit_user() RETURNING w.* INTO own;
    first := own.first;
    IF own.first IS NOT NULL OR own.id IS NULL THEN
        RETURN;
    END IF;
    PERFORM konbit_ledger_waits();
    BEGIN
        fund := konbit_ledger_held(place);
    EXCEPTION WHEN insufficient_privilege THEN
        RETURN;
    END;
    -- In whatever fund they waited: there may be nobody else who would clear it. Who waits yet all
    -- the same sends again, and the key says what was recorded.
    DELETE FROM ledger_waiting w WHERE w.id IN (SELECT g.id FROM ledger_waiting g
        WHERE g.at < clock_timestamp() - interval '{WAITING_SECONDS} seconds'
        ORDER BY g.fund_id <> place, g.id LIMIT {_SWEPT} FOR UPDATE SKIP LOCKED);
    IF NOT own.is_refused THEN
        BEGIN
            fact := konbit_ledger_fact(place);
            -- Each step by itself, so that people are looked up once and not for each record.
            WITH waiting AS MATERIALIZED (
                SELECT own.* UNION ALL (SELECT o.* FROM ledger_waiting o
                    WHERE o.fund_id = place AND o.first IS NULL AND NOT o.is_refused
                    ORDER BY o.id LIMIT {_TOGETHER})
            ), people AS MATERIALIZED (
                SELECT DISTINCT w.by_id FROM waiting w
            ), known AS MATERIALIZED (
                SELECT p.by_id, konbit_ledger_given(fund, p.by_id) AS given FROM people p
            ), fit AS MATERIALIZED (
                SELECT w.id, w.by_id, w.lines FROM waiting w JOIN known k ON k.by_id = w.by_id
                WHERE w.since > fact AND w.given = k.given AND cardinality(k.given) > 0
                AND w.leaf = (SELECT encode(r.leaf, 'hex')
                    FROM ledger_record r WHERE r.fund_id = place AND r.sequence = w.since - 1)
            )
            SELECT array_agg(l.line ORDER BY f.id, l.n) AS lines,
                array_agg(f.by_id ORDER BY f.id, l.n) AS whos,
                array_agg(f.id ORDER BY f.id, l.n) AS demands INTO taken
            FROM fit f, unnest(f.lines) WITH ORDINALITY l(line, n);
            IF own.id = ANY (taken.demands) THEN
                PERFORM konbit_ledger_take(fund, konbit_ledger_stamped(fund, taken.lines),
                    taken.whos, taken.demands, NULL);
                -- What is asked at the end of a transaction is asked here, of all of them at once.
                SET CONSTRAINTS ALL IMMEDIATE;
                SET CONSTRAINTS ALL DEFERRED;
                UPDATE ledger_waiting w SET first = fund.size + t.n - 1
                    FROM (SELECT demand, min(n) AS n
                        FROM unnest(taken.demands) WITH ORDINALITY d(demand, n) GROUP BY demand) t
                    WHERE w.id = t.demand;
                first := fund.size + array_position(taken.demands, own.id) - 1;
                RETURN;
            END IF;
        EXCEPTION WHEN OTHERS THEN
            -- Also where what somebody left cannot even be asked about.
            UPDATE ledger_waiting w SET is_refused = true
                WHERE w.fund_id = place AND w.first IS NULL;
        END;
    END IF;
    BEGIN
        first := konbit_ledger_alone(fund, own.since, own.leaf, own.given, own.lines);
        SET CONSTRAINTS ALL IMMEDIATE;
        SET CONSTRAINTS ALL DEFERRED;
    EXCEPTION WHEN OTHERS THEN
        GET STACKED DIAGNOSTICS code = RETURNED_SQLSTATE, said = MESSAGE_TEXT,
            more = PG_EXCEPTION_DETAIL;
        first := NULL;
        refused := ARRAY[code, said, more];
    END;
END $$"""

# In the name and with the rights of whoever calls: it does nothing but call, and commit in between.
_RECORD = """CREATE OR REPLACE PROCEDURE konbit_ledger_record(place bigint, since bigint,
leaf text, given text[], sent text, INOUT first bigint) LANGUAGE plpgsql AS $$
DECLARE
    ticket bigint;
    refused text[];
BEGIN
    SELECT p.first, p.ticket INTO first, ticket
        FROM public.konbit_ledger_post(place, since, leaf, given, sent) p;
    IF ticket IS NOT NULL THEN
        COMMIT;
        SELECT t.first, t.refused INTO first, refused
            FROM public.konbit_ledger_turn(place, ticket) t;
        IF refused IS NOT NULL THEN
            COMMIT;
            RAISE EXCEPTION USING ERRCODE = refused[1], MESSAGE = refused[2], DETAIL = refused[3];
        END IF;
    END IF;
END $$"""


def of_posting(held: str, facts: str) -> Iterator[str]:
    """The functions, with the question who holds what, and which records are facts."""
    for function in (_GIVEN, _FACT, _STAMPED, _ALONE, _POST, _TURN, _RECORD):
        yield function.replace("{held}", held).replace("{facts}", facts)
    yield "DROP FUNCTION IF EXISTS konbit_ledger_waited(bigint, bigint)"
