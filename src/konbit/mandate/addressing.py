"""Whom an act addresses, by its verb: the object, the subject of its clause, or nobody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from konbit.mandate.acronyms import Acronyms
from konbit.mandate.addressees import object_of, past_asides, subject_of
from konbit.mandate.addressees_abroad import addressee_abroad, clitic_at, duty_bearer
from konbit.mandate.names import Named, listed_at
from konbit.mandate.names_abroad import listed_abroad
from konbit.mandate.values import Force

if TYPE_CHECKING:
    from konbit.mandate.lexicon import Found
    from konbit.mandate.verbs_in import VerbFinder

_HOPES = re.compile(r"the\s+(?:hope|expectation)\b|hopes|expects|trusts")
ORDERS = frozenset(["demands", "insists", "directs", "requires", "reiterates"])
_NO_OBJECT = frozenset(
    [
        "calls for",
        "appeals for",
        "asks for",
        "supports",
        "endorses",
        "backs",
        "intends",
        "offers",
        "undertakes",
    ]
)
_ASKED = ("invitation", "invitations", "recommendation", "encouragement")
_ADDRESSING = frozenset([Force.TASK, Force.APPEAL, Force.SOFT])
_THAT = re.compile(
    r"[\s,]*(?:(?:however|therefore|accordingly|moreover|inter alia|as\s+follows:),?\s+)?[Tt]hat\b,?"
)
_OF = re.compile(r"\s+(?:of|from)\s+")
_AND_THAT = re.compile(r",?\s+and\s+(?:also\s+)?that\s+")
_MANDATE_OF = {
    "en": re.compile(r"\bmandate\s+of\s+"),
    "fr": re.compile(
        r"\bmandat\s+(?:confié\s+)?(?:du\s+|de\s+(?:la\s+)?|de\s+l'|d'|à\s+(?:la\s+)?)", re.I
    ),
    "es": re.compile(r"\bmandato\s+(?:confiado\s+)?(?:del?|al?)\s+(?:(?:la|los|las)\s+)?", re.I),
}
_THAT_ALONE = re.compile(r"[\s,]*that\b,?")
_PROVISO = re.compile(r"(?:Provided,\s+however,\s+)?(?:[Tt]hat\b,?\s*)?")
_IF = re.compile(r"if\b[^;]{1,600}?,\s+(?=the\s+[A-Z][\w-]+\s+shall)")
_MODALS = re.compile(r"shall|should|must|may|will|can| to | is | are ")
_ASIDE = re.compile(r"\s*,\s+[^,;:]{3,200},(?=\s+that\b)")
_LATER_THAT = re.compile(r"\bthat\s+")
_BY_CAPITAL = 80  # a name that no table has
_DOUBTFUL = 60  # an object after which nothing tells what it is to do


class Addressing:
    """Finds whom the acts of one document address.

    Args:
        source: the document, for the short names it explains.
        language: `en`, `fr` or `es`.
        verbs: what finds its verbs.
    """

    def __init__(self, source: str, language: str, verbs: VerbFinder) -> None:
        self._language = language
        self._verbs = verbs
        self._acronyms = Acronyms.of(source) if language == "en" else Acronyms(frozenset())

    def addressee(
        self, text: str, verb: Found | None, after: int, end: int, *, under: str
    ) -> Named | None:
        """Who is addressed in a stretch of running text, if anybody is.

        Args:
            text: running text.
            verb: the act's verb; none where a sub-paragraph inherits it.
            after: where the verb ends.
            end: where the act ends.
            under: how the parent of a sub-paragraph leads to it (`ActReader.acts_of`).
        """
        named = self._addressee(text, verb, after, end)
        if named is None and verb is None and under:
            named = self._of_decision(text, end) if under == "decides" else self._that(text, end)
        return named

    def whose_mandate(self, text: str, end: int) -> Named | None:
        """Whose mandate the act before is about: "extends the mandate of X, and requests it to"."""
        ends = [found.end() for found in _MANDATE_OF[self._language].finditer(text, 0, end)]
        if not ends:
            return None
        if self._language == "en":
            return listed_at(text, ends[-1], self._acronyms, end)
        named = listed_abroad(text, ends[-1], self._language)
        return named if named is not None and named.end <= end else None

    def _addressee(self, text: str, verb: Found | None, after: int, end: int) -> Named | None:
        if self._language != "en":
            return self._abroad(text, verb, after, end)
        if verb is None:
            return self._of_clause(text, end)
        name = verb.name
        if verb.force is Force.STATEMENT:
            return self._of_statement(text, verb, end)
        if verb.entry.verb in _NO_OBJECT:
            return None
        aside = _ASIDE.match(text, after)
        clause = _THAT.match(text, aside.end() if aside else after)
        if clause is not None:
            needs = verb.force is Force.BINDING and verb.entry.verb not in ORDERS
            return self._of_clauses(text, clause.end(), end, needs_modal=needs)
        if verb.entry.takes == "to":
            return object_of(text, after, end, self._acronyms)
        asked_again = verb.force is not Force.SOFT or name.endswith(_ASKED)
        if name != verb.entry.verb and asked_again:
            return self._of_call(text, after, end)
        if verb.entry.verb in {"demands", "insists"}:
            of = _OF.match(text, after)
            found = object_of(text, of.end() if of else after, end, self._acronyms)
            return found if found is not None and (of or found.sure > _DOUBTFUL) else None
        return None

    def _of_clauses(self, text: str, at: int, end: int, *, needs_modal: bool) -> Named | None:
        """The first acting subject of "that a cease-fire be observed and that the parties return"."""
        found = subject_of(text, at, end, self._acronyms, needs_modal=needs_modal)
        for further in _AND_THAT.finditer(text, at, end):
            if found is not None:
                break
            found = subject_of(text, further.end(), end, self._acronyms, needs_modal=needs_modal)
        return found

    def _of_call(self, text: str, after: int, end: int) -> Named | None:
        """After "reiterates its call": "on all States to ...", or "... that UNMIS liaise"."""
        found = object_of(text, after, end, self._acronyms)
        clause = _LATER_THAT.search(text, after, min(end, after + 160))
        if found is None and clause is not None:
            found = subject_of(text, clause.end(), end, self._acronyms, needs_modal=False)
        return found

    def _of_statement(self, text: str, verb: Found, end: int) -> Named | None:
        if verb.entry.verb == "reminds":
            whom = listed_at(text, verb.end + 1, self._acronyms, end)
            return object_of(text, verb.end, end, self._acronyms) or whom
        if not _HOPES.search(verb.name):
            return None
        clause = _THAT_ALONE.match(text, verb.end)
        if clause is not None:
            return subject_of(text, clause.end(), end, self._acronyms, needs_modal=True)
        return object_of(text, verb.end, end, self._acronyms) if verb.name == "expects" else None

    def _of_clause(self, text: str, end: int) -> Named | None:
        """A sub-paragraph, or a proviso, names its own actor: "All States shall ..."."""
        if _MODALS.search(text) is None:
            return None
        start = _PROVISO.match(text)
        at = start.end() if start else 0
        skipped = _IF.match(text, at)
        at = skipped.end() if skipped else past_asides(text, at, end, most=2)
        if not text[at : at + 1].isalpha():
            return None
        found = subject_of(text, at, min(end, at + 500), self._acronyms, needs_modal=True)
        if found is None or (found.start != at and not skipped):
            return None
        # "Refrain from any action that will ...": a verb's capital is no name.
        unsure = found.sure <= _BY_CAPITAL and " " not in found.words
        if unsure and re.match(r"\s+(?:from|any|all|the|a|an|its|their|with)\b", text[found.end :]):
            return None
        return found

    def _of_decision(self, text: str, end: int) -> Named | None:
        """Under "Decides:", whom "to call upon the parties to ..." addresses."""
        asked = self._verbs.infinitive_of(text)
        return self._addressee(text, asked, asked.end, end) if asked is not None else None

    def _that(self, text: str, end: int) -> Named | None:
        """After "requests that": "(a) The Council take the necessary measures"."""
        if self._language != "en":
            return None
        return subject_of(text, 0, min(end, 500), self._acronyms, needs_modal=False)

    def _abroad(self, text: str, verb: Found | None, after: int, end: int) -> Named | None:
        if verb is None:
            return duty_bearer(text, end, self._language)
        clitic = clitic_at(text, verb.start, self._language) if verb.start else None
        if clitic is not None and clitic.end() <= verb.verb_start and verb.force in _ADDRESSING:
            return Named(clitic["who"], clitic.start(), clitic.end("who"), "state", 70)
        return addressee_abroad(text, verb, after, end, self._language)
