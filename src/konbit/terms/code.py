"""Codes: the short permanent names by which rows are found again."""

from __future__ import annotations

import re

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,63}")
_PCODE = re.compile(r"[A-Z]{2}[0-9]{0,10}")


def is_code(text: str) -> bool:
    """Whether a text may be a row's code: letters, digits, `.`, `_`, `/`, `-`; 64 at the most."""
    return _CODE.fullmatch(text) is not None


def is_pcode(text: str) -> bool:
    """Whether a text has the form of an OCHA place code: country alpha-2, then digits (HT01)."""
    return _PCODE.fullmatch(text) is not None
