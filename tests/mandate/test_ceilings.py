"""Numbers that bound people, kit and money, in three languages; the phrases are made up."""

from __future__ import annotations

import pytest

from konbit.mandate import read
from konbit.mandate.ceilings import ceilings_in
from konbit.mandate.flow import Flow, Line

CASES = [
    (
        "en",
        "up to 1,250 military personnel and 350 police officers",
        [
            (1250, "military personnel", "at-most", "military", ""),
            (350, "police officers", "at-most", "police", ""),
        ],
    ),
    (
        "en",
        "up to US$ 15 million for the first year",
        [(15_000_000, "US$", "at-most", "money", "USD")],
    ),
    (
        "en",
        "not exceeding 3.5 million United States dollars",
        [(3_500_000, "United States dollars", "at-most", "money", "USD")],
    ),
    ("en", "at least 20 helicopters", [(20, "helicopters", "at-least", "kit", "")]),
    (
        "en",
        "up to thirty military observers",
        [(30, "military observers", "at-most", "military", "")],
    ),
    (
        "en",
        "up to 5,500 uniformed personnel and 50 civilian staff",
        [
            (5500, "uniformed personnel", "at-most", "uniformed", ""),
            (50, "civilian staff", "at-most", "civilian", ""),
        ],
    ),
    (
        "en",
        (
            "have an authorized personnel ceiling of 5,550, consisting of 5,500 uniformed military "
            "and police personnel and 50 civilians"
        ),
        [
            (5550, "personnel", "at-most", "people", ""),
            (5500, "uniformed military and police personnel", "at-most", "uniformed", ""),
            (50, "civilians", "at-most", "civilian", ""),
        ],
    ),
    (
        "en",
        (
            "up to 5,550 personnel, of whom 5,500 uniformed personnel, military or police, and "
            "50 civilian personnel"
        ),
        [
            (5550, "personnel", "at-most", "people", ""),
            (5500, "uniformed personnel", "at-most", "uniformed", ""),
            (50, "civilian personnel", "at-most", "civilian", ""),
        ],
    ),
    (
        "fr",
        "jusqu\u2019à 5 550 personnes, dont 5 500 agents en tenue et 50 civils",
        [
            (5550, "personnes", "at-most", "people", ""),
            (5500, "agents en tenue", "level", "uniformed", ""),
            (50, "civils", "level", "civilian", ""),
        ],
    ),
    (
        "es",
        "hasta 5.550 efectivos, de los cuales 5.500 militares y 50 civiles",
        [
            (5550, "efectivos", "at-most", "people", ""),
            (5500, "militares", "at-most", "military", ""),
            (50, "civiles", "at-most", "civilian", ""),
        ],
    ),
    (
        "en",
        "raise the ceiling from 1,000 to 2,000 police",
        [(2000, "police", "at-most", "police", "")],
    ),
    (
        "fr",
        "l\u2019effectif maximum de la Mission sera de 1 450 militaires et de 380 policiers",
        [
            (1450, "militaires", "at-most", "military", ""),
            (380, "policiers", "at-most", "police", ""),
        ],
    ),
    (
        "fr",
        "dans la limite de 10 millions de dollars des États-Unis",
        [(10_000_000, "dollars des États-Unis", "at-most", "money", "USD")],
    ),
    (
        "es",
        "un máximo de 1.200 efectivos militares y 350 agentes de policía",
        [
            (1200, "efectivos militares", "at-most", "military", ""),
            (350, "agentes de policía", "at-most", "police", ""),
        ],
    ),
    (
        "es",
        "hasta un monto de 3 millones de dólares",
        [(3_000_000, "dólares", "at-most", "money", "USD")],
    ),
]
NONE = [
    ("en", "for up to 30 days, by up to 50 per cent, until 31 July 2031 and up to 2032"),
    ("fr", "jusqu'à 90 jours et jusqu'au 31 août 2031"),
    ("es", "hasta 90 días y hasta el 31 de agosto de 2031"),
]


def found(language: str, text: str) -> list[tuple[object, ...]]:
    flow = Flow.of([Line(text, 0, 0, True, False, True)])
    made = ceilings_in(flow, text.replace("\u2019", "'"), (0, len(text)), language)
    return [(one.count, one.unit, one.bound, one.kind, one.currency) for one in made]


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_a_number_is_told_with_unit_bound_and_kind(
    language: str, text: str, expected: list[tuple[object, ...]]
) -> None:
    assert found(language, text)[: len(expected)] == expected


@pytest.mark.parametrize(("language", "text"), NONE)
def test_days_shares_and_years_are_no_ceilings(language: str, text: str) -> None:
    assert found(language, text) == []


def test_each_number_quotes_its_place_in_the_document() -> None:
    document = read(
        "The Security Council,\n\nNoting the report,\n\n"
        "1. Decides that the Mission shall have up to 1,250 military\n"
        "personnel and 350 police officers;\n"
    )
    (act,) = document.paragraphs[0].acts
    words = [" ".join(document.text[c.at.start : c.at.end].split()) for c in act.ceilings]
    assert words == ["up to 1,250 military personnel", "350 police officers"]


def test_a_number_given_is_told_only_of_an_act_that_disposes() -> None:
    text = "The Council,\n\n1. {} that the Mission is to recruit 25 mediators by 2 May 2031;\n"
    told = [
        [
            (number.count, number.kind, number.rule)
            for number in document.paragraphs[0].acts[0].ceilings
        ]
        for document in (read(text.format("Decides")), read(text.format("Notes")))
    ]
    assert told == [[(25, "people", "given-number")], []]
