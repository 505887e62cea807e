"""The ledger's own guards: the only way into a log, and what the database refuses by itself.

The role that serves has no right to insert, change or delete records, postings or balances. It may
call `konbit_ledger_append` with the bytes of records: the function makes postings and balances from
these bytes and refuses what breaks a rule on money or on people. A deferred constraint trigger asks
again at the end of the transaction whether books balance, whoever wrote them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from konbit.fund.accounts import GUARDED, GUARDED_AMOUNT, TOUCHES
from konbit.fund.kinds import KINDS, MANY
from konbit.web.guards.fixed import fixed
from konbit.web.guards.ledger_append import APPEND, HELD, TAKE, WAITS
from konbit.web.guards.ledger_begin import BEGIN
from konbit.web.guards.ledger_post import of_posting
from konbit.web.guards.ledger_written import WRITTEN, written
from konbit.web.people.roles import LEDGER_ROLES, MAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LOG = ("ledger_append", "ledger_record", "ledger_posting", "ledger_sum", "ledger_proposal",
        "ledger_refusal",
        "ledger_opening")  # fmt: skip
_BY_FUND = (*_LOG, "ledger_balance")
_OWNER = "SECURITY DEFINER SET search_path = public, pg_temp"
BLOCK = 8_192  # so many records are summed together for statements
# By index only: plans are made while the tables are still small, and kept by the session. Without
# machine code, which a plan that is costed as impossible would be turned into.
_QUICK = f"{_OWNER} SET enable_seqscan = off SET plan_cache_mode = force_generic_plan SET jit = off"


def _array(words: Iterable[str]) -> str:
    return f"ARRAY[{', '.join(repr(str(word)) for word in words)}]::text[]"


def _kinds() -> str:
    """Every kind: whether two are needed, and the roles of the log one of which acts."""
    return json.dumps(
        {kind.name: {"two": kind.two, "roles": sorted(kind.roles)} for kind in KINDS.values()}
    )


def _touches() -> str:
    """Kind, sign and class of account, as one text for each that is allowed."""
    return _array(
        f"{kind} {touch[0]}1 {touch[1:]}".replace("+", "")
        for kind, touches in TOUCHES.items()
        for touch in touches.split()
    )


def _web_roles() -> str:
    """Role of the log and the role of the record that gives it."""
    return ", ".join(f"('{ours}', '{theirs}')" for ours, theirs in LEDGER_ROLES.items())


# Who holds which role of the log, as long as the mission's host lets the organisation give it.
_HELD = f"""people_assignment a JOIN people_user u ON u.id = a.user_id AND u.is_active
    JOIN people_participation p ON p.mission_id = a.mission_id
    AND p.organisation_id = u.organisation_id AND a.role = ANY (p.roles)
    JOIN (VALUES {_web_roles()}) h(ours, theirs) ON h.theirs = a.role AND a.ended_at IS NULL"""
_FACTS = f"NOT (r.kind IN ({', '.join(repr(kind) for kind in MANY)}))"
# What only functions of the database may call: they say in whose name, and hold the log.
_INNER = (
    "held(bigint)",
    "take(ledger_fund, text[], bigint[], bigint[], bigint)",
    "alone(ledger_fund, bigint, text, text[], text[])",
    "sum(bigint, bigint)",
)

_FUNCTIONS = (
    """CREATE OR REPLACE FUNCTION konbit_ledger_opaque(salt text, who bigint) RETURNS text
    LANGUAGE sql IMMUTABLE AS $$
    SELECT 'p-' || left(encode(sha256(convert_to(salt || ':' || who, 'UTF8')), 'hex'), 20) $$""",
    f"""CREATE OR REPLACE FUNCTION konbit_ledger_guarded(account text) RETURNS boolean
    LANGUAGE sql IMMUTABLE AS $$
    SELECT split_part(account, ':', 1) = ANY ({_array(sorted(GUARDED))}) $$""",
    f"""CREATE OR REPLACE FUNCTION konbit_ledger_reads() RETURNS SETOF bigint
    LANGUAGE sql STABLE {_OWNER} AS $$
    SELECT f.id FROM ledger_fund f WHERE f.mission_id IN (SELECT konbit_reads()) $$""",
    # An identity of the log holds, or does not hold, a role in the record.
    f"""CREATE OR REPLACE FUNCTION konbit_ledger_is(place bigint, who text, role_asked text,
    party text) RETURNS boolean LANGUAGE plpgsql STABLE {_OWNER} AS $$
    BEGIN RETURN EXISTS (SELECT FROM ledger_fund f
        JOIN people_assignment a ON a.mission_id = f.mission_id
        JOIN people_user u ON u.id = a.user_id
        JOIN people_participation p ON p.mission_id = a.mission_id
        AND p.organisation_id = u.organisation_id AND a.role = ANY (p.roles)
        JOIN (VALUES {_web_roles()}) r(ours, theirs) ON r.theirs = a.role
        WHERE f.id = place AND u.is_active AND a.ended_at IS NULL AND r.ours = role_asked
        AND party = CASE WHEN role_asked = 'contributor' THEN p.own_code ELSE '' END
        AND konbit_ledger_opaque(f.salt, u.id) = who); END $$""",
    """CREATE OR REPLACE FUNCTION konbit_ledger_body(told bytea) RETURNS jsonb
    LANGUAGE sql STABLE AS $$ SELECT convert_from(told, 'UTF8')::jsonb->'body' $$""",
    """CREATE OR REPLACE FUNCTION konbit_ledger_now() RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') $$""",
    """CREATE OR REPLACE FUNCTION konbit_ledger_line(account text) RETURNS text
    LANGUAGE sql IMMUTABLE AS $$ SELECT CASE split_part(account, ':', 1)
        WHEN 'spent' THEN split_part(account, ':', 1) || ':' || split_part(account, ':', 2) || ':'
            || split_part(account, ':', 3)
        WHEN 'allotted' THEN 'allotted:' || split_part(account, ':', 2)
        WHEN 'obligated' THEN 'obligated:' || split_part(account, ':', 2)
        WHEN 'support_held' THEN 'support_held:' || split_part(account, ':', 2)
        ELSE account END $$""",
    """CREATE OR REPLACE FUNCTION konbit_ledger_opposite(postings jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE AS $$ SELECT jsonb_agg(jsonb_build_array(p->0, p->1,
        -(p->>2)::bigint, -(p->>3)::bigint) ORDER BY n)
        FROM jsonb_array_elements(postings) WITH ORDINALITY e(p, n) $$""",
    BEGIN.replace("{facts}", _FACTS),
    *WRITTEN,
    HELD,
    WAITS,
    APPEND,
    *of_posting(_HELD, _FACTS),
    TAKE.replace("{kinds}", _kinds())
    .replace("{held}", _HELD)
    .replace("{written}", written("r.line", "j", "body", "kind"))
    .replace("{touches}", _touches())
    .replace("{guarded}", _array(sorted(GUARDED)))
    .replace("{guarded_amount}", GUARDED_AMOUNT)
    .replace("{block}", str(BLOCK)),
    # Sums of postings by line and day, a block of records at a time, once and for ever: a statement
    # adds up sums of whole blocks and the postings after them. Appending alone may ask for it.
    f"""CREATE OR REPLACE FUNCTION konbit_ledger_sum(place bigint, records bigint) RETURNS void
    LANGUAGE plpgsql {_QUICK} AS $$
    DECLARE
        summed bigint := coalesce((SELECT s.until FROM ledger_sum s WHERE s.fund_id = place
            ORDER BY s.until DESC LIMIT 1), 0);
        next bigint;
    BEGIN
        LOOP
            next := (summed / {BLOCK} + 1) * {BLOCK};
            EXIT WHEN next > records;
            INSERT INTO ledger_sum (fund_id, until, statement_line, currency, "on", known_on,
                    amount_minor, value_minor)
                SELECT place, next, p.statement_line, p.currency, p."on", p.known_on,
                    sum(p.amount_minor), sum(p.value_minor)
                FROM ledger_posting p WHERE p.fund_id = place
                AND p.sequence >= summed AND p.sequence < next
                GROUP BY p.statement_line, p.currency, p."on", p.known_on;
            summed := next;
        END LOOP;
    END $$""",
    *(f"REVOKE ALL ON FUNCTION konbit_ledger_{name} FROM PUBLIC, konbit_app" for name in _INNER),
    "DROP FUNCTION IF EXISTS konbit_ledger_sum(bigint)",
    # Asked of every transaction that adds to a log, at its end.
    f"""CREATE OR REPLACE FUNCTION konbit_ledger_balanced() RETURNS trigger
    LANGUAGE plpgsql {_QUICK} AS $$
    DECLARE wrong text; told record;
    BEGIN
        IF NEW.first <> coalesce((SELECT a.until FROM ledger_append a
            WHERE a.fund_id = NEW.fund_id AND a.first < NEW.first
            ORDER BY a.first DESC LIMIT 1), 0) THEN
            RAISE EXCEPTION 'ledger-sequence' USING ERRCODE = '23514';
        END IF;
        SELECT count(*) AS records, bool_and(w.fits) AS fit, bool_and(w.follows) AS follow
            INTO told FROM konbit_ledger_fits(NEW.fund_id, NEW.first, NEW.until) w;
        IF told.records <> NEW.until - NEW.first THEN
            RAISE EXCEPTION 'ledger-sequence' USING ERRCODE = '23514';
        ELSIF NOT told.fit THEN
            RAISE EXCEPTION 'ledger-canonical' USING ERRCODE = '23514';
        ELSIF NOT told.follow THEN
            RAISE EXCEPTION 'ledger-clock' USING ERRCODE = '23514';
        END IF;
        SELECT s.sequence INTO wrong FROM (SELECT p.sequence, sum(p.amount_minor) AS amount,
                sum(p.value_minor) AS value FROM ledger_posting p WHERE p.fund_id = NEW.fund_id
                AND p.sequence >= NEW.first AND p.sequence < NEW.until
                GROUP BY p.sequence, p.currency) s
            GROUP BY s.sequence HAVING bool_or(s.amount <> 0) OR sum(s.value) <> 0 LIMIT 1;
        IF wrong IS NOT NULL THEN
            RAISE EXCEPTION 'ledger-zero-sum' USING ERRCODE = '23514', DETAIL = wrong;
        END IF;
        RETURN NULL;
    END $$""",
    # Records and postings come with entries of their own transaction, one after the other, or not
    # at all.
    f"""CREATE OR REPLACE FUNCTION konbit_ledger_accounted() RETURNS trigger
    LANGUAGE plpgsql {_QUICK} AS $$
    BEGIN
        IF EXISTS (SELECT FROM (SELECT fund_id, min(sequence) AS low, max(sequence) AS high
            FROM added GROUP BY fund_id) n CROSS JOIN LATERAL (
                SELECT bool_and(a.transaction = txid_current()) AND max(a.until) > n.high AS is_own
                FROM ledger_append a WHERE a.fund_id = n.fund_id AND a.first <= n.high
                AND a.first >= (SELECT b.first FROM ledger_append b
                    WHERE b.fund_id = n.fund_id AND b.first <= n.low
                    ORDER BY b.first DESC LIMIT 1)) a WHERE a.is_own IS NOT TRUE) THEN
            RAISE EXCEPTION 'ledger-append-only' USING ERRCODE = '23514';
        END IF;
        RETURN NULL;
    END $$""",
    """CREATE OR REPLACE FUNCTION konbit_ledger_fixed() RETURNS trigger
    LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'ledger-append-only' USING ERRCODE = '23514'; END $$""",
)


def triggers() -> Iterator[str]:
    """The triggers of the log; put in place again and again."""
    yield "DROP TRIGGER IF EXISTS balanced ON ledger_append"
    yield (
        "CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON ledger_append DEFERRABLE INITIALLY "
        "DEFERRED FOR EACH ROW EXECUTE FUNCTION konbit_ledger_balanced()"
    )
    for table in ("ledger_record", "ledger_posting"):
        yield f"DROP TRIGGER IF EXISTS accounted ON {table}"
        yield (
            f"CREATE TRIGGER accounted AFTER INSERT ON {table} REFERENCING NEW TABLE AS added "
            "FOR EACH STATEMENT EXECUTE FUNCTION konbit_ledger_accounted()"
        )
    yield from fixed(_LOG)
    yield "ALTER TABLE ledger_balance DROP CONSTRAINT IF EXISTS never_overdrawn"
    yield (
        "ALTER TABLE ledger_balance ADD CONSTRAINT never_overdrawn CHECK (NOT "
        "konbit_ledger_guarded(account) OR (amount_minor >= 0 AND value_minor >= 0))"
    )
    yield "ALTER TABLE ledger_balance DROP CONSTRAINT IF EXISTS never_more_than_signed"
    yield (
        "ALTER TABLE ledger_balance ADD CONSTRAINT never_more_than_signed CHECK "
        f"(split_part(account, ':', 1) <> '{GUARDED_AMOUNT}' OR amount_minor >= 0)"
    )


def policies() -> Iterator[tuple[str, str, str, str]]:
    """Table, name, command and condition of the policies of the ledger's tables."""
    for table in _BY_FUND:
        yield table, "reads", "SELECT", "USING (fund_id IN (SELECT konbit_ledger_reads()))"
    yield "ledger_fund", "reads", "SELECT", "USING (mission_id IN (SELECT konbit_reads()))"
    yield "ledger_waiting", "reads", "SELECT", "USING (by_id = konbit_user())"
    may = "konbit_holds(konbit_user(), {place}, {roles})"
    of_fund = "(SELECT f.mission_id FROM ledger_fund f WHERE f.id = fund_id)"
    post = _array(sorted(MAY["post-money"]))
    yield (
        "ledger_fund",
        "opens",
        "INSERT",
        f"WITH CHECK ({may.format(place='mission_id', roles=post)} AND size = 0 "
        "AND recorded_at = '' AND closed_until IS NULL)",
    )
    proposes = may.format(place=of_fund, roles=post)
    yield (
        "ledger_proposal",
        "adds",
        "INSERT",
        f"WITH CHECK (by_id = konbit_user() AND {proposes})",
    )
    approves = may.format(place=of_fund, roles=_array(sorted(MAY["approve-money"])))
    yield (
        "ledger_refusal",
        "adds",
        "INSERT",
        f"WITH CHECK (by_id = konbit_user() AND EXISTS (SELECT FROM ledger_proposal p WHERE "
        f"p.id = proposal_id AND p.fund_id = ledger_refusal.fund_id AND (p.by_id = konbit_user() "
        f"OR {approves})) AND NOT EXISTS (SELECT FROM ledger_append a WHERE "
        "a.proposal_id = ledger_refusal.proposal_id))",
    )
    enters = may.format(place=of_fund, roles=_array(sorted(MAY["enter-ledger"])))
    yield (
        "ledger_opening",
        "adds",
        "INSERT",
        f"WITH CHECK (by_id = konbit_user() AND {enters})",
    )


def of_ledger() -> Iterator[str]:
    """Functions, triggers and rights of the ledger, but for its policies."""
    yield from _FUNCTIONS
    yield from triggers()
    for table in ("ledger_fund", "ledger_proposal", "ledger_refusal", "ledger_opening"):
        yield f"GRANT INSERT ON {table} TO konbit_app"
