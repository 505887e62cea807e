"""What is said when a command line is not understood, in the reader's language."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from konbit.cli.options import BadValue, Language, language_of_the_system

if TYPE_CHECKING:
    from collections.abc import Iterable

    import typer

    from konbit.briefing.words import Words

# What the library that reads command lines says, in English, and the sentence of the same meaning.
_SAID = (
    (r"No such command '(?P<command>.*?)'\.", "cli-usage-no-command"),
    (r"Option '(?P<option>.*?)' requires (an|\d+) argument", "cli-usage-value-missing"),
    (r"Got unexpected extra arguments? \((?P<given>.*)\)", "cli-usage-too-many"),
    (r"Got unexpected extra argument\(s\) \((?P<given>.*)\)", "cli-usage-too-many"),
    (r"greater than or equal to (?P<limit>[\d.]+)", "cli-usage-at-least"),
    (r"less than or equal to (?P<limit>[\d.]+)", "cli-usage-at-most"),
    (r"is not one of (?P<choices>.*?)\.?$", "cli-usage-choices"),
    (r"valid integer", "cli-usage-whole-number"),
    (r"valid number", "cli-usage-number"),
)


def language_asked_for(arguments: Iterable[str]) -> Language:
    """The language that a command line asks for, though the rest of it is not understood."""
    words = list(arguments)
    pairs = pairwise(words)
    asked = [value for option, value in pairs if option == "--lang"]
    asked += [word.partition("=")[2] for word in words if word.startswith("--lang=")]
    known = [Language(value) for value in asked if value in set(Language)]
    return known[-1] if known else language_of_the_system()


def told(error: typer.TyperException, words: Words) -> str:
    """What is wrong with a command line, how the command is called, and where its help is."""
    context = getattr(error, "ctx", None)
    said = _said(error, words)
    if context is None:
        return said
    command = context.command_path
    usage = " ".join((command, *context.command.collect_usage_pieces(context)))
    return f"{said}\n{words.say('cli-usage-help', usage=usage, command=command)}"


def _said(error: typer.TyperException, words: Words) -> str:
    hint = _hint(error)
    if isinstance(error, BadValue):
        return _about(hint, words.say(error.sentence, **error.values), words)
    option = getattr(error, "option_name", "")
    if type(error).__name__ == "NoSuchOption":
        near = ", ".join(sorted(getattr(error, "possibilities", None) or ()))
        code = "cli-usage-no-option-near" if near else "cli-usage-no-option"
        return words.say(code, option=option, **({"near": near} if near else {}))
    if type(error).__name__ == "MissingParameter":
        return words.say("cli-usage-missing", parameter=hint)
    message = error.format_message()
    for pattern, sentence in _SAID:
        found = re.search(pattern, message)
        if found:
            return _about(hint, words.say(sentence, **found.groupdict()), words)
    return words.say("cli-usage-other", message=message)


def _about(hint: str, why: str, words: Words) -> str:
    return words.say("cli-usage-bad-value", option=hint, why=why) if hint else why


def _hint(error: typer.TyperException) -> str:
    """The option or argument that an error is about, as the user writes it."""
    parameter = getattr(error, "param", None)
    hint = getattr(error, "param_hint", None) or (parameter and parameter.get_error_hint())
    return str(hint or "").replace("'", "")
