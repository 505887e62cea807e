"""What stands on either side: a movement told by the bank, or one told by a record of the log."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from konbit.fund.record import Record

_SHORTEST = 2
_NAMES = ("contribution", "obligation", "claim")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One movement, on the side of the bank or of the books.

    Attributes:
        key: number of the entry, or of the record; once on its side.
        on: day of booking, or of the record.
        amount_minor: into the account, or below zero out of it; in the account's currency.
        references: what it is called, as `references_alike` writes them.
        undoes: number of the record that this one reverses.
        is_correction: whether the bank takes back an entry of its own.
        is_opening: whether it is the balance with which the first statement begins.
    """

    key: int
    on: date
    amount_minor: int
    references: frozenset[str] = frozenset()
    undoes: int | None = None
    is_correction: bool = False
    is_opening: bool = False


def references_alike(texts: object) -> frozenset[str]:
    """References so that two that banks write differently are equal: letters and figures, small."""
    words = texts if isinstance(texts, (tuple, list, set, frozenset)) else ()
    bare = (re.sub(r"[^a-z0-9]", "", str(text).casefold()) for text in words)
    return frozenset(text for text in bare if len(text) >= _SHORTEST)


def cash_of(record: Record, bank: str, claims: Mapping[str, str]) -> Item | None:
    """What a record moves on a bank account; None for nothing.

    What it moves between purses of one account is nothing.

    Args:
        record: of the log.
        bank: code of the account.
        claims: claim that an obligation pays, by the obligation's code.
    """
    start = f"bank:{bank}:"
    amount = sum(n for account, _, n, _ in record.postings if account.startswith(start))
    if not amount:
        return None
    body = record.body
    names = [str(body[name]) for name in _NAMES if body.get(name)]
    names += [claims.get(str(body.get("obligation", "")), ""), record.idempotency_key]
    return Item(
        key=record.sequence,
        on=date.fromisoformat(record.on),
        amount_minor=amount,
        references=references_alike(names),
        undoes=body["sequence"] if record.kind == "reversed" else None,
    )
