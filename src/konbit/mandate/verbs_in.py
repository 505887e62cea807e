"""The operative verbs of a paragraph: its own, and those of its further acts."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from konbit.mandate.addressees_abroad import addressee_abroad
from konbit.mandate.lexicon import lexicon
from konbit.mandate.openers import INFINITIVE, QUOTES, speaker
from konbit.mandate.speakers import spoken, told_at, told_opening
from konbit.mandate.values import Force

if TYPE_CHECKING:
    from konbit.mandate.lexicon import Found

_JOINT = re.compile(
    r"(?:[,;:.]\s+(?:(?:and|but|et|y|e|while)\s+)?|\b(?:and|but|et|y|e(?=\s+h?i))\s+)(?:(?:in|with|to)\s+(?:this|that)\s+"
    r"(?:regard|respect|connection|connexion|context|end|view),?\s+)?"
)
INTRODUCED = re.compile(
    r"(?:Acting|In|With|For|Pursuant|Having|Bearing|Recalling|Noting|To|As|On|Without|Considering|Agissant|"
    r"Actuando|Convinced|Concerned|Determined|While|Under|Following|Desiring|Conscious|Taking|Upon|At|By|After|Before|Until|During|Since|Given|Subject|Consistent|"
    r"Through|Within|Pending|Where|When|If|Should|Notwithstanding|Beginning|Mindful|Recognizing|"
    r"Afin|Compte|Dans|Sans|Tant|Dès|Lorsque|Con|En|Sin|Hasta|Cuando|Teniendo)\b"
)
_SUBORDINATE = re.compile(
    r"\b(?:until|unless|if|when|once|whether|where|after|before)\s+(?:it|the\s+(?:Security\s+|Permanent\s+)?(?:Council|Assembly|Committee))\b"
    r"[^;]{0,160}$"
)
_OPENS_SUBORDINATE = (
    "until",
    "unless",
    "if ",
    "when",
    "once",
    "whether",
    "where",
    "after",
    "before",
)
_RELATIVE = re.compile(r"\b(?:which|who|whose)\s+(?:also\s+|further\s+)?$")
_SENTENCE = re.compile(r"[.;]\s+(?=[A-Z])")
_CAPITAL_AFTER = re.compile(r"[;:.]\s")
_PRONOUN = re.compile(r"(?:It|They|Il|Ils|Elle|Él|Ella|Ellos)\s+")
GOES_ON = re.compile(r"(?:That|Que|Its|Their|Sus?|Sa|Son|Leurs?)\b")
_INFINITIVE_JOINT = re.compile(r"(?:(?:[,;]\s+)?\b(?:y|e|et)\s+|;\s+)(?:de\s+|d')?")
_ASKING = frozenset([Force.TASK, Force.APPEAL, Force.SOFT, Force.AUTHORITY])
_ADDRESSING = frozenset([Force.TASK, Force.APPEAL, Force.SOFT])


class VerbFinder:
    """Finds the verbs of paragraphs in one language."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._lexicon = lexicon(language)

    def verbs_of(
        self, text: str, *, is_sub: bool, enacted: str = ""
    ) -> list[tuple[Found | None, bool, int]]:
        """Verbs in order: what was found, whether it is the paragraph's own, where it begins."""
        found: list[tuple[Found | None, bool, int]] = []
        start = len(text) - len(text.lstrip(QUOTES + " "))
        named = speaker(text) if not is_sub else 0
        again = _PRONOUN.match(text) if not is_sub and not named else None
        named = again.end() if again else named
        said = spoken(text, named, self._language) if named else None
        if said is not None:
            return [
                (said, True, 0),
                *((verb, False, verb.start) for verb in self._told(text, said)),
            ]
        going_on = GOES_ON.match(text, start) if enacted else None
        if going_on is not None:
            verb = self._lexicon.find(enacted, 0, certain=True)
            own = replace(verb, start=0, verb_start=0, end=0) if verb else None
            return [(own, True, 0)]
        opened = INFINITIVE.match(text)
        base = opened is not None and not is_sub
        own = self._own(text, start, base=base, is_sub=is_sub)
        place = 0
        if own is not None:
            found.append((own, True, 0))
            place = own.end
        elif not is_sub and INTRODUCED.match(text, start):
            own = self._after_introduction(text, start)
            if own is not None:
                found.append((own, True, 0))
                place = own.end
        if is_sub and not found:
            further = self._further(text, place, base=False)
            found += [(v, False, v.start) for v in further if v.name != v.entry.verb]
        elif found or not is_sub:
            further = self._all_further(text, place, own, base=base)
            found += [(verb, False, verb.start) for verb in sorted(further, key=lambda v: v.start)]
        if not found or not found[0][1]:
            found = [(None, True, 0), *found]
        return found

    def _all_further(self, text: str, place: int, own: Found | None, *, base: bool) -> list[Found]:
        """Further verbs, in the form of the paragraph's own too: the past, the plural, infinitives."""
        further = self._further(text, place, base=base)
        if own is not None and not base and _is_told(text, own, self._language):
            further += self._told_further(text, place)
        if own is not None and self._language != "en" and _is_infinitive(text, own):
            further += self._infinitives(text, place)
        return further

    def infinitive_of(self, text: str) -> Found | None:
        """The infinitive by which a decision opens that asks something of somebody."""
        opened = INFINITIVE.match(text[:1].upper() + text[1:])
        found = self._lexicon.find(text, opened.end() if opened else 0, base=True, certain=True)
        return found if found is not None and found.force in _ASKING else None

    def _told(self, text: str, said: Found) -> list[Found]:
        """Further acts of a statement; each new sentence names the speaker again."""
        found = self._further(text, said.end, base=False)
        if not text.startswith(said.entry.verb.split()[0], said.verb_start):
            found += self._told_further(text, said.end)
        for joint in _SENTENCE.finditer(text, said.end):
            said_again = _PRONOUN.match(text, joint.end())
            named = speaker(text[joint.end() : joint.end() + 80])
            named = named or (said_again.end() - joint.end() if said_again else 0)
            verb = spoken(text, joint.end() + named, self._language) if named else None
            if verb is not None:
                found.append(replace(verb, start=joint.end()))
        return sorted(found, key=lambda verb: verb.start)

    def _told_further(self, text: str, place: int) -> list[Found]:
        """Further verbs in the tense of the first: "..., and urged donors to pay"."""
        found = []
        for joint in _JOINT.finditer(text, place):
            verb = told_at(text, joint.end(), self._language)
            if verb is not None and self._is_act(text, joint, verb, base=False):
                found.append(verb)
        return found

    def _own(self, text: str, start: int, *, base: bool, is_sub: bool) -> Found | None:
        """The paragraph's own verb, at its beginning."""
        opened = INFINITIVE.match(text) if base else None
        place = opened.end() if opened else start
        found = self._lexicon.find(text, place, base=base, certain=not is_sub)
        if found is None and not is_sub:
            found = self._lexicon.find(text, place, base=True, certain=True)
            found = found or told_opening(text, self._language)
            found = found or self._lexicon.guess(text, place, base=base)
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
                if text[place : place + 3].casefold() != "to " or not joint[0].strip().startswith(
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

    def _infinitives(self, text: str, place: int) -> list[Found]:
        """Further infinitives after RESUELVE: that name their own addressee: "y alentar a ..."."""
        found = []
        for joint in _INFINITIVE_JOINT.finditer(text, place):
            verb = self._lexicon.find(text, joint.end(), base=True)
            if verb is None or not _is_infinitive(text, verb) or verb.force not in _ADDRESSING:
                continue
            if addressee_abroad(text, verb, verb.end, len(text), self._language) is not None:
                found.append(verb)
        return found

    def _is_act(self, text: str, joint: re.Match[str], verb: Found, *, base: bool) -> bool:
        capital = text[verb.start : verb.start + 1].isupper()
        if capital and not _CAPITAL_AFTER.match(joint[0]) and not _both_shouted(text, verb):
            return False
        if base and not joint[0].strip().endswith(("and", ",", ";")):
            return False
        before = text[max(0, joint.start() - 240) : joint.start()]
        if "wh" in before[-20:] and _RELATIVE.search(before) is not None:
            return False
        return not any(word in before for word in _OPENS_SUBORDINATE) or (
            _SUBORDINATE.search(before) is None
        )


_SHOUTED = re.compile(r"\W*[A-ZÀ-Ý]{4,}(?:\s+[A-ZÀ-Ý]+)*\b")


def _both_shouted(text: str, verb: Found) -> bool:
    """Whether a paragraph prints its verbs in capitals: "COMMENDS the efforts and WELCOMES"."""
    return _SHOUTED.match(text) is not None and text[verb.verb_start : verb.end].isupper()


def _is_told(text: str, verb: Found, language: str) -> bool:
    """Whether a verb is printed in the past or the plural: "Instaron", in English "Urge" too."""
    printed = text[verb.verb_start : verb.end].casefold().split()
    head = printed[0] if printed else ""
    if not head or head == verb.entry.verb.split()[0]:
        return False
    return language == "en" or head != verb.entry.base.split()[0].casefold()


def _is_infinitive(text: str, verb: Found) -> bool:
    head = verb.entry.base.split()[0].casefold()
    return text[verb.verb_start : verb.verb_start + len(head)].casefold() == head
