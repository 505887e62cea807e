"""Raw SQL against records of the ledger: lies about who, when, where, and in which bytes.

Nothing of our Python stands between: what refuses here is the database. The sessions are those of
an officer or an approver, who may do most.
"""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from konbit.fund.transparency import canonical, parse_canonical
from konbit.web.guards.ledger_written import written as written_in_sql
from konbit.web.ledger.models import LedgerRecord
from konbit.web.people.acting import act_as
from ledger_raw import appended, desk_of_officer, receipt, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger_fund import Desk
    from web_world import World


@pytest.fixture
def desk(world: World) -> Desk:
    return desk_of_officer(world)


def test_a_receipt_that_is_right_is_taken(desk: Desk) -> None:
    assert appended(desk, receipt(desk)) == ""


def _clock(**shift: int) -> str:
    at = datetime.now(UTC) + timedelta(**shift)
    return at.isoformat(timespec="microseconds").replace("+00:00", "Z")


def _lies() -> Iterator[tuple[dict[str, Any], str]]:
    yield from (
        ({"sequence": 99}, "sequence"),
        ({"sequence": 0}, "sequence"),
        ({"fund": "OTHER"}, "sequence"),
        ({"kind": "gift"}, "shape"),
        ({"kind": "fund_opened"}, "sequence"),
        ({"recorded_at": _clock(hours=1)}, "clock"),
        ({"recorded_at": _clock(days=-1)}, "clock"),
        ({"actor": "p-00000000000000000000"}, "authority"),
        ({"actor": "registry"}, "authority"),
        ({"approver": "p-00000000000000000000"}, "four-eyes"),
    )


def test_no_record_lies_about_who_when_or_where(desk: Desk) -> None:
    for change, code in _lies():
        record = dataclasses.replace(receipt(desk), **change)
        assert appended(desk, record) == f"ledger-{code}", change


def _otherwise_written(line: str) -> Iterator[str]:
    """The same record, and records like it, in bytes that no auditor would take."""
    yield line.replace('"amount_minor":5', '"amount_minor": 5')
    yield line.replace('"amount_minor":5', '"amount_minor":5.0')
    yield line.replace('"amount_minor":5', '"amount_minor":5e0')
    yield line.replace('"amount_minor":5', '"amount_minor":"5"')
    yield line.replace('"amount_minor":5,', "")
    yield line.replace('"amount_minor":5,', '"amount_minor":4,"amount_minor":5,')
    yield line.replace('"amount_minor":5,"bank":"MAIN"', '"bank":"MAIN","amount_minor":5')
    yield line.replace('"bank":"MAIN"', '"bank":"MAIN","bonus":1')
    yield line.replace('"bank":"MAIN"', '"bank":{"b": 1}')
    yield line.replace('"bank":"MAIN"', '"bank":["MAIN"]')
    yield line.replace('"bank":"MAIN"', '"bank":null')
    yield line.replace('"bank":"MAIN"', '"bank":"M\\u0041IN"')
    yield line.replace('"on":', '"note":{"withheld":"%s","x":1},"on":' % ("ab" * 32))
    yield line.replace('"on":', '"note":"seen by all","on":')
    yield line.replace('"on":', '"known":true,"on":')
    yield line.replace('"USD",5,5]', '"USD", 5,5]')
    yield line.replace('"rule":"received"', '"rule":"signed"')
    yield line.replace('"authority":"Financial', '"authority":"\\u0046inancial')
    yield line.replace('"authority":"Financial rule 1"', '"authority":{"a": 1}')
    yield line.replace('{"actor"', '{"a":1,"actor"')
    yield line.replace('"fund":', '"fund":"TF","fund":')
    yield line.replace(',"document_sha256":null', "")
    yield f" {line}"
    yield f"{line} "
    yield f"{line}\r"


def test_bytes_that_no_auditor_would_take_do_not_come_in(desk: Desk) -> None:
    line = receipt(desk).to_bytes().decode()
    for number, told in enumerate(_otherwise_written(line)):
        assert told != line
        answer = said("SELECT konbit_ledger_append(%s, %s, NULL)", desk.fund.pk, told)
        assert answer.startswith(("ledger-", "invalid input syntax for type")), (number, told)
    assert said("SELECT konbit_ledger_append(%s, %s, NULL)", desk.fund.pk, line) == ""
    act_as(desk.officer)
    lines = LedgerRecord.objects.filter(fund=desk.fund).values_list("bytes", flat=True)
    for kept in lines:
        assert canonical(parse_canonical(bytes(kept))) == bytes(kept)


def _says(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return None


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_law_the_database_writes_a_record_as_the_program_does(desk: Desk, data: Any) -> None:
    """Whatever stands in a text, quotes and signs of other scripts too; and never otherwise."""
    letters = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=9)
    record = receipt(desk, authority=data.draw(letters), idempotency_key=data.draw(letters))
    line = record.to_bytes().decode()
    told = written_in_sql("l", "l::jsonb", "(l::jsonb->'body')", "(l::jsonb->>'kind')")
    asked = f"SELECT {told} FROM (SELECT %s::text AS l) x"
    with connection.cursor() as cursor:
        cursor.execute(asked, [line])
        assert cursor.fetchone() == (True,)
        at = data.draw(st.integers(0, len(line)))
        spaced = f"{line[:at]} {line[at:]}"
        if _says(spaced) == _says(line):
            cursor.execute(asked, [spaced])
            assert cursor.fetchone() == (False,)


def test_a_day_that_has_not_come_is_refused(desk: Desk) -> None:
    record = receipt(desk)
    later = dataclasses.replace(record, body={**record.body, "on": "2999-01-01"})
    assert appended(desk, later) == "ledger-day"


def test_a_key_is_used_once(desk: Desk) -> None:
    first = receipt(desk)
    again = dataclasses.replace(first, sequence=first.sequence + 1)
    assert "ledger_key_once" in appended(desk, first, again)
