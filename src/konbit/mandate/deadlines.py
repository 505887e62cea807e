"""Time limits, effective days, durations and rhythms, and the days they come to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from konbit.mandate.dates import (
    DAY,
    MONTH_YEAR,
    NUMBER,
    day_in,
    has_year,
    later,
    month_end_in,
    number_of,
)
from konbit.mandate.values import Deadline, DeadlineKind

if TYPE_CHECKING:
    from konbit.mandate.flow import Flow

_UNIT = r"(?:working\s+|calendar\s+)?(?:days?|weeks?|months?|years?|hours?|jours?|semaines?|mois|ans?|d[íi]as?|semanas?|mes(?:es)?|años?)"
_PERIOD = rf"{NUMBER}(?:\s+\(\d{{1,3}}\))?(?:\s+|-){_UNIT}\b"
_CLOCK = r"(?:\d{1,2}[.:]\d{2}|\d{4}\s+hours|midnight|noon)(?:\s+(?:hours|[A-Za-z]+\s+(?:standard|daylight|summer)\s+time|EST|GMT|UTC|[ap]\.?m\.?|local\s+time)[^,;]{0,24}?)?,?\s+"
_WHEN = rf"(?:(?:the\s+end\s+of\s+)?(?:{DAY}|{MONTH_YEAR})|the\s+end\s+of\s+(?:the\s+year\s+)?(?:(?:19|20)\d\d|(?:January|February|March|April|May|June|July|August|September|October|November|December|the\s+year)\b)|(?:19|20)\d\d\b)"
_FROM_WHAT = (
    r"(?:\s+(?:of|from|after|following)\s+(?:the\s+)?(?:date\s+of\s+)?(?:the\s+)?(?:adoption\b(?:\s+of\s+(?:the|this)"
    r"(?:\s+present)?\s+resolution)?|its\s+adoption\b|this\s+date|date\s+of\s+adoption\b|date\s+hereof))?"
)
_ORDINAL = r"(?:[a-z]+(?:-[a-z]+)?(?:st|nd|rd|th)|(?:[a-z]+-)?(?:first|second|third|next)|\d{1,3}(?:st|nd|rd|th))"

_FAMILIES: tuple[tuple[str, DeadlineKind, str], ...] = (
    ("not-later-than", DeadlineKind.BY,
     rf"(?:(?:and\s+)?(?:no|not)\s+later\s+than|at\s+the\s+latest\s+(?:by|on)|on\s+or\s+before|at\s+the\s+latest)\s+"
     rf"(?:{_WHEN}|(?:{NUMBER})\s+{_UNIT}\s+(?:from|after|before|prior\s+to|of|following)\s+[^,;.:]{{3,60}}?(?=[,;.:]|\s+(?:on|and|to|a|an|with)\b|$)|{_PERIOD})"),
    ("until", DeadlineKind.UNTIL, rf"(?:up\s+)?(?:until|till|through|to\s+end\s+on|expiring\s+on|ending\s+on|ending|to\s+expire\s+on)\s+(?:{_CLOCK}(?:on\s+)?)?{_WHEN}"),
    ("from-day", DeadlineKind.FROM,
     rf"(?:as\s+of|as\s+from|with\s+effect\s+from|effective(?:\s+(?:on|from|as\s+of))?|beginning(?:\s+(?:on|in|from|at))?|starting(?:\s+(?:on|in|from))?|commencing(?:\s+(?:on|at))?|from)\s+(?:{_CLOCK}(?:on\s+)?)?{_WHEN}(?:\s+(?:to|until)\s+{_WHEN})?"),
    ("at-clock", DeadlineKind.FROM, rf"at\s+{_CLOCK}(?:on\s+)?{DAY}"),
    ("by", DeadlineKind.BY, rf"(?:by|before|prior\s+to)\s+(?:{_CLOCK}(?:on\s+)?)?{_WHEN}"),
    ("on-day", DeadlineKind.FROM, rf"on\s+{DAY}"),
    ("every-period", DeadlineKind.RECURRING, rf"(?:at\s+least\s+|once\s+)?every\s+(?:other\s+)?(?:{NUMBER}(?:\s+\(\d{{1,3}}\))?\s+)?{_UNIT}"),
    ("end-of-period", DeadlineKind.WITHIN, rf"at\s+the\s+end\s+of\s+(?:a\s+period\s+of\s+)?{_PERIOD}"),
    ("within", DeadlineKind.WITHIN, rf"within\s+(?:a\s+(?:further\s+)?(?:period|maximum)\s+of\s+|(?:the\s+)?(?:next|first|coming)\s+)?{_PERIOD}{_FROM_WHAT}"),
    ("before-end", DeadlineKind.BY, rf"(?:at\s+least\s+)?{NUMBER}\s+{_UNIT}\s+(?:before|prior\s+to)\s+(?:the\s+)?(?:its\s+)?(?:expir\w+|end)\b[^,;.:]{{0,40}}?(?=[,;.:]|\s+(?:on|and|to)\b|$)"),
    ("duration", DeadlineKind.DURATION,
     rf"for\s+(?:an?\s+)?(?:(?:further|additional|initial|new|interim|final|limited|maximum|transitional|another|the\s+next|next|second)\s+){{0,3}}(?:periods?\s+(?:of\s+)?(?:up\s+to\s+|not\s+exceeding\s+|not\s+more\s+than\s+)?|duration\s+of\s+|up\s+to\s+|not\s+more\s+than\s+|one\s+last\s+)?{_PERIOD}"),
    ("after-adoption", DeadlineKind.WITHIN, rf"{NUMBER}\s+{_UNIT}\s+(?:after|from|of|following)\s+(?:the\s+)?(?:date\s+of\s+)?(?:the\s+)?(?:adoption\b(?:\s+of\s+(?:the|this)(?:\s+present)?\s+resolution)?|this\s+date)"),
    ("each", DeadlineKind.RECURRING, r"(?:at\s+least\s+)?(?:once|twice|three\s+times)\s+(?:a|per|each|every)\s+(?:year|month|quarter|week)|each\s+(?:year|month|quarter)"),
    ("basis", DeadlineKind.RECURRING,
     r"on\s+an?\s+(?:[a-z-]+(?:,\s+|\s+and\s+|\s+))?(?:regular|monthly|quarterly|weekly|daily|yearly|annual|biannual|biennial|semi-annual|bimonthly|periodic|continuing|continuous|ongoing|six-monthly|three-monthly)\s+(?:and\s+[a-z-]+\s+)?basis"),
    ("intervals", DeadlineKind.RECURRING, rf"at\s+(?:regular|appropriate\s+regular|{NUMBER}[\s-]months?(?:ly)?|[a-z]+-month(?:ly)?)\s+intervals"),
    ("rhythm", DeadlineKind.RECURRING, r"(?:regularly|periodically|annually|quarterly|biannually|semi-annually|biennially|monthly|weekly)"),
    ("rhythm-report", DeadlineKind.RECURRING, r"(?:periodic|periodical|regular|monthly|quarterly|annual|biannual|semi-annual|weekly|six-monthly)\s+(?:written\s+|progress\s+|oral\s+|comprehensive\s+)?(?:reports?|briefings?|updates?|reviews?)"),
    ("for-period-more", DeadlineKind.DURATION, rf"for\s+(?:a|another|one)\s+(?:further\s+|additional\s+|final\s+)?(?:year|month|week)s?\b|not\s+(?:more|longer)\s+than\s+{_PERIOD}"),
    ("session", DeadlineKind.MEETING,
     rf"(?:at|before|during|for|by)\s+(?:its|their|the|each\s+of\s+its)\s+(?:{_ORDINAL}|next|forthcoming|coming|subsequent|present|current|main\s+part\s+of\s+its\s+\w+)(?:[\s-]+(?:and\s+)?{_ORDINAL})?\s+(?:regular\s+|special\s+|emergency\s+special\s+|resumed\s+|annual\s+|ordinary\s+|substantive\s+)?(?:sessions?|meeting)(?:\s+of\s+the\s+General\s+Assembly)?"),
    ("in-months", DeadlineKind.WITHIN, rf"(?:in|after)\s+(?:no\s+more\s+than\s+)?{_PERIOD}(?:\s*'?\s+time)?{_FROM_WHAT}"),
    ("fr-day", DeadlineKind.UNTIL, rf"(?:jusqu'au|au\s+plus\s+tard\s+le|avant\s+le|d'ici\s+(?:au|à\s+la\s+fin\s+de)|à\s+compter\s+du|à\s+partir\s+du|le\s+{DAY}\s+au\s+plus\s+tard)\s*(?:{DAY}|{MONTH_YEAR})?"),
    ("fr-within", DeadlineKind.WITHIN, rf"dans\s+(?:un\s+délai\s+de|les)\s+{_PERIOD}(?:\s+(?:suivant|à\s+compter\s+de)\s+l'adoption(?:\s+de\s+la\s+présente\s+résolution)?)?"),
    ("fr-every", DeadlineKind.RECURRING, rf"tous\s+les\s+(?:{NUMBER}\s+)?{_UNIT}|régulièrement|périodiquement"),
    ("fr-duration", DeadlineKind.DURATION, rf"pour\s+une\s+(?:nouvelle\s+)?période\s+(?:initiale\s+|supplémentaire\s+)?de\s+{_PERIOD}"),
    ("es-day", DeadlineKind.UNTIL, rf"(?:hasta\s+el|a\s+más\s+tardar\s+el|antes\s+del|a\s+partir\s+del)\s+{DAY}"),
    ("es-within", DeadlineKind.WITHIN, rf"(?:en\s+un\s+plazo\s+de|dentro\s+de\s+(?:los\s+)?|en\s+el\s+plazo\s+de)\s*{_PERIOD}(?:\s+(?:a\s+partir|contados\s+a\s+partir)\s+de\s+(?:la\s+)?aprobación(?:\s+de\s+la\s+presente\s+resolución)?)?"),
    ("es-every", DeadlineKind.RECURRING, rf"cada\s+(?:{NUMBER}\s+)?{_UNIT}|periódicamente|regularmente"),
    ("es-duration", DeadlineKind.DURATION, rf"por\s+un\s+(?:nuevo\s+)?per[íi]odo\s+(?:inicial\s+|adicional\s+)?de\s+{_PERIOD}"),
)  # fmt: skip
_LANGUAGE_OF = re.compile(r"(fr|es)-")
_COMPILED = {
    language: tuple(
        (name, kind, re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE))
        for name, kind, pattern in _FAMILIES
        if ((found := _LANGUAGE_OF.match(name)) is None and language == "en")
        or (found is not None and found[1] == language)
    )
    for language in ("en", "fr", "es")
}
_UNITS = (
    (re.compile(r"day|jour|d[íi]a", re.I), 1, 0), (re.compile(r"week|semaine|semana", re.I), 7, 0),
    (re.compile(r"month|mois|mes", re.I), 0, 1), (re.compile(r"year|ann?s?\b|an\b|año", re.I), 0, 12),
)  # fmt: skip
_RHYTHMS = {
    "annual": 12, "yearly": 12, "each year": 12, "a year": 12, "per year": 12, "monthly": 1,
    "quarterly": 3, "biannual": 6, "semi-annual": 6, "six-month": 6, "three-month": 3,
    "biennial": 24, "each month": 1, "bimonthly": 2,
}  # fmt: skip
# Words before a day that make it a day of the past or of something else.
_PAST = re.compile(
    r"(?:dated|signed|adopted|held|issued|made|resolution|resolutions|report|reports|letter|letters|"
    r"statement|of|between|since|occurred|convened|established|submitted|contained|concluded|"
    r"launched|announced|taken|place|elections|expiration|expiry|initialled|agreed|ended)\s*(?:in\s+[A-Z]\w+\s*,?\s*)?$"
)
_DUE = re.compile(
    r"\b(?:due|requested|submitted|granted|entered\s+into|issued|existing|held|scheduled|concluded|executed)\s+(?:to\s+be\s+)?$"
)
_RECOUNTED = re.compile(r"\bsince\b|\bfor\s+(?:the\s+)?(?:last|past|previous)\b", re.I)


# Without one of these no limit is told; most acts have none, and are passed over quickly.
_TELLS = re.compile(
    r"(?:19|20)\d\d|\d\s+[A-Z]|\d\d\s+hours|(?i:\d(?:er|º|st|nd|rd|th)?\s+(?:of\s+|de\s+)?(?:jan|f[ée]v|mar|avr|abr|mai|may|jui|"
    r"jun|jul|ao[ûu]|aug|ago|sep|oct|nov|d[ée]c|dic|ene|feb|apr)|(?:january|february|march|april|june|july|august|september|october|november|december)\s\d|"
    r"\b(?:end\s+of|every|each|once|twice|session|meeting|regular|period|month|quarter|annual|biannual|semi|week|daily|year|day|"
    r"basis|interval|bienni|within|hour|dans|tous|chaque|jusqu|jour|mois|cada|plazo|hasta|mes|d[íi]a|trimest|périod|"
    r"réguli|an[ns]?\b|año))"
)


@dataclass(frozen=True, slots=True)
class Clock:
    """What days are counted from: the adoption, if it is known."""

    adopted_on: date | None


def deadlines_in(
    flow: Flow, start: int, end: int, language: str, clock: Clock
) -> tuple[Deadline, ...]:
    """The time limits printed in a stretch of running text, in order, none inside another."""
    if _TELLS.search(flow.text, start, end) is None:
        return ()
    text = flow.text.replace("\u2019", "'")
    taken = bytearray(end - start)
    found: list[tuple[int, int, str, DeadlineKind]] = []
    for name, kind, pattern in _COMPILED[language]:
        for match in pattern.finditer(text, start, end):
            first, last = match.start() - start, match.end() - start
            if taken.find(1, first, last) >= 0:
                continue
            if _counts(name, text, match, clock):
                taken[first:last] = b"\x01" * (last - first)
                found.append((match.start(), match.end(), name, kind))
    return tuple(
        _deadline(flow, text, place, clock) for place in sorted(found, key=lambda item: item[0])
    )


def _counts(name: str, text: str, match: re.Match[str], clock: Clock) -> bool:
    before = text[max(0, match.start() - 40) : match.start()]
    if _RECOUNTED.search(match[0]) or (name != "session" and _DUE.search(before)):
        return False
    if name in {"by", "on-day", "from-day", "until", "not-later-than", "at-clock"}:
        day = day_in(match[0])
        if day is not None and clock.adopted_on is not None and day < clock.adopted_on:
            return False
        if name == "by" and re.match(r"(?:prior|before)", match[0], re.I):
            printed = day is not None or "end of" in match[0]
            return printed and _DUE.search(before) is None and "granted" not in before
        if name == "on-day":
            return _PAST.search(before) is None and _future(day, clock)
        if name == "from-day" and match[0].casefold().startswith("from"):
            return _future(day, clock)
    if name == "by" and not re.search(r"[A-Za-z]{3,}\s+\d|\d\s+[A-Za-z]{3,}|end|\d{4}", match[0]):
        return False
    if name in {"duration", "in-months"} and re.search(r"\b(?:last|past|previous)\b", match[0]):
        return False
    if name == "in-months":
        return _FROM.search(match[0]) is not None or "time" in match[0]
    return True


_FROM = re.compile(r"adoption|this\s+date", re.I)


def _future(day: date | None, clock: Clock) -> bool:
    return day is not None and clock.adopted_on is not None and day >= clock.adopted_on


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
    found = re.search(
        rf"({NUMBER})(?:\s+\(\d+\))?[\s-]+(?:working\s+|calendar\s+)?({_UNIT})", small
    )
    unit = found[2] if found else ""
    count = number_of(found[1]) if found else None
    if found is None:
        alone = re.search(
            rf"\b(?:every|chaque|cada|a|another|one)\s+(?:further\s+)?({_UNIT})", small
        )
        if alone is None:
            return next(((months, 0) for word, months in _RHYTHMS.items() if word in small), (0, 0))
        unit, count = alone[1], 1
    for pattern, days, months in _UNITS:
        if count and pattern.search(unit):
            return months * count, days * count
    return 0, 0


def _resolved(
    phrase: str, kind: DeadlineKind, counted: tuple[int, int], clock: Clock
) -> tuple[date | None, str]:
    months, days = counted
    adopted = clock.adopted_on
    day = day_in(phrase) or month_end_in(phrase) or _year_end(phrase)
    if day is not None:
        return day, "printed"
    if adopted is not None and not has_year(phrase):
        bare = day_in(phrase, adopted.year)
        if bare is not None:
            return (bare if bare >= adopted else day_in(phrase, adopted.year + 1)), "printed"
    if re.search(r"before|prior|expir", phrase) or kind is DeadlineKind.MEETING:
        return None, ""
    if adopted is not None and (months or days):
        return later(adopted, days=days, months=months), "adoption"
    return None, ""


def _year_end(phrase: str) -> date | None:
    found = re.search(r"(?:end\s+of\s+(?:the\s+year\s+)?|by\s+|until\s+)((?:19|20)\d\d)\b", phrase)
    return date(int(found[1]), 12, 31) if found else None
