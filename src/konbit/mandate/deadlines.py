"""Time limits, effective days, durations and rhythms, and the days they come to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from konbit.mandate import limits_en, limits_es, limits_fr
from konbit.mandate.dates import month_end_in
from konbit.mandate.limit_days import (
    Clock,
    counted_in,
    day_of,
    last_day,
    printed_day,
    tells_its_end,
)
from konbit.mandate.limit_signs import TELLS
from konbit.mandate.several_days import rhythm_of_each
from konbit.mandate.values import Deadline, DeadlineKind

if TYPE_CHECKING:
    from datetime import date

    from konbit.mandate.flow import Flow

_FORMS = {"en": limits_en.FORMS, "fr": limits_fr.FORMS, "es": limits_es.FORMS}
_DATED = frozenset(
    [
        "by",
        "on-day",
        "from-day",
        "from-to",
        "until",
        "not-later-than",
        "at-clock",
        "in-year",
        "to-day",
    ]
)
_BASE = re.compile(r"(?:fr|es)-")
# Words before a day that make it a day of the past or of something else.
_PAST = re.compile(
    r"(?<!\bto\s)(?:dated|signed|adopted|held|issued|made|resolution|resolutions|report|reports|letter|letters|"
    r"statement|of|between|since|occurred|convened|established|submitted|contained|concluded|"
    r"launched|announced|taken|place|elections|expiration|expiry|initialled|agreed|ended)\s*(?:in\s+[A-Z]\w+\s*,?\s*)?$"
)
_DUE = re.compile(
    r"\b(?:(?<!\breport\s)(?<!\breports\s)(?<!\bbriefing\s)(?<!\bupdate\s)(?<!\bbeing\s)(?<!\bbe\s)due|requested|(?<!\bbe\s)(?:submitted|presented|issued)|"
    r"granted|entered\s+into|existing|held|scheduled|concluded|executed)\s+(?:to\s+be\s+)?$"
    r"|\b(?:received|submitted|filed|lodged|registered|issued)\s+(?:by|with|from)\s+(?:the\s+)?[A-Z][\w -]{2,30}$"
)
# "The experience gained during the years 1968 and 1969" is of the past.
_GAINED = re.compile(r"\b(?:gained|acquired|obtained|incurred|achieved|recorded)\s+$")
# "Such amendments as may be made from time to time" tells nobody to do something.
_MADE_SO = re.compile(r"\b(?:may|might|shall|will)\s+be\s+[a-z]+\s+$")
# What may be moved or bounded by a period or up to a day: "extends the mandate by six months".
_MOVED = re.compile(
    r"\b(?:extend|prolong|renew|postpon|defer|delay|shorten|limit|restrict|confin|phas|carr|implement|spread|complet|continu|reschedul|proroge|prolonge|renouvel|report|étal|prorrog|ampl|renov|aplaz)\w*\b[^;]{0,220}$",
    re.I,
)
# "Ten years after the adoption of its resolution 1325 (2000)" is an anniversary.
_OF_A_TEXT = re.compile(r"\s+\d+(?:/\d+)?\b")
# "The conflict that has lasted for thirteen years" tells of the past.
_LASTED = re.compile(r"\b(?:has|have|had)\s+(?:been\s+)?(?:[a-z-]+\s+){1,6}$", re.I)
_RECOUNTED = re.compile(r"\bsince\b|\bfor\s+(?:the\s+)?(?:last|past|previous)\b", re.I)


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
    if _RECOUNTED.search(match[0]) or (name != "session" and _is_due(name, before)):
        return False
    if name == "rhythm" and _MADE_SO.search(before):
        return False
    if name in _DATED and not _is_to_come(rule, before, match[0], clock):
        return False
    if name == "by-period" and match[0].casefold().startswith("over "):
        return True
    if name in {"by-period", "to-day"}:
        return _MOVED.search(text[max(0, match.start() - 260) : match.start()]) is not None
    if name == "after-event" and _OF_A_TEXT.match(text, match.end()):
        return False
    if name == "duration" and _LASTED.search(before):
        return False
    return name not in {"duration", "in-months"} or not re.search(
        r"\b(?:last|past|previous)\b", match[0]
    )


def _is_due(name: str, before: str) -> bool:
    """Whether a day is told of something else in passing: "the report due by"."""
    if name in {"on-day", "in-year"} and _TO_COME.search(before):
        return False
    gained = name == "from-to" and _GAINED.search(before) is not None
    return gained or _DUE.search(before) is not None


# "As at 31 December" tells what stands on that day, and is a limit only of what ends then.
_CLOSES = re.compile(r"\b(?:clos|terminat|end|abolish|discontinu|liquidat|dissol)[a-z]*\b")


def _is_to_come(rule: str, before: str, printed: str, clock: Clock) -> bool:
    """Whether a printed day is not past; one that any day may be needs to be known as future."""
    name = _BASE.sub("", rule)
    day = last_day(printed) if name == "from-to" else printed_day(printed)
    if day is not None and clock.adopted_on is not None and day < clock.adopted_on:
        return False
    if name == "by" and re.match(r"(?:prior|before)", printed, re.I):
        told = day is not None or _IS_AHEAD.search(printed) is not None
        return told and _DUE.search(before) is None and "granted" not in before
    if printed.casefold().startswith("as at") and not _CLOSES.search(before):
        return False
    if name == "on-day" and _THAT_DAY.search(printed):
        return _is_not_past(before)
    if name == "on-day" and day is None:
        return _EACH_YEAR.search(f"{before}{printed}") is not None
    if name == "on-day":
        return _is_not_past(before) and _future(day, clock)
    if name == "in-year":
        ahead = _future(day, clock) if day is not None else _later_part(printed, clock)
        return _is_not_past(before) and ahead and _is_later_year(day, printed, clock)
    if name == "from-to":
        return _THE_PERIOD.match(printed) is not None or _future(day, clock)
    if name == "from-day" and "session" not in printed.casefold():
        return not printed.casefold().startswith("from") or _future(day, clock)
    return rule != "by" or day is not None or _tells_time(printed)


# "For the period 1 January to 31 December" is of the act, whatever day it is.
_THE_PERIOD = re.compile(
    r"(?:for|pour|para)\s+(?:the|la|el)\s+(?:period|p[ée]riode|per[íi]odo)\b", re.I
)
_IS_AHEAD = re.compile(
    r"end\s+of|day\s+of|year's\s+end|year-end|\bnext\b|\beach\b|\bevery\b|\bfollowing\b", re.I
)


# "Shall be held on" and "will take place on" tell of what is to come.
_TO_COME = re.compile(
    r"\b(?:shall|will|should|must|(?<!is\s)(?<!are\s)(?<!was\s)(?<!were\s)(?<!due\s)(?<!scheduled\s)to\s+be)\s+(?:[a-z]+\s+){1,2}$"
    r"|(?<!to\s)(?<!due\s)\b(?:is|are|be)\s+(?:held|conducted|completed|organi[sz]ed|concluded)\s+$"
)
# "To transfer authority on that date": the day is the one just told.
_THAT_DAY = re.compile(r"\b(?:that|same|cette|esa|dicha|misma)\b", re.I)
_EACH_YEAR = re.compile(
    r"\b(?:annually|each\s+year|every\s+year|yearly)\b(?:\s*,)?(?:\s+on\s+\w+\s+\w+)?$", re.I
)


def _is_not_past(before: str) -> bool:
    return _PAST.search(before) is None or _TO_COME.search(before) is not None


def _tells_time(printed: str) -> bool:
    """Whether words hold a month and a day, the end of something, or a year."""
    return re.search(r"[A-Za-z]{3,}\.?\s+\d|\d\s+[A-Za-z]{3,}|end|\d{4}", printed) is not None


def _later_part(printed: str, clock: Clock) -> bool:
    """Whether a part of a year without a last day ("early 2032", "a mediados de 2032") is to come."""
    year = max((int(found) for found in re.findall(r"(?:19|20)\d\d", printed)), default=0)
    own = clock.adopted_on.year if clock.adopted_on else clock.year or clock.recalled
    return own is not None and (year > own or (year == own and tells_its_end(printed)))


def _is_later_year(day: date | None, printed: str, clock: Clock) -> bool:
    """Whether a year printed alone is after the text's own, which may mean what has been."""
    if day is None or month_end_in(printed) or tells_its_end(printed):
        return True
    own = clock.adopted_on.year if clock.adopted_on else clock.year
    whole = re.search(r"\b(?:calendar|financial|fiscal|civile)\b", printed) is not None
    return own is None or day.year > own or (whole and day.year == own)


def _future(day: date | None, clock: Clock) -> bool:
    if day is None:
        return False
    if clock.adopted_on is None and clock.year is None:
        return clock.recalled is not None and day.year > clock.recalled
    if clock.adopted_on is None:
        return clock.year is not None and day.year >= clock.year
    return day >= clock.adopted_on


# A day or a part of every year: "by 30 June of each year", "by the end of the first quarter of each year".
_OF_EACH_YEAR = re.compile(
    r"\bof\s+(?:each|every)\s+year|\bde\s+chaque\s+ann[ée]e|\bde\s+cada\s+año", re.I
)
_MONTHS_NAMED = re.compile(
    r"\b(?:and|et|y)\s+[^\W\d_]+\s+(?:of|de)\s+(?:each|every|chaque|cada)\b", re.I
)


def _deadline(
    flow: Flow, text: str, place: tuple[int, int, str, DeadlineKind], clock: Clock
) -> Deadline:
    start, end, name, kind = place
    phrase = " ".join(flow.text[start:end].split()).rstrip(" ,")
    months, days = counted_in(text[start:end])
    on, base = day_of(text[start:end], kind, (months, days), clock)
    recurring = kind is DeadlineKind.RECURRING
    if each := rhythm_of_each(phrase):
        months, days, recurring = each, 0, True
    if _OF_EACH_YEAR.search(phrase):
        months, days, recurring = (0 if _MONTHS_NAMED.search(phrase) else 12), 0, True
        on, base = (on, base) if base == "printed" or name == "end-of-each" else (None, "")
    return Deadline(
        phrase, kind, name, 85 if kind is DeadlineKind.RECURRING else 92, flow.at(start, end), on,
        months or None if recurring else None, days or None if recurring else None, base,
    )  # fmt: skip
