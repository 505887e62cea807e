"""What a refusal of the ledger says to people: the sentence of the rule, and what it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.terms import Money
from konbit.web.ledger.names import Names
from konbit.web.ledger.proposed import people_of

if TYPE_CHECKING:
    from konbit.terms import Finding
    from konbit.web.ledger.models import LedgerFund
    from konbit.web.words import PageWords

_ON_PEOPLE = frozenset({"ledger-authority", "ledger-four-eyes", "ledger-segregation"})


def worded(finding: Finding, words: PageWords, fund: LedgerFund) -> str:
    """The sentence of a rule that refused, with what it names as pages name it."""
    said = words.say(finding.code)
    named = ", ".join(_named(finding, words, fund))
    return f"{said} ({named})" if named else said


def _named(finding: Finding, words: PageWords, fund: LedgerFund) -> list[str]:
    """What a finding names: people, fields, accounts and amounts in words, all else as it is."""
    told = {name: value for name, value in finding.values if name != "kind" and value}
    if finding.code in _ON_PEOPLE:
        people = people_of(fund)
        return [people.get(value, value) for value in told.values()]
    if finding.code == "ledger-shape":
        members = [member for value in told.values() for member in value.split(", ")]
        labels = {member: f"entry-{member.replace('_', '-')}" for member in members}
        return [words.say(at) if words.knows(at) else member for member, at in labels.items()]
    if finding.code == "ledger-overdrawn" and "short_minor" in told:
        short = words.money_exact(Money(int(told["short_minor"]), told["currency"]))
        account = Names(fund, words).account(told["account"])
        return [words.say("ledger-short", account=account, amount=short)]
    return list(told.values())
