"""Canonical JSON: one text of bytes for one value.

RFC 8785 without its numbers: strings, whole numbers that a double holds exactly, booleans, null,
arrays and objects. Members are sorted by the UTF-16 code units of their names, nothing is spaced,
text is UTF-8 and only what must be escaped is.
"""

from __future__ import annotations

import json
from typing import Any, NoReturn

LARGEST = 2**53 - 1  # beyond it RFC 8785, which writes doubles, would round
DEEPEST = 32


class NotCanonicalError(ValueError):
    """Bytes or a value that have no place in canonical JSON."""


def canonical(value: Any) -> bytes:
    """The bytes of a value.

    Raises:
        NotCanonicalError: it holds a float, a number beyond ±(2^53 − 1), half of a surrogate pair,
            a name that is no string, something nested deeper than 32, or what JSON has no word for.
    """
    plain = _checked(value, DEEPEST)
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"), check_circular=False)
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise NotCanonicalError("text holds half of a surrogate pair") from None


def parse_canonical(content: bytes) -> Any:
    """The value of canonical bytes.

    Raises:
        NotCanonicalError: the bytes are not exactly what `canonical` makes of what they say.
    """
    try:
        value = json.loads(
            content.decode(), parse_float=_no_float, parse_constant=_no_float, strict=True
        )
    except (ValueError, RecursionError) as error:
        raise NotCanonicalError("these bytes are not JSON of the kind that is allowed") from error
    if canonical(value) != content:
        raise NotCanonicalError("the same value has other canonical bytes")
    return value


def _checked(value: Any, depth: int) -> Any:
    """The value with members in order, where nothing forbidden is found."""
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return value
    if kind is int:
        if not -LARGEST <= value <= LARGEST:
            raise NotCanonicalError("a number is beyond what a double holds exactly")
        return value
    if depth == 0:
        raise NotCanonicalError(f"nested deeper than {DEEPEST}")
    if kind is dict:
        return {name: _checked(value[name], depth - 1) for name in _in_order(value)}
    if kind is list or kind is tuple:
        return [_checked(item, depth - 1) for item in value]
    raise NotCanonicalError(f"{kind.__name__} has no canonical form")


def _in_order(members: dict[Any, Any]) -> list[str]:
    try:
        if all(map(str.isascii, members)):
            return sorted(members)
        return sorted(members, key=lambda name: name.encode("utf-16-be"))
    except TypeError:
        raise NotCanonicalError("a member's name is no string") from None
    except UnicodeEncodeError:
        raise NotCanonicalError("a name holds half of a surrogate pair") from None


def _no_float(text: str) -> NoReturn:
    raise NotCanonicalError(f"{text} is no whole number")
