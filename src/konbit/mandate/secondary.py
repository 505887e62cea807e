"""Secondary sources: what a press article tells of a decision, until the text itself arrives.

Nothing here is a paragraph of the decision. Every value quotes its place in the article and says its
rule; what the article does not tell stays empty.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from konbit.mandate.characters import plain
from konbit.mandate.dates import day_in, has_year
from konbit.mandate.languages import language_of
from konbit.mandate.told import AnsweredRequest, Article
from konbit.mandate.told_acts import Sentence, told_acts
from konbit.mandate.told_words import (
    ACTED,
    ADOPTS,
    ASKED,
    ASKER,
    ASKER_BY,
    BODIES,
    BY_TEXT,
    DATELINE,
    DAY_TOLD,
    DECISION,
    OTHER_SOURCES,
    REQUEST,
    SYMBOL,
    WEEKDAY_TOLD,
    WEEKDAYS,
)
from konbit.mandate.values import Proposal, Span
from konbit.mandate.votes import vote_in

if TYPE_CHECKING:
    from datetime import date

    from konbit.mandate.values import Body, Vote

_SENTENCE = re.compile(
    r"[^.!?\n][^\n]*?(?:[.!?](?=\s+[A-Z\u00c0-\u00dd\u201c\"\u00ab]|\s*$|\s*\n)|(?=\n)|$)",
    re.MULTILINE,
)
_WRAPPED_LINE = 120
_WRAPPED_SHARE = 0.6


def read_article(text: str, name: str = "") -> Article:
    """Read what an article in English, French or Spanish tells of a decision of a body."""
    source = plain(text)
    sentences = [
        Sentence(
            found[0].strip(),
            Span(found.end() - len(found[0].lstrip()), found.start() + len(found[0].rstrip())),
        )
        for found in _SENTENCE.finditer(_unwrapped(source))
        if found[0].strip()
    ]
    body, language = _body(sentences), language_of(source)
    return Article(
        text=source,
        name=name,
        language=language,
        body=body,
        symbol=_symbol(sentences),
        decided_on=_decided_on(sentences),
        vote=_vote(sentences),
        request=_request(sentences),
        acts=tuple(told_acts(source, sentences, language.value)),
    )


def _unwrapped(source: str) -> str:
    """The text with lines of one paragraph joined, every character at its place.

    Lines are taken as wrapped where no line is long and those that another one follows within a
    paragraph are nearly full: then a single line end is a space, and only an empty line ends a
    paragraph.
    """
    paragraphs = [part for part in re.split(r"\n[ \t]*\n", source) if part.strip()]
    lines = [[line.strip() for line in part.strip().split("\n")] for part in paragraphs]
    longest = max((len(line) for part in lines for line in part), default=0)
    goes_on = [line for part in lines for line in part[:-1]]
    is_wrapped = (
        bool(goes_on)
        and longest <= _WRAPPED_LINE
        and all(len(line) >= _WRAPPED_SHARE * longest for line in goes_on)
    )
    return re.sub(r"(?<=\S)[ \t]*\n(?=[ \t]*\S)", _spaces, source) if is_wrapped else source


def _spaces(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _body(sentences: list[Sentence]) -> Proposal[Body] | None:
    """The body named first in the first sentence that tells of an adoption."""
    for sentence in sentences:
        if ADOPTS.search(sentence.words) is None:
            continue
        named = [
            (found.start(), order, body, found)
            for order, (body, pattern) in enumerate(BODIES)
            if (found := pattern.search(sentence.words)) is not None
        ]
        if named:
            start, _, body, found = min(named, key=lambda one: one[:2])
            place = sentence.at.start + start
            return Proposal(body, "named-with-adoption", 85, Span(place, place + len(found[0])))
    return _body_that_acts(sentences)


def _body_that_acts(sentences: list[Sentence]) -> Proposal[Body] | None:
    """The body that a sentence names before what it decided, where nothing is told as adopted."""
    for sentence in sentences:
        acted = ACTED.search(sentence.words)
        if acted is None or OTHER_SOURCES.search(sentence.words):
            continue
        for body, pattern in BODIES:
            found = pattern.search(sentence.words, 0, acted.start())
            if found is not None:
                place = sentence.at.start + found.start()
                return Proposal(body, "named-before-act", 70, Span(place, place + len(found[0])))
    return None


def _symbol(sentences: list[Sentence]) -> Proposal[str] | None:
    for sentence in sentences:
        tells = ADOPTS.search(sentence.words) or BY_TEXT.match(sentence.words)
        found = SYMBOL.search(sentence.words) if tells else None
        if found is not None:
            number = " ".join((found["n"] or found["s"]).split())
            symbol = f"S/RES/{number}" if found["n"] else number
            place = sentence.at.start + found.start()
            return Proposal(symbol, "symbol-in-lead", 70, Span(place, place + len(found[0])))
    return None


def _decided_on(sentences: list[Sentence]) -> Proposal[date] | None:
    for sentence in sentences:
        if DECISION.search(sentence.words) is None and ADOPTS.search(sentence.words) is None:
            continue
        for found in DAY_TOLD.finditer(sentence.words):
            before = sentence.words[max(0, found.start() - 60) : found.start()]
            if ASKED.search(before):
                continue
            day = day_in(found["d"])
            if day is not None and has_year(found["d"]):
                place = sentence.at.start + found.start("d")
                return Proposal(day, "day-of-decision", 80, Span(place, place + len(found["d"])))
    return _weekday_of(sentences)


def _weekday_of(sentences: list[Sentence]) -> Proposal[date] | None:
    """The weekday of a decision, counted back from the day on which the article was sent."""
    sent = next((found for one in sentences[:3] if (found := DATELINE.match(one.words))), None)
    sent_on = day_in(sent["d"]) if sent is not None and has_year(sent["d"]) else None
    if sent_on is None:
        return None
    for sentence in sentences:
        if not (ADOPTS.search(sentence.words) or ACTED.search(sentence.words)):
            continue
        found = WEEKDAY_TOLD.search(sentence.words)
        weekday = WEEKDAYS.get(found["w"].casefold()) if found is not None else None
        if found is not None and weekday is not None:
            day = sent_on - timedelta(days=(sent_on.weekday() - weekday) % 7)
            place = sentence.at.start + found.start("w")
            return Proposal(
                day, "weekday-before-dateline", 60, Span(place, place + len(found["w"]))
            )
    return None


def _vote(sentences: list[Sentence]) -> Proposal[Vote] | None:
    for sentence in sentences:
        if ADOPTS.search(sentence.words) or "vote" in sentence.words.casefold():
            vote = vote_in(sentence.words)
            if vote is not None:
                return Proposal(vote, "told-with-adoption", 75, sentence.at)
    return None


def _request(sentences: list[Sentence]) -> AnsweredRequest | None:
    for sentence in sentences:
        dated = REQUEST.search(sentence.words)
        asker = ASKER.search(sentence.words) or ASKER_BY.search(sentence.words)
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
