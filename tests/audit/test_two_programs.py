"""Two programs, written apart from one page, admit and refuse the same records by the same rule.

And a third, Beancount, adds up the same balances.
"""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from random import Random
from typing import TYPE_CHECKING

import grimp
import pytest
from beancount import loader
from beancount.core import realization

from changed_records import changed
from konbit.fund import Record, broken, statement_of
from konbit.fund.transparency import NotCanonicalError, canonical
from konbit.terms.money import CURRENCIES, decimals_of
from konbit_audit.arithmetic import decimals
from konbit_audit.lie import Lie
from konbit_audit.replay import Replay
from konbit_audit.statements import Asked, statement
from made_ledgers import Drawn

if TYPE_CHECKING:
    from konbit.fund import Books


def theirs(line: bytes, books: Books) -> str:
    """The rule by which the ledger refuses a line."""
    try:
        found = broken(Record.from_bytes(line), books)
    except ValueError:
        return "shape"
    return "" if found is None else found.code.removeprefix("ledger-")


def ours(line: bytes, replay: Replay) -> str:
    """The rule by which the auditor refuses it."""
    try:
        copy.deepcopy(replay).take(line)
    except Lie as lie:
        return lie.rule
    return ""


class Compared(Drawn):
    """A log that shows each record that it tries, and changed ones, to both programs."""

    def __init__(self, seed: int) -> None:
        self.tried = 0
        self.refused: set[str] = set()
        self.chance = Random(seed)
        self.lines = []
        self.replay = Replay(Asked([]), lambda number: self.lines[number])
        super().__init__(seed)

    def show(self, record: Record) -> None:
        for line in self.lines[self.replay.state.size :]:
            self.replay.take(line)
        told = json.loads(record.to_bytes())
        for shown in (told, *(changed(told, self.chance) for _ in range(2))):
            try:
                line = canonical(shown)
            except NotCanonicalError:
                continue
            expected, found = theirs(line, self.books), ours(line, self.replay)
            # What a close says is compared by the ledger only when a whole log is read.
            assert found == expected or found == "close", line
            self.tried += 1
            self.refused.add(found)

    def admitted(self, record: Record) -> bool:
        self.show(record)
        return super().admitted(record)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_both_refuse_the_same_by_the_same_rule(seed: int) -> None:
    drawn = Compared(seed)
    drawn.grow(200)
    assert drawn.tried > 600
    assert drawn.refused >= {"", "shape", "postings", "overdrawn", "reference", "authority"}


def test_beancount_adds_up_the_same_balances() -> None:
    """Amounts by currency and values each balance by themselves, in Beancount's own checking."""
    drawn = Drawn(7)
    drawn.grow(400)
    entries, errors, _ = loader.load_string(as_beancount(drawn))
    assert errors == []
    root = realization.realize(entries)  # type: ignore[no-untyped-call]  # it ships no types
    replay = Replay(Asked([]), lambda number: drawn.lines[number])
    for line in drawn.lines:
        replay.take(line)
    compared = 0
    for account, currency in {
        (account, currency) for record in drawn.records for account, currency, *_ in record.postings
    }:
        amounts = balance(root, f"Assets:Amount:{name(account)}")
        assert amounts.get(currency, 0) == replay.state.amount(account, currency)
        worth = balance(root, f"Assets:Worth:{name(account)}:{currency}").get("WORTH", 0)
        assert worth == replay.state.value(account, currency)
        compared += 1
    assert compared > 100
    said = statement_of(drawn.records, until="2030-01-01")
    for purse, figures in said["purses"].items():
        held = balance(root, f"Assets:Worth:Purse:{purse}:USD").get("WORTH", 0)
        free = balance(root, f"Assets:Worth:Free:{purse}:USD").get("WORTH", 0)
        assert (-held, free) == (figures["held"], figures["free"])


def balance(root: realization.RealAccount, account: str) -> dict[str, int]:
    found = realization.get(root, account)  # type: ignore[no-untyped-call]
    if found is None:
        return {}
    return {at.units.currency: int(at.units.number) for at in found.balance.get_positions()}


def name(account: str) -> str:
    sort, *rest = account.split(":")
    return ":".join([sort.replace("_", "-").capitalize(), *(part.capitalize() for part in rest)])


def as_beancount(drawn: Drawn) -> str:
    """The export's postings: each as an amount in its currency and as its worth."""
    opens: set[str] = set()
    lines = []
    for record in drawn.records:
        if record.postings:
            lines.append(f'{record.on} * "{record.sequence} {record.kind}"')
        for account, currency, amount, worth in record.postings:
            for place, number, unit in (
                (f"Assets:Amount:{name(account)}", amount, currency),
                (f"Assets:Worth:{name(account)}:{currency}", worth, "WORTH"),
            ):
                opens.add(f"2025-01-01 open {place}")
                lines.append(f"  {place}  {number} {unit}")
    return "\n".join([*sorted(opens), *lines, ""])


def test_the_auditor_needs_python_and_cryptography_and_nothing_else() -> None:
    graph = grimp.build_graph("konbit_audit", include_external_packages=True, cache_dir=None)
    outside = {
        module.split(".")[0]
        for module in graph.modules
        if not module.startswith("konbit_audit") and module.split(".")[0]
    }
    assert "konbit" not in outside
    assert outside - set(sys.stdlib_module_names) == {"cryptography"}


def test_the_auditor_is_a_program_of_its_own() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "konbit_audit", "--help"], capture_output=True, text=True, check=True
    )
    assert "trusting nobody" in done.stdout


def test_both_know_the_same_decimals() -> None:
    assert {currency: decimals(currency) for currency in CURRENCIES} == {
        currency: decimals_of(currency) for currency in CURRENCIES
    }


def test_a_statement_of_nothing_is_the_same() -> None:
    drawn = Drawn(1)
    replay = Replay(Asked([]), lambda number: drawn.lines[number])
    for line in drawn.lines:
        replay.take(line)
    asked = {"on": "2020-01-01", "known_on": None, "known_before": None}
    told = statement(replay.state, Asked([asked]).sums(asked), **asked)  # type: ignore[arg-type]
    assert told == statement_of(drawn.records, until="2020-01-02")
    assert (told["fund"], told["currency"]) == ("FUND", "USD")
