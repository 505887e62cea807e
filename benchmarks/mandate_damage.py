"""What files, printers and scanners do to a text: harmless to a reader, or not."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    Damage = Callable[[str, random.Random], str]

_JOINED = {"ffi": "\ufb03", "ffl": "\ufb04", "ff": "\ufb00", "fi": "\ufb01", "fl": "\ufb02"}
_WIDE = {chr(code): chr(code + 0xFEE0) for code in (*range(0x30, 0x3A), 0x28, 0x29)}
_LOOKS_LIKE = {"0": "O", "O": "0", "l": "1", "1": "l", "I": "l", "5": "S", "S": "5", "m": "rn"}
_PAGE = 37  # lines
_NUMBERED_PAGE = 50
_NARROW = 40  # characters of a column
NOTE = "\n______________\n  1  See Official Records, Supplement No. 4 (A/55/4), chap. IV.\n"


def with_soft_hyphens(text: str, chance: random.Random) -> str:
    """Places at which words may be broken, unseen."""
    inside = re.compile(r"(?<=[^\W\d_]{3})(?=[^\W\d_]{3})")
    return inside.sub(lambda _: "\u00ad" if chance.random() < 0.1 else "", text)


def with_ligatures(text: str, chance: random.Random) -> str:
    """Letters that a fount joins."""
    del chance
    for letters, joined in _JOINED.items():
        text = text.replace(letters, joined)
    return text


def with_parted_accents(text: str, chance: random.Random) -> str:
    """Letters and their accents as characters of their own (Unicode NFD)."""
    del chance
    return unicodedata.normalize("NFD", text)


def with_other_spaces(text: str, chance: random.Random) -> str:
    """Spaces that do not break, thin and wide ones."""
    return re.sub(" ", lambda _: chance.choice(" \u00a0\u2009\u202f\u2003\u2002"), text)


def with_wide_figures(text: str, chance: random.Random) -> str:
    """Figures and brackets of full width."""
    del chance
    return "".join(_WIDE.get(letter, letter) for letter in text)


def with_marks_of_direction(text: str, chance: random.Random) -> str:
    """Unseen marks that tell in which direction to write."""
    marks = "\u200e\u200f\u202a\u202c\u2066\u2069"
    return re.sub(" ", lambda _: chance.choice(marks) + " ", text)


def with_other_line_ends(text: str, chance: random.Random) -> str:
    """Line ends of another system."""
    del chance
    return text.replace("\n", "\r\n")


def with_hyphens_that_hold(text: str, chance: random.Random) -> str:
    """Hyphens at which no line is broken."""
    del chance
    return text.replace("-", "\u2011")


def with_heads_of_pages(text: str, chance: random.Random) -> str:
    """Symbol, job number and number of the page between two lines, as a PDF gives them."""
    lines: list[str] = []
    apart = [""] if chance.random() < 0.5 else []
    for number, line in enumerate(text.split("\n")):
        if number and number % _PAGE == 0:
            page = number // _PAGE
            lines += [*apart, f"23-19261 {page}/7", *apart, "S/RES/2699 (2023)", *apart]
        lines.append(line)
    return "\n".join(lines)


def with_numbers_of_lines(text: str, chance: random.Random) -> str:
    """A number before each line, from one on every page."""
    del chance
    return "\n".join(
        f"{number % _NUMBERED_PAGE + 1:>3}  {line}" if line.strip() else line
        for number, line in enumerate(text.split("\n"))
    )


def with_misread_letters(text: str, chance: random.Random) -> str:
    """What scanners mistake for each other: 0 and O, l and 1."""
    return "".join(_LOOKS_LIKE.get(c, c) if chance.random() < 0.03 else c for c in text)


def with_lone_surrogates(text: str, chance: random.Random) -> str:
    """Halves of characters, as JSON may carry them."""
    return re.sub(" ", lambda _: chance.choice([" ", " ", "\ud83d", "\udc00 "]), text)


def in_two_columns(text: str, chance: random.Random) -> str:
    """Lines side by side with a gutter of some width."""
    lines = [line[:_NARROW] for line in text.split("\n")]
    half, gutter = len(lines) // 2, " " * chance.randint(1, 9)
    pairs = zip(lines[:half], lines[half:], strict=False)
    return "\n".join(f"{left:<{_NARROW}}{gutter}{right}" for left, right in pairs)


def with_notes_at_foot(text: str, chance: random.Random) -> str:
    """Footnotes under a rule somewhere within the text."""
    lines = text.split("\n")
    for _ in range(chance.randint(1, 4)):
        lines.insert(chance.randrange(len(lines) + 1), NOTE)
    return "\n".join(lines)


HARMLESS: dict[str, Damage] = {
    "soft hyphens": with_soft_hyphens,
    "ligatures": with_ligatures,
    "parted accents": with_parted_accents,
    "other spaces": with_other_spaces,
    "wide figures": with_wide_figures,
    "marks of direction": with_marks_of_direction,
    "other line ends": with_other_line_ends,
    "hyphens that hold": with_hyphens_that_hold,
    "heads of pages": with_heads_of_pages,
}
DAMAGES: tuple[Damage, ...] = (
    *HARMLESS.values(),
    with_numbers_of_lines,
    with_misread_letters,
    with_lone_surrogates,
    in_two_columns,
    with_notes_at_foot,
)
