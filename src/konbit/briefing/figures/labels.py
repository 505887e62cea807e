"""Room for text: how wide it is, how it is shortened, wrapped, and kept from overlapping."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.briefing.figures.theme import TEXT_SIZE

if TYPE_CHECKING:
    from collections.abc import Sequence

# Widths in thousandths of the size, rounded up from Liberation Sans.
_NARROW = dict.fromkeys("ijl.,;:'|!()[]/ ·ftI-\u00a0\u202f", 340)
_WIDE = dict.fromkeys("mwMW%@—…", 940)
_USUAL = 560
_CAPITAL = 720
_AGAIN = 4  # rounds, each of which tells apart what is alike further on


def text_width(text: str, size: int = TEXT_SIZE, *, bold: bool = False) -> int:
    """About how wide a text is, in pixels, rather too much than too little."""
    total = sum(
        _NARROW.get(c) or _WIDE.get(c) or (_CAPITAL if c.isupper() else _USUAL) for c in text
    )
    return -(-total * size * (107 if bold else 100) // 100_000)


def widest(texts: Sequence[str], size: int = TEXT_SIZE, *, bold: bool = False) -> int:
    """Width of the widest of some texts, in pixels; 0 for none."""
    return max((text_width(text, size, bold=bold) for text in texts), default=0)


def shortened(text: str, room: int, size: int = TEXT_SIZE, *, bold: bool = False) -> str:
    """The text, or as much of its beginning as fits into `room` pixels, with an ellipsis."""
    if text_width(text, size, bold=bold) <= room:
        return text
    kept = text
    while kept and text_width(f"{kept}…", size, bold=bold) > room:
        kept = kept[:-1].rstrip()
    return f"{kept}…"


def told_apart(texts: Sequence[str], room: int, size: int = TEXT_SIZE) -> dict[str, str]:
    """Each text shortened to `room` pixels, so that those that differ are told apart.

    Where texts would be cut to the same beginning, what they have in common is cut instead: the
    beginning that takes a third of the room, an ellipsis, and the words from which they differ.
    """
    labels = {text: shortened(text, room, size) for text in texts}
    for _ in range(_AGAIN):
        alike: dict[str, list[str]] = {}
        for text, label in labels.items():
            alike.setdefault(label, []).append(text)
        for same in (group for group in alike.values() if len(group) > 1):
            until = _alike_until(same)
            head = shortened(same[0][:until].rstrip(), room // 3, size).removesuffix("…").rstrip()
            for text in same:
                labels[text] = shortened(f"{head}… {text[until:]}", room, size)
    return labels


def _alike_until(texts: Sequence[str]) -> int:
    """Where the first word begins in which some texts, which all differ, are not the same."""
    first, last = min(texts), max(texts)
    same = next(
        (i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first)
    )
    return first[:same].rfind(" ") + 1


def wrapped(text: str, room: int, size: int = TEXT_SIZE, *, bold: bool = False) -> list[str]:
    """The text in lines of at most `room` pixels, broken between words."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def spread(wanted: Sequence[int], gap: int, low: int, high: int) -> list[int]:
    """Positions as near as possible to those wanted, in the same order, `gap` apart, within limits.

    Labels at the end of lines are set with it. Only when there is no room do positions leave the
    limits.
    """
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    placed: list[int] = []
    for i in order:
        placed.append(max(wanted[i], placed[-1] + gap if placed else low))
    ceiling = high
    for position in reversed(range(len(placed))):
        placed[position] = min(placed[position], ceiling)
        ceiling = placed[position] - gap
    result = [0] * len(wanted)
    for i, position in zip(order, placed, strict=True):
        result[i] = position
    return result
