"""The database's own question whether a record is written in the one way that there is.

A record's bytes are for ever. Written otherwise than canonical JSON, with a member too many, too
few or of another type, one record would make the whole log one that nobody can replay. So the
database writes each record itself, from the members of its kind, and compares; how large a number
or how long a text may be, the rules in the program ask.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.fund import shapes
from konbit.fund.kinds import KINDS, OPTIONAL

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from konbit.fund.kinds import Kind

_NUMBERS = {shapes.is_amount, shapes.is_change, shapes.is_count, shapes.is_share}
_SCALARS = {shapes.is_text, shapes.is_text_or_empty}
_DAY_OR_NULL, _AMOUNT_OR_NULL = shapes.is_day_or_null, shapes.is_amount_or_null
_LISTS_OF_OBJECTS = ("founders", "lines")
_OBJECTS = ("note", "payee_account")
# Of these there are many; without a note they are asked where they are taken in. A statement is set
# up anew each time it runs, with all that stands in it, so the others have a function, whose
# branches are set up when they are reached.
_OFTEN = ("received", "disbursed", "obligated", "allotted", "interest", "frozen")


def written(line: str, j: str, body: str, kind: str) -> str:
    """SQL that is true where a line is the canonical JSON of what it says.

    Args:
        line: SQL of its text.
        j: SQL of its value, as jsonb.
        body: SQL of the body in it.
        kind: SQL of its kind.
    """
    cases = " ".join(
        f"WHEN '{name}' THEN {_body(KINDS[name], body, is_plain=True)}" for name in _OFTEN
    )
    often = _whole(j, kind, f"CASE {kind} {cases} END")
    return f"(coalesce({line} = {often}, false) OR konbit_ledger_written({line}, {j}))"


def _whole(j: str, kind: str, members: str) -> str:
    """SQL of a record as it is written, from SQL of the members of its body."""

    def text(name: str) -> str:
        return f"""'"' || ({j}->>'{name}') || '"'"""

    parts = (
        f"""'{{"actor":' || {text("actor")}""",
        f"""',"approver":' || coalesce({text("approver")}, 'null')""",
        f"""',"authority":' || to_jsonb({j}->>'authority')::text""",
        f"""',"body":{{' || {members} || '}}'""",
        f"""',"document_sha256":' || coalesce({text("document_sha256")}, 'null')""",
        f"""',"fund":' || {text("fund")}""",
        f"""',"idempotency_key":' || to_jsonb({j}->>'idempotency_key')::text""",
        f"""',"kind":"' || {kind} || '"'""",
        f"""',"recorded_at":' || {text("recorded_at")}""",
        f"""',"rule":"' || replace({kind}, '_', '-') || '"'""",
        f"""',"sequence":' || ({j}->>'sequence')::bigint || '}}'""",
    )
    return " || ".join(parts)


def _function() -> str:
    """The same of a record of any kind, whatever its body holds."""
    branches = "\n        ".join(
        f"WHEN '{name}' THEN members := {_body(kind, 'body', is_plain=False)};"
        for name, kind in KINDS.items()
    )
    return f"""CREATE OR REPLACE FUNCTION konbit_ledger_written(line text, j jsonb) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    body jsonb := j->'body';
    members text;
BEGIN
    CASE j->>'kind'
        {branches}
        ELSE RETURN false;
    END CASE;
    RETURN coalesce(line = {_whole("j", "(j->>'kind')", "members")}, false);
END $$"""


def _body(kind: Kind, body: str, *, is_plain: bool) -> str:
    """SQL of the members of a body, in order of their names."""
    members = {name: (test, True) for name, test in kind.members.items()}
    if not is_plain:
        members |= {name: (test, False) for name, test in OPTIONAL.items()}
    if kind.posts or "stage" in kind.members:
        members["postings"] = (shapes.is_postings, kind.posts)
    told = []
    for name, (test, is_needed) in sorted(members.items()):
        member = f"""',"{name}":' || {_value(name, test, body)}"""
        told.append(member if is_needed else f"coalesce({member}, '')")
    return f"substr({' || '.join(told)}, 2)"


def _value(name: str, test: Callable[[Any], bool], body: str) -> str:
    """SQL of a value as it is written; null where it is of another type."""
    value, plain = f"({body}->'{name}')", f"({body}->>'{name}')"
    if test is _AMOUNT_OR_NULL or test is _DAY_OR_NULL:
        mark = "'\"'" if test is _DAY_OR_NULL else "''"
        read = plain if test is _DAY_OR_NULL else f"{plain}::bigint"
        return f"coalesce({mark} || {read} || {mark}, CASE WHEN {body} ? '{name}' THEN 'null' END)"
    if test in _NUMBERS:
        return f"{plain}::bigint"
    if test is shapes.is_flag or name == "placeholder":
        return f"{plain}::boolean::text"
    if test in _SCALARS:
        return f"to_jsonb({plain})::text"
    if test is shapes.is_codes or test is shapes.is_postings:
        # Of words and numbers: jsonb writes them with spaces and else the same.
        return f"replace({value}::text, ', ', ',')"
    if name in _LISTS_OF_OBJECTS:
        return f"konbit_ledger_ordered({value})"
    if name in _OBJECTS:
        return f"""'{{"withheld":"' || ({value}->>'withheld') || '"}}'"""
    return f"""'"' || {plain} || '"'"""  # a code, day or word, in which nothing is escaped


# Canonical JSON of any value, member by member: for the few lists of objects.
_ORDERED = """CREATE OR REPLACE FUNCTION konbit_ledger_ordered(value jsonb) RETURNS text
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN CASE jsonb_typeof(value)
        WHEN 'object' THEN '{' || coalesce((SELECT string_agg(to_jsonb(key)::text || ':'
            || konbit_ledger_ordered(e.value), ',' ORDER BY key COLLATE "C")
            FROM jsonb_each(value) e), '') || '}'
        WHEN 'array' THEN '[' || coalesce((SELECT string_agg(konbit_ledger_ordered(e.value), ','
            ORDER BY n) FROM jsonb_array_elements(value) WITH ORDINALITY e(value, n)), '') || ']'
        ELSE value::text END;
END $$"""

# Of records from a number up to, and without, another, whoever wrote them: whether the columns by
# which they are found stand in their bytes, whether one instant is before the one before, and no
# day after its instant. Bytes are compared at their beginning and end, which costs next to nothing.
_FITS = """CREATE OR REPLACE FUNCTION konbit_ledger_fits(place bigint, low bigint, high bigint)
RETURNS TABLE (fits boolean, follows boolean) LANGUAGE sql STABLE AS $$
    SELECT w.fits, w.follows FROM (
        SELECT r.sequence, r.instant >= coalesce(lag(r.instant) OVER (ORDER BY r.sequence), '')
            AND convert_to(r."on"::text, 'UTF8') <= substring(r.instant FOR 10) AS follows,
            substring(r.bytes FOR octet_length(r.head)) = r.head
            AND substring(r.bytes FROM r.at - octet_length(r.middle) FOR octet_length(r.middle))
                = r.middle
            AND substring(r.bytes FROM r.at + 27) = r.ending AS fits
        FROM (SELECT s.*, substring(s.bytes FROM s.at FOR 27) AS instant
            FROM (SELECT e.*, octet_length(e.bytes) - octet_length(e.ending) - 26 AS at
                FROM (SELECT r.sequence, r."on", r.bytes,
                    convert_to('{"actor":"' || r.actor || '","approver":'
                        || coalesce('"' || r.approver || '"', 'null') || ',', 'UTF8') AS head,
                    convert_to('"idempotency_key":' || to_jsonb(r.key)::text || ',"kind":"'
                        || r.kind || '","recorded_at":"', 'UTF8') AS middle,
                    convert_to('","rule":"' || replace(r.kind, '_', '-') || '","sequence":'
                        || r.sequence || '}', 'UTF8') AS ending
                    FROM ledger_record r WHERE r.fund_id = place
                    AND r.sequence >= low - 1 AND r.sequence < high ORDER BY r.sequence) e) s) r
        ) w WHERE w.sequence >= low $$"""

WRITTEN = (_ORDERED, _function(), _FITS)
