"""Guards of bank accounts: who sees what banks say, and the only ways to add to it.

The role that serves may insert into none of these tables but refusals. Functions of the database
do: they ask who it is, whether a statement adds up and lies where no other is, whether a match adds
up and uses nothing twice, and whether who certifies had no part in what is certified.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.web.guards.fixed import fixed
from konbit.web.guards.ledger_match import MATCH
from konbit.web.guards.policies import roles
from konbit.web.people.roles import MAY

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLES = ("ledger_bank_statement", "ledger_bank_entry", "ledger_bank_withdrawal",
          "ledger_bank_match", "ledger_bank_matched", "ledger_bank_undoing",
          "ledger_bank_refusal", "ledger_bank_certificate")  # fmt: skip
_OWNER = "SECURITY DEFINER SET search_path = public, pg_temp"


# Asked first by everything that adds: may they, and nobody else at the same time.
_ENTER = """IF NOT EXISTS (SELECT FROM ledger_fund f WHERE f.id = place
        AND konbit_holds(konbit_user(), f.mission_id, {roles})) THEN
        RAISE insufficient_privilege;
    END IF;
    PERFORM pg_advisory_xact_lock(7303, place::integer);"""
_REFUSE = "RAISE EXCEPTION 'bank-{code}' USING ERRCODE = '23514'"

_FUNCTIONS = (
    f"""CREATE OR REPLACE FUNCTION konbit_bank_reads() RETURNS SETOF bigint
    LANGUAGE sql STABLE {_OWNER} AS $$
    SELECT f.id FROM ledger_fund f
    WHERE konbit_holds(konbit_user(), f.mission_id, {roles(MAY["see-bank"])}) $$""",
    # The next four run as whoever asks: within the functions below as the owner of the tables, from
    # elsewhere under row-level security. Statements of an account that were not taken back.
    """CREATE OR REPLACE FUNCTION konbit_bank_statements(place bigint, of_bank text)
    RETURNS SETOF ledger_bank_statement LANGUAGE sql STABLE AS $$
    SELECT s.* FROM ledger_bank_statement s WHERE s.fund_id = place AND s.bank = of_bank
    AND NOT EXISTS (SELECT FROM ledger_bank_withdrawal w WHERE w.statement_id = s.id) $$""",
    # Entries and records in matches that stand.
    """CREATE OR REPLACE FUNCTION konbit_bank_taken(place bigint, of_bank text)
    RETURNS TABLE (entry_id bigint, sequence bigint, match_id bigint)
    LANGUAGE sql STABLE AS $$
    SELECT d.entry_id, d.sequence, m.id FROM ledger_bank_match m
    JOIN ledger_bank_matched d ON d.match_id = m.id
    WHERE m.fund_id = place AND m.bank = of_bank
    AND NOT EXISTS (SELECT FROM ledger_bank_undoing u WHERE u.match_id = m.id) $$""",
    # What records move on an account.
    """CREATE OR REPLACE FUNCTION konbit_bank_cash(place bigint, of_bank text)
    RETURNS TABLE (sequence bigint, "on" date, amount bigint) LANGUAGE sql STABLE AS $$
    SELECT p.sequence, p."on", sum(p.amount_minor)::bigint FROM ledger_posting p
    WHERE p.fund_id = place AND split_part(p.account, ':', 1) = 'bank'
    AND split_part(p.account, ':', 2) = of_bank
    GROUP BY p.sequence, p."on" HAVING sum(p.amount_minor) <> 0 $$""",
    # The number of a statement that was added; none where it was there already.
    f"""CREATE OR REPLACE FUNCTION konbit_bank_take(place bigint, of_bank text, told jsonb)
    RETURNS bigint LANGUAGE plpgsql {_OWNER} AS $$
    DECLARE
        made bigint;
        opening bigint := (told->>'opening_minor')::bigint;
        first_day date := (told->>'from_on')::date;
        after_day date := (told->>'until_on')::date;
        entries jsonb := told->'entries';
    BEGIN
        {_ENTER.format(roles=roles(MAY["reconcile-bank"]))}
        IF EXISTS (SELECT FROM konbit_bank_statements(place, of_bank) s
            WHERE s.identity = told->>'identity') THEN
            RETURN NULL;
        ELSIF NOT EXISTS (SELECT FROM ledger_record r WHERE r.fund_id = place
            AND r.kind = 'bank_opened' AND r.subject = of_bank
            AND konbit_ledger_body(r.bytes)->>'currency' = told->>'currency') THEN
            {_REFUSE.format(code="account-currency")};
        ELSIF after_day <= first_day THEN
            {_REFUSE.format(code="days-wrong")};
        ELSIF opening + coalesce((SELECT sum((e->>'amount_minor')::bigint)
            FROM jsonb_array_elements(entries) e), 0) <> (told->>'closing_minor')::bigint THEN
            {_REFUSE.format(code="sum")};
        ELSIF EXISTS (SELECT FROM jsonb_array_elements(entries) e
            WHERE (e->>'booked_on')::date < first_day OR (e->>'booked_on')::date >= after_day) THEN
            {_REFUSE.format(code="day-outside")};
        ELSIF EXISTS (SELECT FROM konbit_bank_statements(place, of_bank) s
            WHERE s.account_digest <> '' AND told->>'account_digest' <> ''
            AND s.account_digest <> told->>'account_digest') THEN
            {_REFUSE.format(code="account-other")};
        ELSIF EXISTS (SELECT FROM konbit_bank_statements(place, of_bank) s
            WHERE s.from_on < after_day AND first_day < s.until_on) THEN
            {_REFUSE.format(code="overlap")};
        ELSIF EXISTS (SELECT FROM konbit_bank_taken(place, of_bank) t
            JOIN ledger_bank_entry e ON e.id = t.entry_id
            WHERE e.number = 0 AND e.booked_on >= first_day) THEN
            {_REFUSE.format(code="opening-matched")};
        END IF;
        INSERT INTO ledger_bank_statement (fund_id, bank, by_id, identity, file_sha256, is_csv,
                reference, number, account_digest, account_last, currency, from_on, until_on,
                opening_minor, closing_minor)
            VALUES (place, of_bank, konbit_user(), told->>'identity', told->>'file_sha256',
                (told->>'is_csv')::boolean, told->>'reference', (told->>'number')::bigint,
                told->>'account_digest', told->>'account_last', told->>'currency', first_day,
                after_day, opening, (told->>'closing_minor')::bigint)
            RETURNING id INTO made;
        INSERT INTO ledger_bank_entry (statement_id, fund_id, bank, number, booked_on, value_on,
                amount_minor, purpose, is_correction, "references", other_digest, other_last)
            SELECT made, place, of_bank, n, (e->>'booked_on')::date, (e->>'value_on')::date,
                (e->>'amount_minor')::bigint, e->>'purpose', (e->>'is_correction')::boolean,
                ARRAY(SELECT jsonb_array_elements_text(e->'references')), e->>'other_digest',
                e->>'other_last'
            FROM jsonb_array_elements(entries) WITH ORDINALITY x(e, n)
            UNION ALL SELECT made, place, of_bank, 0, first_day - 1, first_day - 1, opening,
                'opening', false, '{{}}', '', '' WHERE opening <> 0;
        RETURN made;
    END $$""",
    f"""CREATE OR REPLACE FUNCTION konbit_bank_withdraw(statement bigint, reason text)
    RETURNS void LANGUAGE plpgsql {_OWNER} AS $$
    DECLARE place bigint; of_bank text;
    BEGIN
        SELECT s.fund_id, s.bank INTO place, of_bank FROM ledger_bank_statement s
            WHERE s.id = statement;
        {_ENTER.format(roles=roles(MAY["reconcile-bank"]))}
        IF reason !~ '\\S' THEN
            {_REFUSE.format(code="why")};
        ELSIF EXISTS (SELECT FROM ledger_bank_withdrawal w WHERE w.statement_id = statement) THEN
            {_REFUSE.format(code="withdrawn")};
        ELSIF EXISTS (SELECT FROM konbit_bank_taken(place, of_bank) t
            JOIN ledger_bank_entry e ON e.id = t.entry_id WHERE e.statement_id = statement) THEN
            {_REFUSE.format(code="statement-matched")};
        END IF;
        INSERT INTO ledger_bank_withdrawal (fund_id, by_id, statement_id, why)
            VALUES (place, konbit_user(), statement, reason);
    END $$""",
    "DROP FUNCTION IF EXISTS konbit_bank_match"
    "(bigint, text, bigint[], bigint[], text, text, integer, text)",
    MATCH.replace("{enter}", _ENTER.format(roles=roles(MAY["reconcile-bank"]))),
    f"""CREATE OR REPLACE FUNCTION konbit_bank_undo(matched bigint, reason text)
    RETURNS void LANGUAGE plpgsql {_OWNER} AS $$
    DECLARE place bigint;
    BEGIN
        SELECT m.fund_id INTO place FROM ledger_bank_match m WHERE m.id = matched;
        {_ENTER.format(roles=roles(MAY["reconcile-bank"]))}
        IF reason !~ '\\S' THEN
            {_REFUSE.format(code="why")};
        ELSIF EXISTS (SELECT FROM ledger_bank_undoing u WHERE u.match_id = matched) THEN
            {_REFUSE.format(code="undone")};
        END IF;
        INSERT INTO ledger_bank_undoing (fund_id, by_id, match_id, why)
            VALUES (place, konbit_user(), matched, reason);
    END $$""",
    # The balance by the bank at the end of a day; none where no statement covers it.
    """CREATE OR REPLACE FUNCTION konbit_bank_balance(place bigint, of_bank text, day date)
    RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT s.opening_minor + coalesce((SELECT sum(e.amount_minor) FROM ledger_bank_entry e
        WHERE e.statement_id = s.id AND e.number > 0 AND e.booked_on <= day), 0)::bigint
    FROM konbit_bank_statements(place, of_bank) s WHERE s.from_on <= day AND day < s.until_on $$""",
    f"""CREATE OR REPLACE FUNCTION konbit_bank_certify(place bigint, of_bank text, day date,
    told text) RETURNS bigint LANGUAGE plpgsql {_OWNER} AS $$
    DECLARE made bigint; figures jsonb := told::jsonb;
    BEGIN
        {_ENTER.format(roles=roles(MAY["certify-bank"]))}
        IF EXISTS (SELECT FROM konbit_bank_statements(place, of_bank) s
            WHERE s.from_on <= day AND s.by_id = konbit_user())
            OR EXISTS (SELECT FROM konbit_bank_taken(place, of_bank) t
            JOIN ledger_bank_match m ON m.id = t.match_id WHERE m.by_id = konbit_user()) THEN
            {_REFUSE.format(code="four-eyes")};
        ELSIF konbit_bank_balance(place, of_bank, day)
            IS DISTINCT FROM (figures->>'bank_minor')::bigint
            OR coalesce((SELECT sum(c.amount) FROM konbit_bank_cash(place, of_bank) c
            WHERE c."on" <= day), 0) <> (figures->>'books_minor')::bigint
            OR figures->>'on' <> to_char(day, 'YYYY-MM-DD') OR figures->>'bank' <> of_bank THEN
            {_REFUSE.format(code="certificate-figures")};
        ELSIF (figures->>'difference_minor')::bigint <> 0
            OR EXISTS (SELECT FROM (SELECT s.opening_minor, lag(s.closing_minor)
                OVER (ORDER BY s.from_on) AS before FROM konbit_bank_statements(place, of_bank) s
                WHERE s.from_on <= day) x WHERE x.before <> x.opening_minor) THEN
            {_REFUSE.format(code="certificate-differs")};
        END IF;
        INSERT INTO ledger_bank_certificate (fund_id, by_id, bank, "on", content, digest)
            VALUES (place, konbit_user(), of_bank, day, told,
                encode(sha256(convert_to(told, 'UTF8')), 'hex'))
            RETURNING id INTO made;
        RETURN made;
    END $$""",
)


def of_banks() -> Iterator[str]:
    """Functions, triggers and rights, but for the policies."""
    yield from _FUNCTIONS
    yield from fixed(TABLES)
    yield "GRANT INSERT ON ledger_bank_refusal TO konbit_app"


def policies() -> Iterator[tuple[str, str, str, str]]:
    """Table, name, command and condition of each policy."""
    for table in TABLES:
        yield table, "reads", "SELECT", "USING (fund_id IN (SELECT konbit_bank_reads()))"
    yield (
        "ledger_bank_refusal",
        "adds",
        "INSERT",
        "WITH CHECK (by_id = konbit_user() AND konbit_holds(konbit_user(), (SELECT f.mission_id "
        f"FROM ledger_fund f WHERE f.id = fund_id), {roles(MAY['reconcile-bank'])}))",
    )
