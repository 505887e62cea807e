"""Days of phrases that name several, and the next end of each quarter, month or year."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from konbit.mandate.dates import MONTHS, day_in, later, month_end_in, number_of

_NAME = "|".join(sorted(MONTHS, key=lambda name: (-len(name), name)))
# "1 March, 1 June and 1 September 2032": the first stands without the year of the last.
_SEVERAL = re.compile(
    rf"\b(?P<day>\d{{1,2}}(?:er|[º°])?\s+(?:de\s+)?)?(?P<month>{_NAME})(?=\s*,|\s+(?:and|et|y)\b)(?P<rest>.*?)\b(?P<year>(?:19|20)\d\d)\b", re.I
)  # fmt: skip
_OF_EACH = re.compile(
    r"\b(?:of\s+(?:each|every)|de\s+(?:chaque|cada))\s+(?:(?:calendar|financial|fiscal|reporting)\s+)?"
    r"(?P<unit>year|month|quarter|week|half-year|ann[ée]e|mois|trimestre|semestre|año|mes)\b", re.I
)  # fmt: skip
_END = re.compile(r"\b(?:end|close|fin|final)\b", re.I)
_AWAY = re.compile(
    r"(?P<n>[\w-]+)\s+(?:days?|jours?|d[íi]as?)\s+(?P<way>before|prior|avant|antes|after|following|of|apr[èe]s|suivant|despu[ée]s)", re.I
)  # fmt: skip
_MONTHS_OF = {
    "month": 1, "mois": 1, "mes": 1, "quarter": 3, "trimestre": 3, "half-year": 6, "semestre": 6,
    "year": 12, "année": 12, "annee": 12, "año": 12,
}  # fmt: skip


def first_of_several(phrase: str) -> date | None:
    """The first of several days or months of which only the last has its year."""
    found = _SEVERAL.search(phrase)
    if found is None:
        return None
    first = f"{found['day'] or ''}{found['month']} {found['year']}"
    return day_in(first) if found["day"] else month_end_in(first)


def rhythm_of_each(phrase: str) -> int:
    """The months of "the end of each quarter"; 0 where a phrase tells no such rhythm."""
    found = _OF_EACH.search(phrase)
    return _MONTHS_OF.get(found["unit"].casefold(), 0) if found is not None else 0


def next_end(phrase: str, adopted: date | None) -> date | None:
    """The first end of a quarter, month or year from a day on, with the days before or after it."""
    months = rhythm_of_each(phrase)
    if adopted is None or not months or not _END.search(phrase):
        return None
    away = _AWAY.search(phrase)
    count = number_of(away["n"]) if away is not None else 0
    if count is None:
        return None
    early = away is not None and re.match(r"before|prior|avant|antes", away["way"], re.I)
    moved = timedelta(days=-count if early else count)
    end = _end(adopted, months)
    while end is not None and end + moved < adopted:
        end = _end(end + timedelta(days=1), months)
    return end + moved if end is not None else None


def _end(day: date, months: int) -> date | None:
    """The last day of the month, quarter, half or year in which a day is."""
    last = -(-day.month // months) * months
    end = date(day.year, last, calendar.monthrange(day.year, last)[1])
    return end if later(end, months=12) is not None else None
