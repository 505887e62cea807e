"""The one way in which JSON may be written here (RFC 8785 with whole numbers only)."""

from __future__ import annotations

import json
from typing import Any, Final

_LARGEST: Final = 9_007_199_254_740_991


class NotCanonicalError(ValueError):
    """These bytes are not the canonical JSON of what they say."""


def _whole(text: str) -> int:
    number = int(text)
    if number > _LARGEST or number < -_LARGEST:
        raise NotCanonicalError("a number that a double does not hold")
    return number


def _refuse(text: str) -> Any:
    raise NotCanonicalError(f"{text} is no whole number")


_READ = json.JSONDecoder(parse_float=_refuse, parse_constant=_refuse).decode
_READ_LONG = json.JSONDecoder(parse_int=_whole, parse_float=_refuse, parse_constant=_refuse).decode
# Without so many figures in a row no number is too large, and none need be looked at.
_FIGURES_ALONE = bytes(ord("0") if chr(sign) in "0123456789" else ord(" ") for sign in range(256))
_MANY_FIGURES = b"0" * len(str(_LARGEST))
# Names are sorted by code points here and by UTF-16 units in the standard. They differ only for
# names that no record has; such a record fails one rule later, on its members.
_WRITE = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False
).encode


def read(content: bytes) -> Any:
    """What canonical bytes say.

    Raises:
        NotCanonicalError: anything about them is otherwise than canonical.
    """
    try:
        is_long = _MANY_FIGURES in content.translate(_FIGURES_ALONE)
        value = (_READ_LONG if is_long else _READ)(content.decode())
        again = _WRITE(value).encode()
    except (ValueError, RecursionError) as error:
        raise NotCanonicalError("no JSON of the kind that is allowed") from error
    if again != content:
        raise NotCanonicalError("the same value is written otherwise")
    return value


def write(value: Any) -> bytes:
    """Canonical bytes of a value that this program made."""
    return _WRITE(value).encode()
