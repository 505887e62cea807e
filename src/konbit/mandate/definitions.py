"""Whom a short name means, by what the text itself says: its definitions, and its own full names.

Nothing is known here of any body: a short name is explained by the text or it is not explained.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from konbit.mandate.complements import with_complements
from konbit.mandate.values import Proposal, Span

_INNER = (
    r"(?:(?:hereinafter|hereafter|ci-apr[èe]s|en\s+adelante|en\s+lo\s+sucesivo)\s*(?:referred\s+to\s+as|called|known\s+as|"
    r"d[ée]nomm[ée]+s?|d[ée]sign[ée]+s?|denominad[oa]s?|designad[oa]s?)?[\s,]*)?"
)
_ARTICLE = r"(?:[Tt]he\s+|[Ll]es?\s+|[Ll]a\s+|[Ll]['\u2019]\s?|[Ee]l\s+|[Ll]os\s+|[Ll]as\s+)"
_QUOTED = rf"[\"\u201c\u2018\u00ab]\s?{_ARTICLE}?(?P<alias>[A-Z\u00c0-\u00dd][^\"\u201d\u2019\u00bb()\n]{{1,60}}?)\s?[\"\u201d\u2019\u00bb]"
# "(BINUH)", "(the MSS)", "(hereinafter “the Force”)", "(ci-après dénommée « la Mission »)".
_DEFINES = re.compile(
    rf"\(\s?{_INNER}{_ARTICLE}?(?:{_QUOTED}|(?P<short>[A-Z][A-Za-z]*[A-Z][A-Z-]*)(?P<kind>\s(?:Mission|mission|Force|force))?)\s?\)"
    rf"|,?\s(?:hereinafter|hereafter|ci-apr[èe]s|en\s+adelante)\s[^\"\u201c\u00ab\n]{{0,24}}(?:{_QUOTED.replace('alias', 'alias2')})"
)
_SMALL = r"(?:of|for|in|on|and|to|the|against|a|à|al|de|du|des|la|le|les|pour|en|et|au|aux|contre|sur|del|los|las|el|y|para|por|con|sobre)"
_CAPITAL = r"(?:[ldLD]['\u2019])?[A-Z\u00c0-\u00dd][\w\u2019'-]*"
_ENDS = r"[\"\u201d\u00bb]?\s*$"
# A full name that ends where its short one is explained: capitals with small words between them.
_NAME_BEFORE = re.compile(rf"{_CAPITAL}(?:\s+(?:{_SMALL}\s+){{0,3}}{_CAPITAL}){{1,14}}(?={_ENDS})")
# In French and Spanish only the head has a capital: "la Mission multinationale d'appui à la sécurité".
_HEADED_BEFORE = re.compile(
    r"(?:Mission|Force|Bureau|Groupe|Comit[ée]|Conseil|Commission|Op[ée]ration|M[ée]canisme|Misi[óo]n|Fuerza|Oficina|Grupo|"
    rf"Consejo|Comisi[óo]n|Operaci[óo]n|Mecanismo|[Ff]onds|[Ff]ondo|[Mm]ultinational)(?:\s+[\w\u2019'-]+){{1,14}}(?={_ENDS})"
)
_HEADS = (
    r"(?:Mission|Force|Office|Committee|Panel(?:\s+of\s+Experts)?|Group(?:\s+of\s+Experts)?|Commission|Team|Mechanism|"
    r"Operation|Council|Fund|Tribunal|Unit|Support\s+Office|Working\s+Group|Monitoring\s+Team|Monitoring\s+Group|Government|"
    r"Bureau|Groupe|Comit[ée]|Conseil|Op[ée]ration|M[ée]canisme|Gouvernement|"
    r"Misi[óo]n|Fuerza|Oficina|Grupo|Consejo|Comisi[óo]n|Operaci[óo]n|Mecanismo|Gobierno)(?!\w)"
)
_BARE = re.compile(
    rf"(?:[Tt]he|[Tt]his|[Tt]hat|[Ll]e|[Ll]a|[Ll]['\u2019]|[Aa]u|[Àà]\s+la|[Ee]l|[Aa]l|[Dd]icha|[Dd]icho)\s?(?P<head>{_HEADS})"
)
_BY_TEXT = re.compile(
    r"(?P<head>Committee|Panel\s+of\s+Experts|Group\s+of\s+Experts|Working\s+Group|Monitoring\s+Group|Ombudsperson)"
    r"(?:\s+of\s+the\s+Security\s+Council)?\s+(?:established|created|appointed|set\s+up)\s+"
    r"(?:pursuant\s+to|by|in|under|in\s+accordance\s+with)\s+(?:(?:operative\s+)?paragraph\s+\d{1,3}(?:\s?\([a-z]\))?\s+of\s+)?"
    r"(?:Security\s+Council\s+|its\s+)?resolution\s+\d{1,4}(?:\s\(\d{4}\))?"
    r"|(?P<head2>Comit[ée]|Groupe\s+d['\u2019]experts|Grupo\s+de\s+Expertos)\s+(?:cr[ée]{2}|constitu[ée]|establecido|creado)\s+"
    r"(?:par|en\s+application\s+de|en\s+virtud\s+de|por|en\s+cumplimiento\s+de)\s+(?:(?:le|la|el)\s+)?(?:r[ée]solution|resoluci[óo]n)\s+\d{1,4}(?:\s\(\d{4}\))?"
)
_LEADING = re.compile(rf"\A{_ARTICLE}")
_WINDOW = 170  # characters before a definition in which its full name may begin


@dataclass(frozen=True, slots=True)
class Definition:
    """A short name and the full one that the text gives for it.

    Attributes:
        short: without its article, as the text explains it.
        full: as printed.
        at: where the full name stands.
        sure: per cent.
    """

    short: str
    full: str
    at: Span
    sure: int


class Definitions:
    """What one text defines. Read when first asked for, in time linear in the text."""

    def __init__(self, source: str) -> None:
        self._source = source

    def meant_by(self, name: str) -> Proposal[str] | None:
        """The full name that the text has for a short one; none where it has none, or several.

        Args:
            name: an addressee as printed: "the Force", "BINUH", "the Panel".
        """
        plain = _plain(name)
        found = self._defined.get(plain)
        if found is not None:
            return Proposal(found.full, "defined-short-name", found.sure, found.at)
        bare = _BARE.fullmatch(" ".join(name.split()))
        if bare is None:
            return None
        named = self._by_head.get(bare["head"].split()[0].casefold(), {})
        if len(named) != 1:
            return None
        (full, at), *_ = named.items()
        if _plain(full) == plain:
            return None
        return Proposal(full, "only-one-so-named", 75, at)

    @cached_property
    def _defined(self) -> dict[str, Definition]:
        """Explained short names in small letters; one that is explained twice differently is none."""
        table: dict[str, Definition] = {}
        doubtful: set[str] = set()
        for one in self._all:
            key = _plain(one.short)
            known = table.get(key)
            if known is not None and _plain(known.full) != _plain(one.full):
                doubtful.add(key)
            table.setdefault(key, one)
        return {key: one for key, one in table.items() if key not in doubtful}

    @cached_property
    def _all(self) -> tuple[Definition, ...]:
        found = []
        for match in _DEFINES.finditer(self._source):
            start = max(0, match.start() - _WINDOW)
            before = self._source[start : match.start()]
            short = match["alias"] or match["alias2"] or match["short"] or ""
            for pattern in (_NAME_BEFORE, _HEADED_BEFORE):
                named = pattern.search(before)
                own = _own_part(short, named[0], quoted=match["short"] is None) if named else None
                if named is None or own is None:
                    continue
                shift, sure = own
                at = Span(start + named.start() + shift, start + named.end())
                full = " ".join(named[0][shift:].split())
                if _plain(full) != _plain(short):
                    found.append(Definition(short, full, at, sure))
                    break
        return tuple(found)

    @cached_property
    def _by_head(self) -> dict[str, dict[str, Span]]:
        """Full names by the head noun that stands for them alone, each with its first place."""
        table: dict[str, dict[str, Span]] = {}
        for one in self._all:
            head = _head_of(one.full)
            if head:
                table.setdefault(head, {}).setdefault(one.full, one.at)
        for match in _BY_TEXT.finditer(self._source):
            head = (match["head"] or match["head2"]).split()[0].casefold()
            full = " ".join(match[0].split())
            table.setdefault(head, {}).setdefault(full, Span(*match.span()))
        for match in _EXPERTS.finditer(self._source):
            head = match[0].split()[0].casefold()
            if head not in table:
                table[head] = {" ".join(match[0].split()): Span(*match.span())}
        for match in _GOVERNMENT.finditer(self._source):
            end = match.end()
            if match["head"]:
                end = with_complements(self._source, match.end(), "government")
                further = _FURTHER.search(self._source, match.end(), end)
                end = further.start() if further else end
            full = " ".join(self._source[match.start() : end].split())
            head = (match["head"] or match["head2"]).casefold()
            if end > match.end() or match["head2"]:
                same = table.setdefault(head, {})
                if all(_state_of(full) != _state_of(known) for known in same):
                    same[full] = Span(match.start(), end)
        return table


_EXPERTS = re.compile(
    r"(?:Panel|Group)\s+of\s+Experts|Groupe\s+d['\u2019]experts|Grupo\s+de\s+Expertos|Equipo\s+de\s+Expertos"
)
_GOVERNMENT = re.compile(
    r"(?P<head>Government)(?=\s+of\s+(?:the\s+)?[A-Z])"
    r"|(?P<head2>Gouvernement|Gobierno)\s+(?:de\s+la\s+|de\s+l['\u2019]|del?\s+|du\s+|d['\u2019])[A-Z][\w-]+(?:\s+[A-Z][\w-]+){0,3}"
)
_FURTHER = re.compile(r"\s(?:for|on|in|to)\s")
_STYLE = re.compile(
    r"\b(?:the|republic|république|república|federal|democratic|islamic|of|la|de|del|du|l|d)\b\W?",
    re.I,
)


def _state_of(government: str) -> str:
    """The name of a government's state without its style: "of the Republic of X" is "of X"."""
    return " ".join(_STYLE.sub("", government).casefold().split())


def _head_of(full: str) -> str:
    """The first of the head nouns in a name, by which the text may call it further on."""
    found = re.search(_HEADS, full)
    return found[0].split()[0].casefold() if found else ""


def _plain(name: str) -> str:
    return _LEADING.sub("", " ".join(name.split())).casefold()


_WORDS = re.compile(r"[^\W\d_][\w'\u2019-]*")
_AFTER_THE = re.compile(r"\b(?:the|la|le|el|les|los|las)\s+", re.I)


def _own_part(short: str, name: str, *, quoted: bool) -> tuple[int, int] | None:
    """Where in the words before it a short name's full one begins, and how sure; if it does.

    An acronym has the initials of its words; one of another language stands after a body's name.
    A name in quotation marks ("the Force") has its last word in the full name.
    """
    head = re.search(_HEADS, name)
    if quoted:
        last = short.split()[-1].casefold()
        if last not in name.casefold().split():
            return None
        return _after_the(name, name.casefold().rfind(last)), 95
    letters = [sign for sign in short.casefold() if sign.isalpha()]
    best: tuple[int, int] | None = None
    for word in reversed(list(_WORDS.finditer(name))):
        if word[0][0].isupper() and word[0][0].casefold() == letters[0]:
            hits = _in_order(letters, name[word.start() :])
            if hits == len(letters):
                return word.start(), 97
            if hits * 2 >= len(letters):
                best = word.start(), 85
    if best is None and head is not None and name[head.end() :].strip() and " and the " not in name:
        best = _after_the(name, head.start()), 80
    return best


def _after_the(name: str, before: int) -> int:
    """Where the name proper begins: after the last article before its head noun."""
    return max((found.end() for found in _AFTER_THE.finditer(name, 0, max(0, before))), default=0)


def _in_order(letters: list[str], name: str) -> int:
    """How many letters of an acronym, from its first on, the words begin with, one after the other.

    A word may give one letter or several: the "SOM" of an acronym is of Somalia.
    """
    hits = 0
    for word in _WORDS.finditer(name):
        for letter in word[0].casefold():
            if hits == len(letters) or letter != letters[hits]:
                break
            hits += 1
    return hits
