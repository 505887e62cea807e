"""Operative acts of a paragraph: verb, force, addressee, action, condition, time limits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from konbit.mandate.acronyms import Acronyms
from konbit.mandate.addressees import object_of, subject_of
from konbit.mandate.addressees_abroad import addressee_abroad, clitic_at
from konbit.mandate.bodies import ITSELF
from konbit.mandate.ceilings import ceilings_in
from konbit.mandate.deadlines import deadlines_in
from konbit.mandate.flow import Flow
from konbit.mandate.names import Named
from konbit.mandate.repeated import placed
from konbit.mandate.shouting import is_shouted, spoken_softly
from konbit.mandate.slots import condition_in
from konbit.mandate.values import Act, Body, DeadlineKind, Force, Proposal
from konbit.mandate.verbs_in import VerbFinder

if TYPE_CHECKING:
    from konbit.mandate.lexicon import Found
    from konbit.mandate.limit_days import Clock
    from konbit.mandate.values import Deadline

_HOPES = re.compile(r"the\s+(?:hope|expectation)\b|hopes|expects|trusts")
_ORDERS = frozenset(["demands", "insists", "directs", "requires", "reiterates"])
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
# These say what the body does itself, though the table holds no force for them.
_DOES = frozenset(["includes", "transmits", "continues", "postpones", "defers", "resumes", "reviews", "publishes", "organizes", "holds", "places", "allots", "schedules", "convokes", "refers"])  # fmt: skip
_LAYS_DOWN = re.compile(r"\b(?:shall|devra|devront|deberán?)\b")
_RESTATES = frozenset(["recalls", "reaffirms", "looks forward to", "awaits", "anticipates", "expects", "reiterates", "emphasizes", "emphasises", "stresses", "underlines", "underscores", "contemplates", "notes", "confirms"])  # fmt: skip
_DECISION = re.compile(
    r"^\s*(?:also\s+|further\s+)?(?:(?:its|the)\s+(?:decision|intention|request|need|importance|call)|the\s+need)\b|\bneed\s+for\b|\bdecision\b"
)
_ASKED = ("invitation", "invitations", "recommendation", "encouragement")
_ADDRESSING = frozenset([Force.TASK, Force.APPEAL, Force.SOFT])
_THAT = re.compile(
    r"[\s,]*(?:(?:however|therefore|accordingly|moreover|inter alia|as\s+follows:),?\s+)?[Tt]hat\b,?"
)
_OF = re.compile(r"\s+(?:of|from)\s+")
_THAT_ALONE = re.compile(r"[\s,]*that\b,?")
_PROVISO = re.compile(r"(?:Provided,\s+however,\s+)?(?:[Tt]hat\b,?\s*)?")
_IF = re.compile(r"if\b[^;]{1,600}?,\s+(?=the\s+[A-Z][\w-]+\s+shall)")
_MODALS = re.compile(r"shall|should|must|may|will|can| to | is | are ")
_MISREAD_CALLS = re.compile(r"\b(?P<c>[Cc])a[lIi1!]{2}s(?=\s+(?:up)?on\b)")
_ASIDE = re.compile(r"\s*,\s+[^,;:]{3,200},(?=\s+that\b)")
_LATER_THAT = re.compile(r"\bthat\s+")
_ENDS_JOINED = re.compile(r"[\s,;]+(?:and|et|y)(?:\s+in\s+this\s+regard)?$")
_SHORT = 200  # characters; a longer paragraph seldom stands twice in a text
_BY_CAPITAL = 80  # a name that no table has
_DOUBTFUL = 60  # an object after which nothing tells what it is to do


class ActReader:
    """Finds the acts of the paragraphs of one document.

    Args:
        source: the document, for the short names it explains.
        language: `en`, `fr` or `es`.
        clock: the day from which "within 30 days" is counted, if it is known.
        body: who speaks, and so is never addressed.
    """

    def __init__(
        self,
        source: str,
        language: str,
        clock: Clock,
        body: Body | None = None,
    ) -> None:
        self._itself = ITSELF.get(body or Body.OTHER, frozenset())
        self._language = language
        self._verbs = VerbFinder(language)
        self._acronyms = Acronyms.of(source) if language == "en" else Acronyms(frozenset())
        self._clock = clock
        # Short paragraphs by their words; empty for one that was met once only.
        self._known: dict[tuple[str, bool, str, str], tuple[Act, ...]] = {}

    def acts_of(
        self, flow: Flow, *, is_sub: bool, enacted: str = "", under: str = ""
    ) -> tuple[Act, ...]:
        """The acts of a paragraph, at least one; its first is the paragraph's own.

        Args:
            flow: its running text.
            is_sub: whether it is a sub-paragraph, which may inherit its verb.
            enacted: the words of a heading such as "Resolves:" that its "That ..." goes on from.
            under: how its parent leads to it: `decides` where that is "Decides:" alone, so that
                "to request X to ..." addresses X; `that` where "requests that" goes on with "X do".
        """
        if len(flow.text) > _SHORT:
            return self._read(flow, is_sub=is_sub, enacted=enacted, under=under)
        key = (flow.text, is_sub, enacted, under)
        known = self._known.get(key)
        if known is None:
            self._known[key] = ()
            return self._read(flow, is_sub=is_sub, enacted=enacted, under=under)
        if not known:
            alone = Flow.alone(flow.text)
            known = self._read(alone, is_sub=is_sub, enacted=enacted, under=under)
            self._known[key] = known
        return tuple(placed(act, flow) for act in known)

    def _read(self, flow: Flow, *, is_sub: bool, enacted: str, under: str) -> tuple[Act, ...]:
        text = flow.text.replace("\u2019", "'")
        text = _MISREAD_CALLS.sub(r"\g<c>alls", text)
        if is_shouted(text):
            text = spoken_softly(text)
        found = self._verbs.verbs_of(text, is_sub=is_sub, enacted=enacted)
        bounds = [place for _, _, place in found] + [len(text)]
        return tuple(
            self._act(flow, text, verb, (start, end), under=under)
            for (verb, _, start), end in zip(found, bounds[1:], strict=True)
        )

    def _act(
        self, flow: Flow, text: str, verb: Found | None, place: tuple[int, int], *, under: str
    ) -> Act:
        start, end = place
        after = verb.end if verb else 0
        named = self._addressee(text, verb, after, end)
        if named is None and verb is None and under:
            named = self._of_decision(text, end) if under == "decides" else self._that(text, end)
        if named is not None and self._is_itself(named, verb):
            named = None
        force = self._force(verb, named)
        tier = {Force.APPEAL: 3, Force.TASK: 4}.get(force.value, verb.tier) if force and verb else 0
        return Act(
            verb=Proposal(verb.name, self._rule(verb), 97, flow.at(verb.verb_start, verb.end) if verb.end else None) if verb else None,
            english=self._english(verb),
            modifiers=verb.modifiers if verb else (),
            force=force,
            tier=tier,
            addressee=self._proposed(flow, text, named, own=verb is not None),
            action=_ENDS_JOINED.sub("", " ".join(flow.text[after:end].split())).strip(" ,;"),
            condition=condition_in(flow, after, end, self._language),
            deadlines=self._deadlines(flow, text, verb, (after, end)),
            ceilings=ceilings_in(flow, text, (after, end), self._language),
            at=flow.at(start, end),
        )  # fmt: skip

    def _proposed(
        self, flow: Flow, text: str, named: Named | None, *, own: bool
    ) -> Proposal[str] | None:
        """Who was named, in the printed characters where nothing was left out or mended."""
        if named is None:
            return None
        whole = text[named.start : named.end] == named.words
        words = flow.text[named.start : named.end] if whole else named.words
        rule = "object" if own else "clause-subject"
        return Proposal(words, rule, named.sure, flow.at(named.start, named.end))

    def _is_itself(self, named: Named, verb: Found | None) -> bool:
        """Whether it is the body that speaks, which never is its own addressee."""
        words = named.words.casefold()
        decides = (
            verb is not None
            and verb.force is Force.BINDING
            and verb.entry.verb not in _ORDERS
            and not verb.name.endswith("demand")
        )
        return words in self._itself or (words == "it" and decides)

    def _rule(self, verb: Found) -> str:
        if not verb.end:
            return "verb-of-heading"
        return "verb-with-noun" if verb.name != verb.entry.verb else "verb-first"

    def _english(self, verb: Found | None) -> str:
        if verb is None:
            return ""
        return verb.name if self._language == "en" else verb.entry.english

    def _force(self, verb: Found | None, named: Named | None) -> Proposal[Force] | None:
        if verb is None:
            return None
        asks = verb.force is Force.TASK
        if asks and named is not None and named.kind != "un":
            return Proposal(Force.APPEAL, "request-to-states", min(90, named.sure))
        if asks:
            return Proposal(Force.TASK, "request-to-un" if named else "request-to-nobody", 92)
        return Proposal(verb.force, "verb-table", 97)

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
            needs = verb.force is Force.BINDING and verb.entry.verb not in _ORDERS
            return subject_of(text, clause.end(), end, self._acronyms, needs_modal=needs)
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

    def _of_call(self, text: str, after: int, end: int) -> Named | None:
        """After "reiterates its call": "on all States to ...", or "... that UNMIS liaise"."""
        found = object_of(text, after, end, self._acronyms)
        clause = _LATER_THAT.search(text, after, min(end, after + 160))
        if found is None and clause is not None:
            found = subject_of(text, clause.end(), end, self._acronyms, needs_modal=False)
        return found

    def _of_statement(self, text: str, verb: Found, end: int) -> Named | None:
        if verb.entry.verb == "reminds":
            return object_of(text, verb.end, end, self._acronyms)
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
        at = skipped.end() if skipped else at
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
            return None
        clitic = clitic_at(text, verb.start, self._language) if verb.start else None
        if clitic is not None and clitic.end() <= verb.verb_start and verb.force in _ADDRESSING:
            return Named(clitic["who"], clitic.start(), clitic.end("who"), "state", 70)
        return addressee_abroad(text, verb, after, end, self._language)

    def _deadlines(
        self, flow: Flow, text: str, verb: Found | None, place: tuple[int, int]
    ) -> tuple[Deadline, ...]:
        found = deadlines_in(flow, text, place, self._language, self._clock)
        does = verb is not None and (
            verb.entry.english in _DOES
            or (verb.entry.english == "declares" and _LAYS_DOWN.search(text, *place) is not None)
        )
        if verb is not None and verb.force is Force.STATEMENT and not does:
            words = text[place[0] : place[1]]
            if verb.entry.english not in _RESTATES or not (
                _DECISION.search(words)
                or verb.entry.english in {"looks forward to", "awaits", "expects", "contemplates"}
            ):
                return ()
            return tuple(
                d
                for d in found
                if d.kind is not DeadlineKind.RECURRING or d.every_months or d.every_days
            )
        return found
