"""Who is addressed, by the names that resolutions give to those who act; all made up."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from konbit.mandate import read
from konbit.mandate.lexicon import nationalities

MARKED = Path(__file__).parent / "addressees"  # paragraphs with their addressee in brackets
OPENINGS = {
    "en": "The Security Council,\n\nRecalling its resolution 900 (2030) on the matter,\n\n1. ",
    "fr": "Le Conseil de sécurité,\n\nRappelant sa résolution 900 (2030) sur la paix,\n\n1. ",
    "es": "El Consejo de Seguridad,\n\nRecordando su resolución 900 (2030) sobre la paz,\n\n1. ",
}


def addressed(language: str, sentence: str) -> list[str | None]:
    document = read(f"{OPENINGS[language]}{sentence};\n")
    return [
        act.addressee.value if act.addressee else None
        for paragraph in document.paragraphs
        for act in paragraph.acts
    ]


@pytest.mark.parametrize("language", sorted(OPENINGS))
def test_whoever_may_act_is_known_by_the_form_of_their_name(language: str) -> None:
    lines = (MARKED / f"{language}.txt").read_text("utf-8").splitlines()
    marked = [line for line in lines if line and not line.startswith("#")]
    meant = {line: re.findall(r"\[([^\]]*)\]", line) or [None] for line in marked}
    read_so = {line: addressed(language, re.sub(r"[\[\]]", "", line)) for line in marked}
    assert {line: said for line, said in read_so.items() if said != meant[line]} == {}
    assert len(marked) > 6


@pytest.mark.parametrize(
    ("adjective", "states"),
    [
        ("kenyan", ("KEN",)),
        ("kényanes", ("KEN",)),
        ("haïtienne", ("HTI",)),
        ("francesas", ("FRA",)),
        ("grecques", ("GRC",)),
        ("south african", ("ZAF",)),
        ("congolese", ("COD", "COG")),
    ],
)
def test_an_adjective_of_nationality_tells_its_states(
    adjective: str, states: tuple[str, ...]
) -> None:
    assert nationalities()[adjective] == states


@pytest.mark.parametrize(
    ("sentence", "force"),
    [
        ("Requests the Transitional Presidential Council to hold elections", "appeal"),
        ("Requests the Provisional Electoral Council to hold elections", "appeal"),
        ("Requests the President of Ruritania to sign", "appeal"),
        ("Requests the President of the General Assembly to convene a meeting", "task"),
        ("Requests the Economic and Social Council to convene a meeting", "task"),
    ],
)
def test_a_body_of_a_state_is_asked_and_one_of_the_united_nations_is_told(
    sentence: str, force: str
) -> None:
    ((act,),) = (p.acts for p in read(f"{OPENINGS['en']}{sentence};\n").paragraphs)
    assert act.force is not None
    assert act.force.value.value == force
