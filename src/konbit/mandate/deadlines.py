"""Time limits, effective days, durations and rhythms, and the days they come to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from konbit.mandate import limits_en, limits_es, limits_fr
from konbit.mandate.dates import NUMBER, day_in, days_in, has_year, later, month_end_in, number_of
from konbit.mandate.limit_signs import TELLS
from konbit.mandate.values import Deadline, DeadlineKind

if TYPE_CHECKING:
    from konbit.mandate.flow import Flow

_FORMS = {"en": limits_en.FORMS, "fr": limits_fr.FORMS, "es": limits_es.FORMS}
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
    "semi-annual": (6, 0), "half-yearly": (6, 0), "biannual": (6, 0), "biennial": (24, 0),
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
_DATED = frozenset(
    ["by", "on-day", "from-day", "from-to", "until", "not-later-than", "at-clock", "in-year", "to-day"]
)
_BASE = re.compile(r"(?:fr|es)-")
_FROM_ADOPTION = re.compile(
    r"adoption|passage|this\s+date|date\s+hereof|date\s+of\s+(?:the|this)|aprobaci|adopci|date\s+de\s+la\s+pr",
    re.I,
)
_FROM_EVENT = re.compile(
    r"before|prior|ahead|advance|expir|receipt|receiving|entry|signature|signing|notif|establishment|publi|"
    r"completion|conclusion|start|beginning|deployment|transfer|submission|issuance|election|appointment|"
    r"after\s+the\s+(?:end|close)|avant|entrée|réception|déploiement|création|achèvement|antes|entrada|recepci|firma|"
    r"despliegue|creaci|terminaci|finalizaci|vencimiento", re.I
)  # fmt: skip
# Words before a day that make it a day of the past or of something else.
_PAST = re.compile(
    r"(?<!\bto\s)(?:dated|signed|adopted|held|issued|made|resolution|resolutions|report|reports|letter|letters|"
    r"statement|of|between|since|occurred|convened|established|submitted|contained|concluded|"
    r"launched|announced|taken|place|elections|expiration|expiry|initialled|agreed|ended)\s*(?:in\s+[A-Z]\w+\s*,?\s*)?$"
)
_DUE = re.compile(
    r"\b(?:(?<!\breport\s)(?<!\breports\s)(?<!\bbriefing\s)(?<!\bupdate\s)due|requested|(?<!\bbe\s)(?:submitted|presented|issued)|"
    r"granted|entered\s+into|existing|held|scheduled|concluded|executed)\s+(?:to\s+be\s+)?$"
    r"|\b(?:received|submitted|filed|lodged|registered|issued)\s+(?:by|with|from)\s+(?:the\s+)?[A-Z][\w -]{2,30}$"
)
# "Such amendments as may be made from time to time" tells nobody to do something.
_MADE_SO = re.compile(r"\b(?:may|might|shall|will)\s+be\s+[a-z]+\s+$")
# What may be moved or bounded by a period or up to a day: "extends the mandate by six months".
_MOVED = re.compile(
    r"\b(?:extend|prolong|renew|postpon|defer|delay|shorten|limit|restrict|confin|phas|carr|implement|spread|complet|continu|reschedul)[a-z]*\b[^;]{0,220}$",
    re.I,
)
# "Ten years after the adoption of its resolution 1325 (2000)" is an anniversary.
_OF_A_TEXT = re.compile(r"\s+\d+(?:/\d+)?\b")
# "The conflict that has lasted for thirteen years" tells of the past.
_LASTED = re.compile(r"\b(?:has|have|had)\s+(?:been\s+)?(?:[a-z]+\s+){1,3}$", re.I)
_RECOUNTED = re.compile(r"\bsince\b|\bfor\s+(?:the\s+)?(?:last|past|previous)\b", re.I)


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


def deadlines_in(
    flow: Flow, text: str, place: tuple[int, int], language: str, clock: Clock
) -> tuple[Deadline, ...]:
    """The time limits printed in a stretch of running text, in order, none inside another.

    Args:
        flow: the running text.
        text: the same characters with straight apostrophes.
        place: where the stretch begins and ends.
        language: `en`, `fr` or `es`.
        clock: what days are counted from.
    """
    start, end = place
    small = text[start:end].casefold()
    taken = bytearray(end - start)
    found: list[tuple[int, int, str, DeadlineKind]] = []
    for sign in TELLS[language]:
        if sign in small:
            break
    else:
        return ()
    for form in _FORMS[language]:
        for sign in form.signs:
            if sign in small:
                break
        else:
            continue
        for match in form.pattern.finditer(text, start, end):
            first, last = match.start() - start, match.end() - start
            if taken.find(1, first, last) >= 0:
                continue
            if _counts(form.rule, text, match, clock):
                taken[first:last] = b"\x01" * (last - first)
                found.append((match.start(), match.end(), form.rule, form.kind))
    return tuple(
        _deadline(flow, text, place, clock) for place in sorted(found, key=lambda item: item[0])
    )


def _counts(rule: str, text: str, match: re.Match[str], clock: Clock) -> bool:
    """Whether the words tell a limit of the act, not a day that is past or of something else."""
    name = _BASE.sub("", rule)
    before = text[max(0, match.start() - 40) : match.start()]
    if _RECOUNTED.search(match[0]) or (name != "session" and _DUE.search(before)):
        return False
    if name == "rhythm" and _MADE_SO.search(before):
        return False
    if name in _DATED and not _is_to_come(rule, before, match[0], clock):
        return False
    if name in {"by-period", "to-day"}:
        return _MOVED.search(text[max(0, match.start() - 260) : match.start()]) is not None
    if name == "after-event" and _OF_A_TEXT.match(text, match.end()):
        return False
    if name == "duration" and _LASTED.search(before):
        return False
    return name not in {"duration", "in-months"} or not re.search(
        r"\b(?:last|past|previous)\b", match[0]
    )


def _is_to_come(rule: str, before: str, printed: str, clock: Clock) -> bool:
    """Whether a printed day is not past; one that any day may be needs to be known as future."""
    name = _BASE.sub("", rule)
    day = _last_day(printed) if name == "from-to" else _printed_day(printed)
    if day is not None and clock.adopted_on is not None and day < clock.adopted_on:
        return False
    if name == "by" and re.match(r"(?:prior|before)", printed, re.I):
        told = day is not None or _IS_AHEAD.search(printed) is not None
        return told and _DUE.search(before) is None and "granted" not in before
    if name == "on-day":
        return _PAST.search(before) is None and _future(day, clock)
    if name == "in-year":
        return (
            _PAST.search(before) is None
            and _future(day, clock)
            and _is_later_year(day, printed, clock)
        )
    if name == "from-to" or (name == "from-day" and printed.casefold().startswith("from")):
        return _future(day, clock)
    return rule != "by" or day is not None or _tells_time(printed)


_IS_AHEAD = re.compile(r"end\s+of|\bnext\b|\beach\b|\bevery\b|\bfollowing\b", re.I)


def _tells_time(printed: str) -> bool:
    """Whether words hold a month and a day, the end of something, or a year."""
    return re.search(r"[A-Za-z]{3,}\.?\s+\d|\d\s+[A-Za-z]{3,}|end|\d{4}", printed) is not None


def _is_later_year(day: date | None, printed: str, clock: Clock) -> bool:
    """Whether a year printed alone is after the text's own, which may mean what has been."""
    if day is None or month_end_in(printed) or _PART_OF_YEAR.search(printed):
        return True
    own = clock.adopted_on.year if clock.adopted_on else clock.year
    return own is None or day.year > own


def _last_day(printed: str) -> date | None:
    """The last day that a phrase prints: a period is to come while its end is."""
    years = [date(int(year), 12, 31) for year in _ALL_YEARS.findall(printed)]
    return max(days_in(printed), default=None) or month_end_in(printed) or max(years, default=None)


def _printed_day(printed: str) -> date | None:
    """The day that a phrase prints with its year; a month's or a year's last day."""
    if "19" not in printed and "20" not in printed:
        return None
    return day_in(printed) or month_end_in(printed) or _year_end(printed)


def _future(day: date | None, clock: Clock) -> bool:
    if day is None:
        return False
    if clock.adopted_on is None and clock.year is None:
        return clock.recalled is not None and day.year > clock.recalled
    if clock.adopted_on is None:
        return clock.year is not None and day.year >= clock.year
    return day >= clock.adopted_on


def _deadline(
    flow: Flow, text: str, place: tuple[int, int, str, DeadlineKind], clock: Clock
) -> Deadline:
    start, end, name, kind = place
    phrase = " ".join(flow.text[start:end].split()).rstrip(" ,")
    months, days = _counted(text[start:end])
    on, base = _resolved(text[start:end], kind, (months, days), clock)
    recurring = kind is DeadlineKind.RECURRING
    return Deadline(
        phrase, kind, name, 85 if kind is DeadlineKind.RECURRING else 92, flow.at(start, end), on,
        months or None if recurring else None, days or None if recurring else None, base,
    )  # fmt: skip


def _counted(phrase: str) -> tuple[int, int]:
    """Months and days of a counted period: "six months" is (6, 0)."""
    small = phrase.casefold()
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


def _resolved(
    phrase: str, kind: DeadlineKind, counted: tuple[int, int], clock: Clock
) -> tuple[date | None, str]:
    months, days = counted
    adopted = clock.adopted_on
    day = _printed_day(phrase)
    if day is not None and kind is not DeadlineKind.MEETING:
        return day, "printed"
    if adopted is not None and not has_year(phrase) and _DIGIT_AND_NAME.search(phrase):
        bare = day_in(phrase, adopted.year)
        if bare is not None:
            return (bare if bare >= adopted else day_in(phrase, adopted.year + 1)), "printed"
    if kind is DeadlineKind.MEETING:
        return None, ""
    if _THIS_YEAR.search(phrase):
        return (date(adopted.year, 12, 31), "adoption") if adopted is not None else (None, "")
    if _FROM_EVENT.search(phrase) and not _FROM_ADOPTION.search(phrase):
        return None, "event"
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


_DIGIT_AND_NAME = re.compile(
    r"\d\S{0,3}\s+(?:of\s+|de\s+|day\s+of\s+)?[A-Za-zé]{3}|[A-Z][a-z]{2,8}\.?\s+\d|primero"
)
_YEAR_MONTHS = 12
_ALONE = re.compile(r"(?<![\w/(-])((?:19|20)\d\d)(?![\w/)-])")
_ALL_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_VAGUE = re.compile(
    r"\b(?:early|mid|late|beginning|middle|début|mi|principios|comienzos|mediados)\b", re.I
)
_PART_OF_YEAR = re.compile(
    r"(first|second|third|fourth|last|premier|deuxième|troisième|quatrième|primer|segundo|tercer|cuarto)\s+"
    r"(quarter|half|trimestre|semestre)", re.I
)  # fmt: skip
_ORDER = {
    1: {"first", "premier", "primer"},
    2: {"second", "deuxième", "segundo"},
    3: {"third", "troisième", "tercer"},
    4: {"fourth", "last", "quatrième", "cuarto"},
}
_THIS_YEAR = re.compile(
    r"end\s+of\s+(?:the|this)\s+(?:current\s+|present\s+)?(?:calendar\s+)?year|fin\s+de\s+l'année|(?:fines|finales)\s+de(?:l|\s+este)\s+año", re.I
)  # fmt: skip
