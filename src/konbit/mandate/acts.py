"""Operative acts of a paragraph: verb, force, addressee, action, condition, time limits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from konbit.mandate.addressing import ORDERS, Addressing
from konbit.mandate.bodies import ITSELF
from konbit.mandate.brackets import left_out, unagreed
from konbit.mandate.ceilings import ceilings_in
from konbit.mandate.deadlines import deadlines_in
from konbit.mandate.definitions import Definitions
from konbit.mandate.events import events_in
from konbit.mandate.flow import Flow
from konbit.mandate.repeated import placed
from konbit.mandate.shouting import is_shouted, spoken_softly
from konbit.mandate.slots import condition_in, in_condition
from konbit.mandate.standing import stands_for_it, with_kind
from konbit.mandate.values import Act, Body, DeadlineKind, Force, Proposal
from konbit.mandate.verbs_in import VerbFinder

if TYPE_CHECKING:
    from konbit.mandate.lexicon import Found
    from konbit.mandate.limit_days import Clock
    from konbit.mandate.names import Named
    from konbit.mandate.values import Deadline

# These say what the body does itself, though the table holds no force for them.
_DOES = frozenset(["agrees", "includes", "transmits", "continues", "postpones", "defers", "resumes", "reviews", "publishes", "organizes", "holds", "places", "allots", "schedules", "convokes", "refers", "maintains", "commits", "pledges", "provides", "reverts"])  # fmt: skip
# A declaration that lays down a duty, or by which something opens or ends.
_MAKES_SO = re.compile(
    r"\b(?:shall|urges|instructs|requests|invites|calls|devra|devront|deberán?|open|closed|ended|terminated|adjourned|dissolved|ouverte?|close|abiert[oa]|clausurad[oa])\b"
)
_RESTATES = frozenset(["recalls", "reaffirms", "looks forward to", "awaits", "anticipates", "expects", "reiterates", "emphasizes", "emphasises", "stresses", "underlines", "underscores", "contemplates", "notes", "confirms"])  # fmt: skip
_DECISION = re.compile(
    r"^\s*(?:also\s+|further\s+)?(?:(?:its|the)\s+(?:decision|intention|request|need|importance|call)|the\s+need)\b|\bneed\s+for\b|\bdecision\b|\b(?:n[ée]cessit[ée]|d[ée]cision|necesidad|decisi[óo]n)\b"
)
_MISREAD_CALLS = re.compile(r"\b(?P<c>[Cc])a[lIi1!]{2}s(?=\s+(?:up)?on\b)")
# French has one verb for "calls upon" and "requests"; of the Secretary-General it requests.
_CHIEF = re.compile(r"Secr[ée]taire\s+g[ée]n[ée]ral|Secr[ée]tariat", re.IGNORECASE)
_ENDS_JOINED = re.compile(r"[\s,;]+(?:and|et|y)(?:\s+in\s+this\s+regard)?$")
_SHORT = 200  # characters; a longer paragraph seldom stands twice in a text


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
        self._source = source
        self._language = language
        self._verbs = VerbFinder(language)
        self._definitions = Definitions(source)
        self._addressing = Addressing(source, language, self._verbs)
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
        if "[" in flow.text:
            read_on = flow.without(left_out(flow.text))
            acts = self._read(read_on, is_sub=is_sub, enacted=enacted, under=under)
            return tuple(unagreed(act, self._source) for act in acts)
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
        if "on " in text:
            text = _MISREAD_CALLS.sub(r"\g<c>alls", text)
        if is_shouted(text):
            text = spoken_softly(text)
        found = self._verbs.verbs_of(text, is_sub=is_sub, enacted=enacted)
        bounds = [place for _, _, place in found] + [len(text)]
        acts: list[Act] = []
        before: Named | None = None
        for (verb, _, start), end in zip(found, bounds[1:], strict=True):
            act, named = self._act(flow, text, verb, (start, end), under=under, before=before)
            acts.append(act)
            before = named or before
        return tuple(acts)

    def _act(
        self,
        flow: Flow,
        text: str,
        verb: Found | None,
        place: tuple[int, int],
        *,
        under: str,
        before: Named | None,
    ) -> tuple[Act, Named | None]:
        start, end = place
        after = verb.end if verb else 0
        named = self._addressing.addressee(text, verb, after, end, under=under)
        if named is not None and self._is_itself(named, verb):
            named = None
        if named is not None and before is None and named.words.casefold() in {"it", "le", "lui"}:
            before = self._addressing.whose_mandate(text, start)
        stands_for = before if named is not None and stands_for_it(named, before) else None
        meant = self._meant(flow, named, stands_for)
        named = with_kind(named, stands_for, meant)
        force = self._force(verb, named)
        condition = condition_in(flow, after, end, self._language)
        limits = in_condition(self._deadlines(flow, text, verb, (after, end)), condition)
        tier = {Force.APPEAL: 3, Force.TASK: 4}.get(force.value, verb.tier) if force and verb else 0
        act = Act(
            verb=Proposal(verb.name, self._rule(verb), 97, flow.at(verb.verb_start, verb.end) if verb.end else None) if verb else None,
            english=self._english(verb),
            modifiers=verb.modifiers if verb else (),
            force=force,
            tier=tier,
            addressee=self._proposed(flow, text, named, own=verb is not None),
            action=_action(flow.text[after:end]),
            condition=condition,
            deadlines=limits,
            ceilings=ceilings_in(flow, text, (after, end), self._language, disposes=tier > 1 or not verb or verb.entry.english in _DOES),
            at=flow.at(start, end),
            meant=meant,
            events=self._events(flow, text, verb, (after, end), limits),
        )  # fmt: skip
        return act, stands_for or named

    def _meant(
        self, flow: Flow, named: Named | None, stands_for: Named | None
    ) -> Proposal[str] | None:
        """Whom a short name or a pronoun means, by what the text itself says."""
        if named is None:
            return None
        if stands_for is not None:
            told = self._definitions.meant_by(stands_for.words)
            words = told.value if told else stands_for.words
            at = flow.at(stands_for.start, stands_for.end)
            return Proposal(words, "act-before", 70, at)
        return self._definitions.meant_by(named.words)

    def _events(
        self,
        flow: Flow,
        text: str,
        verb: Found | None,
        place: tuple[int, int],
        limits: tuple[Deadline, ...],
    ) -> tuple[Proposal[str], ...]:
        if verb is not None and verb.force is Force.STATEMENT:
            return ()
        return events_in(flow, text, place, self._language, limits)

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
            and verb.entry.verb not in ORDERS
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
        if named is not None and verb.entry.verb == "demande" and _CHIEF.search(named.words):
            return Proposal(Force.TASK, "request-to-un", 85)
        if asks and named is not None and named.kind != "un":
            return Proposal(Force.APPEAL, "request-to-states", min(90, named.sure))
        if asks:
            return Proposal(Force.TASK, "request-to-un" if named else "request-to-nobody", 92)
        return Proposal(verb.force, "verb-table", 97)

    def _deadlines(
        self, flow: Flow, text: str, verb: Found | None, place: tuple[int, int]
    ) -> tuple[Deadline, ...]:
        found = deadlines_in(flow, text, place, self._language, self._clock)
        does = verb is not None and (
            verb.entry.english in _DOES
            or (verb.entry.english == "declares" and _MAKES_SO.search(text, *place) is not None)
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


def _action(words: str) -> str:
    """What is to be done, without the "and" that leads to the next act."""
    told = " ".join(words.split())
    if told.endswith(("and", "et", "y", "in this regard")):
        told = _ENDS_JOINED.sub("", told)
    return told.strip(" ,;")
