"""A keeper who holds the log's key writes lies by hand, and signs everything properly.

Checkpoints are over the very bytes, statements are made to agree: what finds the lie is a rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from forged_logs import forge, forged_log, told
from konbit.fund import Record, statement_of, statement_sha256
from konbit_audit.main import main
from ledger_cases import FOUNDERS, Log
from made_ledgers import write_export

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

log = pytest.fixture(forged_log)


def _own_rate(log: Log) -> None:
    """Canadian dollars at a rate of the keeper's own."""
    postings = [
        ["bank:OTTAWA:A", "CAD", 1_000, 900], ["signed:A:CAN-1", "CAD", -1_000, -900],
        ["free:A", "USD", 900, 900], ["purse:A", "USD", -900, -900],
    ]  # fmt: skip
    forge(log, "received", contribution="CAN-1", bank="OTTAWA", amount_minor=1_000,
          over={"body": {"postings": postings}})  # fmt: skip


def _before_any_rate(log: Log) -> None:
    """On a day for which no rate is known, at one that comes later."""
    forge(log, "received", on="2026-01-02", contribution="CAN-1", bank="OTTAWA",
          amount_minor=1_000, over={"body": {"postings": [
              ["bank:OTTAWA:A", "CAD", 1_000, 731], ["signed:A:CAN-1", "CAD", -1_000, -731],
              ["free:A", "USD", 731, 731], ["purse:A", "USD", -731, -731]]}})  # fmt: skip


def _paid_before_promised(log: Log) -> None:
    forge(log, "disbursed", on="2026-01-18", obligation="O1", bank="MAIN", direct_minor=500)


def _paid_more_than_promised(log: Log) -> None:
    forge(log, "disbursed", obligation="O1", bank="MAIN", direct_minor=10_001)


def _promised_before_allotted(log: Log) -> None:
    body = log.records[-1].body
    change: dict[str, Any] = {"obligation": "O2", "on": "2026-01-10"}
    kept = {name: value for name, value in body.items() if name not in {"postings", *change}}
    forge(log, "obligated", **{**kept, **change})


def _paid_to_nobody(log: Log) -> None:
    postings = [["bank:MAIN:A", "USD", -5, -5], ["purse:A", "USD", 5, 5]]
    forge(log, "interest", purse="A", bank="MAIN", amount_minor=5,
          over={"body": {"postings": postings}})  # fmt: skip


def _approved_by_the_maker(log: Log) -> None:
    forge(log, "reserve_moved", approver="olga", purse="A", amount_minor=1)


def _a_role_given_by_oneself(log: Log) -> None:
    forge(log, "actor_granted", actor="olga", who="olga", role="approver", party="",
          over={"actor": "olga"})  # fmt: skip


def _a_paper_of_nobody(log: Log) -> None:
    forge(log, "reserve_moved", purse="A", amount_minor=1, over={"authority": ""})


def _in_a_closed_month(log: Log) -> None:
    digest = statement_sha256(
        statement_of(log.records, until="2026-01-15", known_before=log.books.size)
    )
    log.must("period_closed", period="P", until_on="2026-01-15", statement_sha256=digest)
    forge(log, "interest", on="2026-01-14", purse="A", bank="MAIN", amount_minor=1)


def _a_close_of_other_figures(log: Log) -> None:
    digest = statement_sha256(
        statement_of(log.records[:-6], until="2026-01-19", known_before=log.books.size)
    )
    forge(log, "period_closed", period="P", until_on="2026-01-19", statement_sha256=digest)


def _written_back_in_time(log: Log) -> None:
    forge(log, "interest", purse="A", bank="MAIN", amount_minor=1, on="2026-01-01",
          over={"recorded_at": "2026-01-02T00:00:00.000000Z"})  # fmt: skip


def _before_it_happened(log: Log) -> None:
    forge(log, "interest", purse="A", bank="MAIN", amount_minor=1, on="2026-02-20")


def _the_same_twice(log: Log) -> None:
    forge(log, "interest", purse="A", bank="MAIN", amount_minor=1, key="key-10")


def _another_funds(log: Log) -> None:
    forge(log, "interest", purse="A", bank="MAIN", amount_minor=1, over={"fund": "OTHER"})


def _a_member_nobody_reads(log: Log) -> None:
    forge(log, "interest", purse="A", bank="MAIN", amount_minor=1, really="another's")


FORGERIES: tuple[tuple[Callable[[Log], None], str], ...] = (
    (_own_rate, "postings"),
    (_before_any_rate, "rate"),
    (_paid_before_promised, "stage"),
    (_paid_more_than_promised, "overdrawn"),
    (_promised_before_allotted, "stage"),
    (_paid_to_nobody, "postings"),
    (_approved_by_the_maker, "four-eyes"),
    (_a_role_given_by_oneself, "authority"),
    (_a_paper_of_nobody, "authority"),
    (_in_a_closed_month, "period"),
    (_a_close_of_other_figures, "close"),
    (_written_back_in_time, "clock"),
    (_before_it_happened, "day"),
    (_the_same_twice, "idempotency"),
    (_another_funds, "sequence"),
    (_a_member_nobody_reads, "shape"),
)


@pytest.mark.parametrize(("lie", "rule"), FORGERIES, ids=[f.__name__[1:] for f, _ in FORGERIES])
def test_a_forged_record_is_found_by_its_rule(
    lie: Callable[[Log], None],
    rule: str,
    log: Log,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert told(log, tmp_path / "honest", capsys) == ""
    lie(log)
    assert told(log, tmp_path / "forged", capsys) == rule


@pytest.mark.parametrize("spelled", ["Olga", "OLGA", "ol.ga", "olga-", "o/l_ga"])
def test_who_is_spelled_in_two_ways_is_one_person(
    spelled: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = Log()
    founders = [*FOUNDERS, {"who": spelled, "role": "approver", "party": ""}]
    log.must("fund_opened", title="Fund", currency="USD", mission="M", reconstruction=False,
             founders=founders)  # fmt: skip
    assert log.do("bank_opened", approver=spelled, bank="MAIN", currency="USD") == "four-eyes"
    forge(log, "bank_opened", approver=spelled, bank="MAIN", currency="USD")
    assert told(log, tmp_path / "export", capsys) == "four-eyes"


def test_bytes_that_say_the_same_otherwise_are_no_record(
    log: Log, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A member twice, a number with a fraction, a blank: what one reader sees another may not."""
    last = log.records[-1].to_bytes()
    for number, (old, new) in enumerate(
        (
            (b'"kind":', b'"kind":"received","kind":'),
            (b'"direct_minor":10000', b'"direct_minor":10000.0'),
            (b'"direct_minor":10000', b'"direct_minor": 10000'),
            (b'"Financial', b'"\\u0046inancial'),
        )
    ):
        assert old in last
        folder = tmp_path / str(number)
        lines = [record.to_bytes() for record in log.records[:-1]]
        write_export(folder, [*lines, last.replace(old, new)], {})
        assert main([str(folder), "--lang", "en"]) == 1
        assert "rule canonical" in capsys.readouterr().err


def test_records_are_read_back_as_they_were_written(log: Log) -> None:
    assert [Record.from_bytes(one.to_bytes()) for one in log.records] == log.records
