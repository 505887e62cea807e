"""Forms of the verbs of the lexicon in which others tell of an act: past, perfect, participle."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from konbit.mandate.lexicon.look_up import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.mandate.lexicon.tables import Entry

# Verbs whose other forms are mostly nouns or other verbs in articles, or tell the adoption itself.
_SKIPPED = frozenset(
    ["agrees", "notes", "shares", "accepts", "decides", "adopts", "approves", "believes", "trusts",
     "considers", "directs", "requires", "declares", "awaits"]
)  # fmt: skip
_SKIPPED_ABROAD = _SKIPPED | {
    "establishes", "convenes", "designates", "appoints", "maintains", "suspends", "transmits",
    "includes", "organizes", "publishes", "reviews", "remains", "continues", "recognizes", "expects",
    "hopes", "offers", "proposes", "supports", "permits", "grants", "determines", "terminates",
    "rejects", "regrets", "emphasizes", "recalls", "thanks", "observes", "understands", "ensures",
    "is aware of", "commits itself",
}  # fmt: skip
_IRREGULAR = {"take": "took", "draw": "drew", "bear": "bore"}
_FRENCH = {"faire": "fait", "prendre": "pris", "mettre": "mis", "enjoindre": "enjoint",
           "requérir": "requis", "accueillir": "accueilli", "maintenir": "maintenu", "inscrire": "inscrit"}  # fmt: skip
_SPANISH_PAST = {
    "pedir": "pidió",
    "hacer": "hizo",
    "poner": "puso",
    "requerir": "requirió",
    "instruir": "instruyó",
}
_SPANISH_PARTICIPLE = {"hacer": "hecho", "poner": "puesto"}
_SPANISH_GERUND = {"pedir": "pidiendo", "requerir": "requiriendo", "instruir": "instruyendo"}


@cache
def told_forms(language: str = "en") -> dict[str, Entry]:
    """The entry of each past, perfect, participle and present form of its verb."""
    made: dict[str, Entry] = {}
    for entry in lexicon(language).entries():
        skipped = _SKIPPED if language == "en" else _SKIPPED_ABROAD
        if not entry.inside or entry.english in skipped or entry.base.startswith(("s'", "se ")):
            continue
        head, _, tail = entry.base.partition(" ")
        rest = f" {tail}" if tail else ""
        for form in (*_forms(language, head), entry.verb.partition(" ")[0]):
            made.setdefault(f"{form}{rest}", entry)
            if not rest and form.startswith(("a ", "ha ")):
                for ending in _AGREEING[language]:
                    made.setdefault(_agreeing(form, ending), entry)
    return made


_AGREEING = {"fr": ("", "e", "s", "es"), "es": ("o", "a", "os", "as")}


def _agreeing(form: str, ending: str) -> str:
    """The participle alone, as a passive has it: "a invité" is "invitées"."""
    alone = form.split(" ")[1]
    return f"{alone}{ending}" if form.startswith("a ") else f"{alone[:-1]}{ending}"


def is_participle(language: str, printed: str) -> bool:
    """Whether a form tells an act only within a passive: "invités", "instada"."""
    small = printed.casefold()
    entry = told_forms(language).get(small)
    if language == "en" or entry is None or small == entry.verb:
        return False
    return any(
        _agreeing(form, ending) == small
        for form, other in told_forms(language).items()
        if other is entry and form.startswith(("a ", "ha "))
        for ending in _AGREEING[language]
    )


def _forms(language: str, head: str) -> Iterator[str]:
    if language == "en":
        yield from (_past(head), _participle(head))
    elif language == "fr":
        yield from _french(head)
    elif head.endswith(("ar", "er", "ir")):
        regular = f"{head[:-2]}ó" if head.endswith("ar") else f"{head[:-2]}ió"
        yield _SPANISH_PAST.get(head, regular)
        done = f"{head[:-2]}ado" if head.endswith("ar") else f"{head[:-2]}ido"
        yield f"ha {_SPANISH_PARTICIPLE.get(head, done)}"
        doing = f"{head[:-2]}ando" if head.endswith("ar") else f"{head[:-2]}iendo"
        yield _SPANISH_GERUND.get(head, doing)


def past_of(language: str, base: str) -> str:
    """The past of an infinitive: "urged", "a condamné", "condenó"."""
    return next(iter(_forms(language, base)), base)


def _french(head: str) -> Iterator[str]:
    if head.endswith("er"):
        yield f"a {head[:-2]}é"
        yield f"{head[:-2]}{'e' if head.endswith('ger') else ''}ant"
    elif head in _FRENCH:
        yield f"a {_FRENCH[head]}"
    elif head.endswith("ir"):
        yield f"a {head[:-1]}"


def _past(base: str) -> str:
    if base in _IRREGULAR:
        return _IRREGULAR[base]
    if base.endswith("e"):
        return f"{base}d"
    if base.endswith("y") and base[-2] not in "aeiou":
        return f"{base[:-1]}ied"
    return f"{base}ed"


def _participle(base: str) -> str:
    return f"{base[:-1]}ing" if base.endswith("e") and not base.endswith("ee") else f"{base}ing"


_BETWEEN = r"\s+(?:(?:également|aussi|ainsi|en\s+outre|par\s+ailleurs|de\s+nouveau|también|además|asimismo|\w+ment|\w+mente)\s+)?"


@cache
def told_form(language: str = "en") -> re.Pattern[str]:
    """Any of these forms, the longest first; an adverb may stand after "a" or "ha"."""
    forms = sorted(told_forms(language), key=lambda form: (-len(form), form))
    patterns = (
        re.sub(r"^(a|ha)\\ ", lambda found: found[1] + _BETWEEN, re.escape(form)) for form in forms
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)


def told_entry(language: str, printed: str) -> Entry | None:
    """The verb of a printed form, adverbs within it left out."""
    small = " ".join(printed.casefold().split())
    forms = told_forms(language)
    if small in forms:
        return forms[small]
    words = small.split()
    for drop in range(2, len(words)):
        entry = forms.get(" ".join([words[0], *words[drop:]]))
        if entry is not None:
            return entry
    return None
