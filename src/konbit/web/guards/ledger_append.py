"""The database's functions that take records into a log: the only way in."""

from __future__ import annotations

# Sent: canonical JSON of each record, in order, a line each. Proposed: the proposal that is
# approved, or none. Indices only: plans are made while the tables are still small, and kept.
APPEND = """CREATE OR REPLACE FUNCTION
konbit_ledger_append(place bigint, sent text, proposed bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
SET enable_seqscan = off SET plan_cache_mode = force_generic_plan
SET jit = off AS $$
DECLARE
    fund ledger_fund;
    lines text[] := string_to_array(sent, E'\\n');
    mine bigint[] := array_fill(konbit_user(), ARRAY[cardinality(lines)]);
BEGIN
    fund := konbit_ledger_held(place);
    PERFORM konbit_ledger_take(fund, lines, mine, mine, proposed);
    RETURN fund.size;
END $$"""

# Whoever is told that a record is kept is told so when the disk has it, whatever the server or the
# role is set to: more than its own disk, where it waits for others as well, is left as it is.
WAITS = """CREATE OR REPLACE FUNCTION konbit_ledger_waits() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('synchronous_commit') = 'off' THEN
        PERFORM set_config('synchronous_commit', 'on', true);
    END IF;
END $$"""

# A fund, once all others have let go of its log; of whoever may read it only.
HELD = """CREATE OR REPLACE FUNCTION konbit_ledger_held(place bigint) RETURNS ledger_fund
LANGUAGE plpgsql AS $$
DECLARE fund ledger_fund;
BEGIN
    PERFORM pg_advisory_xact_lock(7302, place::integer);
    SELECT f.* INTO fund FROM ledger_fund f WHERE f.id = place
        AND f.mission_id IN (SELECT konbit_reads());
    IF NOT FOUND THEN
        RAISE insufficient_privilege;
    END IF;
    RETURN fund;
END $$"""

# Lines, and of each line in whose name and on whose demand it is sent: those of one demand stand
# together. Only functions that hold the log call it, and say truly who sent what.
TAKE = """CREATE OR REPLACE FUNCTION konbit_ledger_take(fund ledger_fund, lines text[],
whos bigint[], demands bigint[], proposed bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    place bigint := fund.id;
    proposal ledger_proposal;
    total bigint := cardinality(lines);
    latest text := greatest(konbit_ledger_now(), fund.recorded_at);
    told jsonb[] := ARRAY(SELECT line::jsonb FROM unnest(lines) WITH ORDINALITY l(line, n)
        ORDER BY n);
    kinds text[] := ARRAY(SELECT DISTINCT j->>'kind' FROM unnest(told) j);
    proposed_drafts jsonb;
    moved record;
    touched bigint;
    proposer text;
    proposer_is_officer boolean := false;
    wrong text;
BEGIN
    IF proposed IS NOT NULL THEN
        SELECT p.* INTO proposal FROM ledger_proposal p WHERE p.id = proposed AND p.fund_id = place;
        IF NOT FOUND OR EXISTS (SELECT FROM ledger_refusal r WHERE r.proposal_id = proposed)
            OR EXISTS (SELECT FROM ledger_append a WHERE a.proposal_id = proposed) THEN
            RAISE EXCEPTION 'ledger-decided' USING ERRCODE = '23514';
        END IF;
        proposer := konbit_ledger_opaque(fund.salt, proposal.by_id);
        proposer_is_officer := konbit_ledger_is(place, proposer, 'officer', '');
        proposed_drafts := (SELECT jsonb_object_agg(d->>'key', d)
            FROM jsonb_array_elements(proposal.drafts) d);
    END IF;

    -- Who and when, of each record by itself.
    SELECT code INTO wrong FROM (
        SELECT r.n, CASE
            WHEN k.told IS NULL OR body->>'on' IS NULL THEN 'shape'
            WHEN (j->>'sequence')::bigint IS DISTINCT FROM fund.size + r.n - 1
                OR j->>'fund' <> fund.code
                OR (kind = 'fund_opened') <> (fund.size + r.n - 1 = 0) THEN 'sequence'
            WHEN NOT coalesce(j->>'recorded_at' >= greatest(fund.recorded_at,
                lag(j->>'recorded_at') OVER (ORDER BY r.n))
                AND j->>'recorded_at' <= latest, false) THEN 'clock'
            WHEN (body->>'on')::date > left(j->>'recorded_at', 10)::date THEN 'day'
            WHEN fund.closed_until IS NOT NULL AND (body->>'on')::date < fund.closed_until
                THEN 'period'
            WHEN kind = 'period_closed' AND (total > 1
                OR (body->>'until_on')::date > (body->>'on')::date
                OR (body->>'until_on')::date <= fund.closed_until) THEN 'period'
            WHEN k.roles = '[]' AND (j->>'actor' <> 'registry'
                OR konbit_ledger_is(place, body->>'who', body->>'role', body->>'party')
                <> (kind = 'actor_granted')) THEN 'authority'
            WHEN k.two AND (j->>'authority' = '' OR NOT coalesce(proposer_is_officer
                AND j->>'actor' = proposer, false)) THEN 'authority'
            WHEN k.two AND NOT coalesce(j->>'approver' = w.me AND 'approver' = ANY (w.mine)
                AND proposal.by_id <> r.who, false) THEN 'four-eyes'
            WHEN k.two AND NOT coalesce(d->>'kind' = j->>'kind'
                AND d->'body' = body - 'postings'
                AND d->>'authority' = j->>'authority'
                AND d->'document_sha256' = j->'document_sha256', false) THEN 'four-eyes'
            WHEN NOT k.two AND j->>'approver' IS NOT NULL THEN 'four-eyes'
            WHEN NOT k.two AND k.roles <> '[]' AND NOT coalesce(
                (j->>'actor' = w.me AND (k.roles ?| array_remove(w.mine, 'contributor')
                OR (k.roles ? 'contributor' AND 'contributor' = ANY (w.mine)
                AND w.own_code = coalesce(body->>'contributor',
                (SELECT konbit_ledger_body(c.bytes)->>'contributor' FROM ledger_record c
                WHERE c.fund_id = place AND c.kind = 'claimed' AND c.subject = body->>'claim')))))
                OR (proposer_is_officer AND j->>'actor' = proposer AND k.roles ? 'officer'
                AND 'approver' = ANY (w.mine)), false)
                THEN 'authority'
            WHEN NOT {written} THEN 'canonical'
            END AS code
        FROM (SELECT e.j, e.j->>'kind' AS kind, e.j->'body' AS body, e.line,
            proposed_drafts->(e.j->>'idempotency_key') AS d, e.who, e.n
            FROM unnest(told, lines, whos) WITH ORDINALITY e(j, line, who, n)) r
        -- Each looked up once a record, and not wherever it is named.
        CROSS JOIN LATERAL (SELECT '{kinds}'::jsonb->r.kind AS told OFFSET 0) t
        CROSS JOIN LATERAL (SELECT t.told, (t.told->>'two')::boolean AS two,
            t.told->'roles' AS roles OFFSET 0) k
        LEFT JOIN (SELECT a.user_id AS who, konbit_ledger_opaque(fund.salt, a.user_id) AS me,
            p.own_code, array_agg(h.ours) AS mine
            FROM {held} WHERE a.mission_id = fund.mission_id AND a.user_id = ANY (whos)
            GROUP BY a.user_id, p.own_code) w ON w.who = r.who
    ) asked WHERE code IS NOT NULL ORDER BY n LIMIT 1;
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION 'ledger-%', wrong USING ERRCODE = '23514';
    END IF;

    -- Records and postings are made, and postings asked about, in one pass: what each kind may
    -- move; from one purse only; nothing guarded below zero after any record, not after the last
    -- only.
    WITH entered AS (
        INSERT INTO ledger_append (fund_id, first, until, proposal_id, by_id)
        SELECT place, fund.size + min(n) - 1, fund.size + max(n), proposed, who
        FROM unnest(whos, demands) WITH ORDINALITY d(who, demand, n)
        GROUP BY who, demand ORDER BY min(n)
    ), fresh AS MATERIALIZED (
        SELECT fund.size + e.n - 1 AS sequence, e.line, j, body, j->>'kind' AS kind,
            (body->>'on')::date AS "on", coalesce((body->>'known_on')::date,
                CASE WHEN coalesce(
                    (SELECT (konbit_ledger_body(r.bytes)->>'reconstruction')::boolean
                    FROM ledger_record r WHERE r.fund_id = place AND r.sequence = 0),
                    (told[1]->'body'->>'reconstruction')::boolean, false) THEN (body->>'on')::date
                ELSE left(j->>'recorded_at', 10)::date END) AS known_on
        FROM unnest(told, lines) WITH ORDINALITY e(j, line, n),
            LATERAL (SELECT j->'body' AS body) b
    ), recorded AS (
        INSERT INTO ledger_record (fund_id, sequence, kind, "on", known_on, actor, approver, key,
            subject, claim, bytes)
        SELECT place, r.sequence, r.kind, r."on", r.known_on, j->>'actor', j->>'approver',
            j->>'idempotency_key',
            CASE r.kind WHEN 'bank_opened' THEN body->>'bank'
                WHEN 'purse_opened' THEN body->>'purse'
                WHEN 'contribution_opened' THEN body->>'contribution'
                WHEN 'allotted' THEN body->>'allotment'
                WHEN 'obligated' THEN body->>'obligation'
                WHEN 'rate_dated' THEN body->>'rate'
                WHEN 'claimed' THEN body->>'claim'
                WHEN 'claim_approved' THEN body->>'claim' END,
            CASE r.kind WHEN 'obligated' THEN nullif(body->>'claim', '') END,
            convert_to(r.line, 'UTF8')
        FROM fresh r
    ), moves AS MATERIALIZED (
        SELECT r.sequence, r.kind, r."on", r.known_on, p.line, (p.post->>0) COLLATE "C" AS account,
            p.post->>1 AS currency, (p.post->>2)::bigint AS amount, (p.post->>3)::bigint AS value,
            string_to_array(p.post->>0, ':') AS parts
        FROM fresh r, jsonb_array_elements(body->'postings') WITH ORDINALITY p(post, line)
    ), posted AS (
        INSERT INTO ledger_posting (fund_id, sequence, line, account, statement_line, currency,
            amount_minor, value_minor, "on", known_on)
        SELECT place, m.sequence, m.line - 1, m.account, CASE
            WHEN m.parts[1] IN ('allotted', 'obligated', 'support_held')
            THEN m.parts[1] || ':' || m.parts[2] WHEN m.parts[1] = 'spent'
            THEN array_to_string(m.parts[1:3], ':') ELSE m.account END,
            m.currency, m.amount, m.value, m."on", m.known_on FROM moves m
    ), running AS (
        SELECT m.account, m.currency, m.parts[1] AS class, m.amount, m.value,
            sum(m.amount) OVER w AS amount_then, sum(m.value) OVER w AS value_then
        FROM moves m WINDOW w AS (PARTITION BY m.account, m.currency ORDER BY m.sequence)
    ), net AS (
        SELECT r.account, r.currency, r.class, sum(r.amount)::bigint AS amount,
            sum(r.value)::bigint AS value, min(r.amount_then) AS least_amount,
            min(r.value_then) AS least_value
        FROM running r GROUP BY r.account, r.currency, r.class
    )
    SELECT EXISTS (SELECT FROM moves m WHERE m.kind <> 'reversed' AND (m.kind || ' '
            || sign(CASE m.amount WHEN 0 THEN m.value ELSE m.amount END) || ' ' || m.parts[1])
            <> ALL ({touches}))
        OR EXISTS (SELECT FROM (SELECT m.sequence, m.kind, coalesce(m.parts[CASE m.parts[1]
            WHEN 'bank' THEN 3 ELSE 2 END], '') COLLATE "C" AS purse FROM moves m) m
            WHERE m.kind NOT IN ('reprogrammed', 'reversed')
            GROUP BY m.sequence HAVING min(m.purse) <> max(m.purse)) AS is_astray,
        (SELECT n.account FROM net n LEFT JOIN ledger_balance b
            ON b.fund_id = place AND b.account = n.account AND b.currency = n.currency
            WHERE (n.class = ANY ({guarded}) AND (coalesce(b.amount_minor, 0) + n.least_amount < 0
                OR coalesce(b.value_minor, 0) + n.least_value < 0))
            OR (n.class = '{guarded_amount}'
                AND coalesce(b.amount_minor, 0) + n.least_amount < 0) LIMIT 1) AS overdrawn,
        (SELECT array_agg(n.account) FROM net n) AS accounts,
        (SELECT array_agg(n.currency) FROM net n) AS currencies,
        (SELECT array_agg(n.amount) FROM net n) AS amounts,
        (SELECT array_agg(n.value) FROM net n) AS worths
        INTO moved;
    IF moved.is_astray THEN
        wrong := 'ledger-postings';
    END IF;
    IF wrong IS NULL AND 'reversed' = ANY (kinds) THEN
        SELECT 'ledger-reversal' INTO wrong
            FROM unnest(told) WITH ORDINALITY e(j, n)
            WHERE j->>'kind' = 'reversed' AND (EXISTS (
                SELECT FROM ledger_record r WHERE r.fund_id = place AND r.kind = 'reversed'
                AND r.sequence < fund.size + e.n - 1
                AND konbit_ledger_body(r.bytes)->'sequence' = j->'body'->'sequence')
            OR NOT EXISTS (SELECT FROM ledger_record r WHERE r.fund_id = place
                AND r.sequence = (j->'body'->>'sequence')::bigint
                AND r.kind NOT IN ('reversed', 'withdrawn', 'expired')
                AND konbit_ledger_opposite(konbit_ledger_body(r.bytes)->'postings')
                    = j->'body'->'postings'));
    END IF;

    -- What a gift brought is not frozen, given back and moved beyond what it brought, after any
    -- record: of its accounts signed, frozen and refunded the values together never pass zero.
    IF wrong IS NULL AND kinds && ARRAY['frozen', 'refunded', 'reprogrammed', 'reversed'] THEN
        SELECT 'ledger-stage' INTO wrong FROM (
            SELECT r.gift, max(r.reached) AS most FROM (
                SELECT v.gift, sum(v.value) OVER (PARTITION BY v.gift ORDER BY n) AS reached
                FROM unnest(told) WITH ORDINALITY e(j, n),
                    jsonb_array_elements(j->'body'->'postings') post,
                    LATERAL (SELECT split_part(post->>0, ':', 1) AS class,
                        substr(post->>0, strpos(post->>0, ':') + 1) AS gift,
                        (post->>3)::bigint AS value) v
                WHERE v.class IN ('signed', 'frozen', 'refunded')) r GROUP BY r.gift) g
            WHERE g.most + coalesce((SELECT sum(b.value_minor) FROM ledger_balance b
                WHERE b.fund_id = place AND b.account = ANY (ARRAY['signed:' || g.gift,
                    'frozen:' || g.gift, 'refunded:' || g.gift])), 0) > 0 LIMIT 1;
    END IF;

    -- The purse's terms.
    IF wrong IS NULL AND kinds && ARRAY['allotted', 'obligated'] THEN
        SELECT 'ledger-earmark' INTO wrong
            FROM (SELECT u.body, CASE u.kind WHEN 'allotted' THEN u.body
                    ELSE konbit_ledger_body(a.bytes) END AS allotment
                FROM (SELECT j->>'kind' AS kind, j->'body' AS body FROM unnest(told) j
                    WHERE j->>'kind' IN ('allotted', 'obligated')) u
                LEFT JOIN ledger_record a ON a.fund_id = place AND a.kind = 'allotted'
                    AND a.subject = u.body->>'allotment' AND u.kind = 'obligated') u
            LEFT JOIN ledger_record p ON p.fund_id = place AND p.kind = 'purse_opened'
                AND p.subject = u.allotment->>'purse'
            CROSS JOIN LATERAL (SELECT konbit_ledger_body(p.bytes) AS terms) t
            WHERE NOT coalesce(
                (terms->'cost_heads' = '[]' OR terms->'cost_heads' ? (u.allotment->>'cost_head'))
                AND (terms->'contributors' = '[]'
                    OR terms->'contributors' ? (u.body->>'contributor'))
                AND (terms->'places' = '[]' OR terms->'places' ? (u.body->>'place'))
                AND ((terms->>'lethal')::boolean OR NOT (u.body->>'lethal')::boolean)
                AND ((terms->>'from_on') IS NULL OR terms->>'from_on' <= u.body->>'on')
                AND ((terms->>'until_on') IS NULL OR terms->>'until_on' > u.body->>'on')
                AND u.allotment->>'contributor' IN ('', u.body->>'contributor')
                AND u.allotment->>'place' IN ('', u.body->>'place')
                AND u.allotment->'lethal' = u.body->'lethal'
                AND (u.body ? 'purse' OR u.allotment->>'until_on' IS NULL
                    OR u.allotment->>'until_on' > u.body->>'on'), false) LIMIT 1;
    END IF;
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION '%', wrong USING ERRCODE = '23514';
    END IF;

    IF moved.overdrawn IS NOT NULL THEN
        RAISE EXCEPTION 'ledger-overdrawn' USING ERRCODE = '23514', DETAIL = moved.overdrawn;
    END IF;
    IF moved.accounts IS NOT NULL THEN
        UPDATE ledger_balance b SET amount_minor = b.amount_minor + n.amount,
            value_minor = b.value_minor + n.value
            FROM unnest(moved.accounts, moved.currencies, moved.amounts, moved.worths)
                n(account, currency, amount, value)
            WHERE b.fund_id = place AND b.account = n.account AND b.currency = n.currency;
        GET DIAGNOSTICS touched = ROW_COUNT;
        IF touched < cardinality(moved.accounts) THEN  -- some stand on no account yet
            INSERT INTO ledger_balance (fund_id, account, currency, amount_minor, value_minor)
                SELECT place, n.account, n.currency, n.amount, n.value
                FROM unnest(moved.accounts, moved.currencies, moved.amounts, moved.worths)
                    n(account, currency, amount, value)
                WHERE NOT EXISTS (SELECT FROM ledger_balance b WHERE b.fund_id = place
                    AND b.account = n.account AND b.currency = n.currency);
        END IF;
    END IF;
    UPDATE ledger_fund f SET size = fund.size + total,
        recorded_at = told[total]->>'recorded_at',
        closed_until = coalesce((SELECT (j->'body'->>'until_on')::date
            FROM unnest(told) j WHERE j->>'kind' = 'period_closed'), f.closed_until)
        WHERE f.id = place;
    IF (fund.size + total) / {block} > fund.size / {block} THEN
        PERFORM konbit_ledger_sum(place, fund.size + total);
    END IF;
END $$"""
