"""Mutated resolutions, so that no text makes the reading fail or grow slow.

    python benchmarks/mandate_soak.py [--texts FOLDER] [--count 10000] [--seed 1]

Each text is a resolution with a few lines or characters lost, doubled, swapped or spoilt. Every one
is read; its blocks must hold all of its characters, and Akoma Ntoso and back must keep its words.
Every second is also spoilt as files, printers and scanners do. Then texts of doubling size,
ordinary and hostile, are timed by CPU seconds.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from pathlib import Path

from konbit.mandate import Document, as_akn, from_akn, read, read_article, read_coded, written
from mandate_damage import DAMAGES

TEXTS = Path(__file__).resolve().parents[2] / "shared/data/resolutions"
SAMPLES = Path(__file__).parents[1] / "tests" / "mandate" / "samples"
LONGEST_SECONDS = 2.0  # for a megabyte of resolutions
SOON = frozenset({"ordinary", "one resolution", "distinct parts"})  # within those seconds
MOST_GROWTH = 6  # four times the characters may take six times as long, not more
NOISE = (
    "\u00a0\u2011\u201c\u201d\x00\x0c\ufeff()[]{}.,;:-_0123456789abcIVXlZ\u00e9\u6f22\U0001f600\t "
)
BEGUN = "The Security Council,\n\n1. Decides to meet;\n\n2. Requests all States "
HOSTILE = {
    "letters": "a" * 1_000,
    "spaces": " " * 1_000,
    "numbers": "1. " * 300,
    "brackets": "(a) " * 250,
    "commas": ", and, " * 140,
    "determiners": "requests the the all any " * 40,
    "capitals": "Aa Bb of the Cc and Dd, " * 40,
    "resolutions": "resolution 841 (1993), 58/82, paragraph 7 of ",
    "days": "until 31 July 2018, every one hundred and twenty days, ",
    "drafts": "[30] [45/60] days, [urges] [calls on] the Force, ",
    "definitions": "the Aa Bb Cc Dd Mission (“the Mission”), requests it to urge the Mission, ",
    "events": "until the work of it is once the Aa has upon completion ",
    "articles": "\n\nArticle 1\n\n1. Aa shall\n",
    "quotes": '"1. Decides: "which reads: "',
    "adverbs": "also further strongly once again deeply " * 25,
    "hyphens": "self- \n",
    "heads": "A\n\nI\n\n",
    "columns": f"{'left words here':50}right words here\n",
    "strengths": "up to 5 troops, including a b c d e f g and ",
    "subjects": "300 aa bb cc dd, ee ff gg, shall be 40 hh of whom 5 shall be ",
    "sums": "in the amount of 1,000 dollars, inclusive of $2 million, the balance of ",
    "brigades": "to deploy, within a b, with a reserve of a brigade of a force of ",
    "told": "1. Urged, and condemned, y instaron a, and We urge ",
    "which": "the groups that have a b c, and other groups that are d e f, ",
    "introduced": "Acting under Chapter VII, with a view to, in this regard, ",
}


def main() -> None:
    """Run the soak; end with an error if anything went wrong."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--texts", type=Path, default=TEXTS)
    arguments.add_argument("--count", type=int, default=10_000)
    arguments.add_argument("--seed", type=int, default=1)
    chosen = arguments.parse_args()
    folder = chosen.texts if chosen.texts.exists() else SAMPLES
    sources = [path.read_text("utf-8", errors="replace") for path in sorted(folder.rglob("*.txt"))]
    wrong = soak(sources, chosen.count, random.Random(chosen.seed))
    slow = sizes(sources)
    sys.exit(1 if wrong or slow else 0)


def soak(sources: list[str], count: int, chance: random.Random) -> int:
    """Read mutated texts; the number of those that went wrong."""
    started, wrong, slowest = time.process_time(), 0, 0.0
    for number in range(count):
        text = mutated(chance.choice(sources), sources, chance)
        began = time.process_time()
        try:
            check(text, deep=number % 4 == 0)
        except Exception as error:  # whatever is raised is what is looked for
            wrong += 1
            sys.stdout.write(f"text {number}: {type(error).__name__}: {error}\n")
        slowest = max(slowest, time.process_time() - began)
    spent = time.process_time() - started
    sys.stdout.write(
        f"{count} mutated texts, {wrong} wrong, {spent:.1f} s CPU, slowest {slowest:.2f} s\n"
    )
    return wrong


def check(text: str, *, deep: bool) -> None:
    """Read a text; what must hold of it is asserted."""
    document = read(text, "mutated.txt")
    assert letters(document) == re.findall(r"\w", document.text), "characters were lost"
    if deep:
        words = shown(document)
        assert shown(from_akn(as_akn(document))) == words, "Akoma Ntoso lost words"
        assert shown(read_coded(written(document))) == words, "text with codes lost words"
        read_article(text[:20_000])


def letters(document: Document) -> list[str]:
    """Letters and figures of all blocks."""
    return re.findall(r"\w", " ".join(block.text for block in document.blocks))


def shown(document: Document) -> list[str]:
    """Words of all blocks."""
    return re.findall(r"\S+", " ".join(block.text for block in document.blocks))


def mutated(text: str, sources: list[str], chance: random.Random) -> str:
    """A text with up to five faults, and in every second case what files and scanners do to it."""
    for _ in range(chance.randint(1, 5)):
        text = fault(text, sources, chance)
    for _ in range(chance.choice((0, 0, 1, 2))):
        text = chance.choice(DAMAGES)(text, chance)
    return text


def fault(text: str, sources: list[str], chance: random.Random) -> str:
    """A text with one fault more."""
    lines = text.split("\n")
    place, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    kind = chance.randrange(9)
    if kind == 0:
        del lines[place]
    elif kind == 1:
        lines.insert(other, lines[place])
    elif kind == 2:
        lines[place], lines[other] = lines[other], lines[place]
    elif kind == 3:
        lines[place] = "".join(c for c in lines[place] if chance.random() > 0.1)
    elif kind == 4:
        spoilt = [chance.choice(NOISE) if chance.random() < 0.08 else c for c in lines[place]]
        lines[place] = "".join(spoilt)
    elif kind == 5:
        return " ".join(text.split())
    elif kind == 6:
        return text[: chance.randrange(len(text) + 1)]
    elif kind == 7:
        lines.insert(place, chance.choice(sources)[: chance.randrange(3_000)])
    else:
        lines = [line for line in lines if line.strip()]
    return "\n".join(lines)


def sizes(sources: list[str]) -> int:
    """Time texts of doubling size; the number of kinds that are slow or grow faster than they."""
    ordinary = "\n".join(sources)
    kinds = {
        "ordinary": ordinary,
        "one resolution": one_long(250_000),
        "distinct parts": parts(1_000_000),
    } | {name: piece * (1 + 300_000 // len(piece)) for name, piece in HOSTILE.items()}
    slow = 0
    for name, text in kinds.items():
        spent = []
        for size in (250_000, 500_000, 1_000_000):
            whole = BEGUN + (text * (1 + size // max(1, len(text))))[:size]
            began = time.process_time()
            read(whole)
            spent.append(time.process_time() - began)
        slow_text = name in SOON and spent[-1] > LONGEST_SECONDS
        bad = slow_text or spent[-1] > MOST_GROWTH * max(spent[0], 0.05)
        slow += bad
        told = ", ".join(f"{seconds:.2f}" for seconds in spent)
        sys.stdout.write(f"{name:16} {told} s CPU{'  SLOW' if bad else ''}\n")
    return slow


def one_long(size: int) -> str:
    """Very many paragraphs of one resolution."""
    made = ["to write;\n"]
    number = 2
    while sum(map(len, made[-1:])) and number * 240 < size:
        number += 1
        made.append(
            f"{number}. Requests the Secretary-General to report within {number % 90 + 1}\n"
            "days, and calls upon all States, in particular neighbouring States, to send up\n"
            f"to {number}\n"
            "police officers:\n\n(a) To the port;\n\n(b) To the airport;\n"
        )
    return "\n".join(made)


def parts(size: int) -> str:
    """Very many short lettered parts, of which no two are the same."""
    made = []
    for number in range(1 + size // 460):
        letters = (f"({chr(97 + n)}) To go {number * 26 + n};\n" for n in range(26))
        made.append(f"{number + 2}. Decides:\n{''.join(letters)}\n")
    return "".join(made)


if __name__ == "__main__":
    main()
