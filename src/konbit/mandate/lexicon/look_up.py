"""Finding an operative verb at a place of a text, with its modifiers and its noun."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import get_close_matches
from functools import cache

from konbit.mandate.lexicon.plural_forms import of_us
from konbit.mandate.lexicon.roles import LEADS, NOT_A_NOUN, NOUNS_TOO
from konbit.mandate.lexicon.tables import Entry, Found, rows_of
from konbit.mandate.values import Force

_ADVERBS = {
    "en": (
        r"also|anew|further|furthermore|moreover|again|once again|once more|hereby|therefore|likewise|"
        r"additionally|still|now|thus|accordingly|in particular|for that purpose|as well|"
        r"in (?:this|that|these|such) (?:regard|respect|connection|connexion|context|matter)|"
        r"to (?:this|that) (?:end|effect)|at the same time|in the strongest(?: possible)? terms|"
        r"(?!(?:only|apply|reply|supply|rely|comply|family|assembly|ally|july|italy|multiply)\b)"
        r"[a-z]{3,20}ly"
    ),
    "fr": (
        r"également|aussi|en outre|de nouveau|à nouveau|une fois encore|une nouvelle fois|par ailleurs|"
        r"de plus|ainsi|enfin|en conséquence|à cet égard|à cette fin|dans ce contexte|en particulier|"
        r"\w{3,20}ment(?=[\s,])"
    ),
    "es": (
        r"también|además|asimismo|igualmente|nuevamente|una vez más|de nuevo|a este respecto|"
        r"a ese respecto|en este sentido|en particular|por lo tanto|con este fin|\w{3,20}mente(?=[\s,])"
    ),
}
# A pronoun before a further verb of a sentence: "et la prie de", "y los exhorta a".
_CLITICS = {
    "en": None,
    "fr": re.compile(r"(?:les|leur|lui|le|la|l')\s*(?=(?:en\s+outre\s+)?[a-zà-ÿ]+)"),
    "es": re.compile(r"(?:los|las|les|le|lo|la)\s+(?=[a-zà-ÿ]+)"),
}
_HEAD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?(?:'(?=\w))?")
_THIRD_PERSON = re.compile(r"[A-Z]?[a-z]{2,}(?:-[a-z]+)?s")
_SAYS_AGAIN = LEADS - {"expresses", "declares", "conveys", "extends", "states", "records"}
_IN_CONTEXT = re.compile(r",?\s*in\s+the\s+(?:context|light)\s+of\s[^;]{3,80}?(?=\bits\s)")
_EXPRESS = frozenset(
    ["expresa", "expresar", "expresamos", "manifiesta", "manifestar", "manifestamos", "exprime", "exprimer", "exprimons"]
)  # fmt: skip
_POSSESSIVE = re.compile(r"(its|the|their|his)\s+", re.IGNORECASE)
_WITH = re.compile(r"with\s+(?:[a-z-]+\s+){1,4}?(?=of\b|upon\b|that\b|the\b|on\b)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][\w'-]*")
_AFTER_A_NOUN = re.compile(
    r"\s*(?:[,;.)]|(?:of|made|from|by|in|submitted|addressed|contained|set|and|or|which|are|"
    r"were|is|was|have|has|shall|should|must|may|will|under|referred|received|between|among|"
    r"placed|expressed|therefor)\b)"
)
_IN_THIS_REGARD = re.compile(
    r"\s+in\s+(?:this|that|such|the\s+same)\s+(?:regard|respect|context|connection|connexion)\b"
)
# "Reiterates the appeal to the parties" appeals once more; "reaffirms the support that" does not.
_CALL = re.compile(
    r"(?:[a-z]+\s+)?(?:call|appeal|demand|request)\s+(?:to|on|upon|for|that|made|contained|addressed)\b"
)
# "Agrees to review its decisions" is no agreement to a thing.
_TO_DO = re.compile(
    r"\s+(?!(?:the|an?|its|their|this|that|these|those|such|any|all|his|her)\b)[a-z]+"
)
_FOR_TO = re.compile(r"\s+(?:for|to)\b")


@cache
def lexicon(language: str) -> Lexicon:
    """The verbs of a language: `en`, `fr` or `es`."""
    return Lexicon(language)


class Lexicon:
    """Verbs of a language, to be found at a place of a text."""

    def __init__(self, language: str) -> None:
        self.language = language
        adverbs = _ADVERBS[language]
        self._modifiers = re.compile(rf"(?:(?:{adverbs}),?\s+){{0,5}}", re.IGNORECASE)
        self._one = re.compile(rf"(?:{adverbs})", re.IGNORECASE)
        self._gap = rf",?\s+(?:(?:{adverbs}),?\s+){{0,3}}"
        self._finite: dict[str, list[tuple[re.Pattern[str], Entry]]] = {}
        self._base: dict[str, list[tuple[re.Pattern[str], Entry]]] = {}
        for row in rows_of(f"verbs.{language}.csv"):
            entry = Entry(
                row["verb"], row["base"], row.get("english") or row["verb"], Force(row["force"]),
                int(row["tier"]), row["object"], row.get("inside", "yes") == "yes",
                row.get("not_before", ""),
            )  # fmt: skip
            self._enter(self._finite, entry.verb, entry)
            self._enter(self._base, entry.base, entry)
            for said_by_us in of_us(language, entry.base):
                self._enter(self._finite, said_by_us, entry)
        for table in (self._finite, self._base):
            for entries in table.values():
                entries.sort(key=lambda pair: (-len(pair[1].verb), pair[1].verb))
        self._attitudes = (
            {
                row["noun"]: (Force(row["force"]), int(row["tier"]))
                for row in rows_of("attitudes.en.csv")
            }
            if language == "en"
            else {}
        )

    def entries(self) -> tuple[Entry, ...]:
        """All verbs, in the order of the table's heads."""
        return tuple(entry for pairs in self._finite.values() for _, entry in pairs)

    def _enter(
        self, table: dict[str, list[tuple[re.Pattern[str], Entry]]], phrase: str, entry: Entry
    ) -> None:
        first, *rest = _HEAD.findall(phrase)
        pattern = "".join(
            (("" if before.endswith("'") else self._gap) + self._with(before) + re.escape(word))
            for before, word in zip([first, *rest], rest, strict=False)
        )
        table.setdefault(first.casefold(), []).append(
            (re.compile(pattern + r"(?!\w)", re.IGNORECASE), entry)
        )

    def _with(self, before: str) -> str:
        """After "takes note": "with appreciation" may stand before "of"; after "su": an adjective."""
        if before in {"su", "sus", "son", "sa", "ses", "nuestro", "nuestra", "notre"}:
            return r"(?:[^\W\d_]+\s+(?:(?:et|y)\s+[^\W\d_]+\s+)?)??"
        if before in _EXPRESS:
            return r"(?:(?!nuestr|notre\b|su\b|sa\b|son\b|la\b|el\b)[^\W\d_]+\s+)??"
        return r"(?:with\s+(?:[a-z-]+\s+){1,4}?)?" if before in {"note", "forward"} else ""

    def find(
        self, text: str, at: int = 0, *, base: bool = False, certain: bool = False
    ) -> Found | None:
        """The operative verb that begins at a place, modifiers before it included.

        Args:
            text: running text, with straight apostrophes.
            at: where it would begin.
            base: look for infinitives ("urge"), as in texts that open with RESOLVES.
            certain: a verb stands here for sure, after a number, so plural nouns are not weighed.
        """
        before = self._modifiers.match(text, at)
        start = before.end() if before else at
        clitic = _CLITICS[self.language]
        if clitic is not None and at and (found := clitic.match(text, start)) is not None:
            start = found.end()
        head = _HEAD.match(text, start)
        if head is None:
            return None
        table = self._base if base else self._finite
        for pattern, entry in table.get(head[0].casefold(), ()):
            rest = pattern.match(text, head.end())
            if rest is None or (entry.not_before and _TO_DO.match(text, rest.end())):
                continue
            if certain or not self._is_noun(entry, text, rest.end()):
                printed = text[at:start] + text[head.end() : rest.end()]
                return self._found(entry, text, (at, start, rest.end()), self._listed(printed))
        return None

    def guess(self, text: str, at: int = 0, *, base: bool = False) -> Found | None:
        """A verb in the third person that the table lacks, or that scanning misspelt.

        Only for a place at which a paragraph's verb must stand. A misspelt verb is read as the one
        it is nearest to; an unknown one is a statement. With `base` an infinitive after "To".
        """
        before = self._modifiers.match(text, at)
        start = before.end() if before else at
        head = _HEAD.match(text, start)
        if head is None or self.language != "en":
            return None
        if base and head[0].islower() and head[0].isalpha():
            name = _third_person(head[0])
            entry = Entry(name, head[0], name, Force.STATEMENT, 1, "none", inside=False)
            return Found(entry, name, Force.STATEMENT, 1, (), at, start, head.end())
        if not _THIRD_PERSON.fullmatch(head[0]):
            return None
        small = head[0].casefold()
        near = get_close_matches(small, sorted(self._finite), n=1, cutoff=0.84)
        if near:
            mended = text[:start] + near[0] + text[head.end() :]
            found = self.find(mended, start, certain=True)
            shift = len(head[0]) - len(near[0])
            return replace(found, end=found.end + shift) if found is not None else None
        entry = Entry(small, small, small, Force.STATEMENT, 1, "none", inside=False)
        return Found(entry, small, Force.STATEMENT, 1, (), at, start, head.end())

    def _is_noun(self, entry: Entry, text: str, end: int) -> bool:
        if self.language != "en" or entry.verb not in NOUNS_TOO:
            return False
        if _IN_THIS_REGARD.match(text, end):
            return False
        if _AFTER_A_NOUN.match(text, end):
            return not re.compile(r"\s+(?:in|by)\b").match(text, end) or entry.verb != "notes"
        return entry.verb != "calls" and _FOR_TO.match(text, end) is not None

    def _listed(self, printed: str) -> tuple[str, ...]:
        if not printed or printed.isspace():
            return ()
        return tuple(found[0].casefold() for found in self._one.finditer(printed))

    def _found(
        self, entry: Entry, text: str, places: tuple[int, int, int], modifiers: tuple[str, ...]
    ) -> Found:
        at, start, end = places
        if self.language == "en" and entry.verb == "continues to":
            further = _WORD.match(text, end + 1)
            name = f"continues to {further[0].casefold()}" if further else "continues"
            return Found(entry, name, entry.force, entry.tier, modifiers, at, start,
                         further.end() if further else end)  # fmt: skip
        after = self._modifiers.match(text, end + 1) if text[end : end + 1] == " " else None
        later = self._listed(after[0]) if after else ()
        noun = self._attitude(entry, text, after.end() if after else end)
        # "Reiterates its concern" says the concern again; its call or its readiness it makes again.
        again = entry.verb in _SAYS_AGAIN and noun is not None and noun[1] is Force.STATEMENT
        if noun is not None and not again:
            name, force, tier, end = noun
            return Found(entry, name, force, tier, modifiers + later, at, start, end)
        if after is not None and after.end() > end + 1:
            end = after.end() - 1
        return Found(entry, entry.verb, entry.force, entry.tier, modifiers + later, at, start, end)

    def _may_own(self, entry: Entry, owner: re.Match[str] | None, text: str) -> bool:
        """Whether a noun belongs to the verb: "its concern", or "the appeal to" that is made again."""
        if entry.verb == "expresses":
            return True
        if owner is None or owner[1].casefold() != "the":
            return owner is not None
        return entry.verb in _SAYS_AGAIN and _CALL.match(text, owner.end()) is not None

    def _attitude(self, entry: Entry, text: str, at: int) -> tuple[str, Force, int, int] | None:
        """The noun that stays with its verb: "expresses its concern", "reiterates its call"."""
        if not self._attitudes or entry.verb not in LEADS:
            return None
        while text[at : at + 1] == " ":
            at += 1
        aside = _IN_CONTEXT.match(text, at)
        at = aside.end() if aside else at
        owner = _POSSESSIVE.match(text, at)
        if not self._may_own(entry, owner, text):
            return None
        place = owner.end() if owner else at
        for _ in range(6):
            word = _WORD.match(text, place)
            if word is None:
                return None
            small = word[0].casefold()
            if small in self._attitudes:
                force, tier = self._attitudes[small]
                own = f"{owner[1].casefold()} " if owner else ""
                return f"{entry.verb} {own}{small}", force, tier, word.end()
            if small in NOT_A_NOUN and small not in {"and", "a"}:
                return None
            place = word.end()
            while text[place : place + 1] in {" ", ","}:
                place += 1
        return None


def _third_person(base: str) -> str:
    """The third person of an English infinitive: "include" is "includes", "carry" is "carries"."""
    if base.endswith("y") and base[-2:-1] not in set("aeiou"):
        return f"{base[:-1]}ies"
    return f"{base}es" if base.endswith(("s", "x", "z", "ch", "sh", "o")) else f"{base}s"
