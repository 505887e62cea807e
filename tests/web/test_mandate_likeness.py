"""Which row is like which paragraph, who is meant, and what is to be done: laws of matching."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from konbit.dossier.tables.mandate import Mission, Organisation, Paragraph
from konbit.web.mandates.matching import Asked, matched, numbers_of
from konbit.web.mandates.owners import owner_of
from konbit.web.mandates.paragraphs import task_of
from tiny_rows import make, tiny

if TYPE_CHECKING:
    from random import Random


_VERBS = st.sampled_from(["decides", "requests", "urges"])
_THINGS = ["police", "arms", "ships", "camp", "money", "report", "gang", "water", "court", "road"]
_TEXTS = st.lists(st.sampled_from(_THINGS), min_size=1, max_size=4).map(" ".join)


@settings(max_examples=60, deadline=None)  # a busy machine is no fault
@given(st.lists(st.tuples(_VERBS, _TEXTS, st.booleans()), max_size=6), st.randoms())
def test_each_number_of_a_row_stands_for_one_paragraph(
    told: list[tuple[str, str, bool]], chance: Random
) -> None:
    rows = [
        make(
            Paragraph, code=f"R{n}", document="D", verb=verb, substance=text,
            number=str(n) if seen else "", number_status="confirmed" if seen else "unknown",
        )
        for n, (verb, text, seen) in enumerate(told, start=1)
    ]  # fmt: skip
    shuffled = chance.sample(told, len(told))
    asked = [
        Asked(f"op{n}", f"D.op{n}", str(n), verb, text)
        for n, (verb, text, _) in enumerate(shuffled, start=1)
    ]
    found = matched(asked, rows)
    assert set(found) == {one.name for one in asked}
    taken = [match.row for match in found.values() if match.row]
    assert len(taken) == len(set(taken))
    for one in asked:
        row = next((r for r in rows if one.number in numbers_of(r)), None)
        if row is not None:
            assert (found[one.name].row, found[one.name].reason) == (row.code, "number")
    assert matched(asked, rows) == found


_SHARES = """
import sys
from types import SimpleNamespace as Row
from konbit.web.mandates.matching import Asked, _pairs
words = [f"word{n} thing{n * 7}" for n in range(40)]
texts = [" ".join(words[n : n + 25]) for n in range(12)]
same = {"verb": "decides", "addressee": "", "theme": "", "number": "", "parent": ""}
rows = [Row(substance=t, **same) for t in texts]
asked = [Asked(f"op{n}", "", str(n), "decides", t) for n, t in enumerate(reversed(texts))]
sys.stdout.write(repr([pair.share for pair in _pairs(asked, rows, {})]))
"""


def test_how_like_a_row_is_does_not_hang_on_the_process() -> None:
    shares = {
        subprocess.run(
            [sys.executable, "-c", _SHARES],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in (1, 2, 3)
    }  # fmt: skip
    assert len(shares) == 1
    assert "0." in shares.pop()


def test_a_task_says_what_and_not_who() -> None:
    for said, who, told in (
        ("the Secretary-General to report monthly", "the Secretary-General", "Report monthly"),
        (
            "le Secrétaire général de lui rendre compte",
            "le Secrétaire général",
            "Lui rendre compte",
        ),
        ("à toutes les parties de coopérer", "toutes les parties", "Coopérer"),
        ("a los donantes a cumplir sus promesas", "los donantes", "Cumplir sus promesas"),
        ("Member States that pay to go on", "Member States", "Member States that pay to go on"),
        ("that all States shall pay", "all States", "That all States shall pay"),
    ):
        assert task_of(said, who) == told


def test_who_is_meant() -> None:
    dossier = tiny(
        make(Organisation, code="UN-SG", title="Secretary-General and Secretariat"),
        make(Organisation, code="KEN", title="Kenya"),
        make(Organisation, code="HTI", title="Haiti"),
        make(Mission, country="HTI"),
        make(Organisation, code="SGP", title="Standing Group of Partners"),
    )
    assert owner_of("the Secretary-General", dossier) == "UN-SG"
    assert owner_of("the Government of Kenya", dossier) == "KEN"
    assert owner_of("al Secretario General", dossier) == "UN-SG"
    assert owner_of("le Secrétaire général", dossier) == "UN-SG"
    assert owner_of("le Gouvernement du Kenya", dossier) == "KEN"
    assert owner_of("the Kenyan authorities", dossier) == "KEN"
    assert owner_of("las autoridades kenianas", dossier) == "KEN"
    assert owner_of("le Gouvernement ha\u00eftien", dossier) == "HTI"
    assert owner_of("the host State", dossier) == owner_of("le pays h\u00f4te", dossier) == "HTI"
    assert owner_of("the Haitian parties", dossier) == owner_of("the Haitian", dossier) == ""
    assert owner_of("the Congolese authorities", dossier) == ""
    assert owner_of("Member States", dossier) == ""
    assert owner_of("", dossier) == owner_of("of the", dossier) == ""
