"""Records changed by chance, for programs that must find the same fault in them."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from random import Random

_TEXTS = ("", "A", "B", "MAIN", "OTTAWA", "USD", "CAD", "2026-02-28", "2026-12-31", "olga", "anna")


def changed(document: dict[str, Any], chance: Random) -> dict[str, Any]:
    """The same document with one member, at any depth, changed or taken out."""
    copied = copy.deepcopy(document)
    places: list[tuple[Any, Any]] = []
    _walk(copied, places)
    holder, name = chance.choice(places)
    if isinstance(holder, dict) and chance.random() < 0.1:
        del holder[name]
    else:
        holder[name] = chance.choice(_instead_of(holder[name]))
    return copied


def _walk(value: Any, places: list[tuple[Any, Any]]) -> None:
    if isinstance(value, dict):
        inner: list[tuple[Any, Any]] = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    else:
        return
    for name, held in inner:
        places.append((value, name))
        _walk(held, places)


def _instead_of(value: Any) -> list[Any]:
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1, value - 1, -value, 0, value * 2, None, str(value), 10**14]
    if isinstance(value, str):
        return [*_TEXTS, value + "x", None, 5]
    if isinstance(value, list):
        return [[], [*value, *value[-1:]], value[::-1], None, "x"]
    return [{}, None, "2026-01-01", "anna", 0]
