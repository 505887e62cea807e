"""How a text was adopted: the vote that some words tell, in three languages."""

from __future__ import annotations

import re

from konbit.mandate.values import Vote

_NUMERAL = r"(?:\d{1,3}|none|no|nil|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen)"
_ABROAD_WORDS = {
    "une": 1, "una": 1, "deux": 2, "dos": 2, "trois": 3, "tres": 3, "quatre": 4, "cuatro": 4, "cinq": 5,
    "cinco": 5, "seis": 6, "sept": 7, "siete": 7, "huit": 8, "ocho": 8, "neuf": 9, "nueve": 9, "dix": 10,
    "diez": 10, "aucune": 0, "ninguna": 0, "uno": 1, "un": 1, "cero": 0, "zéro": 0, "zero": 0, "ninguno": 0,
    "aucun": 0, "onze": 11, "once": 11, "douze": 12, "doce": 12, "treize": 13, "trece": 13, "quatorze": 14,
    "catorce": 14, "quinze": 15, "quince": 15,
}  # fmt: skip
_NUMERAL_ABROAD = "|".join(sorted(_ABROAD_WORDS))
_COUNTED = re.compile(
    rf"(?:[bh][yv]\s+(?:a\s+(?:recorded\s+)?vote\s+of\s+)?|vote\s+of\s+|with\s+)(?P<f>{_NUMERAL})(?:\s+votes?)?(?:\s+in\s+favou?r)?"
    rf"(?:\s*,?\s*(?:t[oa0]|against|-)\s*(?P<a>{_NUMERAL})(?:\s+against)?)?", re.I,
)  # fmt: skip
_DASHED = re.compile(
    r"\b(?P<f>1?\d{1,2})\s?[-\u2013]\s?(?P<a>\d{1,3})\s?[-\u2013]\s?(?P<s>\d{1,3})\b"
)
_FAVOUR = re.compile(
    rf"(?P<f>{_NUMERAL})\s+(?:votes?\s+)?in\s+favou?r(?:[^.;]{{0,60}}?(?:to|,|with|and)\s*(?P<a>{_NUMERAL})\s+(?:votes?\s+)?against)?",
    re.I,
)
_SCORE = re.compile(
    rf"\b(?P<f>\d{{1,3}})\s?[-\u2013]\s?(?P<a>\d{{1,3}})(?=[\s,]+(?:with\s+|and\s+)?{_NUMERAL}\s+abst)", re.I
)  # fmt: skip
_VOTED = re.compile(
    r"\bvot(?:ed|es|e|ing)\s+(?P<f>\d{1,3})\s?[-\u2013]\s?(?P<a>\d{1,3})\b(?!\s?[-\u2013]\s?\d)",
    re.I,
)
_ABROAD = re.compile(
    r"(?:par|por|avec|con)\s+(?P<f>\d{1,3}|" + _NUMERAL_ABROAD + r")\s+(?:voix|votos)(?:\s+(?:a\s+favor|pour))?"
    r"(?:\s*,?\s*(?:contre|contra|(?:et\s+)?(?=\w+\s+(?:contre|en\s+contra)))\s*(?P<a>\d{1,3}|" + _NUMERAL_ABROAD + r")?(?:\s+(?:contre|en\s+contra))?)?", re.I
)  # fmt: skip
_ABSTAIN = re.compile(
    rf"(?P<s>{_NUMERAL}|{_NUMERAL_ABROAD}|[Il])\s+(?:members?\s+|member\s+)?abst(?:entions?|aining|ained|enciones|enci[óo]n|\.)",
    re.I,
)
_UNANIMOUS = re.compile(
    r"unanim(?:ously|ous|ité|idad)|à l.unanimité|por unanimidad"
    r"|\ball\s+(?:15\s+|fifteen\s+)?(?:delegations|(?:member\s+)?states|members)\s+voted\s+(?:for\b|in\s+favou?r)",
    re.I,
)
_NO_VOTE = re.compile(r"without\s+(?:a\s+)?v[ao]te|sans\s+vote|sin\s+votaci[óo]n", re.I)
_CONSENSUS = re.compile(r"by\s+consensus|par\s+consensus|por\s+consenso|by\s+acclamation", re.I)
_WORDS = {w: n for n, w in enumerate(["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen"])} | {"no": 0, "nil": 0, "zéro": 0, "zero": 0, "ninguno": 0, **_ABROAD_WORDS}  # fmt: skip


def vote_in(told: str) -> Vote | None:
    """The vote that some words tell, if they do."""
    if _UNANIMOUS.search(told):
        return Vote("unanimous")
    if _NO_VOTE.search(told):
        return Vote("without-vote")
    if _CONSENSUS.search(told):
        return Vote("consensus")
    dashed = _DASHED.search(told)
    if dashed is not None and not re.match(r"\d{2}-\d{5}", dashed[0]):
        return Vote("counted", int(dashed["f"]), int(dashed["a"]), int(dashed["s"]))
    counted = (
        _SCORE.search(told)
        or _VOTED.search(told)
        or _ABROAD.search(told)
        or _FAVOUR.search(told)
        or _COUNTED.search(told)
    )
    if counted is None or counted["f"].casefold() in {"none", "no", "nil"}:
        return None
    against = counted["a"]
    abstain = _ABSTAIN.search(told, counted.end("f"))
    return Vote(
        "counted", _count(counted["f"]), _count(against), _count(abstain["s"] if abstain else None)
    )


def _count(word: str | None) -> int | None:
    if word is None:
        return None
    if word in {"I", "l"}:  # a scanner's one
        return 1
    return int(word) if word.isdigit() else _WORDS[word.casefold()]
