"""Whom a text means by a short name or a pronoun, what it waits for, what hangs on a condition."""

from __future__ import annotations

import pytest

from konbit.mandate import Act, deed_of, read

OPENING = "The Security Council,\n\nRecalling its resolution 9901 (2031) on the matter,\n\n"


MISSION = "Vessia Harbour Support Mission"
OFFICE = "United Nations Integrated Office in Vessia"
COMMITTEE = "Committee established pursuant to paragraph 9 of resolution 9901 (2031)"


def acts(*sentences: str) -> list[Act]:
    """The acts of a text whose numbered paragraphs are these sentences."""
    told = "\n".join(f"{number}. {told};" for number, told in enumerate(sentences, 1))
    document = read(f"{OPENING}{told}\n")
    return [act for paragraph in document.paragraphs for act in paragraph.acts]


@pytest.mark.parametrize(
    ("sentences", "means", "rule"),
    [
        ((f"Welcomes the {MISSION} (VHSM)", "Urges VHSM to report"), MISSION, "defined-short-name"),
        (
            (f"Welcomes the {MISSION} (hereinafter “the Mission”)", "Urges the Mission to report"),
            MISSION,
            "defined-short-name",
        ),
        # The short name of another language, after a body's name.
        ((f"Thanks the {OFFICE} (BINUV)", "Urges BINUV to report"), OFFICE, "defined-short-name"),
        (
            (f"Recalls the {COMMITTEE}", "Requests the Committee to report"),
            COMMITTEE,
            "only-one-so-named",
        ),
        (
            ("Notes what the Government of Vessia did", "Calls upon the Government to pay"),
            "Government of Vessia",
            "only-one-so-named",
        ),
        (("Urges the parties to meet and requests them to report",), "the parties", "act-before"),
        (
            (f"Decides to extend the mandate of the {MISSION} (VHSM), and requests it to report",),
            MISSION,
            "act-before",
        ),
    ],
)
def test_the_text_s_own_words_say_who_is_meant(
    sentences: tuple[str, ...], means: str, rule: str
) -> None:
    meant = acts(*sentences)[-1].meant
    assert meant is not None
    assert (meant.value.removeprefix("the "), meant.rule) == (means.removeprefix("the "), rule)
    assert meant.confidence_percent >= 70


@pytest.mark.parametrize(
    "sentences",
    [
        ("Urges the Mission to report",),  # nothing explains it
        (
            "Welcomes the Government of Vessia and the Government of Norland",
            "Urges the Government to pay",
        ),
        (
            "Thanks the Vessia Mission (“the Mission”) and the Norland Mission (“the Mission”)",
            "Urges the Mission to report",
        ),
        # Not in number.
        ("Requests the Secretary-General to meet the parties and urges them to sign",),
    ],
)  # fmt: skip
def test_nothing_is_invented_where_the_text_is_silent_or_has_two(
    sentences: tuple[str, ...],
) -> None:
    assert acts(*sentences)[-1].meant is None


def test_a_request_to_it_is_a_task_where_it_is_a_mission() -> None:
    told = acts("Urges the Vessia Harbour Mission to stay and requests it to report")
    assert [act.force.value.value for act in told if act.force] == ["appeal", "task"]


@pytest.mark.parametrize(
    ("text", "events"),
    [
        (
            "Decides that the ban shall last until the Council decides otherwise",
            ["until the Council decides otherwise"],
        ),
        (
            "Requests the Secretary-General to report each week until the work is complete",
            ["until the work is complete"],
        ),
        (
            "Requests him to close the Mission upon completion of its work and to report",
            ["upon completion of its work"],
        ),
        ("Decides that the ban shall last until 31 May 2032", []),
        ("Welcomes what was done before the elections were held", []),
    ],
)
def test_events_without_a_day_are_told_beside_the_limits(text: str, events: list[str]) -> None:
    assert [event.value for event in acts(text)[0].events] == events


def test_a_limit_in_a_condition_is_no_day_to_do_it_by() -> None:
    (act,) = acts("Decides, unless Vessia complies by 15 May 2032, to close the harbour")
    assert [(limit.phrase, limit.in_condition) for limit in act.deadlines] == [
        ("by 15 May 2032", True)
    ]
    (act,) = acts("Requests the Secretary-General to report, if possible within 30 days")
    assert [(limit.phrase, limit.in_condition) for limit in act.deadlines] == [
        ("within 30 days", False)
    ]


@pytest.mark.parametrize(
    ("substance", "deed"),
    [
        ("to extend the mandate", "Extend the mandate"),
        ("de lui rendre compte", "Lui rendre compte"),
        ("d\u2019exhorter les parties", "Exhorter les parties"),
        ("the withdrawal of all forces", "The withdrawal of all forces"),
    ],
)
def test_what_is_to_be_done_opens_with_its_verb(substance: str, deed: str) -> None:
    assert deed_of(substance) == deed
