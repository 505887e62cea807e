"""A keeper who has the whole database and the log's key: what the export alone gives away."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from konbit.fund import statement_of, statement_sha256
from konbit.fund.transparency import canonical, withhold
from konbit_audit.main import main
from ledger_cases import Log, allotted, opened
from made_ledgers import write_export

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CONSENT = "cd" * 32


def funded(**terms: Any) -> Log:
    """A fund with money in two currencies."""
    log = opened(**terms)
    log.must("signed", contribution="USA-1", amount_minor=1_000_000)
    log.must("signed", contribution="CAN-1", amount_minor=1_000_000)
    log.must("received", contribution="USA-1", bank="MAIN", amount_minor=500_000)
    log.must("received", contribution="CAN-1", bank="OTTAWA", amount_minor=100_000)
    return log


def lines_of(log: Log) -> list[bytes]:
    return [record.to_bytes() for record in log.records]


@pytest.fixture
def said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """How the audit of these lines ends, freshly signed as a keeper would, and what it says."""
    made: list[Path] = []

    def audited(lines: list[bytes], *kept: Path) -> tuple[int, str]:
        folder = tmp_path / str(len(made))
        made.append(folder)
        write_export(folder, lines, {})
        brought = [word for path in kept for word in ("--earlier", str(path))]
        code = main([str(folder), "--lang", "en", *brought])
        told = capsys.readouterr()
        return code, told.out + told.err

    return audited


def test_a_fork_for_each_donor_is_found_by_the_checkpoint_of_the_other(
    said: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    forks = []
    for amount in (5, 6):
        log = funded()
        log.must("announced", contribution="FRA-1", amount_minor=amount)
        forks.append(lines_of(log))
    assert said(forks[0])[0] == 0
    (theirs,) = (tmp_path / "0" / "checkpoints").iterdir()
    assert said(forks[1])[0] == 0, "alone each is sound"
    code, told = said(forks[1], theirs)
    assert code == 1
    assert "two-histories" in told


def test_support_cost_skimmed_is_found_by_itself(said: Callable[..., tuple[int, str]]) -> None:
    log = funded()
    allotted(log, "A1", 226_000)
    log.must("obligated", allotment="A1", obligation="O1", payee="X", contributor="KEN", place="",
             lethal=False, direct_minor=100_000, until_on=None, claim="")  # fmt: skip
    lines = lines_of(log)
    told = json.loads(lines[-1])
    for posting in told["body"]["postings"]:
        more = {"support_held": 1_000, "allotted": -1_000}.get(posting[0].partition(":")[0], 0)
        posting[2:] = [posting[2] + more, posting[3] + more]
    lines[-1] = canonical(told)
    code, text = said(lines)
    assert code == 1
    assert "rule postings" in text


def test_a_close_certified_anew_is_found_by_itself(said: Callable[..., tuple[int, str]]) -> None:
    log = funded()
    until = log.records[-1].recorded_at[:10]
    stated = statement_of(log.records, until=until, known_before=len(log.records))
    digest = statement_sha256(stated)
    log.must("period_closed", period="P", until_on=until, statement_sha256=digest)
    again = {"period": "P", "until_on": until, "statement_sha256": digest}
    assert log.do("period_closed", **again) == "period", "what is closed is not closed again"
    lines = lines_of(log)
    lines[-1] = lines[-1].replace(digest.encode(), b"00" * 32)
    code, text = said(lines)
    assert code == 1
    assert "rule close" in text


def test_notes_swapped_between_records_are_found_by_an_old_checkpoint(
    said: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    log = funded()
    for number in range(2):
        log.must("received", contribution="USA-1", bank="MAIN", amount_minor=5,
                 note=withhold(f"note {number}", bytes([number] * 16)))  # fmt: skip
    lines = lines_of(log)
    told = [json.loads(line) for line in lines[-2:]]
    notes = [one["body"]["note"] for one in told]
    for one, note in zip(told, reversed(notes), strict=True):
        one["body"]["note"] = note
    assert said(lines)[0] == 0
    (kept,) = (tmp_path / "0" / "checkpoints").iterdir()
    swapped = [*lines[:-2], *map(canonical, told)]
    assert said(swapped)[0] == 0, "nothing else in the log hangs on a note"
    assert "two-histories" in said(swapped, kept)[1]


def _consent_twice(log: Log) -> None:
    log.must("signed", contribution="FRA-1", amount_minor=1_000)
    log.must("received", contribution="FRA-1", bank="MAIN", amount_minor=1_000)
    for gift, purse in (("USA-1", "B"), ("FRA-1", "A")):
        log.must("reprogrammed", contribution=gift, to_purse=purse, bank="MAIN", amount_minor=5,
                 consent_by=gift[:3], document=CONSENT)  # fmt: skip


def _rate_that_hides_a_loss(log: Log) -> None:
    log.must("exchange_rate_dated", currency="CAD", rate="0.4")


def _payment_undone_on_paper(log: Log) -> None:
    allotted(log, "A1", 113_000)
    log.must("obligated", allotment="A1", obligation="O1", payee="X", contributor="KEN", place="",
             lethal=False, direct_minor=100_000, until_on=None, claim="")  # fmt: skip
    log.must("disbursed", obligation="O1", bank="MAIN", direct_minor=100_000, actor="otto")
    log.must("reversed", sequence=len(log.records) - 1)


def _said_to_be_of_last_year(log: Log) -> None:
    log.must("received", contribution="USA-1", bank="MAIN", amount_minor=9, on="2025-01-01")


@pytest.mark.parametrize(
    ("lie", "asked"),
    [
        (_consent_twice, "one paper is said to be the donor's consent more than once. Records 15"),
        (_rate_that_hides_a_loss, "more than a quarter away from the one before. Records 13."),
        (_payment_undone_on_paper, "not to have been made after all"),
        (_said_to_be_of_last_year, "more than 30 days after it happened. Records 13."),
    ],
)
def test_what_breaks_no_rule_and_looks_odd_is_worth_asking(
    said: Callable[..., tuple[int, str]], lie: Callable[[Log], None], asked: str
) -> None:
    log = funded()
    code, before = said(lines_of(log))
    assert code == 0
    assert "Worth asking" not in before
    lie(log)
    code, told = said(lines_of(log))
    assert code == 0, "it may be true"
    assert f"Worth asking: {asked}" in told or asked in told
