"""Time limits as three languages print them, and the days they come to; the phrases are made up."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from konbit.mandate.deadlines import deadlines_in
from konbit.mandate.flow import Flow, Line
from konbit.mandate.limit_days import Clock

ADOPTED = date(2031, 3, 3)
MARKED = Path(__file__).parent / "limits"  # sentences with their limits in brackets


def limits(language: str, text: str, adopted_on: date | None = ADOPTED) -> list[tuple[object, ...]]:
    flow = Flow.of([Line(text, 0, 0, True, False, True)])
    found = deadlines_in(
        flow, text.replace("\u2019", "'"), (0, len(text)), language, Clock(adopted_on)
    )
    return [(one.phrase, one.kind.value, one.on, one.counted_from) for one in found]


PRINTED = [
    (
        "en",
        "report no later than 30 June 2031 on",
        "no later than 30 June 2031",
        "by",
        date(2031, 6, 30),
    ),
    ("en", "hold it until 15 Dec. 2031, and", "until 15 Dec. 2031", "until", date(2031, 12, 15)),
    ("en", "by the end of 2032", "by the end of 2032", "by", date(2032, 12, 31)),
    (
        "en",
        "convene in the first quarter of 2032 a",
        "in the first quarter of 2032",
        "by",
        date(2032, 3, 31),
    ),
    (
        "en",
        "not later than the 15th day of June 2031",
        "not later than the 15th day of June 2031",
        "by",
        date(2031, 6, 15),
    ),
    ("en", "by 2031-12-15", "by 2031-12-15", "by", date(2031, 12, 15)),
    (
        "en",
        "report within 120 days of 16 October 2031, and",
        "within 120 days of 16 October 2031",
        "within",
        date(2032, 2, 13),
    ),
    (
        "en",
        "stay for twelve months following the expiration of the current mandate on 2 October 2031",
        "for twelve months following the expiration of the current mandate on 2 October 2031",
        "duration",
        date(2032, 10, 2),
    ),
    (
        "fr",
        "proroger jusqu\u2019au 31 août 2031 le",
        "jusqu\u2019au 31 août 2031",
        "until",
        date(2031, 8, 31),
    ),
    (
        "fr",
        "publier, au plus tard le 1er mai 2031, le",
        "au plus tard le 1er mai 2031",
        "by",
        date(2031, 5, 1),
    ),
    ("fr", "avant la fin de 2032", "avant la fin de 2032", "by", date(2032, 12, 31)),
    (
        "es",
        "prorrogar hasta el 31 de agosto de 2031 el",
        "hasta el 31 de agosto de 2031",
        "until",
        date(2031, 8, 31),
    ),
    (
        "es",
        "a partir del 1º de julio de 2031",
        "a partir del 1º de julio de 2031",
        "from",
        date(2031, 7, 1),
    ),
    (
        "es",
        "en el primer semestre de 2033, una",
        "en el primer semestre de 2033",
        "by",
        date(2033, 6, 30),
    ),
]


@pytest.mark.parametrize(("language", "text", "phrase", "kind", "on"), PRINTED)
def test_a_printed_day_is_the_day(
    language: str, text: str, phrase: str, kind: str, on: date
) -> None:
    assert limits(language, text) == [(phrase, kind, on, "printed")]


COUNTED = [
    ("en", "within 30 days of the adoption of this resolution", date(2031, 4, 2)),
    ("en", "for an initial period of 90 (ninety) days", date(2031, 6, 1)),
    ("en", "for a three-year period", date(2034, 3, 3)),
    ("en", "every other year", date(2033, 3, 3)),
    ("en", "as from the date of adoption of this resolution", date(2031, 3, 3)),
    ("en", "twice a year", date(2031, 9, 3)),
    ("en", "by the end of the year", date(2031, 12, 31)),
    ("fr", "tous les 90 jours", date(2031, 6, 1)),
    ("fr", "deux fois par an", date(2031, 9, 3)),
    ("fr", "pour une nouvelle période de douze mois", date(2032, 3, 3)),
    ("fr", "dans les trente jours suivant l'adoption de la présente résolution", date(2031, 4, 2)),
    ("es", "cada seis meses", date(2031, 9, 3)),
    (
        "es",
        "en un plazo de seis meses a partir de la aprobación de la presente resolución",
        date(2031, 9, 3),
    ),
    ("es", "por un período inicial de tres meses", date(2031, 6, 3)),
]


@pytest.mark.parametrize(("language", "text", "on"), COUNTED)
def test_a_counted_period_comes_to_a_day_only_where_adoption_is_known(
    language: str, text: str, on: date
) -> None:
    ((phrase, _, day, base),) = limits(language, text)
    assert (phrase, day, base) == (text, on, "adoption")
    ((_, _, unknown, base),) = limits(language, text, None)
    assert (unknown, base) == (None, "")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "within 30 days of its entry into force"),
        ("en", "45 days before the expiration of the mandate"),
        ("en", "before the end of its mandate"),
        ("fr", "trente jours au moins avant l'expiration de son mandat"),
        ("es", "treinta días antes de la expiración de su mandato"),
    ],
)
def test_what_is_counted_from_something_else_has_no_day(language: str, text: str) -> None:
    ((phrase, _, day, base),) = limits(language, text)
    assert (phrase, day, base) == (text, None, "event")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "the report issued on 5 May 2030, in 2029, and resolution 900 of 4 May 1990"),
        ("en", "applications received by the Secretary-General before 15 July 2031"),
        ("fr", "le rapport daté du 4 janvier 2031 et l'accord de 2029"),
        ("es", "el informe del 4 de enero de 2031 y el acuerdo de 2029"),
    ],
)
def test_days_that_are_past_or_of_something_else_are_no_limits(language: str, text: str) -> None:
    assert limits(language, text) == []


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_each_way_in_which_a_language_tells_a_limit_is_read_and_nothing_else(language: str) -> None:
    lines = (MARKED / f"{language}.txt").read_text("utf-8").splitlines()
    marked = [line for line in lines if line and not line.startswith("#")]
    read = {}
    for line in marked:
        sentence = re.sub(r"[\[\]]", "", line)
        verb = sentence.index(" ")
        found = limits(language, sentence[verb:])
        read[line] = [phrase for phrase, *_ in found]
    meant = {line: re.findall(r"\[([^\]]*)\]", line) for line in marked}
    assert {line: said for line, said in read.items() if said != meant[line]} == {}
    assert sum(map(len, meant.values())) > 60


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("by Friday, 30 May 2031", date(2031, 5, 30)),
        ("not later than the thirty-first of December 2031", date(2031, 12, 31)),
        ("by 30 June of each year", date(2031, 6, 30)),
        ("before 15 February next", date(2032, 2, 15)),
        ("in the last quarter of 2031", date(2031, 12, 31)),
        ("by the end of the current year", date(2031, 12, 31)),
    ],
)
def test_days_in_words_and_with_weekdays_come_to_the_day(text: str, day: date) -> None:
    ((phrase, _, on, _),) = limits("en", f"to report {text}")
    assert (phrase, on) == (text, day)


@pytest.mark.parametrize(
    "text",
    [
        "six months after the adoption of the Agreement",
        "within 60 days of the date specified in paragraph 2 above",
        "twenty-four hours from the time of the withdrawal",
        "for a period of one and a half years",
    ],
)
def test_a_day_is_not_counted_from_the_adoption_where_the_text_counts_from_elsewhere(
    text: str,
) -> None:
    ((phrase, _, on, _),) = limits("en", text)
    assert (phrase, on) == (text, None)
