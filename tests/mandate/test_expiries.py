"""Days counted from the end of a mandate that the same text sets; the texts are made up."""

from __future__ import annotations

from datetime import date

import pytest

from konbit.mandate import Deadline, end_of_mandate, read

HEAD = (
    "Resolution 9901 (2031)\n\nAdopted by the Security Council at its 10001st meeting, on 2 "
    "October "
    "2031\n\nThe Security Council,\n\nNoting the report,\n\n"
)


def limits_of(*paragraphs: str, head: str = HEAD) -> list[Deadline]:
    """The time limits of the last of some paragraphs."""
    text = head + "\n\n".join(f"{n}. {words};" for n, words in enumerate(paragraphs, 1))
    return list(read(text).paragraphs[-1].acts[0].deadlines)


EXTENDS = "Decides to extend the mandate of BINUV until 2 October 2032"
CASES = [
    (EXTENDS, "30 days before the expiry of the mandate", date(2032, 9, 2)),
    (EXTENDS, "no later than 60 days prior to the expiration of its mandate", date(2032, 8, 3)),
    (EXTENDS, "two months before its mandate expires", date(2032, 8, 2)),
    (EXTENDS, "before the end of the current mandate", date(2032, 10, 2)),
    (EXTENDS, "45 days before the end of the mandate of BINUV", date(2032, 8, 18)),
    (
        "Decides to establish the Mission for a period of twelve months",
        "30 days before the expiry of this period",
        date(2032, 9, 2),
    ),
]


@pytest.mark.parametrize(("sets", "phrase", "on"), CASES)
def test_a_limit_before_the_end_of_a_mandate_has_a_day(sets: str, phrase: str, on: date) -> None:
    (limit,) = limits_of(sets, f"Requests the Secretary-General to report {phrase}")
    assert (limit.phrase, limit.on, limit.counted_from) == (phrase, on, "mandate")


def test_french_and_spanish_ends_count_too() -> None:
    french = read(
        "Résolution 9901 (2031)\n\nAdoptée par le Conseil de sécurité à sa 10001e séance, le 2 "
        "octobre "
        "2031\n\nLe Conseil de sécurité,\n\nNotant le rapport,\n\n"
        "1. Décide de proroger jusqu\u2019au 2 octobre 2032 le mandat du BINUV ;\n\n"
        "2. Prie le Secrétaire général de lui faire rapport 30 jours avant l\u2019expiration du "
        "mandat ;\n"
    )
    spanish = read(
        "Resolución 9901 (2031)\n\nAprobada por el Consejo de Seguridad en su 10001ª sesión, "
        "celebrada "
        "el 2 de octubre de 2031\n\nEl Consejo de Seguridad,\n\nObservando el informe,\n\n"
        "1. Decide prorrogar hasta el 2 de octubre de 2032 el mandato de la BINUV;\n\n"
        "2. Solicita al Secretario General que le informe a más tardar 45 días antes de que expire "
        "el mandato;\n"
    )
    days = [text.paragraphs[1].acts[0].deadlines[0].on for text in (french, spanish)]
    assert days == [date(2032, 9, 2), date(2032, 8, 18)]


def test_of_two_mandates_the_one_that_is_named_or_addressed_is_meant() -> None:
    panel = "Decides to extend the mandate of the Panel of Experts until 15 December 2032"
    asks = "Requests {who} to report 30 days before the expiry of {what}"
    ask = asks.format(who="the Secretary-General", what="the mandate of the Panel of Experts")
    assert limits_of(EXTENDS, panel, ask)[0].on == date(2032, 11, 15)
    ask = asks.format(who="the Panel of Experts", what="its mandate")
    assert limits_of(EXTENDS, panel, ask)[0].on == date(2032, 11, 15)
    ask = asks.format(who="the Secretary-General", what="the mandate")
    assert [limit.on for limit in limits_of(EXTENDS, panel, ask)] == [None]


def test_what_is_authorized_for_a_while_is_no_mandate_beside_one() -> None:
    more = "Authorizes an increase of 300 police until 31 March 2032"
    asks = "Requests the Secretary-General to report 30 days before the expiry of the mandate"
    assert limits_of(EXTENDS, more, asks)[0].on == date(2032, 9, 2)
    document = read(f"{HEAD}1. {EXTENDS};\n\n2. {more};\n")
    assert end_of_mandate(document.paragraphs) == date(2032, 10, 2)
    assert end_of_mandate(read(f"{HEAD}1. Notes the report;\n").paragraphs) is None


@pytest.mark.parametrize(
    "phrase", ["before the expiry of the mandate of the Court", "midway through its mandate"]
)
def test_another_end_gives_no_day(phrase: str) -> None:
    found = limits_of(EXTENDS, f"Requests the Secretary-General to report {phrase}")
    assert [limit.on for limit in found] == [None]


def test_a_text_that_sets_no_end_gives_no_day() -> None:
    found = limits_of(
        "Requests the Secretary-General to report 30 days before the expiry of the mandate"
    )
    assert [(limit.on, limit.counted_from) for limit in found] == [(None, "event")]
