"""What a text renews, and what it says of days."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from konbit.dossier.tables.mandate import Document
from konbit.web.mandates.proposing import document_in, propose
from konbit.web.tables.dossiers import dossier_of
from mandate_forms import browser, offered, sent_in

if TYPE_CHECKING:
    from web_world import World

RENEWED = """S/RES/2999 (2026)

Adopted by the Security Council at its 10200th meeting, on 2 October 2026

The Security Council,

Recalling its resolution 2793 (2025),

1. Decides to extend, until 2 October 2027, the authorization of the Force, with up to 6,050
personnel;

2. Requests the Secretary-General to report to the Council within 60 days of the adoption of this
resolution and every 90 days thereafter;

3. Encourages Member States in a position to do so to contribute personnel by 30 January 2027.
"""


def test_what_a_text_says_of_days_is_offered_where_it_belongs(world: World) -> None:
    client = browser(world.users["planner"])
    page = client.get(sent_in(client, RENEWED)).content.decode()
    sent = offered(page)
    # What the act allows ends with it, and the first report is the one within sixty days.
    assert (sent["p.op1.c1.from_on"], sent["p.op1.c1.until_on"]) == ("2026-10-02", "2027-10-02")
    assert (sent["p.op2.due_on"], sent["p.op2.first_due_on"]) == ("2026-12-01", "2026-12-01")
    assert sent["p.op3.task"] == "Contribute personnel by 30 January 2027."
    # A day that the words print is not told twice.
    within = "within 60 days of the adoption of this resolution; every 90 days"
    limits = re.findall(r"Limit: ([^<]*)<", page)
    assert limits == [
        "until 2 October 2027",
        f"{within} \u00b7 by 1 December 2026",
        "by 30 January 2027",
    ]


RENEWAL = """Resolution 2820 (2026)

Adopted by the Security Council at its 10100th meeting, on 3 March 2026

The Security Council,

Recalling its resolutions 2476 (2019) and 2699 (2023){more},

1. Decides to {verb} until 31 January 2027 the mandate of {whose};
"""


@pytest.mark.parametrize(
    ("verb", "whose", "more", "expected"),
    [
        ("extend", "BINUH", "", ("S-RES-2814", "renews-recalled-later", 60)),
        ("extend", "BINUH", " and 2814 (2026)", ("S-RES-2814", "renews-recalled", 60)),
        (
            "extend",
            "BINUH, contained in paragraph 1 of that resolution",
            "",
            ("S-RES-2814", "renews-recalled-later", 60),
        ),
        (
            "renew",
            "BINUH as set out in its resolution 2743 (2024)",
            "",
            ("S-RES-2814", "renews-cited-later", 65),
        ),
        (
            "renew",
            "BINUH as set out in its resolution 2814 (2026)",
            "",
            ("S-RES-2814", "renews-cited", 85),
        ),
        ("extend", "UNFIL", "", None),
        ("extend", "the Panel of Experts", "", None),
        ("review", "BINUH", "", None),
    ],
)
def test_what_a_text_renews_is_cited_or_recalled_of_the_same_mission(
    verb: str, whose: str, more: str, expected: tuple[str, str, int] | None, world: World
) -> None:
    world["planner"]
    haiti = dossier_of(world.mission)
    text = RENEWAL.format(verb=verb, whose=whose, more=more)
    found = propose(document_in(text, "r.txt"), haiti).document
    told = next((one for one in found.why if one[0] == "renews"), None)
    assert ((found.renews, *told[1:]) if told else None) == expected
    other_body = text.replace("The Security Council", "The Human Rights Council")
    other_body = other_body.replace("by the Security", "by the Human Rights")
    assert bool(propose(document_in(other_body, "r.txt"), haiti).document.renews) == (
        expected is not None and "cited" in expected[1]
    )


def test_a_text_does_not_renew_itself_nor_what_came_after_it(world: World) -> None:
    world["planner"]
    haiti = dossier_of(world.mission)
    for number, renews in (("2743", "S-RES-2692"), ("2751", "S-RES-2699"), ("2793", "S-RES-2751")):
        text = (Path(__file__).parent / "texts" / f"as_{number}.txt").read_text("utf-8")
        assert propose(document_in(text, "r.txt"), haiti).document.renews == renews
        assert haiti.by_code(Document)[f"S-RES-{number}"].renews == renews
