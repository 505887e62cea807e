"""What of a bank's entry is kept: references, what it is for, and a mask of the other account.

Names, addresses and free text of people are read here and go no further. A word of a reference is
kept where it holds a figure or is a code that the reader knows. A word of a free text is kept only
where it is such a code, or looks like one: letters and figures together, without a long run of
figures that could be an account, a card or a telephone.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING

from konbit.terms.bank import CHARGE, INTEREST

if TYPE_CHECKING:
    from collections.abc import Iterable

    from konbit.exchange.banks.wishes import Wishes

_MOST_REFERENCES = 500
_LONGEST = 64
_SHOWN = 4
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*[A-Za-z0-9]")
_LONG_RUN = re.compile(r"[0-9]{8,}")
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_PURPOSES = (
    (INTEREST, re.compile(r"\b(interest|interets?|interes(es)?|zins(en)?|enter[ea])\b")),
    (
        CHARGE,
        re.compile(
            r"\b(charges?|fees?|frais|commissions?|comision(es)?|gebuhr(en)?|spesen|fre|gastos)\b"
        ),
    ),
)


def plain(text: str) -> str:
    """Small letters without accents."""
    split = unicodedata.normalize("NFKD", text)
    return "".join(c for c in split if not unicodedata.combining(c)).casefold()


def masked(account: str, secret: str) -> tuple[str, str]:
    """Digest and last four characters of an account's number; two empty texts for none."""
    bare = re.sub(r"[^A-Za-z0-9]", "", account).upper()
    if not bare:
        return "", ""
    digest = hashlib.sha256(f"{secret}:account:{bare}".encode()).hexdigest()[:32]
    return digest, bare[-_SHOWN:] if len(bare) > 2 * _SHOWN else ""


def kept_references(
    named: Iterable[str], free: Iterable[str], wishes: Wishes, accounts: Iterable[str] = ()
) -> tuple[str, ...]:
    """References of an entry.

    Args:
        named: texts that the file calls references.
        free: texts for people to read.
        wishes: for the codes that are known.
        accounts: numbers of accounts in the entry, which are never kept.
    """
    hidden = {re.sub(r"[^A-Za-z0-9]", "", account).upper() for account in accounts}
    known = {code.casefold() for code in wishes.known}
    found = {
        word[:_LONGEST]
        for text in named
        for word in text.split()
        if word.casefold() in known or any(c.isdigit() for c in word)
    }
    for text in free:
        for word in _WORD.findall(text):
            if word.casefold() in known or _looks_like_a_code(word):
                found.add(word[:_LONGEST])
    kept = (text for text in found if not _is_account(text, hidden))
    return tuple(sorted(kept)[:_MOST_REFERENCES])


def purpose_of(text: str, amount_minor: int) -> str:
    """Whether a text says interest (in favour) or charges (against); empty for neither."""
    folded = plain(text)
    for purpose, pattern in _PURPOSES:
        if (amount_minor > 0) == (purpose == INTEREST) and pattern.search(folded):
            return purpose
    return ""


def _looks_like_a_code(word: str) -> bool:
    has_both = any(c.isdigit() for c in word) and any(c.isalpha() for c in word)
    return has_both and _LONG_RUN.search(word) is None


def _is_account(text: str, hidden: set[str]) -> bool:
    bare = re.sub(r"[^A-Za-z0-9]", "", text).upper()
    return bare in hidden or (_IBAN.fullmatch(bare) is not None and _checks(bare))


def _checks(iban: str) -> bool:
    turned = iban[4:] + iban[:4]
    return int("".join(str(int(c, 36)) for c in turned)) % 97 == 1
