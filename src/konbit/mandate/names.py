"""Names of those who can act: determiners, adjectives, a head noun, complements, lists."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from konbit.mandate.complements import OF_THIS, WHICH, is_of_a_state, with_complements
from konbit.mandate.lexicon import actors, is_nationality, words

if TYPE_CHECKING:
    from konbit.mandate.acronyms import Acronyms

_DETERMINERS = words("determiner")
_STOPS = words("stop")
_THINGS = words("thing")
_PLACED = frozenset({"states", "state", "members"})
_WORD = re.compile(r"[^\W_][\w'\u2019./-]*")
_JOINING = re.compile(
    r"(?:\s+and,\s+[^,;:]{3,40},|,\s+and|\s+and|\s+or(?=\s+(?:all\s+|other\s+)?(?:persons|parties|States|Governments|organizations|groups|entities)\b)|,|\s*;\s+and)\s+(?:(?:to|on|upon)\s+(?=(?:the|all|those|its)\s))?"
)
_ACRONYM = re.compile(r"[A-Z][A-Z0-9-]{2,}(?:/[A-Z]+)?$")
_MISSION_LIKE = re.compile(
    r"(?:UN|MINU|MONU|ONU|BINU|AMIS|ATMIS|ISAF|KFOR|IFOR|SFOR|EUFOR|MISCA|AFISMA|ECOMOG|MICAH|CTED|OCHA|"
    r"OHCHR|WHO$|WFP$|ICC$|ICTY$|ICTR$)"
)


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody named in a text: words, place, class (`un`, `state` or empty), sureness."""

    words: str
    start: int
    end: int
    kind: str
    sure: int


@cache
def _last_words() -> dict[str, list[tuple[str, str]]]:
    table: dict[str, list[tuple[str, str]]] = {}
    for noun, kind in actors().items():
        table.setdefault(noun.split()[-1], []).append((noun, kind))
    return table


_JOINED_ADJECTIVES = re.compile(r"\s+and\s+[A-Z]\w+(?=\s+[a-z])")
_BESIDE_NAMES = frozenset({"member", "armed", "defence", "security", "national"})
_SMALL_WORD = re.compile(r"\s+([a-z][\w-]+)")
# "international and regional organizations": adjectives that are joined before their noun.
_ADJECTIVES = re.compile(r"and(?:\s+[a-z][a-z-]+){1,2}\s+[A-Za-z][a-z-]+")
_ANY_WORD = re.compile(r"\s+([A-Za-z][\w-]+)")
_AN_ADJECTIVE = re.compile(r"\A(?:(?:the|all|both|other|those|certain|its|their)\s+){0,3}")
_OF_NATIONS = re.compile(r"(?:\s+(?:and\s+)?[a-z][a-z-]+){1,6}")
_THOSE = re.compile(
    r"(?P<p>(?:all\s+)?(?:those\s+)?concerned(?=\s+(?:to|in|with|by)\b|,\s)|(?:all\s+)?those(?=\s+(?:who|which|that|in\s+a)\b)|everyone(?=\s))"
)
_PRONOUN = re.compile(r"(?P<p>it|them|him|her|he|she|they)(?=\s)")


@dataclass
class _Scan:
    """What was read of a name so far: where its head ends, its class, how it is written."""

    head: int = 0
    kind: str = ""
    capital: bool = False
    article: bool = False


def named_at(text: str, at: int, acronyms: Acronyms) -> Named | None:
    """The actor whose name begins at a place; none where a thing is named there."""
    scan, place = _Scan(), at
    for step in range(14):
        word = _WORD.match(text, place)
        if word is None or not _takes(scan, word, text, at, step, acronyms):
            break
        place = word.end() + 1
        if text[place - 1 : place] != " ":
            break
    head = scan.head
    if text.endswith("United Nations", at, head):
        head = _of_nations(scan, text, at)
    elif head and scan.capital and not scan.kind:
        head = _over_adjectives(scan, text, at)
    if not head or _owns(text, head):
        return None
    last = _last_word(text, at, head)
    end = head if last in _THINGS else with_complements(text, head, last)
    if last in _THINGS or _owns(text, end):
        return None
    owner = _OWNER.match(text, end)
    if owner is not None:
        owned = named_at(text, owner.end(), acronyms)
        return Named(text[at : owned.end], at, owned.end, owned.kind, 70) if owned else None
    sure = 92 if not scan.capital or scan.kind else 80
    ours = "United Nations" in text[at:end] and last not in _PLACED
    kind = _class_of(scan.kind, text[at:end], last)
    return Named(text[at:end], at, end, "un" if ours else kind or "state", sure)


def _class_of(kind: str, words: str, last: str) -> str:
    """The class of a name: a council of a state is no United Nations body, a mission's leaders are."""
    if last == "leadership" and _OF_A_MISSION.search(words):
        return "un"
    if kind == "un" and "United Nations" not in words and is_of_a_state(words):
        return "state"
    return kind


_OF_A_MISSION = re.compile(r"\b(?:[Mm]ission|[Oo]peration|[Ff]orce)\b")
# "The Government of X's focal point" is the focal point, not the Government.
_OWNER = re.compile(r"\s+of\s+(?:the\s+)?[A-Z][\w-]*(?:\s+[A-Z][\w-]*)*['\u2019]s?\s+(?=[a-z])")


def _over_adjectives(scan: _Scan, text: str, at: int) -> int:
    """In "Arab and Jewish armed groups", "Kenyan political actors", the noun that follows is the head."""
    of_nation = is_nationality(_AN_ADJECTIVE.sub("", text[at : scan.head]))
    joined = _JOINED_ADJECTIVES.match(text, scan.head)
    place = joined.end() if joined else scan.head
    for step in range(3):
        word = _SMALL_WORD.match(text, place)
        if word is None or word[1] in _STOPS:
            break
        place = word.end()
        kind = _actor_kind(text, at, place, word[1])
        if kind:
            scan.kind = kind
            return place
        if joined is None and (step or word[1] not in _BESIDE_NAMES) and not of_nation:
            break
    return scan.head


def _of_nations(scan: _Scan, text: str, at: int) -> int:
    """In "United Nations peacekeeping and special political missions" the last noun is the head."""
    words = _OF_NATIONS.match(text, scan.head)
    if words is None:
        return scan.head
    head = place = scan.head
    for word in re.finditer(r"\s+([a-z][a-z-]+)", words[0]):
        if word[1] in _STOPS and word[1] != "and":
            break
        place = scan.head + word.end()
        kind = _actor_kind(text, at, place, word[1])
        if kind:
            head, scan.kind = place, "un"
    return head


def _joins_adjectives(text: str, at: int) -> bool:
    """Whether "and" joins two adjectives of one noun that can act."""
    found = _ADJECTIVES.match(text, at)
    if found is None:
        return False
    for step, word in enumerate(_ANY_WORD.finditer(found[0])):
        if word[1].casefold() in _STOPS or word[1].casefold() in _DETERMINERS:
            return False
        if step and _actor_kind(text, at, at + word.end(), word[1]):
            return True
    return False


def _takes(
    scan: _Scan, word: re.Match[str], text: str, at: int, step: int, acronyms: Acronyms
) -> bool:
    """Whether a word goes on a name; what it adds is noted."""
    name = word[0].rstrip(".'\u2019")
    small = name.casefold()
    if small == "this" and not step:
        scan.article = True
        return True
    if small in _DETERMINERS:
        scan.article = scan.article or small in {"the", "a", "an", "its", "their"}
        return not scan.head
    if small in _STOPS:
        return (
            small == "and" and not scan.head and step > 0 and _joins_adjectives(text, word.start())
        )
    title = _titled(text, word.start())
    if title is not None:
        scan.head, scan.kind = title
        return False
    known = _actor_kind(text, at, word.start() + len(name), name)
    if known:
        scan.head, scan.kind = word.start() + len(name), known
    elif name[:1].isupper():
        scan.capital = True
        scan.head, scan.kind = word.start() + len(name), _name_kind(name, acronyms)
    else:
        return not scan.head and step <= 7 and name[:1].isalpha()
    return True


def _titled(text: str, at: int) -> tuple[int, str] | None:
    """A title of several words with a small one in it: "Chief of Staff", "Panel of Experts"."""
    for title, kind in _titles():
        if text.startswith(title, at):
            return at + len(title), kind
    return None


_LONG_TITLE = 3  # spaces: "special procedures mandate holders" has a head of its own within


@cache
def _titles() -> tuple[tuple[str, str], ...]:
    return tuple(
        (noun, kind)
        for noun, kind in actors().items()
        if " of " in noun
        or (" and " in noun and noun[0].isupper())
        or noun.count(" ") >= _LONG_TITLE
    )


def _owns(text: str, end: int) -> bool:
    """Whether a genitive stands here: "the Secretary-General's report" names a report."""
    return text[end : end + 1] in {"'", "\u2019"}


def _last_word(text: str, at: int, end: int) -> str:
    return re.split(r"[\s]", text[at:end])[-1].casefold()


# Words for those who do something, which no table lists to the end: "guarantors", "mediators".
_DOERS = re.compile(
    r"(?!(?:factors|sectors|vectors|tractors|motors|corridors|monitors)\b)[a-z]{2,}(?:[st]ors)"
)


def _actor_kind(text: str, at: int, end: int, word: str) -> str:
    for noun, kind in _last_words().get(word, ()):
        if " " not in noun or text[max(at, end - len(noun) - 1) : end].rstrip(".'").endswith(noun):
            return kind
    return "state" if _DOERS.fullmatch(word) else ""


def _name_kind(name: str, acronyms: Acronyms) -> str:
    if _ACRONYM.match(name):
        return "un" if name in acronyms.missions or _MISSION_LIKE.match(name) else ""
    return ""


_INCLUDING = re.compile(
    r",\s+(?:including|especially|particularly|in particular)\b[^,;]{1,160}(?=,\s+and\b)"
)


_OTHERS = re.compile(
    r"(?:all\s+)?(?:the\s+)?others\s+(?:concerned|involved)(?:\s+in\s+(?:the\s+)?(?:[a-z]+\s+)?"
    r"[A-Z][\w-]+(?:\s+(?:and\s+)?[A-Z][\w-]+)*)?"
)


def _others_at(text: str, at: int) -> Named | None:
    """Others who are concerned, who are named only beside somebody."""
    found = _OTHERS.match(text, at)
    return Named(found[0], at, found.end(), "state", 80) if found else None


def listed_at(text: str, at: int, acronyms: Acronyms, limit: int | None = None) -> Named | None:
    """One actor, or several joined by "and", whose names begin at a place; none that begins at `limit`."""
    pronoun = _PRONOUN.match(text, at) or _THOSE.match(text, at)
    if pronoun is not None:
        kind = "un" if pronoun["p"] in {"he", "him", "she", "her"} else "state"
        first: Named | None = Named(pronoun["p"], at, pronoun.end(), kind, 75)
    else:
        first = named_at(text, at, acronyms)
    if first is None:
        return None
    words, end, pending = first.words, first.end, ""
    place = first.end
    for _ in range(8):
        skipped = _INCLUDING.match(text, place)
        if skipped is not None:
            place = skipped.end()
        joint = _JOINING.match(text, place)
        told = OF_THIS.match(text, place) if joint is None else None
        if told is not None:
            joint = _JOINING.match(text, told.end())
        which = WHICH.match(text, place) if joint is None else None
        if which is not None:
            joint = _JOINING.match(text, which.end())
        if joint is None or (limit is not None and joint.end() >= limit):
            break
        other = _others_at(text, joint.end()) or named_at(text, joint.end(), acronyms)
        if other is None:
            break
        aside = skipped is not None or " and," in joint[0]
        pending += (
            (told[0] if told is not None else "") + (" and " if aside else joint[0]) + other.words
        )
        place = other.end
        if "and" in joint[0]:
            words, end, pending = words + pending, other.end, ""
    return Named(_MISREAD_ALL.sub("all", words, count=1), first.start, end, first.kind, first.sure)


_MISREAD_ALL = re.compile(r"\A(?:ali|aIl|a1l|al1|a11|ail|alI|al!)(?=\s)")
