"""Small drawings made of letters, that read without colour."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

FULL = 10_000
_STEPS = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588"
_UNKNOWN = "\u00b7"


def bar(share: int, width: int) -> str:
    """A bar of blocks and dots for a share in parts of ten thousand: full only when all is met."""
    filled = max(0, min(width, share * width // FULL))
    return "\u2588" * filled + "\u00b7" * (width - filled)


def sparkline(values: Sequence[int | None], most: int, width: int) -> str:
    """A line of blocks from nothing to `most`, the last value of each group of months."""
    if not values:
        return ""
    group = -(-len(values) // width)
    shown = [values[min(start + group, len(values)) - 1] for start in range(0, len(values), group)]
    return "".join(_step(value, most) for value in shown)


def _step(value: int | None, most: int) -> str:
    if value is None:
        return _UNKNOWN
    if value <= 0 or most <= 0:
        return " "
    return _STEPS[min(len(_STEPS) - 1, value * (len(_STEPS) - 1) // most)]


def plain(text: str) -> str:
    """A text without characters that a terminal would obey instead of show."""
    return "".join(c for c in " ".join(text.split()) if unicodedata.category(c) not in _OBEYED)


_OBEYED = frozenset({"Cc", "Cf", "Co", "Cn", "Cs"})
