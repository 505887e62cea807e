"""The database's function that takes records into a log: the only way in."""

from __future__ import annotations

# Sent: canonical JSON of each record, in order, a line each. Indices only: plans are made while the
# tables are still small, and kept. Proposed: the proposal that is approved, or none.
APPEND = r"""CREATE OR REPLACE FUNCTION
konbit_ledger_append(place bigint, sent text, proposed bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off AS $$
DECLARE
    fund ledger_fund;
    proposal ledger_proposal;
    lines text[] := string_to_array(sent, E'\n');
    total bigint := cardinality(lines);
    told jsonb := (SELECT jsonb_agg(line::jsonb ORDER BY n)
        FROM unnest(lines) WITH ORDINALITY l(line, n));
    me text;
    mine text[];
    proposer text;
    proposer_is_officer boolean := false;
    wrong text;
BEGIN
    PERFORM pg_advisory_xact_lock(7302, place::integer);
    SELECT f.* INTO fund FROM ledger_fund f
        WHERE f.id = place AND f.mission_id IN (SELECT konbit_reads());
    IF NOT FOUND THEN
        RAISE insufficient_privilege;
    END IF;
    me := konbit_ledger_opaque(fund.salt, konbit_user());
    mine := ARRAY(SELECT role FROM unnest(ARRAY['officer', 'approver', 'verifier']) role
        WHERE konbit_ledger_is(place, me, role, ''));
    IF proposed IS NOT NULL THEN
        SELECT p.* INTO proposal FROM ledger_proposal p WHERE p.id = proposed AND p.fund_id = place;
        IF NOT FOUND OR EXISTS (SELECT FROM ledger_refusal r WHERE r.proposal_id = proposed)
            OR EXISTS (SELECT FROM ledger_append a WHERE a.proposal_id = proposed) THEN
            RAISE EXCEPTION 'ledger-decided' USING ERRCODE = '23514';
        END IF;
        proposer := konbit_ledger_opaque(fund.salt, proposal.by_id);
        proposer_is_officer := konbit_ledger_is(place, proposer, 'officer', '');
    END IF;

    -- Who and when, of each record by itself.
    SELECT code INTO wrong FROM (
        SELECT r.n, CASE
            WHEN k.kind IS NULL OR body->>'on' IS NULL THEN 'shape'
            WHEN (j->>'sequence')::bigint IS DISTINCT FROM fund.size + r.n - 1
                OR j->>'fund' <> fund.code
                OR (k.kind = 'fund_opened') <> (fund.size + r.n - 1 = 0) THEN 'sequence'
            WHEN NOT coalesce(j->>'recorded_at' >= greatest(fund.recorded_at,
                lag(j->>'recorded_at') OVER (ORDER BY r.n))
                AND j->>'recorded_at' <= greatest(konbit_ledger_now(), fund.recorded_at), false)
                THEN 'clock'
            WHEN (body->>'on')::date > left(j->>'recorded_at', 10)::date THEN 'day'
            WHEN (body->>'on')::date < fund.closed_until THEN 'period'
            WHEN k.kind = 'period_closed' AND (total > 1
                OR (body->>'until_on')::date > (body->>'on')::date
                OR (body->>'until_on')::date <= fund.closed_until) THEN 'period'
            WHEN k.roles = '{}' AND (j->>'actor' <> 'registry'
                OR konbit_ledger_is(place, body->>'who', body->>'role', body->>'party')
                <> (k.kind = 'actor_granted')) THEN 'authority'
            WHEN k.two AND (j->>'authority' = '' OR NOT coalesce(proposer_is_officer
                AND j->>'actor' = proposer, false)) THEN 'authority'
            WHEN k.two AND NOT coalesce(j->>'approver' = me AND 'approver' = ANY (mine)
                AND proposal.by_id <> konbit_user(), false) THEN 'four-eyes'
            WHEN k.two AND NOT EXISTS (SELECT FROM jsonb_array_elements(proposal.drafts) d
                WHERE d->>'key' = j->>'idempotency_key' AND d->>'kind' = j->>'kind'
                AND d->'body' = body - 'postings'
                AND d->>'authority' = j->>'authority'
                AND d->'document_sha256' = j->'document_sha256') THEN 'four-eyes'
            WHEN NOT k.two AND j->>'approver' IS NOT NULL THEN 'four-eyes'
            WHEN NOT k.two AND k.roles <> '{}' AND NOT coalesce(
                (j->>'actor' = me AND (k.roles && mine OR ('contributor' = ANY (k.roles)
                AND konbit_ledger_is(place, me, 'contributor', coalesce(body->>'contributor',
                (SELECT konbit_ledger_body(c.bytes)->>'contributor' FROM ledger_record c
                WHERE c.fund_id = place AND c.kind = 'claimed' AND c.subject = body->>'claim'))))))
                OR (proposer_is_officer AND j->>'actor' = proposer AND 'officer' = ANY (k.roles)
                AND 'approver' = ANY (mine)), false)
                THEN 'authority'
            END AS code
        FROM (SELECT e.j, e.j->'body' AS body, e.n
            FROM jsonb_array_elements(told) WITH ORDINALITY e(j, n)) r
        LEFT JOIN (VALUES {kinds}) k(kind, two, roles) ON k.kind = r.j->>'kind'
    ) asked WHERE code IS NOT NULL ORDER BY n LIMIT 1;
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION 'ledger-%', wrong USING ERRCODE = '23514';
    END IF;

    INSERT INTO ledger_append (fund_id, first, until, proposal_id, by_id)
        VALUES (place, fund.size, fund.size + total, proposed, konbit_user());
    INSERT INTO ledger_record (fund_id, sequence, kind, "on", known_on, actor, approver, key,
            subject, claim, bytes)
        SELECT place, fund.size + e.n - 1, j->>'kind', (j->'body'->>'on')::date,
            coalesce((j->'body'->>'known_on')::date, CASE WHEN reconstructed.yes
                THEN (j->'body'->>'on')::date ELSE left(j->>'recorded_at', 10)::date END),
            j->>'actor', j->>'approver', j->>'idempotency_key',
            CASE j->>'kind' WHEN 'bank_opened' THEN j->'body'->>'bank'
                WHEN 'purse_opened' THEN j->'body'->>'purse'
                WHEN 'contribution_opened' THEN j->'body'->>'contribution'
                WHEN 'allotted' THEN j->'body'->>'allotment'
                WHEN 'obligated' THEN j->'body'->>'obligation'
                WHEN 'rate_dated' THEN j->'body'->>'rate'
                WHEN 'claimed' THEN j->'body'->>'claim'
                WHEN 'claim_approved' THEN j->'body'->>'claim' END,
            CASE j->>'kind' WHEN 'obligated' THEN nullif(j->'body'->>'claim', '') END,
            convert_to(lines[e.n], 'UTF8')
        FROM jsonb_array_elements(told) WITH ORDINALITY e(j, n),
            (SELECT coalesce((SELECT (konbit_ledger_body(r.bytes)->>'reconstruction')::boolean
                FROM ledger_record r WHERE r.fund_id = place AND r.sequence = 0),
                (told->0->'body'->>'reconstruction')::boolean, false) AS yes) reconstructed;
    INSERT INTO ledger_posting (fund_id, sequence, line, account, statement_line, currency,
            amount_minor, value_minor, "on", known_on)
        SELECT place, r.sequence, p.line - 1, p.post->>0, konbit_ledger_line(p.post->>0),
            p.post->>1, (p.post->>2)::bigint, (p.post->>3)::bigint, r."on", r.known_on
        FROM jsonb_array_elements(told) WITH ORDINALITY e(j, n)
        JOIN ledger_record r ON r.fund_id = place AND r.sequence >= fund.size
            AND r.sequence = fund.size + e.n - 1,
            jsonb_array_elements(j->'body'->'postings') WITH ORDINALITY p(post, line);

    -- What each kind may move, from one purse only; a reversal is the opposite of a record.
    SELECT 'ledger-postings' INTO wrong FROM ledger_posting p
        JOIN ledger_record r ON r.fund_id = place AND r.sequence = p.sequence
            AND r.sequence >= fund.size
        WHERE p.fund_id = place AND p.sequence >= fund.size AND r.kind <> 'reversed'
        AND NOT EXISTS (SELECT FROM (VALUES {touches}) t(kind, class, sign)
            WHERE t.kind = r.kind AND t.class = split_part(p.account, ':', 1)
            AND t.sign = sign(CASE p.amount_minor WHEN 0 THEN p.value_minor
                ELSE p.amount_minor END)) LIMIT 1;
    IF wrong IS NULL THEN
        SELECT 'ledger-postings' INTO wrong FROM ledger_posting p
            JOIN ledger_record r ON r.fund_id = place AND r.sequence = p.sequence
            AND r.sequence >= fund.size
            WHERE p.fund_id = place AND p.sequence >= fund.size
            AND r.kind NOT IN ('reprogrammed', 'reversed')
            GROUP BY p.sequence
            HAVING count(DISTINCT split_part(p.account, ':',
                CASE split_part(p.account, ':', 1) WHEN 'bank' THEN 3 ELSE 2 END)) > 1 LIMIT 1;
    END IF;
    IF wrong IS NULL THEN
        SELECT 'ledger-reversal' INTO wrong
            FROM jsonb_array_elements(told) WITH ORDINALITY e(j, n)
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

    -- The purse's terms.
    IF wrong IS NULL THEN
        SELECT 'ledger-earmark' INTO wrong
            FROM (SELECT u.body, CASE u.kind WHEN 'allotted' THEN u.body
                    ELSE konbit_ledger_body(a.bytes) END AS allotment
                FROM (SELECT j->>'kind' AS kind, j->'body' AS body FROM jsonb_array_elements(told) j
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

    -- Balances: after each record, not only after the last, nothing guarded is below zero.
    WITH moved AS (
        SELECT p.account, p.currency, p.sequence, sum(p.amount_minor) AS amount,
            sum(p.value_minor) AS value
        FROM ledger_posting p WHERE p.fund_id = place AND p.sequence >= fund.size
        GROUP BY p.account, p.currency, p.sequence
    ), running AS (
        SELECT m.account, m.currency, sum(m.amount) OVER w AS amount, sum(m.value) OVER w AS value
        FROM moved m WINDOW w AS (PARTITION BY m.account, m.currency ORDER BY m.sequence)
    ), lows AS (
        SELECT r.account, r.currency, min(r.amount) AS amount, min(r.value) AS value
        FROM running r GROUP BY r.account, r.currency
    )
    SELECT l.account INTO wrong FROM lows l LEFT JOIN ledger_balance b
        ON b.fund_id = place AND b.account = l.account AND b.currency = l.currency
        WHERE (konbit_ledger_guarded(l.account) AND (coalesce(b.amount_minor, 0) + l.amount < 0
            OR coalesce(b.value_minor, 0) + l.value < 0))
        OR (split_part(l.account, ':', 1) = '{guarded_amount}'
            AND coalesce(b.amount_minor, 0) + l.amount < 0) LIMIT 1;
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION 'ledger-overdrawn' USING ERRCODE = '23514', DETAIL = wrong;
    END IF;
    WITH sums AS (
        SELECT p.account, p.currency, sum(p.amount_minor) AS amount, sum(p.value_minor) AS value
        FROM ledger_posting p WHERE p.fund_id = place AND p.sequence >= fund.size
        GROUP BY p.account, p.currency
    ), moved AS (
        UPDATE ledger_balance b SET amount_minor = b.amount_minor + s.amount,
            value_minor = b.value_minor + s.value
        FROM sums s
        WHERE b.fund_id = place AND b.account = s.account AND b.currency = s.currency
        RETURNING b.account, b.currency
    )
    INSERT INTO ledger_balance (fund_id, account, currency, amount_minor, value_minor)
        SELECT place, s.account, s.currency, s.amount, s.value FROM sums s
        WHERE NOT EXISTS (SELECT FROM moved m
            WHERE m.account = s.account AND m.currency = s.currency);
    UPDATE ledger_fund f SET size = fund.size + total,
        recorded_at = told->-1->>'recorded_at',
        closed_until = coalesce((SELECT (j->'body'->>'until_on')::date
            FROM jsonb_array_elements(told) j WHERE j->>'kind' = 'period_closed'), f.closed_until)
        WHERE f.id = place;
    RETURN fund.size;
END $$"""
