"""Codes: the short permanent names by which rows are found again."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,63}")
_PCODE = re.compile(r"[A-Z]{2}[0-9]{0,10}")
MOST_WEIGHED = 2_000


def is_code(text: str) -> bool:
    """Whether a text may be a row's code: letters, digits, `.`, `_`, `/`, `-`; 64 at the most."""
    return _CODE.fullmatch(text) is not None


def nearest(name: str, names: Iterable[str]) -> str:
    """The name most like one that does not exist, to suggest it; empty when none is near.

    A name that differs only in upper and lower case is nearest. Where there are thousands to choose
    from, only those with the same first letter are weighed, so that a long table stays quick.
    """
    folded = name.casefold()
    known = sorted(names)
    same = [other for other in known if other.casefold() == folded]
    if same:
        return same[0]
    if len(known) > MOST_WEIGHED:
        known = [other for other in known if other.casefold()[:1] == folded[:1]][:MOST_WEIGHED]
    return next(iter(get_close_matches(name, known, n=1, cutoff=0.6)), "")


def is_pcode(text: str) -> bool:
    """Whether a text has the form of an OCHA place code: country alpha-2, then digits (HT01)."""
    return _PCODE.fullmatch(text) is not None
