"""Numbers that a stranger may have written."""

from __future__ import annotations

_MOST_DIGITS = 18  # what a number of the database has at the most


def whole(text: str) -> int | None:
    """A number of the record, from a form or an address; None for what is none.

    Python takes `²` for a digit and cannot read it, and reads no number of five thousand digits.
    """
    is_one = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if is_one else None
