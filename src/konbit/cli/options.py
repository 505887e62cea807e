"""Arguments and options that several commands share, each said once."""

from __future__ import annotations

import os
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from konbit.terms import Month


class Language(StrEnum):
    """Languages of what a command prints."""

    EN = "en"
    FR = "fr"
    ES = "es"
    HT = "ht"


class BadValue(typer.BadParameter):
    """The value of an option is not what the option takes; a sentence of ours says so.

    Attributes:
        sentence: name of the sentence in `briefing/words`.
        values: what fills the sentence.
    """

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.values = values


def parse_day(text: str) -> date:
    """Read a day such as 2024-11-13.

    Raises:
        BadValue: the text is no day.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadValue("cli-usage-not-day", text=text) from None


def parse_month(text: str) -> Month:
    """Read a month such as 2025-04.

    Raises:
        BadValue: the text is no month.
    """
    try:
        return Month.parse(text)
    except ValueError:
        raise BadValue("cli-usage-not-month", text=text) from None


def parse_delays(text: str) -> tuple[int, ...]:
    """Read months of delay such as 0,3,6.

    Raises:
        BadValue: a part is not a whole number from 0 to 60.
    """
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not all(part.isdecimal() and int(part) <= 60 for part in parts):
        raise BadValue("cli-usage-not-delays", text=text)
    return tuple(sorted({int(part) for part in parts}))


def language_of_the_system() -> Language:
    """The language that the system's settings ask for, English when it is not one of ours."""
    for name in ("KONBIT_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        setting = os.environ.get(name, "")
        if setting:
            short = setting.split(".")[0].split("_")[0].casefold()
            return Language(short) if short in set(Language) else Language.EN
    return Language.EN


DossierPath = Annotated[
    Path,
    typer.Argument(
        metavar="DOSSIER", help="A folder of tables or an Excel workbook.", show_default=False
    ),
]
AsOf = Annotated[
    date | None,
    typer.Option(
        "--as-of",
        metavar="DAY",
        parser=parse_day,
        help="Read only what was known on this day (2024-11-13). "
        "Without it: the newest day of the dossier.",
        show_default=False,
    ),
]
ScenarioName = Annotated[
    str,
    typer.Option(
        "--scenario",
        metavar="CODE",
        help="Plan under this scenario. Without it: the one that the mission's row names.",
        show_default=False,
    ),
]
Lang = Annotated[
    Language | None,
    typer.Option(
        "--lang",
        help="Language of what is printed. Without it: KONBIT_LANG, then LANG.",
        show_default=False,
    ),
]
Minutes = Annotated[
    float | None,
    typer.Option(
        "--minutes",
        metavar="NUMBER",
        min=0.1,
        help="Search no longer than this by the clock, and take the best plan so far. What holds "
        "back and whom to ask is tried after it, for as long again at the most. "
        "Without it: until nothing better is looked for, which takes long for large missions.",
        show_default=False,
    ),
]
MinutesEach = Annotated[
    float | None,
    typer.Option(
        "--minutes",
        metavar="NUMBER",
        min=0.1,
        help="Search for each plan no longer than this by the clock, and take the best so far.",
        show_default=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of words.")]
NoPdf = Annotated[bool, typer.Option("--no-pdf", help="Leave the PDF out.")]
