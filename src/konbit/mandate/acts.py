"""Operative acts of a paragraph: verb, force, addressee, action, condition, time limits."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from konbit.mandate.addressees import object_of, subject_of
from konbit.mandate.addressees_abroad import addressee_abroad, clitic_at
from konbit.mandate.bodies import ITSELF
from konbit.mandate.deadlines import Clock, deadlines_in
from konbit.mandate.lexicon import lexicon
from konbit.mandate.names import Acronyms, Named
from konbit.mandate.openers import QUOTES, speaker
from konbit.mandate.slots import ceilings_in, condition_in
from konbit.mandate.speakers import spoken
from konbit.mandate.values import Act, Body, DeadlineKind, Force, Proposal

if TYPE_CHECKING:
    from datetime import date

    from konbit.mandate.flow import Flow
    from konbit.mandate.lexicon import Found
    from konbit.mandate.values import Deadline

_JOINT = re.compile(
    r"(?:[,;:.]\s+(?:(?:and|but|et|y|e|while)\s+)?|\b(?:and|but|et|y)\s+)(?:(?:in|with|to)\s+(?:this|that)\s+"
    r"(?:regard|respect|connection|connexion|context|end|view),?\s+)?"
)
_INTRODUCED = re.compile(
    r"(?:Acting|In|With|For|Pursuant|Having|Bearing|Recalling|Noting|To|As|On|Without|Considering|Agissant|"
    r"Actuando|Convinced|Concerned|Determined|While|Under|Following|Desiring|Conscious|Taking)\b"
)
_SUBORDINATE = re.compile(
    r"\b(?:until|unless|if|when|once|whether|where|after|before)\s+(?:it|the\s+(?:Security\s+|Permanent\s+)?(?:Council|Assembly|Committee))\b"
    r"[^;]{0,160}$"
)
_RELATIVE = re.compile(r"\b(?:which|who|whose)\s+(?:also\s+|further\s+)?$")
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
_ASKED = frozenset(["requests", "asks", "instructs", "entrusts", "tasks", "charges", "commissions"])
_RESTATES = frozenset(["recalls", "reaffirms", "looks forward to", "awaits", "anticipates", "expects", "reiterates", "emphasizes", "emphasises", "stresses", "underlines", "underscores", "contemplates", "notes", "confirms"])  # fmt: skip
_DECISION = re.compile(
    r"^\s*(?:also\s+|further\s+)?(?:(?:its|the)\s+(?:decision|intention|request|need|importance|call)|the\s+need)\b|\bneed\s+for\b|\bdecision\b"
)
_ADDRESSING = frozenset([Force.TASK, Force.APPEAL, Force.SOFT])
_THAT = re.compile(
    r"[\s,]*(?:(?:however|therefore|accordingly|moreover|inter alia|as\s+follows:),?\s+)?that\b,?"
)
_SENTENCE = re.compile(r"[.;]\s+(?=[A-Z])")
_LATER_THAT = re.compile(r"\bthat\s+")
_ENDS_JOINED = re.compile(r"[\s,;]+(?:and|et|y)(?:\s+in\s+this\s+regard)?$")
_DOUBTFUL = 60  # an object after which nothing tells what it is to do
_CAPITAL_AFTER = re.compile(r"[;:.]\s")


class ActReader:
    """Finds the acts of the paragraphs of one document.

    Args:
        source: the document, for the short names it explains.
        language: `en`, `fr` or `es`.
        adopted_on: the day from which "within 30 days" is counted, if it is known.
    """

    def __init__(
        self, source: str, language: str, adopted_on: date | None, body: Body | None = None
    ) -> None:
        self._itself = ITSELF.get(body or Body.OTHER, frozenset())
        self._language = language
        self._lexicon = lexicon(language)
        self._acronyms = Acronyms.of(source) if language == "en" else Acronyms(frozenset())
        self._clock = Clock(adopted_on)

    def acts_of(self, flow: Flow, *, is_sub: bool) -> tuple[Act, ...]:
        """The acts of a paragraph, at least one; its first is the paragraph's own."""
        text = flow.text.replace("\u2019", "'")
        found = self._verbs(text, is_sub=is_sub)
        if not found or not found[0][1]:
            found = [(None, True, 0), *found]
        bounds = [place for _, _, place in found] + [len(text)]
        return tuple(
            self._act(flow, text, verb, (start, end))
            for (verb, _, start), end in zip(found, bounds[1:], strict=True)
        )

    def _verbs(self, text: str, *, is_sub: bool) -> list[tuple[Found | None, bool, int]]:
        """Verbs in order: what was found, whether it is the paragraph's own, where it begins."""
        found: list[tuple[Found | None, bool, int]] = []
        start = len(text) - len(text.lstrip(QUOTES + " "))
        named = speaker(text) if not is_sub else 0
        said = spoken(text, named, self._language) if named else None
        if said is not None:
            return [
                (said, True, 0),
                *((verb, False, verb.start) for verb in self._told(text, said)),
            ]
        base = text.startswith("To ") and not is_sub
        own = self._own(text, start, base=base, is_sub=is_sub)
        place = 0
        if own is not None:
            found.append((own, True, 0))
            place = own.end
        elif not is_sub and _INTRODUCED.match(text, start):
            own = self._after_introduction(text, start)
            if own is not None:
                found.append((own, True, 0))
                place = own.end
        if found or not is_sub:
            found += [(verb, False, verb.start) for verb in self._further(text, place, base=base)]
        return found

    def _told(self, text: str, said: Found) -> list[Found]:
        """Further acts of a statement; each new sentence names the speaker again."""
        found = self._further(text, said.end, base=False)
        for joint in _SENTENCE.finditer(text, said.end):
            named = speaker(text[joint.end() : joint.end() + 80])
            verb = spoken(text, joint.end() + named, self._language) if named else None
            if verb is not None:
                found.append(replace(verb, start=joint.end()))
        return sorted(found, key=lambda verb: verb.start)

    def _own(self, text: str, start: int, *, base: bool, is_sub: bool) -> Found | None:
        """The paragraph's own verb, at its beginning."""
        place = start + 3 if base else start
        found = self._lexicon.find(text, place, base=base, certain=not is_sub)
        if found is None and not is_sub:
            found = self._lexicon.find(text, place, base=True, certain=True)
            found = found or self._lexicon.guess(text, place)
        if found is not None and is_sub and not text[start : start + 1].isupper():
            return None
        return found

    def _after_introduction(self, text: str, start: int) -> Found | None:
        for joint in _JOINT.finditer(text, start, start + 400):
            found = self._lexicon.find(text, joint.end())
            if found is not None and found.entry.inside and joint[0][0] in ",:":
                return found
        return None

    def _further(self, text: str, place: int, *, base: bool) -> list[Found]:
        found: list[Found] = []
        while True:
            joint = _JOINT.search(text, place)
            if joint is None:
                return found
            place = joint.end()
            at = place
            if base:
                if not text.startswith("to ", place) or not joint[0].strip().startswith(
                    (",", ";", "and")
                ):
                    continue
                at = place + 3
            verb = self._lexicon.find(text, at, base=base)
            if (
                verb is None
                or not verb.entry.inside
                or not self._is_act(text, joint, verb, base=base)
            ):
                continue
            found.append(verb)
            place = verb.end

    def _is_act(self, text: str, joint: re.Match[str], verb: Found, *, base: bool) -> bool:
        if text[verb.start : verb.start + 1].isupper() and not _CAPITAL_AFTER.match(joint[0]):
            return False
        if base and not joint[0].strip().endswith(("and", ",", ";")):
            return False
        before = text[max(0, joint.start() - 240) : joint.start()]
        return _SUBORDINATE.search(before) is None and _RELATIVE.search(before) is None

    def _act(self, flow: Flow, text: str, verb: Found | None, place: tuple[int, int]) -> Act:
        start, end = place
        after = verb.end if verb else 0
        named = self._addressee(text, verb, after, end)
        if named is not None and self._is_itself(named, verb):
            named = None
        force = self._force(verb, named)
        tier = {Force.APPEAL: 3, Force.TASK: 4}.get(force.value, verb.tier) if force and verb else 0
        return Act(
            verb=Proposal(verb.name, self._rule(verb), 97, flow.at(verb.verb_start, verb.end)) if verb else None,
            english=self._english(verb),
            modifiers=verb.modifiers if verb else (),
            force=force,
            tier=tier,
            addressee=self._proposed(flow, text, named, own=verb is not None),
            action=_ENDS_JOINED.sub("", " ".join(flow.text[after:end].split())).strip(" ,;"),
            condition=condition_in(flow, after, end, self._language),
            deadlines=self._deadlines(flow, text, verb, (after, end)),
            ceilings=ceilings_in(flow, after, end),
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
        clause = _THAT.match(text, after)
        if clause is not None:
            needs = verb.force is Force.BINDING and verb.entry.verb not in _ORDERS
            return subject_of(text, clause.end(), end, self._acronyms, needs_modal=needs)
        if verb.entry.takes == "to":
            return object_of(text, after, end, self._acronyms)
        if name != verb.entry.verb and verb.force is not Force.SOFT:
            return self._of_call(text, after, end)
        if verb.entry.verb in {"demands", "insists"}:
            of = re.compile(r"\s+(?:of|from)\s+").match(text, after)
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
        clause = re.compile(r"[\s,]*that\b,?").match(text, verb.end)
        if clause is not None:
            return subject_of(text, clause.end(), end, self._acronyms, needs_modal=True)
        return object_of(text, verb.end, end, self._acronyms) if verb.name == "expects" else None

    def _of_clause(self, text: str, end: int) -> Named | None:
        """A sub-paragraph, or a proviso, names its own actor: "All States shall ..."."""
        start = re.compile(r"(?:Provided,\s+however,\s+)?(?:[Tt]hat\b,?\s*)?").match(text)
        at = start.end() if start else 0
        skipped = re.compile(r"if\b[^;]{1,600}?,\s+(?=the\s+[A-Z][\w-]+\s+shall)").match(text, at)
        at = skipped.end() if skipped else at
        if not text[at : at + 1].isalpha():
            return None
        found = subject_of(text, at, min(end, at + 500), self._acronyms, needs_modal=True)
        if found is None or (found.start != at and not skipped):
            return None
        return found

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
        if verb is not None and verb.force is Force.STATEMENT:
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
