"""Constructions that are rare and grammatical are read by the grammar.

Each file of `unusual` is a made-up text; under each paragraph stand its acts, as a person reads
them: verb, force, addressee, time limits. They were written before they were first read.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from konbit.mandate import Act, read

FILES = sorted((Path(__file__).parent / "unusual").glob("*.txt"))
Told = tuple[str, str, str, tuple[str, ...]]


def parted(path: Path) -> tuple[str, list[list[Told]]]:
    """The text without its labels, and the labels of each paragraph in order."""
    text: list[str] = []
    labels: list[list[Told]] = []
    for line in path.read_text("utf-8").splitlines():
        if not line.startswith("= "):
            text.append(line)
            continue
        verb, force, addressee, limits = ("" if p == "-" else p for p in line[2:].split(" | "))
        told = (verb, force, addressee, tuple(limits.split("; ")) if limits else ())
        if text[-1]:
            labels.append([])
            text.append("")
        labels[-1].append(told)
    return "\n".join(text), labels


def told_by(act: Act) -> Told:
    return (
        act.verb.value if act.verb else "",
        act.force.value.value if act.force else "",
        act.addressee.value if act.addressee else "",
        tuple(limit.phrase for limit in act.deadlines),
    )


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_each_act_is_read_as_a_person_reads_it(path: Path) -> None:
    text, labels = parted(path)
    document = read(text)
    found = [[told_by(act) for act in paragraph.acts] for paragraph in document.paragraphs]
    assert len(found) == len(labels), [p.code for p in document.paragraphs]
    pairs = zip(found, labels, strict=True)
    wrong = [f"{i}: {is_}\n   {meant}" for i, (is_, meant) in enumerate(pairs, 1) if is_ != meant]
    assert not wrong, "\n".join(wrong)
