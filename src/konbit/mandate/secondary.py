"""Secondary sources: what a press article tells of a decision, until the text itself arrives.

Nothing here is a paragraph of the decision. Every value quotes its place in the article and says its
rule; what the article does not tell stays empty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from konbit.mandate.addressees import object_of
from konbit.mandate.characters import plain
from konbit.mandate.dates import DAY, day_in, has_year
from konbit.mandate.heading import vote_in
from konbit.mandate.languages import language_of
from konbit.mandate.lexicon import lexicon
from konbit.mandate.lexicon.told_forms import told_form, told_forms
from konbit.mandate.names import Acronyms
from konbit.mandate.told import AnsweredRequest, Article, ToldAct
from konbit.mandate.values import Body, Force, Proposal, Span, Vote

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from konbit.mandate.lexicon import Entry

_SENTENCE = re.compile(
    r"[^.!?\n][^\n]*?(?:[.!?](?=\s+[A-Z\u201c\"]|\s*$|\s*\n)|(?=\n)|$)", re.MULTILINE
)
_BODIES = (
    (Body.OAS_PERMANENT_COUNCIL, re.compile(
        r"Permanent\s+Council\s+of\s+the\s+(?:Organization\s+of\s+American\s+States|OAS)|OAS\s+Permanent\s+Council", re.I)),
    (Body.OAS_GENERAL_ASSEMBLY, re.compile(
        r"General\s+Assembly\s+of\s+the\s+(?:Organization\s+of\s+American\s+States|OAS)|OAS\s+General\s+Assembly", re.I)),
    (Body.HUMAN_RIGHTS_COUNCIL, re.compile(r"(?:UN\s+)?Human\s+Rights\s+Council", re.I)),
    (Body.SECURITY_COUNCIL, re.compile(r"(?:U\.?N\.?\s+)?Security\s+Council", re.I)),
    (Body.GENERAL_ASSEMBLY, re.compile(r"(?:UN\s+)?General\s+Assembly", re.I)),
)  # fmt: skip
_ADOPTS = re.compile(
    r"\b(?:adopt(?:ed|s)|approv(?:ed|es)|pass(?:ed|es)|vot(?:ed|es)|renew(?:ed|s)|extend(?:ed|s)|authori[sz](?:ed|es))\b", re.I
)  # fmt: skip
_DECISION = re.compile(
    r"\b(?:decision|resolution|session|meeting|vot(?:e|ed|es|ing)|adopt\w*|approv\w*)\b", re.I
)
_DAY = re.compile(rf"\b(?:on|dated|of|from)\s+(?:\w+day,?\s+)?(?P<d>{DAY})", re.I)
_REQUEST = re.compile(
    rf"\b(?:request|appeal|letter)\b[^.;]{{0,80}}?\b(?:from|of|dated|on|made\s+on|sent\s+on)\s+(?P<d>{DAY})", re.I
)  # fmt: skip
_ASKER = re.compile(
    r"(?:respond\w*\s+to|answer\w*|at\s+the\s+request\s+of|in\s+response\s+to|support\w*)\s+(?P<who>(?:the\s+)?(?:[A-Z][\w-]*\s*){1,6})(?:'s|\u2019s|')\s+(?:request|appeal|letter)"
)
_SYMBOL = re.compile(
    r"\bresolution\s+(?:no\.?\s*)?(?P<n>\d{3,4}\s*\(\d{4}\)|\d{4}\b)|\b(?P<s>(?:AG|CP)/(?:RES|DEC)\.?\s?\d+[^\s,;.]*)",
    re.I,
)
_OTHER_SOURCES = re.compile(
    r"\b(?:reporters?|spokes\w+|ambassador|minister|said|told|according)\b", re.I
)
_SUBJECT = re.compile(
    r"\b(?:resolution|Council|Assembly|organi[sz]ation|body|OAS|UN|decision|text|commitment|members?)\b", re.I
)  # fmt: skip
_AFTER_PREPOSITION = re.compile(r"\b(?:to|of|in|for|by|at|on|from|with|the|its|a)\s+$", re.I)
_PASSIVE_BEFORE = re.compile(r"(?P<who>[A-Z][^.;]{2,160}?)\s*,?\s+(?:is|are|was|were)\s*$")
_WRAPPED_LINE = 120


@dataclass(frozen=True, slots=True)
class _Sentence:
    words: str
    at: Span


def read_article(text: str, name: str = "") -> Article:
    """Read what an article in English tells of a decision of a body."""
    source = plain(text)
    sentences = [
        _Sentence(
            found[0].strip(),
            Span(found.end() - len(found[0].lstrip()), found.start() + len(found[0].rstrip())),
        )
        for found in _SENTENCE.finditer(_unwrapped(source))
        if found[0].strip()
    ]
    body = _body(sentences)
    return Article(
        text=source,
        name=name,
        language=language_of(source),
        body=body,
        symbol=_symbol(sentences),
        decided_on=_decided_on(sentences),
        vote=_vote(sentences),
        request=_request(sentences),
        acts=tuple(_acts(source, sentences)),
    )


def _unwrapped(source: str) -> str:
    """The text with lines of one paragraph joined, every character at its place.

    Lines are taken as wrapped where no line is long and most paragraphs have several: then a
    single line end is a space, and only an empty line ends a paragraph.
    """
    lines = [line for line in source.split("\n") if line.strip()]
    paragraphs = [part for part in re.split(r"\n[ \t]*\n", source) if part.strip()]
    is_wrapped = len(lines) >= 2 * len(paragraphs) and all(
        len(line) <= _WRAPPED_LINE for line in lines
    )
    return re.sub(r"(?<=\S)[ \t]*\n(?=[ \t]*\S)", _spaces, source) if is_wrapped else source


def _spaces(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _body(sentences: list[_Sentence]) -> Proposal[Body] | None:
    """The body named first in the first sentence that tells of an adoption."""
    for sentence in sentences:
        if _ADOPTS.search(sentence.words) is None:
            continue
        named = [
            (found.start(), order, body, found)
            for order, (body, pattern) in enumerate(_BODIES)
            if (found := pattern.search(sentence.words)) is not None
        ]
        if named:
            start, _, body, found = min(named, key=lambda one: one[:2])
            place = sentence.at.start + start
            return Proposal(body, "named-with-adoption", 85, Span(place, place + len(found[0])))
    return None


def _symbol(sentences: list[_Sentence]) -> Proposal[str] | None:
    for sentence in sentences:
        found = _SYMBOL.search(sentence.words) if _ADOPTS.search(sentence.words) else None
        if found is not None:
            number = " ".join((found["n"] or found["s"]).split())
            symbol = f"S/RES/{number}" if found["n"] else number
            place = sentence.at.start + found.start()
            return Proposal(symbol, "symbol-in-lead", 70, Span(place, place + len(found[0])))
    return None


def _decided_on(sentences: list[_Sentence]) -> Proposal[date] | None:
    for sentence in sentences:
        if _DECISION.search(sentence.words) is None:
            continue
        for found in _DAY.finditer(sentence.words):
            before = sentence.words[max(0, found.start() - 60) : found.start()]
            if re.search(r"\b(?:request|letter|appeal)\b[^,;]*$", before, re.I):
                continue
            day = day_in(found["d"])
            if day is not None and has_year(found["d"]):
                place = sentence.at.start + found.start("d")
                return Proposal(day, "day-of-decision", 80, Span(place, place + len(found["d"])))
    return None


def _vote(sentences: list[_Sentence]) -> Proposal[Vote] | None:
    for sentence in sentences:
        if _ADOPTS.search(sentence.words) or "vote" in sentence.words.casefold():
            vote = vote_in(sentence.words)
            if vote is not None:
                return Proposal(vote, "told-with-adoption", 75, sentence.at)
    return None


def _request(sentences: list[_Sentence]) -> AnsweredRequest | None:
    for sentence in sentences:
        dated = _REQUEST.search(sentence.words)
        asker = _ASKER.search(sentence.words)
        if dated is None:
            continue
        day = day_in(dated["d"])
        start = sentence.at.start
        return AnsweredRequest(
            Proposal(asker["who"].strip(), "asker-of-request", 80,
                     Span(start + asker.start("who"), start + asker.end("who"))) if asker else None,
            Proposal(day, "day-of-request", 85,
                     Span(start + dated.start("d"), start + dated.end("d"))) if day else None,
            sentence.words, sentence.at,
        )  # fmt: skip
    return None


def _acts(source: str, sentences: list[_Sentence]) -> Iterator[ToldAct]:
    acronyms = Acronyms.of(source)
    for sentence in sentences:
        if len(sentence.words.split()) < 6 or _OTHER_SOURCES.search(sentence.words):
            continue
        if _SUBJECT.search(sentence.words) is None and told_form().search(sentence.words) is None:
            continue
        for found in told_form().finditer(sentence.words):
            act = _act(sentence, found, acronyms)
            if act is not None:
                yield act


def _act(sentence: _Sentence, found: re.Match[str], acronyms: Acronyms) -> ToldAct | None:
    words = sentence.words.replace("\u2019", "'")
    entry = told_forms()[found[0].casefold()]
    passive = _PASSIVE_BEFORE.search(words[: found.start()])
    if passive is None and not _is_told_by_body(words[: found.start()], found[0]):
        return None
    if passive is not None and entry.takes != "to":
        return None
    present = lexicon("en").find(f"{entry.verb}{words[found.end() :]}", certain=True)
    name = present.name if present else entry.verb
    force = present.force if present else entry.force
    start = sentence.at.start + found.start()
    place = Span(start, start + len(found[0]))
    return ToldAct(
        Proposal(name, "told-verb", 65, place),
        Proposal(force, "told-verb", 60, place),
        _addressee(sentence, words, (entry, passive, found.end()), acronyms),
        sentence.words,
        sentence.at,
    )


def _addressee(
    sentence: _Sentence,
    words: str,
    told: tuple[Entry, re.Match[str] | None, int],
    acronyms: Acronyms,
) -> Proposal[str] | None:
    entry, passive, end = told
    if entry.force is Force.STATEMENT or entry.takes != "to":
        return None
    if passive is not None:
        who = passive["who"].split(",")[0]
        start = sentence.at.start + passive.start("who")
        return Proposal(who, "passive-subject", 55, Span(start, start + len(who)))
    named = object_of(words, end, len(words), acronyms)
    if named is None:
        return None
    at = Span(sentence.at.start + named.start, sentence.at.start + named.end)
    return Proposal(named.words, "object", min(70, named.sure), at)


def _is_told_by_body(before: str, form: str) -> bool:
    """Whether the body or its text is the one who does it: as subject, or in a participle."""
    if form.endswith("ing") and _AFTER_PREPOSITION.search(before):
        return False
    if form.endswith("ing"):
        return before.rstrip().endswith(",") or _SUBJECT.search(before) is not None
    return _SUBJECT.search(before[-120:]) is not None
