"""Secondary sources: what a press article tells of a decision, until the text itself arrives.

Nothing here is a paragraph of the decision. Every value quotes its place in the article and says its
rule; what the article does not tell stays empty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from konbit.mandate.acronyms import Acronyms
from konbit.mandate.addressees import object_of, subject_of
from konbit.mandate.addressees_abroad import addressee_abroad
from konbit.mandate.characters import plain
from konbit.mandate.dates import day_in, has_year
from konbit.mandate.languages import language_of
from konbit.mandate.lexicon import lexicon
from konbit.mandate.lexicon.tables import Found
from konbit.mandate.lexicon.told_forms import is_participle, told_entry, told_form
from konbit.mandate.told import AnsweredRequest, Article, ToldAct
from konbit.mandate.told_words import (
    ADOPTS,
    AFTER_PREPOSITION,
    ASKED,
    ASKER,
    BEFORE_SUBJECT,
    BODIES,
    BY_TEXT,
    DAY_TOLD,
    DECISION,
    IMPERSONAL,
    NAMED_SUBJECT,
    OTHER_SOURCES,
    OWN_NAME,
    PASSIVE_BEFORE,
    RELATIVE,
    REQUEST,
    SUBJECT,
    SYMBOL,
)
from konbit.mandate.values import Force, Proposal, Span
from konbit.mandate.votes import vote_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from konbit.mandate.names import Named
    from konbit.mandate.values import Body, Vote

_SENTENCE = re.compile(
    r"[^.!?\n][^\n]*?(?:[.!?](?=\s+[A-Z\u00c0-\u00dd\u201c\"\u00ab]|\s*$|\s*\n)|(?=\n)|$)",
    re.MULTILINE,
)
_WRAPPED_LINE = 120
_WRAPPED_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class _Sentence:
    words: str
    at: Span


def read_article(text: str, name: str = "") -> Article:
    """Read what an article in English, French or Spanish tells of a decision of a body."""
    source = plain(text)
    sentences = [
        _Sentence(
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
        acts=tuple(_acts(source, sentences, language.value)),
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


def _body(sentences: list[_Sentence]) -> Proposal[Body] | None:
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
    return None


def _symbol(sentences: list[_Sentence]) -> Proposal[str] | None:
    for sentence in sentences:
        tells = ADOPTS.search(sentence.words) or BY_TEXT.match(sentence.words)
        found = SYMBOL.search(sentence.words) if tells else None
        if found is not None:
            number = " ".join((found["n"] or found["s"]).split())
            symbol = f"S/RES/{number}" if found["n"] else number
            place = sentence.at.start + found.start()
            return Proposal(symbol, "symbol-in-lead", 70, Span(place, place + len(found[0])))
    return None


def _decided_on(sentences: list[_Sentence]) -> Proposal[date] | None:
    for sentence in sentences:
        if DECISION.search(sentence.words) is None:
            continue
        for found in DAY_TOLD.finditer(sentence.words):
            before = sentence.words[max(0, found.start() - 60) : found.start()]
            if ASKED.search(before):
                continue
            day = day_in(found["d"])
            if day is not None and has_year(found["d"]):
                place = sentence.at.start + found.start("d")
                return Proposal(day, "day-of-decision", 80, Span(place, place + len(found["d"])))
    return None


def _vote(sentences: list[_Sentence]) -> Proposal[Vote] | None:
    for sentence in sentences:
        if ADOPTS.search(sentence.words) or "vote" in sentence.words.casefold():
            vote = vote_in(sentence.words)
            if vote is not None:
                return Proposal(vote, "told-with-adoption", 75, sentence.at)
    return None


def _request(sentences: list[_Sentence]) -> AnsweredRequest | None:
    for sentence in sentences:
        dated = REQUEST.search(sentence.words)
        asker = ASKER.search(sentence.words)
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


def _acts(source: str, sentences: list[_Sentence], language: str) -> Iterator[ToldAct]:
    acronyms = Acronyms.of(source)
    for sentence in sentences:
        if len(sentence.words.split()) < 6 or OTHER_SOURCES.search(sentence.words):
            continue
        words = sentence.words.replace("\u2019", "'")
        told = [
            act
            for found in told_form(language).finditer(words)
            if (act := _act(sentence, words, found, _Reading(language, acronyms))) is not None
        ]
        yield from _quoted(sentence, told)


def _quoted(sentence: _Sentence, told: list[ToldAct]) -> Iterator[ToldAct]:
    """The acts of a sentence, each with its own words: from where it begins to the next."""
    ends = [*(act.at.start for act in told[1:]), *[sentence.at.end][: len(told)]]
    for act, end in zip(told, ends, strict=True):
        words = sentence.words[act.at.start - sentence.at.start : end - sentence.at.start]
        own = _JOINS_NEXT.sub("", words)
        yield replace(act, words=own, at=Span(act.at.start, act.at.start + len(own)))


_JOINS_NEXT = re.compile(
    r"[\s,;:.]*(?:\b(?:and|while|but|et|tout\s+en|y|e|mientras)\b(?:\s+(?:also|further|it|elle|il))*)?[\s,]*$"
)


@dataclass(frozen=True, slots=True)
class _Reading:
    language: str
    acronyms: Acronyms


def _act(
    sentence: _Sentence, words: str, found: re.Match[str], reading: _Reading
) -> ToldAct | None:
    entry = told_entry(reading.language, found[0])
    passive = PASSIVE_BEFORE[reading.language].search(words[: found.start()])
    if entry is None or (
        passive is None and not _is_told_by_body(words[: found.start()], found[0])
    ):
        return None
    if passive is None and is_participle(reading.language, found[0]):
        return None
    if passive is not None and (entry.takes == "none" or entry.force is Force.STATEMENT):
        return None
    told = f"{entry.verb}{words[found.end() :]}"
    present = lexicon(reading.language).find(told, certain=True) or Found(
        entry, entry.verb, entry.force, entry.tier, (), 0, 0, len(entry.verb)
    )
    start = sentence.at.start + found.start()
    place = Span(start, start + len(found[0]))
    after = found.end() + max(0, present.end - len(entry.verb))  # adverbs may follow the verb
    addressee = _addressee(sentence, words, (present, passive, after), reading)
    begins = min(found.start(), passive.start("who")) if passive is not None else found.start()
    return ToldAct(
        Proposal(present.name, "told-verb", 65, place),
        Proposal(present.force, "told-verb", 60, place),
        addressee,
        sentence.words[begins:],
        Span(sentence.at.start + begins, sentence.at.end),
    )


def _addressee(
    sentence: _Sentence,
    words: str,
    told: tuple[Found, re.Match[str] | None, int],
    reading: _Reading,
) -> Proposal[str] | None:
    verb, passive, end = told
    if passive is not None:
        lead = BEFORE_SUBJECT.match(passive["who"])
        shift = lead.end() if lead else 0
        who = RELATIVE.split(passive["who"][shift:])[0].strip()
        start = sentence.at.start + passive.start("who") + shift
        return Proposal(who, "passive-subject", 55, Span(start, start + len(who)))
    named = _named(words, verb, end, reading)
    if named is None:
        return None
    at = Span(sentence.at.start + named.start, sentence.at.start + named.end)
    return Proposal(named.words, "object", min(70, named.sure), at)


def _named(words: str, verb: Found, end: int, reading: _Reading) -> Named | None:
    """Who is told to act: the object, or the subject of "that ... do"."""
    if reading.language != "en":
        return addressee_abroad(words, verb, end, len(words), reading.language)
    entry = verb.entry
    clause = _THAT.match(words, end) if entry.takes in {"to", "that"} else None
    if clause is not None and entry.force is not Force.STATEMENT:
        return subject_of(words, clause.end(), len(words), reading.acronyms, needs_modal=False)
    if entry.force is Force.STATEMENT or entry.takes != "to":
        return None
    return object_of(words, end, len(words), reading.acronyms)


_THAT = re.compile(r"\s+that\s+")


def _is_told_by_body(before: str, form: str) -> bool:
    """Whether the body or its text is the one who does it: as subject, or in a participle."""
    if IMPERSONAL.search(before) is not None:
        return True
    named = NAMED_SUBJECT.search(before)
    if named is not None and OWN_NAME.search(named["who"]) is None:
        return False
    participle = form.casefold().split(" ")[0].endswith(("ing", "ant", "ando", "iendo"))
    if participle and AFTER_PREPOSITION.search(before):
        return False
    if participle:
        return before.rstrip().endswith(",") or SUBJECT.search(before) is not None
    return SUBJECT.search(before[-240:]) is not None
