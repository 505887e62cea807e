"""The database's function that locks a log and hands over what the next records need to know."""

from __future__ import annotations

# Asked: keys, allotments, obligations, contributions, purses, banks, claims: arrays of codes;
# sequences, people: arrays of numbers. Answered in one object, after all others have let go of the
# log; with what the people asked about are trusted with, so that nobody has to ask twice.
BEGIN = """CREATE OR REPLACE FUNCTION konbit_ledger_begin(place bigint, since bigint, asked jsonb)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
SET enable_seqscan = off SET plan_cache_mode = force_generic_plan
SET jit = off AS $$
DECLARE
    fund ledger_fund;
    obligated ledger_record[];
    allotted ledger_record[];
    undone ledger_record[];
    purses text[];
    banks text[] := ARRAY(SELECT jsonb_array_elements_text(asked->'banks'));
    gifts text[] := ARRAY(SELECT jsonb_array_elements_text(asked->'contributions'));
    codes text[] := ARRAY(SELECT jsonb_array_elements_text(asked->'obligations'));
    claims text[] := ARRAY(SELECT jsonb_array_elements_text(asked->'claims'));
    allotments text[] := ARRAY(SELECT jsonb_array_elements_text(asked->'allotments'));
    keys text[] := ARRAY(SELECT jsonb_array_elements_text(asked->'keys'));
    numbers bigint[] := ARRAY(SELECT jsonb_array_elements_text(asked->'sequences')::bigint);
    people bigint[] := ARRAY(SELECT jsonb_array_elements_text(asked->'people')::bigint);
    accounts text[];
BEGIN
    fund := konbit_ledger_held(place);
    -- Whoever flushes later keeps nobody waiting for the disk: see konbit.web.ledger.recording.
    IF (asked->>'flushes_later')::boolean THEN
        PERFORM set_config('synchronous_commit', 'off', true);
    ELSE
        PERFORM konbit_ledger_waits();
    END IF;
    IF codes <> '{}' OR claims <> '{}' THEN
        obligated := ARRAY(SELECT r FROM ledger_record r WHERE r.fund_id = place
            AND ((r.kind = 'obligated' AND r.subject = ANY (codes)) OR r.claim = ANY (claims)));
        allotments := allotments || ARRAY(SELECT konbit_ledger_body(o.bytes)->>'allotment'
            FROM unnest(obligated) o);
    END IF;
    IF allotments <> '{}' THEN
        allotted := ARRAY(SELECT r FROM ledger_record r WHERE r.fund_id = place
            AND r.kind = 'allotted' AND r.subject = ANY (allotments));
    END IF;
    IF numbers <> '{}' THEN
        undone := ARRAY(SELECT r FROM ledger_record r WHERE r.fund_id = place
            AND r.sequence = ANY (numbers));
    END IF;
    purses := ARRAY(SELECT jsonb_array_elements_text(asked->'purses')
        UNION SELECT konbit_ledger_body(a.bytes)->>'purse' FROM unnest(allotted) a
        UNION SELECT konbit_ledger_body(r.bytes)->>'purse' FROM ledger_record r
            WHERE r.fund_id = place AND r.kind = 'contribution_opened' AND r.subject = ANY (gifts));
    accounts := ARRAY(
        SELECT class || p FROM unnest(purses) p,
            unnest(ARRAY['free:', 'reserve:', 'support_due:', 'support:']) class
        UNION ALL SELECT 'bank:' || b || ':' || p FROM unnest(purses) p, unnest(banks) b
        UNION ALL SELECT class || p || ':' || c FROM unnest(purses) p, unnest(gifts) c,
            unnest(ARRAY['signed:', 'frozen:', 'refunded:']) class
        UNION ALL SELECT 'allotted:' || (konbit_ledger_body(a.bytes)->>'purse') || ':' || a.subject
            FROM unnest(allotted) a
        UNION ALL SELECT class || (konbit_ledger_body(a.bytes)->>'purse') || ':'
            || CASE class WHEN 'spent:' THEN (konbit_ledger_body(a.bytes)->>'cost_head') || ':'
                ELSE '' END || o.subject
            FROM unnest(obligated) o JOIN unnest(allotted) a
                ON a.subject = konbit_ledger_body(o.bytes)->>'allotment',
            unnest(ARRAY['obligated:', 'support_held:', 'spent:']) class
        UNION ALL SELECT p.account FROM ledger_posting p
            WHERE p.fund_id = place AND p.sequence = ANY (numbers)
        UNION ALL SELECT regexp_replace(p.account, '^[^:]*:', class) FROM ledger_posting p,
            unnest(ARRAY['signed:', 'frozen:', 'refunded:']) class
            WHERE p.fund_id = place AND p.sequence = ANY (numbers)
            AND split_part(p.account, ':', 1) IN ('signed', 'frozen', 'refunded'));
    RETURN jsonb_build_object(
        'size', fund.size,
        'recorded_at', fund.recorded_at,
        'now', greatest(konbit_ledger_now(), fund.recorded_at),
        'leaf', (SELECT encode(r.leaf, 'hex') FROM ledger_record r
            WHERE r.fund_id = place AND r.sequence = since - 1),
        'keys', (SELECT coalesce(jsonb_object_agg(r.key, r.sequence), '{}') FROM ledger_record r
            WHERE r.fund_id = place AND r.key = ANY (keys)),
        'facts', (SELECT coalesce(jsonb_agg(convert_from(r.bytes, 'UTF8') ORDER BY r.sequence),
            '[]') FROM ledger_record r WHERE r.fund_id = place AND r.sequence >= since
            AND {facts}),
        'people', (SELECT coalesce(jsonb_object_agg(t.id, jsonb_build_object('roles', t.roles,
            'own_code', t.own_code)), '{}') FROM (
                SELECT u.id, p.own_code, array_agg(a.role) AS roles
                FROM people_user u
                JOIN people_participation p ON p.organisation_id = u.organisation_id
                JOIN people_assignment a ON a.user_id = u.id AND a.mission_id = p.mission_id
                    AND a.ended_at IS NULL AND a.role = ANY (p.roles)
                WHERE u.is_active AND u.id = ANY (people) AND p.mission_id = fund.mission_id
                GROUP BY u.id, p.own_code) t),
        'allotted', (SELECT coalesce(jsonb_agg(convert_from(a.bytes, 'UTF8')), '[]')
            FROM unnest(allotted) a),
        'obligated', (SELECT coalesce(jsonb_agg(convert_from(o.bytes, 'UTF8') ORDER BY o.sequence),
            '[]') FROM unnest(obligated) o),
        'undone', (SELECT coalesce(jsonb_agg(convert_from(u.bytes, 'UTF8')), '[]')
            FROM unnest(undone) u),
        'balances', (SELECT coalesce(jsonb_agg(jsonb_build_array(b.account, b.currency,
            b.amount_minor, b.value_minor)), '[]') FROM ledger_balance b
            WHERE b.fund_id = place AND b.account = ANY (accounts)));
END $$"""
