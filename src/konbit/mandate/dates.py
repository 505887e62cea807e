"""Days as resolutions print them, in English, French and Spanish."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

MONTHS = {
    name: number
    for names in (
        "january february march april may june july august september october november december",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
        "enero febrero marzo abril mayo junio julio agosto setiembre octubre noviembre diciembre",
        "jan feb mar apr may jun jul aug sept oct nov dec",
        "janv févr mars avr mai juin juil août sep oct nov déc",
        "ene feb mar abr may jun jul ago set oct nov dic",
        # As scanners misread them.
        "januaiy februaiy march apri1 may june ju1y auqust septernber 0ctober novernber decernber",
    )
    for number, name in enumerate(names.split(), 1)
}
_HEADS = sorted({name[:3] for name in MONTHS})
_LONG = 5  # a shorter name may stand for a month's whole name, and then has a full stop
_NAMES = "|".join(
    name if len(name) >= _LONG else rf"{name}\b\.?"
    for name in sorted(MONTHS, key=lambda name: (-len(name), name))
)
_YEAR = r"(?:19|20)\d\d"
_OF = r"(?:de\s+l'année\s+|del?\s+año\s+|del?\s+)?"
_TH = r"(?:\s?(?:st|nd|rd|th|er|o|º|°)\b\.?|[º°]\.?)?"
_WEEKDAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"lunes|martes|miércoles|jueves|viernes|sábado|domingo)"
)
# A day of the month in words, as old texts and solemn ones have it: "the thirty-first of December".
_DAY_WORDS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty-first",
    "twenty-second",
    "twenty-third",
    "twenty-fourth",
    "twenty-fifth",
    "twenty-sixth",
    "twenty-seventh",
    "twenty-eighth",
    "twenty-ninth",
    "thirtieth",
    "thirty-first",
]
_IN_WORDS = {word: number for number, word in enumerate(_DAY_WORDS, 1)} | {
    "primero": 1,
    "premier": 1,
}
_WORDED = "|".join(sorted(_IN_WORDS, key=lambda word: (-len(word), word)))
_ISO = rf"\b{_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b"
# A day: "Friday, 16 July 1993", "July 16, 1993", "1er octobre 2023", "2 de octubre de 2023", "6 May",
# "the 15th day of June 2031", "primero de enero de 2031", "2031-06-15".
DAY = (
    rf"(?:(?:{_WEEKDAY},?\s+)?(?:(?:the\s+)?(?:\d{{1,2}}{_TH}(?:\s+day)?|(?:{_WORDED})(?:\s+day)?)\s+(?:of\s+|de\s+)?(?:{_NAMES})(?![^\W\d_])"
    rf"(?:,?\s+{_OF}{_YEAR}\b)?"
    rf"|(?:{_NAMES})\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!/)(?:,?\s+{_YEAR}\b)?)|{_ISO})"
)
MONTH_YEAR = rf"(?:(?:{_NAMES})(?![^\W\d_])\s+{_OF}{_YEAR}\b)"
_PARTS = re.compile(
    rf"(?:(?P<day>\d{{1,2}}|{_WORDED}){_TH}(?:\s+day)?\s+(?:of\s+|de\s+)?(?P<month>{_NAMES})(?![^\W\d_])"
    rf"|(?P<month2>{_NAMES})\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b)"
    rf"(?:,?\s+{_OF}(?P<year>{_YEAR}))?",
    re.IGNORECASE,
)
_PRINTED_ISO = re.compile(_ISO)
_MONTH = re.compile(rf"(?P<month>{_NAMES})(?![^\W\d_])\s+{_OF}(?P<year>{_YEAR})", re.IGNORECASE)

_NUMBERS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
}
_TENS = {
    word: 10 * number
    for number, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2
    )
}
_OTHERS = {
    "un": 1, "une": 1, "onze": 11, "quatorze": 14, "seize": 16, "dix-huit": 18, "vingt": 20,
    "vingt-quatre": 24, "quarante": 40, "quarante-cinq": 45, "quarante-huit": 48, "soixante-douze": 72,
    "once": 11, "catorce": 14, "dieciocho": 18, "veinte": 20, "veinticuatro": 24, "cuarenta": 40,
    "cuarenta y cinco": 45, "cuarenta y ocho": 48, "setenta y dos": 72, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8,
    "neuf": 9, "dix": 10, "douze": 12, "quinze": 15, "trente": 30, "soixante": 60,
    "quatre-vingt-dix": 90, "cent vingt": 120, "uno": 1, "una": 1, "dos": 2, "tres": 3,
    "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "doce": 12,
    "quince": 15, "treinta": 30, "sesenta": 60, "noventa": 90, "ciento veinte": 120, "a": 1, "an": 1,
    "a dozen": 12, "two dozen": 24, "three dozen": 36,
}  # fmt: skip
NUMBER = (
    r"(?:\d{1,3}|(?:one|two|three|four|five|six|seven|eight|nine|a)\s+hundred(?:(?:\s+and)?\s+(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-[a-z]{3,5})?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)\b)?|"
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-[a-z]{3,5})?|"
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"sixteen|seventeen|eighteen|nineteen|"
    r"quatre-vingt-dix|cent\s+vingt|ciento\s+veinte|soixante-douze|vingt-quatre|quarante-cinq|"
    r"quarante-huit|dix-huit|une?|deux|trois|quatre|cinq|sept|huit|neuf|dix|onze|douze|quatorze|"
    r"quinze|seize|vingt|trente|quarante|soixante|cuarenta\s+y\s+(?:cinco|ocho)|setenta\s+y\s+dos|"
    r"un[oa]?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|catorce|quince|dieciocho|"
    r"veinte|veinticuatro|treinta|cuarenta|sesenta|noventa)"
)


def number_of(words: str) -> int | None:
    """A number in figures or words: "one hundred and twenty" is 120."""
    small = " ".join(words.casefold().split())
    if small.isdigit():
        return int(small)
    if small in _OTHERS:
        return _OTHERS[small]
    total = 0
    for word in re.split(r"[\s-]+", small):
        if word == "hundred":
            total = max(total, 1) * 100
        elif word in _NUMBERS:
            total += _NUMBERS[word]
        elif word in _TENS:
            total += _TENS[word]
        elif word != "and":
            return None
    return total or None


def day_in(text: str, year: int | None = None) -> date | None:
    """The first day printed in a text; `year` is taken where none is printed.

    A day that no calendar has is none.
    """
    whole = _PRINTED_ISO.search(text)
    if whole is not None:
        years, months, days = (int(part) for part in whole[0].split("-"))
        return _day(years, months, days)
    found = _PARTS.search(text)
    if found is None:
        return None
    printed = int(found["year"]) if found["year"] else year
    day = (found["day"] or found["day2"]).casefold()
    return _day(printed, _month(found["month"] or found["month2"]), _IN_WORDS.get(day) or int(day))


def days_in(text: str) -> list[date]:
    """All days that a text prints with their year."""
    small = text.casefold()
    if not any(head in small for head in _HEADS):
        return []  # most texts name no month, and the long pattern need not be tried on them
    parts = (day_in(found[0]) for found in _PARTS.finditer(text) if found["year"])
    return [day for day in parts if day is not None]


def _month(name: str) -> int:
    return MONTHS[name.casefold().rstrip(".")]


def has_year(text: str) -> bool:
    """Whether a printed day says its year."""
    return re.search(r"(?:19|20)\d\d", text) is not None


def month_end_in(text: str) -> date | None:
    """The last day of the first month printed with its year."""
    found = _MONTH.search(text)
    if found is None:
        return None
    year, month = int(found["year"]), _month(found["month"])
    return date(year, month, calendar.monthrange(year, month)[1])


def months_in(text: str) -> list[date]:
    """The last days of all months printed with their year."""
    ends = (month_end_in(found[0]) for found in _MONTH.finditer(text))
    return [end for end in ends if end is not None]


def later(day: date, *, days: int = 0, months: int = 0) -> date | None:
    """A day so many months and days after another; 31 January and a month is the last of February."""
    ordinal = day.year * 12 + day.month - 1 + months
    year, month = divmod(ordinal, 12)
    if not 1 <= year <= 9_998:
        return None
    last = calendar.monthrange(year, month + 1)[1]
    moved = date(year, month + 1, min(day.day, last))
    try:
        return moved + timedelta(days=days)
    except OverflowError:
        return None


def _day(year: int | None, month: int, day: int) -> date | None:
    if year is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
