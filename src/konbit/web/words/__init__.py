"""Whole sentences of the pages, in every language.

TOML catalogues as everywhere in Konbit, and not Django's: whole sentences with named values, no
compiler needed on the machine, and a test that names what is missing. Findings, tables, days and
amounts are worded by `konbit.briefing`.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from konbit.briefing.words import LANGUAGES, ColumnWords
from konbit.terms.money import decimals_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from konbit.terms import Money

__all__ = [
    "COOKIE",
    "LANGUAGES",
    "PageWords",
    "catalogue",
    "language_for",
    "words_in",
]

COOKIE = "konbit_language"
# In Spanish a letter of its own, after n; every other accent here only parts words that are alike.
_LETTERS = {"es": {"\u00f1": "n\uffff"}}
_EXACT = re.compile(r"(-?)([0-9]{1,30})(?:\.([0-9]{1,30}))?")
NAMES = {"en": "English", "fr": "Français", "es": "Español", "ht": "Kreyòl"}


@cache
def catalogue(language: str) -> Mapping[str, str | dict[str, str]]:
    """The sentences of the pages in a language, by code."""
    file = resources.files(__package__).joinpath(f"pages.{language}.toml")
    entries: Mapping[str, str | dict[str, str]] = tomllib.loads(file.read_text(encoding="utf-8"))
    return entries


class PageWords(ColumnWords):
    """The words of one language, with those of the pages."""

    def __init__(self, language: str = "en") -> None:
        super().__init__(language)
        self._entries = {**self._entries, **catalogue(language)}

    def money_full(self, amount: Money) -> str:
        """An amount with all decimals of its currency and without its code: for statements."""
        decimals = decimals_of(amount.currency)
        whole, rest = divmod(abs(amount.amount_minor), 10**decimals)
        cents = f"{self._mark('decimal')}{rest:0{decimals}d}" if decimals else ""
        sign = "\u2212" if amount.amount_minor < 0 else ""
        return f"{sign}{self.number(whole)}{cents}"

    def exact(self, text: str) -> str:
        """An exact number that is kept as text, its thousands grouped; other texts as they are."""
        found = _EXACT.fullmatch(text)
        if found is None:
            return text
        sign, whole, rest = found.groups()
        written = self.number(int(whole))
        if rest:
            written += f"{self._mark('decimal')}{rest}"
        return f"\u2212{written}" if sign else written

    @property
    def colon(self) -> str:
        """The mark between what something is called and what it is: in French after a space."""
        return "\u00a0:" if self.language == "fr" else ":"

    def place(self, text: str) -> tuple[str, str]:
        """What texts are put in order by, as a dictionary of the language does."""
        plain = unicodedata.normalize("NFC", text).casefold()
        for letter, written in _LETTERS.get(self.language, {}).items():
            plain = plain.replace(letter, written)
        parts = unicodedata.normalize("NFD", plain)
        return "".join(part for part in parts if not unicodedata.combining(part)), parts


@cache
def words_in(language: str) -> PageWords:
    """The words of a language, kept once made."""
    return PageWords(language)


def language_for(request: HttpRequest) -> str:
    """The reader's language: as chosen, as the user's own, or as the browser asks."""
    chosen = request.COOKIES.get(COOKIE, "")
    if chosen in LANGUAGES:
        return chosen
    own = getattr(request.user, "language", "")
    if own in LANGUAGES:
        return str(own)
    for part in request.headers.get("Accept-Language", "").split(","):
        short = part.split(";")[0].strip().split("-")[0].casefold()
        if short in LANGUAGES:
            return short
    return "en"
