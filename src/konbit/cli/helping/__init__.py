"""Help in the reader's language.

English help stands with the commands and their options. What it says in the other languages stands
in a catalogue each, by the English: a paragraph, a line of a block that keeps its lines, the help
of an option, or a word of the library that reads command lines. A catalogue is opened only when
help is shown.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from konbit.cli.options import Language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

KEPT = "\b\n"
"""Before a paragraph whose lines are not filled anew."""

_INDENTED = re.compile(r"(\s*)(.*)")
_EXTRA = re.compile(r"(?s)(.*?)(?:  )?(\[[^][]*\])?")
_LABELS = ("required", "default:")


@cache
def catalogue(language: Language) -> Mapping[str, str]:
    """What help says in a language, by the English."""
    file = resources.files(__package__).joinpath(f"{language}.toml")
    entries: Mapping[str, str] = tomllib.loads(file.read_text(encoding="utf-8"))
    return entries


def units_of(text: str) -> list[str]:
    """The parts of a help text that are translated each by itself."""
    units: list[str] = []
    for paragraph in text.split("\n\n"):
        if paragraph.startswith(KEPT):
            units += [line.strip() for line in paragraph.removeprefix(KEPT).split("\n")]
        else:
            units.append(_filled(paragraph))
    return units


def told(text: str, language: Language) -> str:
    """A help text in a language; what has no translation, such as a command, stays as it is."""
    known = catalogue(language)
    return "\n\n".join(_paragraph(paragraph, known) for paragraph in text.split("\n\n"))


def _paragraph(paragraph: str, known: Mapping[str, str]) -> str:
    if not paragraph.startswith(KEPT):
        filled = _filled(paragraph)
        return known.get(filled, filled)
    return KEPT + "\n".join(
        _INDENTED.sub(lambda found: found[1] + known.get(found[2], found[2]), line, count=1)
        for line in paragraph.removeprefix(KEPT).split("\n")
    )


def _filled(paragraph: str) -> str:
    return " ".join(paragraph.split())


def speak(command: Any, language: Language) -> None:
    """Let a program and its commands show their help in a language."""
    if language is Language.EN:
        return
    context = _context_in(language, command.context_class)
    for one in (command, *command.commands.values()):
        one.context_class = context


def _context_in(language: Language, context: type[Any]) -> type[Any]:
    """A context of the library whose help is written in a language.

    The library gives its classes no public name: they are those that its commands have.
    """

    class Told(context.formatter_class):  # type: ignore[misc, name-defined] # see above
        """Writes help as the library does, its words in a language."""

        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            super().write_usage(prog, args, prefix or f"{told('Usage', language)}: ")

        def write_heading(self, heading: str) -> None:
            super().write_heading(told(heading, language))

        def write_text(self, text: str) -> None:
            super().write_text(told(text, language))

        def write_dl(self, rows: Sequence[tuple[str, str]], *more: Any, **named: Any) -> None:
            lines = [(first, _entry(second, language)) for first, second in rows]
            super().write_dl(lines, *more, **named)

    return type(context.__name__, (context,), {"formatter_class": Told})


def _entry(text: str, language: Language) -> str:
    """What stands beside an option, an argument or a command, with its limits in brackets."""
    found = _EXTRA.fullmatch(text)
    if found is None:
        return told(text, language)
    extra = found[2] or ""
    for label in _LABELS:
        extra = extra.replace(label, told(label, language))
    return "  ".join(part for part in (told(found[1], language), extra) if part)
