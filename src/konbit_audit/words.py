"""What the program says, in four languages."""

from __future__ import annotations

import os
import tomllib
from importlib.resources import files
from typing import Final

LANGUAGES: Final = ("en", "fr", "es", "ht")


class Words:
    """Sentences of one language.

    Attributes:
        language: its code.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        content = files("konbit_audit").joinpath("texts", f"{language}.toml").read_text("utf-8")
        self._sentences: dict[str, str] = tomllib.loads(content)

    def say(self, sentence: str, /, **values: object) -> str:
        """A sentence, filled in."""
        return self._sentences[sentence].format(**values)


def language_of_the_system() -> str:
    """The language that the system's settings ask for, English when it is not one of ours."""
    for name in ("KONBIT_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        setting = os.environ.get(name, "")
        if setting:
            short = setting[:2].casefold()
            return short if short in LANGUAGES else "en"
    return "en"
