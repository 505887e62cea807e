"""What day a phrase that tells a time limit comes to, and how long a period is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from konbit.mandate.dates import (
    NUMBER,
    day_in,
    days_in,
    has_year,
    later,
    month_end_in,
    months_in,
    number_of,
)
from konbit.mandate.several_days import first_of_several, next_end, rhythm_of_each
from konbit.mandate.values import DeadlineKind

_UNIT = (
    r"(?:working\s+|calendar\s+|business\s+)?(?:days?|weeks?|months?|years?|hours?|fortnights?|quarters?|"
    r"jours?|semaines?|mois|ann[ée]es?|ans?|heures?|trimestres?|semestres?|d[íi]as?|semanas?|mes(?:es)?|años?|horas?)"
)
_UNITS = (
    (re.compile(r"fortnight"), 14, 0), (re.compile(r"day|jour|d[íi]a"), 1, 0),
    (re.compile(r"week|semaine|semana"), 7, 0), (re.compile(r"quarter|trimestre"), 0, 3),
    (re.compile(r"semestre"), 0, 6), (re.compile(r"month|mois|mes"), 0, 1),
    (re.compile(r"year|ann[ée]e|ans?\b|año"), 0, 12),
)  # fmt: skip
# Months and days of rhythms that are one word. Longer words first: "biannual" holds "annual".
_RHYTHMS = {
    "semi-annual": (6, 0), "half-yearly": (6, 0), "biannual": (6, 0), "bi-annual": (6, 0), "biennial": (24, 0),
    "bi-weekly": (0, 0), "biweekly": (0, 0),
    "triennial": (36, 0), "twice": (6, 0), "six-month": (6, 0), "four-month": (4, 0),
    "three-month": (3, 0), "bimonthly": (2, 0), "monthly": (1, 0), "quarterly": (3, 0),
    "annual": (12, 0), "yearly": (12, 0), "year": (12, 0), "month": (1, 0), "quarter": (3, 0),
    "fortnightly": (0, 14), "weekly": (0, 7), "week": (0, 7), "daily": (0, 1),
    "deux fois par an": (6, 0), "fois par an": (12, 0), "trimestriel": (3, 0),
    "semestriel": (6, 0), "bimensuel": (0, 0), "mensuel": (1, 0), "annuel": (12, 0),
    "hebdomadaire": (0, 7), "dos veces al año": (6, 0), "vez al año": (12, 0),
    "trimestral": (3, 0), "semestral": (6, 0), "bimensual": (0, 0), "mensual": (1, 0),
    "anual": (12, 0), "semanal": (0, 7),
}  # fmt: skip
_SEVERAL_A = re.compile(
    r"(?:twice|times|deux fois|trois fois|veces)\s+(?:an?|per|each|every|par|al|por|cada)\s+(?!year|an\b|ann|año|calendar)"
)
_EVERY = re.compile(
    rf"\b(?:every|chaque|cada|an?|another|one|tous\s+les|toutes\s+les|todos\s+los|todas\s+las)\s+"
    rf"(?P<second>other\s+|second\s+)?(?:further\s+|additional\s+|final\s+|calendar\s+)?(?P<unit>{_UNIT})"
)
_COUNTED = re.compile(rf"({NUMBER})(?:\s+\([\w -]{{1,20}}\))?[\s-]+({_UNIT})")
_FROM_ADOPTION = re.compile(
    r"(?:adoption|passage|aprobaci[óo]n|adopci[óo]n)\b(?!\s+(?:of|by|de|del|du|des|d'|por|par)\s+(?!(?:the|this|la|el|esta|este|cette|ce)?\s*(?:present|présente|presente)?\s*(?:r[ée]sol|d[ée]ci|d[ée]cl|communi|comuni|statement)))|"
    r"this\s+date|date\s+hereof|date\s+of\s+(?:the|this)(?:\s+present)?\s+(?:resolution|decision|declaration|communiqu|statement)|date\s+de\s+la\s+pr[ée]sente\s+(?:r[ée]solution|d[ée]cision|d[ée]claration)",
    re.I,
)
# After a counted period: from what it is counted, which only the adoption of the text itself settles.
_COUNTED_FROM = re.compile(
    r"(?:\s+period)?\s+(?:of|from|after|following|before|prior|ahead|in\s+advance|preceding|suivant|[àa]\s+compter|"
    r"apr[èe]s|qui\s+sui|avant|siguientes|contad|desde|despu[ée]s|a\s+partir)",
    re.I,
)
_FROM_EVENT = re.compile(
    r"before|prior|ahead|advance|expir|receipt|receiving|entry|signature|signing|notif|establishment|publi|"
    r"completion|conclusion|start|beginning|deployment|transfer|submission|issuance|election|appointment|"
    r"after\s+the\s+(?:end|close)|avant|entrée|réception|déploiement|création|achèvement|antes|entrada|recepci|firma|"
    r"despliegue|creaci|terminaci|finalizaci|vencimiento", re.I
)  # fmt: skip
_DIGIT_AND_NAME = re.compile(
    r"\d\S{0,3}\s+(?:of\s+|de\s+|day\s+of\s+)?[A-Za-zé]{3}|[A-Z][a-z]{2,8}\.?\s+\d|primero"
)
# "In March and September of each year", "every January": months of the calendar, not a count of months.
_MONTHS_OF_YEAR = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\s+of\s+(?:each|every)\b"
)
_AND_A_HALF = " and a half"  # a period that no whole number of months or days need be
_YEAR_MONTHS = 12
_ALONE = re.compile(r"(?<![\w/(-])((?:19|20)\d\d)(?![\w/)-])")
_ALL_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_VAGUE = re.compile(
    r"\b(?:early|mid|late|beginning|middle|spring|summer|autumn|fall|winter|début|mi|principios|comienzos|mediados)\b",
    re.I,
)
_LATE = re.compile(
    r"\b(?:end|late|spring|summer|autumn|fall|winter|remainder|rest|fin|fines|finales|mediados|reste|resto)\b",
    re.I,
)
_PART_OF_YEAR = re.compile(
    r"(first|second|third|fourth|last|premier|deuxième|second|troisième|quatrième|primer|segundo|tercer|cuarto)\s+"
    r"(quarter|half|trimestre|semestre)", re.I
)  # fmt: skip
_ORDER = {
    1: {"first", "premier", "primer"},
    2: {"second", "deuxième", "segundo"},
    3: {"third", "troisième", "tercer"},
    4: {"fourth", "last", "quatrième", "cuarto"},
}
_THIS_YEAR = re.compile(
    r"year-end|year's\s+end|end\s+of\s+(?:the|this)\s+(?:current\s+|present\s+)?(?:calendar\s+)?year|fin\s+de\s+l'année|(?:fines|finales)\s+de(?:l|\s+este)\s+año|(?:finalice|termine|concluya)\s+el\s+año\b|año\s+en\s+curso|fin\s+de\s+año", re.I
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clock:
    """What days are counted from: the adoption, if it is known.

    Attributes:
        adopted_on: the day of adoption.
        year: of a draft, the year of its symbol, before which nothing is to come.
        recalled: where neither is known, the latest year of which a recital tells.
    """

    adopted_on: date | None
    year: int | None = None
    recalled: int | None = None


def last_day(printed: str) -> date | None:
    """The last day that a phrase prints: a period is to come while its end is."""
    years = [date(int(year), 12, 31) for year in _ALL_YEARS.findall(printed)]
    ends = days_in(printed) or months_in(printed) or years
    return max(ends, default=None)


def printed_day(printed: str) -> date | None:
    """The day that a phrase prints with its year; a month's or a year's last day."""
    if "19" not in printed and "20" not in printed:
        return None
    several = first_of_several(printed)
    return several or day_in(printed) or month_end_in(printed) or _year_end(printed)


def counted_in(phrase: str) -> tuple[int, int]:
    """Months and days of a counted period: "six months" is (6, 0)."""
    small = phrase.casefold()
    if _AND_A_HALF in small or _MONTHS_OF_YEAR.search(small):
        return 0, 0
    found = _COUNTED.search(small)
    if found is not None:
        count, unit = number_of(found[1]) or 0, found[2]
    else:
        alone = _EVERY.search(small)
        if (
            alone is None
            or _SEVERAL_A.search(small)
            or re.search(r"twice|deux fois|veces|times", small)
        ):
            if _SEVERAL_A.search(small) or re.search(
                r"(?:three|four|trois|quatre|tres|cuatro)\s+(?:times|fois|veces)", small
            ):
                return 0, 0
            return next((every for word, every in _RHYTHMS.items() if word in small), (0, 0))
        count, unit = 2 if alone["second"] else 1, alone["unit"]
    for pattern, days, months in _UNITS:
        if pattern.search(unit):
            return months * count, days * count
    return 0, 0


# "Within 120 days of 16 October 2031", "twelve months following the end of the mandate on 2 October".
_LASTING = frozenset({DeadlineKind.WITHIN, DeadlineKind.DURATION})
_FROM_DAY = re.compile(
    r"\b(?:of|from|after|following)\s+(?:[^,;:.\d]{3,80}\s+on\s+)?\d{1,2}\s+[A-Z]"
)


def day_of(
    phrase: str, kind: DeadlineKind, period: tuple[int, int], clock: Clock
) -> tuple[date | None, str]:
    """The day that a phrase comes to, and what it is counted from.

    Args:
        phrase: the words of the limit.
        kind: what they tell.
        period: months and days of the period counted in them.
        clock: what days are counted from.

    Returns:
        The day, if any; `printed`, `adoption`, `event` (of which the text gives no day) or empty.
    """
    months, days = period
    adopted = clock.adopted_on
    day = printed_day(phrase)
    if day is not None and kind is not DeadlineKind.MEETING:
        counted_on = kind in _LASTING and _FROM_DAY.search(phrase) is not None
        return (later(day, days=days, months=months) if counted_on else day), "printed"
    if adopted is not None and not has_year(phrase) and _DIGIT_AND_NAME.search(phrase):
        bare = day_in(phrase, adopted.year)
        if bare is not None:
            return (bare if bare >= adopted else day_in(phrase, adopted.year + 1)), "printed"
    if kind is DeadlineKind.MEETING:
        return None, ""
    if rhythm_of_each(phrase) and (on := next_end(phrase, adopted)) is not None:
        return on, "adoption"
    if _THIS_YEAR.search(phrase):
        return (date(adopted.year, 12, 31), "adoption") if adopted is not None else (None, "")
    counted = _COUNTED.search(phrase.casefold())
    told = counted is not None and _COUNTED_FROM.match(phrase, counted.end()) is not None
    if (told or _FROM_EVENT.search(phrase)) and not _FROM_ADOPTION.search(phrase):
        return None, "event"
    if (
        adopted is not None
        and kind is DeadlineKind.FROM
        and not (months or days)
        and _FROM_ADOPTION.search(phrase)
    ):
        return adopted, "adoption"
    if adopted is not None and (months or days):
        return later(adopted, days=days, months=months), "adoption"
    return None, ""


def _year_end(phrase: str) -> date | None:
    """The last day of a year, quarter or half that is printed: "by the end of 2032", "en 2032"."""
    found = _ALONE.search(phrase)
    if found is None or _VAGUE.search(phrase):
        return None
    year, part = int(found[1]), _PART_OF_YEAR.search(phrase)
    if part is None:
        return date(year, 12, 31)
    order = next(place for place, words in _ORDER.items() if part[1].casefold() in words)
    month = order * (3 if part[2].casefold() in {"quarter", "trimestre"} else 6)
    return later(date(year, 1, 1), months=month, days=-1) if month <= _YEAR_MONTHS else None


def tells_its_end(phrase: str) -> bool:
    """Whether a year is named by a part of it that is to come: "late 2031", "second half of 2031"."""
    return (_PART_OF_YEAR.search(phrase) or _LATE.search(phrase)) is not None
