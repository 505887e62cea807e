"""Scores of the reading of resolutions against hand labels: precision, recall, F1.

    python benchmarks/mandate.py [--labels FILE] [--texts FOLDER] [--wrong]

Beside what a set of labels scores now stands its F1 when it was first read, before the reader was
mended by what it showed (mandate_first_readings.csv). Only that tells of texts not looked at yet.

Labels: one JSON object a line, in the form of the gold standard. Texts of the United Nations stay
where they are; made-up ones in other layouts are in tests/mandate/unseen.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from konbit.mandate import Ceiling, Document, Paragraph, read

MEASURES = (
    "segmentation",
    "verb",
    "force",
    "addressee",
    "deadline",
    "ceiling",
    "citation",
    "reference",
)
TEXTS = Path(__file__).resolve().parents[2] / "shared/data/resolutions"
HERE = Path(__file__).parent
OWN_TEXTS = HERE.parent / "tests" / "mandate" / "unseen"  # made up, in layouts that the texts lack
Facts = dict[str, Counter[tuple[Any, ...]]]


def main() -> None:
    """Print the scores of each set of labels."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--texts", type=Path, default=TEXTS)
    arguments.add_argument("--labels", type=Path, action="append")
    arguments.add_argument("--wrong", action="store_true", help="list what differs")
    chosen = arguments.parse_args()
    held_out = sorted(HERE.glob("mandate_held_out*.jsonl"), key=set_of)
    sets = chosen.labels or [chosen.texts / "gold_dev.jsonl", *held_out]
    for labels in sets:
        if not labels.exists() or not chosen.texts.exists():
            sys.stdout.write(f"{labels}: not here, left out\n")
            continue
        score(labels, chosen.texts, wrong=chosen.wrong)


def set_of(labels: Path) -> int:
    """The number of a held-out set by its file's name; the first has none, another file is 0."""
    found = re.fullmatch(r"mandate_held_out(?:_(\d+))?", labels.stem)
    return int(found[1] or 1) if found else 0


def first_readings(number: int) -> dict[str, str]:
    """F1 of each measure when a set was first read."""
    with (HERE / "mandate_first_readings.csv").open(encoding="utf-8", newline="") as rows:
        return {
            row["measure"]: row["f1"] for row in csv.DictReader(rows) if row["set"] == str(number)
        }


def score(labels: Path, texts: Path, *, wrong: bool) -> None:
    """Print the scores of one set of labels."""
    hits: Counter[str] = Counter()
    said: Counter[str] = Counter()
    meant: Counter[str] = Counter()
    heads: Counter[str] = Counter()
    lines = [json.loads(line) for line in labels.read_text("utf-8").splitlines() if line.strip()]
    for label in lines:
        place = OWN_TEXTS / label["file"]
        place = place if place.exists() else texts / label["file"]
        text = place.read_text("utf-8", errors="replace")
        document = read(text, label["file"])
        found, truth = facts_of(document), facts_in(label)
        for measure in labelled(label):
            hits[measure] += sum((found[measure] & truth[measure]).values())
            said[measure] += sum(found[measure].values())
            meant[measure] += sum(truth[measure].values())
            if wrong:
                differs(label["file"], measure, found[measure], truth[measure])
        for name, right in heads_right(document, label).items():
            heads[name] += right
            if wrong and not right:
                sys.stdout.write(f"{label['file']} {name} differs\n")
    sys.stdout.write(f"\n{labels.name}: {len(lines)} texts\n")
    sys.stdout.write(
        f"{'':14}{'precision':>10}{'recall':>10}{'F1':>10}{'labels':>10}{'F1 first':>10}\n"
    )
    first = first_readings(set_of(labels))
    for measure in MEASURES:
        if not said[measure] + meant[measure]:
            continue
        precision = hits[measure] / max(1, said[measure])
        recall = hits[measure] / max(1, meant[measure])
        both = 2 * precision * recall / max(1e-9, precision + recall)
        sys.stdout.write(
            f"{measure:14}{precision:10.3f}{recall:10.3f}{both:10.3f}{meant[measure]:10}"
            f"{first.get(measure, ''):>10}\n"
        )
    told = ", ".join(f"{name} {heads[name]} of {len(lines)}" for name in sorted(heads))
    sys.stdout.write(f"{told}\n")


def labelled(label: dict[str, Any]) -> tuple[str, ...]:
    """The measures for which a text has labels; older sets lack numbers and other texts cited."""
    told_of = any("ceilings" in paragraph for paragraph in label["paragraphs"])
    return tuple(one for one in MEASURES if told_of or one not in {"ceiling", "reference"})


def facts_of(document: Document) -> Facts:
    """What was read, as countable facts."""
    facts: Facts = {measure: Counter() for measure in MEASURES}
    for paragraph in document.paragraphs:
        key = (paragraph.section or None, paragraph.number, paragraph.sub or None)
        facts["segmentation"][key] += 1
        for place, act in enumerate(paragraph.acts):
            acted = {
                "verb": act.verb.value if act.verb else None,
                "force": act.force.value.value if act.force else None,
                "addressee": act.addressee.value if act.addressee else None,
                "deadline": "; ".join(limit.phrase for limit in act.deadlines) or None,
            }
            count_act(facts, (*key, place), acted)
            facts["ceiling"].update((*key, place, told(ceiling)) for ceiling in act.ceilings)
        count_citations(facts, key, paragraph_citations(paragraph))
        other = [
            one.symbol or one.number for one in paragraph.citations if one.kind != "resolution"
        ]
        facts["reference"].update((*key, plain(number)) for number in other)
    return facts


def told(ceiling: Ceiling) -> str:
    """A number that bounds, as a label tells it: "5537 military at-most"."""
    return f"{ceiling.count} {ceiling.kind} {ceiling.bound}"


def paragraph_citations(paragraph: Paragraph) -> list[str]:
    """Numbers of the resolutions cited in a paragraph."""
    return [citation.number for citation in paragraph.citations if citation.kind == "resolution"]


def facts_in(label: dict[str, Any]) -> Facts:
    """What a person labelled, as countable facts."""
    facts: Facts = {measure: Counter() for measure in MEASURES}
    for paragraph in label["paragraphs"]:
        key = (paragraph["section"], paragraph["n"], paragraph["sub"])
        facts["segmentation"][key] += 1
        for place, act in enumerate([paragraph, *paragraph.get("also", ())]):
            count_act(facts, (*key, place), act)
            facts["ceiling"].update((*key, place, label) for label in act.get("ceilings", ()))
        count_citations(facts, key, paragraph["cites"])
        facts["reference"].update((*key, plain(number)) for number in paragraph.get("refs", ()))
    return facts


def count_act(facts: Facts, key: tuple[Any, ...], act: dict[str, Any]) -> None:
    """Enter the slots of one act; a slot that is empty is no fact."""
    if act["verb"]:
        facts["verb"][(*key, act["verb"])] += 1
        facts["force"][(*key, act["force"])] += 1
    if act.get("addressee"):
        facts["addressee"][(*key, plain(act["addressee"]))] += 1
    for limit in (act.get("deadline") or "").split("; "):
        if limit:
            facts["deadline"][(*key, plain(limit))] += 1


def count_citations(facts: Facts, key: tuple[Any, ...], cites: list[str]) -> None:
    """Enter the citations of one paragraph."""
    for number in cites:
        facts["citation"][(*key, number)] += 1


def plain(words: str) -> str:
    """Words without regard to case and spaces."""
    return " ".join(words.casefold().replace("\u2019", "'").split())


def heads_right(document: Document, label: dict[str, Any]) -> dict[str, bool]:
    """Whether symbol, day, vote and number of recitals are as labelled."""
    vote: Any = None
    if document.vote is not None:
        own = document.vote.value
        counted = {"for": own.for_count, "against": own.against_count, "abstain": own.abstain_count}
        vote = own.manner if own.manner != "counted" else counted
    return {
        "symbol": (document.symbol.value if document.symbol else None) == label["symbol"],
        "adopted_on": (str(document.adopted_on.value) if document.adopted_on else None)
        == label["adopted_on"],
        "vote": vote == label["vote"],
        "recitals": len(document.recitals) == label["preambular_count"],
    }


def differs(file: str, measure: str, found: Counter[Any], truth: Counter[Any]) -> None:
    """List what is missing and what is too much."""
    for fact in (truth - found).elements():
        sys.stdout.write(f"{file} {measure} missing {fact}\n")
    for fact in (found - truth).elements():
        sys.stdout.write(f"{file} {measure} too much {fact}\n")


if __name__ == "__main__":
    main()
