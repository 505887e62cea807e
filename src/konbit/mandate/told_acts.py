"""The acts of a decision as a press article tells them, each with its place and its words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from konbit.mandate.acronyms import Acronyms
from konbit.mandate.addressees import object_of, subject_of
from konbit.mandate.addressees_abroad import addressee_abroad
from konbit.mandate.definitions import Definitions
from konbit.mandate.lexicon import lexicon
from konbit.mandate.lexicon.tables import Found
from konbit.mandate.lexicon.told_forms import is_participle, told_entry, told_form
from konbit.mandate.told import ToldAct
from konbit.mandate.told_words import (
    AFTER_PREPOSITION,
    BEFORE_SUBJECT,
    BODIES,
    IMPERSONAL,
    NAMED_SUBJECT,
    OTHER_SOURCES,
    OTHER_SPEAKERS,
    OWN_NAME,
    PASSIVE_BEFORE,
    RELATIVE,
    SUBJECT,
)
from konbit.mandate.values import Force, Proposal, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.mandate.names import Named

_NEAR = 700  # characters before a verb in which its subject stands


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article and where it stands."""

    words: str
    at: Span


def told_acts(source: str, sentences: list[Sentence], language: str) -> Iterator[ToldAct]:
    """The acts of a decision that an article tells, in order.

    Args:
        source: the article.
        sentences: its sentences with their places.
        language: `en`, `fr` or `es`.
    """
    reading = _Reading(language, Acronyms.of(source), Definitions(source))
    for sentence in sentences:
        if len(sentence.words.split()) < 6 or OTHER_SOURCES.search(sentence.words):
            continue
        words = sentence.words.replace("\u2019", "'")
        told = [
            act
            for found in told_form(language).finditer(words)
            if (act := _act(sentence, words, found, reading)) is not None
        ]
        yield from _quoted(sentence, told)


def _quoted(sentence: Sentence, told: list[ToldAct]) -> Iterator[ToldAct]:
    """The acts of a sentence, each with its own words: from where it begins to the next."""
    ends = [*(act.at.start for act in told[1:]), *[sentence.at.end][: len(told)]]
    for act, next_one in zip(told, ends, strict=True):
        # A passive that follows may begin with its subject before this verb.
        end = next_one if act.verb.at is None else max(next_one, act.verb.at.end)
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
    definitions: Definitions


def _act(sentence: Sentence, words: str, found: re.Match[str], reading: _Reading) -> ToldAct | None:
    entry = told_entry(reading.language, found[0])
    near = max(0, found.start() - _NEAR)
    passive = PASSIVE_BEFORE[reading.language].search(words, near, found.start())
    before = words[near : found.start()]
    if entry is None or OTHER_SPEAKERS.search(before):
        return None
    if passive is None and not _is_told_by_body(before, found[0], reading):
        return None
    shares = _SHARES.search(before) is not None
    if passive is None and is_participle(reading.language, found[0]) and not shares:
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
    sentence: Sentence,
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


# "Ils ont exigé ..., demandé à X de ... et exhorté Y": the auxiliary stands once.
_SHARES = re.compile(
    r"\b(?:ont|a|han|ha)\s+(?:\w+m?ente?\s+)?\w+(?:é|i|is|it|u|ado|ido|cho)\b.*(?:,|\b(?:et|y))\s+$",
    re.S,
)
_IS_NOUN = re.compile(r"\b(?:une|sa|leur|cette|toute|aucune|an?|the|its|una|su|esta)\s+$", re.I)


def _is_own(name: str, reading: _Reading) -> bool:
    """Whether a name in capitals is the body's, or a short one that the article explains so."""
    if OWN_NAME.search(name) is not None:
        return True
    meant = reading.definitions.meant_by(name.strip())
    return meant is not None and any(pattern.search(meant.value) for _, pattern in BODIES)


def _is_told_by_body(before: str, form: str, reading: _Reading) -> bool:
    """Whether the body or its text is the one who does it: as subject, or in a participle."""
    if IMPERSONAL.search(before) is not None:
        return True
    named = NAMED_SUBJECT.search(before)
    if named is not None and not _is_own(named["who"], reading):
        return False
    is_named = named is not None and reading.definitions.meant_by(named["who"].strip()) is not None
    participle = form.casefold().split(" ")[0].endswith(("ing", "ant", "ando", "iendo"))
    if participle and AFTER_PREPOSITION.search(before):
        return False
    if _IS_NOUN.search(before) and " " not in form:
        return False
    return is_named or SUBJECT.search(before[-240:]) is not None
