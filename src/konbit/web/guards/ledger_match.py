"""The database's function that matches what the bank says with records: many matches at once."""

from __future__ import annotations

# Told: an array of matches, each with entries, records, rule, certainty, others, why. All of them
# are asked about together, so that a thousand cost a thousand times one. Answered: their numbers.
MATCH = r"""CREATE OR REPLACE FUNCTION konbit_bank_match(place bigint, of_bank text, told jsonb)
RETURNS bigint[] LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    made bigint[] := ARRAY(SELECT nextval(pg_get_serial_sequence('ledger_bank_match', 'id'))
        FROM jsonb_array_elements(told));
    entries bigint[] := ARRAY(SELECT x::bigint FROM jsonb_array_elements(told) m,
        jsonb_array_elements_text(m->'entries') x);
    records bigint[] := ARRAY(SELECT x::bigint FROM jsonb_array_elements(told) m,
        jsonb_array_elements_text(m->'records') x);
    wrong text;
BEGIN
    {enter}
    IF EXISTS (SELECT FROM jsonb_array_elements(told) m
        WHERE jsonb_array_length(m->'entries') + jsonb_array_length(m->'records') = 0
        OR (m->>'rule' = 'by-hand' AND m->>'why' !~ '\S')) THEN
        RAISE EXCEPTION 'bank-why' USING ERRCODE = '23514';
    END IF;
    -- Nothing is twice in what is sent, nor in a match that stands already.
    IF (SELECT count(DISTINCT x) FROM unnest(entries) x) <> cardinality(entries)
        OR (SELECT count(DISTINCT x) FROM unnest(records) x) <> cardinality(records) THEN
        wrong := 'bank-match-unknown';
    ELSIF EXISTS (SELECT FROM ledger_bank_matched d JOIN ledger_bank_match m ON m.id = d.match_id
            WHERE (d.entry_id = ANY (entries)
            OR (d.fund_id = place AND d.sequence = ANY (records)))
            AND m.fund_id = place AND m.bank = of_bank
            AND NOT EXISTS (SELECT FROM ledger_bank_undoing u WHERE u.match_id = m.id)) THEN
        wrong := 'bank-match-taken';
    END IF;
    WITH asked AS MATERIALIZED (
        SELECT m, n FROM jsonb_array_elements(told) WITH ORDINALITY e(m, n)
    ), known AS MATERIALIZED (
        SELECT e.id, e.amount_minor AS amount FROM ledger_bank_entry e
        JOIN konbit_bank_statements(place, of_bank) s ON s.id = e.statement_id
        WHERE e.id = ANY (entries) AND (e.number > 0 OR NOT EXISTS (SELECT
            FROM konbit_bank_statements(place, of_bank) o WHERE o.from_on < s.from_on))
    ), moved AS MATERIALIZED (
        SELECT c.sequence, c.amount FROM konbit_bank_cash(place, of_bank) c
        WHERE c.sequence = ANY (records)
    ), sides AS MATERIALIZED (
        SELECT a.n, x::bigint AS entry_id, NULL::bigint AS sequence, k.amount
        FROM asked a, jsonb_array_elements_text(a.m->'entries') x
        LEFT JOIN known k ON k.id = x::bigint
        UNION ALL SELECT a.n, NULL, x::bigint, c.amount
        FROM asked a, jsonb_array_elements_text(a.m->'records') x
        LEFT JOIN moved c ON c.sequence = x::bigint
    ), matched AS (
        INSERT INTO ledger_bank_match (id, fund_id, by_id, bank, rule, certainty, others, why)
        SELECT made[a.n], place, konbit_user(), of_bank, m->>'rule', m->>'certainty',
            (m->>'others')::integer, m->>'why'
        FROM asked a
    ), of_each AS (
        INSERT INTO ledger_bank_matched (match_id, fund_id, entry_id, sequence, amount_minor)
        SELECT made[s.n], place, s.entry_id, s.sequence, s.amount FROM sides s
        WHERE s.amount IS NOT NULL
    )
    SELECT CASE WHEN EXISTS (SELECT FROM sides s WHERE s.amount IS NULL) THEN 'bank-match-unknown'
        WHEN wrong IS NOT NULL THEN wrong
        WHEN EXISTS (SELECT FROM sides s GROUP BY s.n HAVING sum(CASE WHEN s.entry_id IS NULL
            THEN -s.amount ELSE s.amount END) <> 0) THEN 'bank-match-sum' END INTO wrong;
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION '%', wrong USING ERRCODE = '23514';
    END IF;
    RETURN made;
END $$"""
