"""Whole sentences by code, and numbers, money, months and days as a language writes them."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from konbit.dossier.registry import BY_NAME
from konbit.terms import Money, Month
from konbit.terms.money import decimals_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from konbit.terms import Finding

LANGUAGES = ("en", "fr", "es", "ht")
CATALOGUES = (
    "findings", "plan", "tables", "brief", "screen", "cli", "figures", "futures", "replay",
    "mandate", "difference",
)  # fmt: skip
FULL = 10_000

# Values by which the form of an entry is chosen, and values of findings that are counts.
_DECIDING = ("count", "units")
_COUNTS = frozenset(
    {"count", "units", "days", "offered_units", "arrived_units", "departed_units", "length",
     "longest", "size_mb", "limit_mb", "limit_rows", "limit_columns"}
)  # fmt: skip
_LINE = re.compile(r"line (\d+)")  # a row that has no key yet; no key has a blank in it
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

# Each entry is a sentence, or its forms by the value `count` or `units`: `one` and `other`.
Entry = str | dict[str, str]


@cache
def catalogue(name: str, language: str) -> Mapping[str, Entry]:
    """One catalogue of a language: code to sentence, or to its forms for one and for others."""
    file = resources.files(__package__).joinpath(f"{name}.{language}.toml")
    entries: Mapping[str, Entry] = tomllib.loads(file.read_text(encoding="utf-8"))
    return entries


@cache
def _all(language: str) -> Mapping[str, Entry]:
    return {code: entry for name in CATALOGUES for code, entry in catalogue(name, language).items()}


class Words:
    """The words of one language.

    Args:
        language: `en`, `fr`, `es` or `ht`.

    Raises:
        ValueError: the language is none of these.
    """

    def __init__(self, language: str = "en") -> None:
        if language not in LANGUAGES:
            raise ValueError(f"{language!r} is not one of {', '.join(LANGUAGES)}")
        self.language = language
        self._entries = _all(language)

    def knows(self, code: str) -> bool:
        """Whether there is a sentence for a code."""
        return code in self._entries

    def say(self, code: str, /, **values: Any) -> str:
        """The sentence of a code with its placeholders filled.

        Whole numbers, money, months and days are written as the language writes them; everything
        else as it is. An entry with forms is chosen by the value `count` (or `units`).

        Raises:
            KeyError: no sentence has this code, or a placeholder is not filled.
        """
        entry = self._entries[code]
        if isinstance(entry, dict):
            count = next(values[name] for name in _DECIDING if name in values)
            entry = entry["one" if self._is_one(int(count)) else "other"]
        return entry.format_map({name: self.text(value) for name, value in values.items()})

    def text(self, value: Any) -> str:
        """A value as the language writes it."""
        if isinstance(value, bool):
            return self.say("yes" if value else "no")
        if isinstance(value, int):
            return self.number(value)
        if isinstance(value, Money):
            return self.money(value)
        if isinstance(value, Month):
            return self.month(value)
        if isinstance(value, date):
            return self.day(value)
        return str(value)

    def number(self, value: int) -> str:
        """A whole number with its thousands grouped."""
        return f"{value:,}".replace(",", self._mark("group")).replace("-", "\u2212")

    def share(self, parts: int) -> str:
        """A share given in parts of ten thousand, as per cent, cut to one decimal.

        It is cut and not rounded, so that 100 % is written only where all is met.
        """
        tenths = abs(parts) * 1_000 // FULL
        whole, tenth = divmod(tenths, 10)
        written = self.number(whole) + (f"{self._mark('decimal')}{tenth}" if tenth else "")
        sign = "\u2212" if parts < 0 and tenths else ""
        return self._plain("percent").format(number=f"{sign}{written}")

    def money(self, amount: Money) -> str:
        """An amount in short: `USD 13.3 M`, three figures at most, rounded half to even."""
        minor = abs(amount.amount_minor)
        unit = 10 ** decimals_of(amount.currency)
        code, size = next(
            ((c, s) for c, s in _SIZES if _round(minor, s * unit // 1_000) >= 1_000), ("", 0)
        )
        if not size:
            return self.money_exact(amount)
        thousandths = _round(minor, size * unit // 1_000)
        written = self._three_figures(thousandths)
        sign = "\u2212" if amount.amount_minor < 0 else ""
        return self._plain(f"money-{code}").format(
            number=f"{sign}{written}", currency=amount.currency
        )

    def money_exact(self, amount: Money) -> str:
        """An amount to the last minor unit; the decimals are left out when they are zero."""
        decimals = decimals_of(amount.currency)
        whole, rest = divmod(abs(amount.amount_minor), 10**decimals)
        written = self.number(whole)
        if rest:
            written += f"{self._mark('decimal')}{rest:0{decimals}d}"
        sign = "\u2212" if amount.amount_minor < 0 else ""
        return self._plain("money-exact").format(
            number=f"{sign}{written}", currency=amount.currency
        )

    def listed(self, parts: Iterable[str]) -> str:
        """Parts one after the other, as the language sets them apart."""
        return self._plain("list-separator").join(parts)

    def month(self, month: Month | str) -> str:
        """A month in full: `April 2026`."""
        return self._month(month, "month-long", "month-named")

    def month_short(self, month: Month | str) -> str:
        """A month in short: `Apr 2026`."""
        return self._month(month, "month-short", "month-named")

    def day(self, day: date) -> str:
        """A day: `15 March 2026`."""
        name = self._plain(f"month-long-{day.month}")
        code = "day-first" if day.day == 1 else "day-named"
        return self._plain(code).format(day=day.day, month=name, year=day.year)

    def of_finding(self, finding: Finding) -> str:
        """A finding in words: where it is, then what it is."""
        what = self._sentence_of(finding)
        line = _LINE.fullmatch(finding.row)
        row = self.say("at-line", number=line[1]) if line else finding.row
        where = [part for part in (finding.table, row, finding.column) if part]
        if not where:
            return what
        return self.say("at-place", place=" \u203a ".join(where), what=what)

    def _sentence_of(self, finding: Finding) -> str:
        if finding.code not in self._entries:
            details = ", ".join(f"{name} = {value}" for name, value in finding.values)
            code = "finding-other" if details else "finding-other-bare"
            return self.say(code, code=finding.code, details=details)
        told = {name: self._told(name, value) for name, value in finding.values}
        code = finding.code
        if told.get("suggestion") and f"{code}-suggesting" in self._entries:
            code = f"{code}-suggesting"
        return self.say(code, **told)

    def _told(self, name: str, value: str) -> Any:
        """A value of a finding: counts and days as the language writes them, the rest as it is."""
        if name in _COUNTS or name.endswith("_persons"):
            return int(value) if value.isdigit() else value
        if name == "on" or name.endswith("_on"):
            return date.fromisoformat(value) if _DAY.fullmatch(value) else value
        return value

    def table_title(self, table: str) -> str:
        """What a table of a dossier or plan is called."""
        code = f"table-{table}"
        if code in self._entries:
            return self._plain(code)
        return BY_NAME[table].TITLE if table in BY_NAME else table

    def _month(self, month: Month | str, names: str, pattern: str) -> str:
        month = Month.parse(month) if isinstance(month, str) else month
        name = self._plain(f"{names}-{month.number}")
        return self._plain(pattern).format(month=name, year=month.year)

    def _three_figures(self, thousandths: int) -> str:
        places = max(0, 4 - len(str(thousandths // 1_000)) - 1)
        rounded = _round(thousandths, 10 ** (3 - places)) * 10 ** (3 - places)
        whole, rest = divmod(rounded, 1_000)
        decimals = f"{rest:03d}"[:places].rstrip("0")
        return self.number(whole) + (f"{self._mark('decimal')}{decimals}" if decimals else "")

    def _is_one(self, count: int) -> bool:
        return count == 1 or (count == 0 and self.language == "fr")

    def _plain(self, code: str) -> str:
        entry = self._entries[code]
        if isinstance(entry, dict):
            raise TypeError(f"{code} has forms; say it with a count")
        return entry

    def _mark(self, name: str) -> str:
        return self._plain(f"mark-{name}")


_SIZES = (("billion", 10**9), ("million", 10**6), ("thousand", 10**3))


def _round(value: int, step: int) -> int:
    """How many steps, rounded half to even."""
    whole, rest = divmod(value, step)
    up = rest * 2 > step or (rest * 2 == step and whole % 2 == 1)
    return whole + up
