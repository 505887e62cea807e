"""Characters of a cell: which are allowed, how lines end, and what a spreadsheet would run."""

from __future__ import annotations

import re

# Control characters but tab and line feed; halves of characters; two code points that are none.
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

# What may change the order or colour of a line in a terminal besides: marks of direction.
UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)

COMMENT = "#"

# A sign before figures alone (a list of degrees, say) is harmless; before words it is not.
_FORMULA = re.compile(r"[=@]|[+-]\S.*[^\W\d_]", re.DOTALL)


def plain(text: str) -> str:
    """A cell as it is read: lines end in a line feed, no space around.

    Spreadsheets end lines within a cell as their system does, so that the same cell would differ
    from machine to machine.
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def is_formula_like(text: str) -> bool:
    """Whether a spreadsheet that opens this text as CSV may run it as a formula.

    It begins with `=` or `@`, or with a sign and has letters.
    """
    return _FORMULA.match(text) is not None


def is_comment(text: str) -> bool:
    """Whether a row whose first cell is this text is a heading, example or remark: not read."""
    return text.lstrip().startswith(COMMENT)
