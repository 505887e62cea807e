"""Which entries of the bank and which records may be the same money: proposals, with their reason.

Nothing is matched here. The rules are asked in order, the surest first, and each takes what those
before it left; a proposal adds up to the minor unit on both sides. Sides are sorted first, so the
order in which they come changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from konbit.fund.banking.sides import Table, in_parts, of_openings, one_to_one, set_off
from konbit.terms import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from konbit.fund.banking.items import Item
    from konbit.fund.banking.sides import Found

CERTAIN, LIKELY, POSSIBLE = "certain", "likely", "possible"
RULES = ("undone", "bank-correction", "reference", "batch-reference", "parts-reference",
         "amount-and-day", "batch-sum", "parts-sum", "opening")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Entries and records that may be the same money.

    Attributes:
        entries: keys of entries, sorted; may be empty where records set each other off.
        records: keys of records, sorted; may be empty where entries do.
        rule: one of `RULES`: why they are proposed.
        certainty: `certain`, `likely` or `possible`.
        others: how many others would have fitted as well.
    """

    entries: tuple[int, ...]
    records: tuple[int, ...]
    rule: str
    certainty: str
    others: int = 0

    @property
    def key(self) -> str:
        """By which a refusal of this very combination is remembered."""
        return key_of(self.entries, self.records)


def key_of(entries: Iterable[int], records: Iterable[int]) -> str:
    """The name of a combination."""
    return digest_of([sorted(entries), sorted(records)])


def propose(
    entries: Iterable[Item], records: Iterable[Item], refused: frozenset[str] = frozenset()
) -> tuple[Proposal, ...]:
    """Proposals for entries and records that are not matched yet, the surest rule first.

    Args:
        entries: of one bank account.
        records: cash records of the same account.
        refused: keys of combinations that somebody refused.
    """
    table = Table(entries, records, lambda e, r: key_of(e, r) in refused)
    found: list[Proposal] = []

    def take(rule: str, certainty: str, taken: Iterable[Found]) -> None:
        for entry_keys, record_keys, others in taken:
            found.append(
                Proposal(
                    entries=tuple(sorted(entry_keys)),
                    records=tuple(sorted(record_keys)),
                    rule=rule,
                    certainty=certainty if not others else _LESS[certainty],
                    others=others,
                )
            )

    take("undone", LIKELY, set_off(table, is_bank=False))
    take("bank-correction", LIKELY, set_off(table, is_bank=True))
    take("reference", CERTAIN, one_to_one(table, by_reference=True))
    take("batch-reference", CERTAIN, in_parts(table, by_reference=True, is_batch=True))
    take("parts-reference", CERTAIN, in_parts(table, by_reference=True, is_batch=False))
    take("amount-and-day", LIKELY, one_to_one(table, by_reference=False))
    take("batch-sum", POSSIBLE, in_parts(table, by_reference=False, is_batch=True))
    take("parts-sum", POSSIBLE, in_parts(table, by_reference=False, is_batch=False))
    take("opening", LIKELY, of_openings(table))
    return tuple(found)


_LESS = {CERTAIN: LIKELY, LIKELY: POSSIBLE, POSSIBLE: POSSIBLE}
