"""What a line opens: an organ, a recital, a paragraph, a section, an annex, a closing."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from konbit.mandate.brackets import without_brackets
from konbit.mandate.lexicon import lexicon, stems

if TYPE_CHECKING:
    from konbit.mandate.lexicon import Found

QUOTES = "\u201c\u201d\u2018\u2019\"'\u00ab\u00bb\u201e"
_OPENING = re.compile(rf"[{QUOTES}\s\[]*")
_ORGAN = re.compile(
    rf"[{QUOTES}\s]*(?:"
    r"(?:The|THE)\s+(?:Securit[yv]\s+Council|General\s+Assembly|Human\s+Rights\s+Council|"
    r"Economic\s+and\s+Social\s+Council|Trusteeship\s+Council|Peace\s+and\s+Security\s+Council|"
    r"Commission\s+on\s+Human\s+Rights|Permanent\s+Council(?:\s+of\s+the\s+Organization\s+of\s+"
    r"American\s+States)?|"
    r"SECURITY\s+COUNCIL|GENERAL\s+ASSEMBLY|HUMAN\s+RIGHTS\s+COUNCIL|ECONOMIC\s+AND\s+SOCIAL\s+"
    r"COUNCIL|PERMANENT\s+COUNCIL(?:\s+OF\s+THE\s+ORGANIZATION\s+OF\s+AMERICAN\s+STATES)?|"
    r"Council\s+of\s+the\s+European\s+Union|COUNCIL\s+OF\s+THE\s+EUROPEAN\s+UNION|"
    r"(?i:(?:Authority|Assembly|Conference)\s+of(?:\s+the)?\s+Heads\s+of\s+State\s+and(?:\s+of)?\s+Government|Council\s+of\s+Ministers)|"
    r"(?i:(?:Ad\s+Hoc\s+)?Meeting\s+of\s+(?:Consultation\s+of\s+)?Ministers\s+of\s+Foreign\s+Affairs))"
    r"|(?:Le|LE)\s+(?:Conseil|CONSEIL)\s+(?:de\s+s[ée]curit[ée]|DE\s+S[ÉE]CURIT[ÉE]|"
    r"des\s+droits\s+de\s+l.homme|de\s+paix\s+et\s+de\s+s[ée]curit[ée]|de\s+l.Union\s+europ[ée]enne|DE\s+L.UNION\s+EUROP[ÉE]ENNE|permanent(?:\s+de\s+l.Organisation\s+des\s+[ÉE]tats\s+"
    r"[Aa]m[ée]ricains)?|PERMANENT(?:\s+DE\s+L.ORGANISATION\s+DES\s+[ÉE]TATS\s+AM[ÉE]RICAINS)?)"
    r"|(?:La|LA)\s+(?i:Conf[ée]rence\s+des\s+Chefs\s+d.[ÉE]tat\s+et\s+de\s+Gouvernement)|(?:Le|LE)\s+(?i:Conseil\s+des\s+Ministres)"
    r"|L.(?:Assembl[ée]e\s+g[ée]n[ée]rale|ASSEMBL[ÉE]E\s+G[ÉE]N[ÉE]RALE)"
    r"|(?:El|EL)\s+(?:Consejo|CONSEJO)\s+(?:de\s+Seguridad|DE\s+SEGURIDAD|de\s+Derechos\s+Humanos|Econ[óo]mico\s+y\s+Social|de\s+la\s+Uni[óo]n\s+Europea|DE\s+LA\s+UNI[ÓO]N\s+EUROPEA|"
    r"Permanente(?:\s+de\s+la\s+Organizaci[óo]n\s+de\s+los\s+Estados\s+Americanos)?|"
    r"PERMANENTE(?:\s+DE\s+LA\s+ORGANIZACI[ÓO]N\s+DE\s+LOS\s+ESTADOS\s+AMERICANOS)?)"
    r"|(?:La|LA)\s+(?:Asamblea\s+General|ASAMBLEA\s+GENERAL)"
    r")\s*(?P<end>[,.;:]|(?=\s|$))"
)
_ORGAN_STARTS = frozenset("TLE")
_RESOLVES = re.compile(
    rf"[{QUOTES}\s]*(?:AND\s+)?(?:HEREBY\s+)?(?:(?:Hereby\s+)?(?:Resolves|Decides|Declares|Agrees|Recommends|Resuelve|Decide|Déclare|Décide|Declara|Acuerda)(?=\s*:)|RESOLVES?|DECIDES?|DECLARES?|AGREES?|RESUELVEN?|DECIDEN?|DECLARAN?|ACUERDA|"
    r"D[ÉE]CIDE(?:NT)?|R[ÉE]SOUT|D[ÉE]CLARE(?:NT)?)\s*[:,]?\s*$"
)
_CAPS_HEAD = re.compile(
    rf"[{QUOTES}\s]*(?P<head>(?:AND\s+)?(?:DEEPLY\s+|GRAVELY\s+|STRONGLY\s+|PROFUNDAMENTE\s+)?"
    r"(?:(?:WHEREAS|VISTOS?|VISTAS?|VU|ATTENDU|POR\s+CUANTO)(?=\s*[:,]?$)|"
    r"[A-ZÀ-Ý]{3,}(?:ING|ANT|ANDO|IENDO|FUL|ED|ADO|IDO|STO|STA|STOS|STAS|VU|WARE|ENTE)"
    r"(?:\s+[A-ZÀ-Ý]{2,})*))(?!\w)\s*(?P<end>[:,]?)"
)
_ADOPTION = re.compile(
    rf"[{QUOTES}\s\[(]*(?:Adopted|ADOPTED|Adopt[ée]+e?s?\s+(?:à|par|sans)|Aprobad[ao]\b|"
    r"Approved\s+by\s+the|Done\s+(?:at|in)\s|Fait\s+à\s|Hecho\s+en\s)"
)
_MEETING = re.compile(
    r"(?:\d{1,5}\s?(?:st|nd|rd|th|[eè]me|e|a|ª)\.?|(?:[a-z]+(?:\s+and)?[\s-]+){0,6}[a-z]+(?:st|nd|rd|th))\s+(?:plenary\s+|s[ée]ance\s+|sesi[óo]n\s+)?"
    r"(?:meeting|pl[ée]ni[èe]re|plenaria|s[ée]ance|sesi[óo]n)",
    re.IGNORECASE,
)
_ANNEX = re.compile(
    rf"[{QUOTES}\s]*(?:Annex|ANNEX|Appendix|APPENDIX|Annexe|ANNEXE|Anexo|ANEXO|Enclosure|ENCLOSURE|"
    r"Attachment|ATTACHMENT|Appendice|Ap[ée]ndice)"
    r"(?:\s+(?:[IVXLC]{1,6}|\d{1,2}|[A-Z]))?\s*(?:[.:\u2013-]\s*.{0,120})?$"
)
_PART = re.compile(r"(?:(?:PART|Part|SECTION|Section|Partie|Parte|Secci[óo]n)\s+)?"
                   r"(?P<name>[IVXLl1]{1,6}|[A-Z])\s?[.:]?$")  # fmt: skip
_TITLED = re.compile(
    r"(?:(?:PART|Part|SECTION|Section)\s+)?(?P<name>[IVXL]{1,6}|[A-Z])\s?(?:[.:]|\s[\u2013-])\s*"
    r"(?P<title>[A-Z\u201c\"].{2,110})$"
)
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_ING = re.compile(
    r"(?:And\s+)?(?:(?:[A-Z]?[a-z]+ly|Also|also|Further|further|Again|again|Once\s+(?:again|more)|"
    r"Still|still|Even|Always|Most|Much|More|in\s+particular|in\s+this\s+(?:regard|connection)),?\s+){0,3}"
    r"(?P<stem>[A-Za-z]{2,}ing|[a-z]{3,}(?:ed|ful|ous|ive|ent)|[Aa]ware)\b"
)
_NO_STEM = frozenset(
    [
        "during",
        "nothing",
        "something",
        "anything",
        "everything",
        "including",
        "according",
        "pending",
        "regarding",
        "excluding",
        "notwithstanding",
        "following",
        "concerning",
        "king",
        "string",
        "wing",
        "sling",
        "beijing",
        "king",
        "training",
        "funding",
        "peacekeeping",
        "peacebuilding",
        "meeting",
        "briefing",
        "financing",
        "monitoring",
        "reporting",
        "building",
        "depending",
        "owing",
        "barring",
        "saving",
        "failing",
        "outstanding",
        "assuming",
        "provided",
        "united",
    ]
)
_COMPLETE = re.compile(
    rf"(?:[,;:.!?]|[,;]\s?(?:and|or|et|ou|y|o))[{QUOTES})\]\s]*(?:\[?\d{{1,3}}\]?[\s,]*){{0,3}}$"
    rf"|[,;:]\s*(?:and|or|et|ou|y|e|o)[,:]?$",
    re.IGNORECASE,
)
_STOPS = (";", ".", ",", ":", "!", "?")


def is_complete(text: str) -> bool:
    """Whether a paragraph could end here: punctuation, then at most a footnote's number."""
    if text.endswith(_STOPS):
        return True
    return _COMPLETE.search(text[-40:]) is not None


def organ(text: str) -> tuple[str, int] | None:
    """The organ that speaks and where its words end: "The Security Council,"."""
    if text.lstrip(QUOTES + " ")[:1] not in _ORGAN_STARTS:
        return None
    found = _ORGAN.match(text)
    if found is None:
        return None
    rest = text[found.end() :].strip()
    alone = not rest
    if alone or (found["end"] == "," and _opens_stem_in_any(rest)):
        return found[0].strip(QUOTES + " ,.;:"), found.end()
    return None


_BEFORE_ORGAN = re.compile(rf"[:.][{QUOTES}\s]+(?=[TLE])")


def organ_inside(text: str) -> tuple[int, int] | None:
    """Where an organ's name begins and ends that is told of within a line: "... reads: The ..."."""
    for found in _BEFORE_ORGAN.finditer(text, 0, 2_000):
        named = _ORGAN.match(text, found.end())
        if named is not None and named["end"] and _opens_stem_in_any(text[named.end() :].strip()):
            return found.end(), named.end()
    return None


def _opens_stem_in_any(text: str) -> bool:
    return any(stem(text, language) for language in ("en", "fr", "es")) or is_resolves(text)


def is_resolves(text: str) -> bool:
    """Whether a line is RESOLVES: and the like alone."""
    return _RESOLVES.match(text) is not None


def enacting_verb(text: str) -> str:
    """The verb of a heading such as "Resolves:" or "RESUELVE:"; empty for other headings."""
    return text.strip(QUOTES + " :,\n") if is_resolves(text) else ""


def caps_head(text: str) -> tuple[str, bool] | None:
    """A recital's head in capitals, and whether it stands alone, as CONSIDERING: does."""
    found = _CAPS_HEAD.match(text)
    if found is None:
        return None
    return found["head"], not text[found.end() :].strip()


def stem(text: str, language: str) -> str:
    """The words by which a recital opens; empty if this opens none."""
    at = _OPENING.match(text)
    start = at.end() if at else 0
    if not text[start : start + 1].isupper():
        return ""
    words = text[start : start + 60].split(" ")
    first = words[0].strip(",")
    known = stems(language)
    if first in known or " ".join(words[:2]).strip(",") in known:
        return first
    if language == "en":
        found = _ING.match(text, start)
        if found is not None and found["stem"].casefold() not in _NO_STEM and _fits(found):
            return text[start : found.end()]
    elif (language == "fr" and re.match(r"[A-ZÀ-Ý][a-zà-ÿ]+ant$", first)) or (
        language == "es" and re.match(r"[A-ZÀ-Ý][a-zà-ÿ]+(?:ando|iendo)$", first)
    ):
        return first
    return ""


def _fits(found: re.Match[str]) -> bool:
    """An adjective opens a recital only after an adverb ("Deeply concerned")."""
    word = found["stem"]
    return word.endswith("ing") or found.start("stem") > found.start()


def verb(text: str, language: str, *, base: bool = False, numbered: bool = False) -> Found | None:
    """The operative verb by which a line opens.

    Its first letter is a capital, unless it stands after the number that was expected.
    """
    text = without_brackets(text)
    at = _OPENING.match(text)
    start = at.end() if at else 0
    if not numbered and not text[start : start + 1].isupper():
        return None
    return _verb(text[start : start + 200], language, base, numbered)


@lru_cache(maxsize=1_024)  # a line is asked more than once, and short ones stand again and again
def _verb(text: str, language: str, base: bool, certain: bool) -> Found | None:
    straight = text.replace("\u2019", "'")
    if base:
        straight = INFINITIVE.sub("", straight, count=1)
    return lexicon(language).find(straight, 0, base=base, certain=certain)


# What may stand before an infinitive that opens a paragraph: "To urge", "De prier".
INFINITIVE = re.compile(r"\A(?:T[Oo]\s+|D[Ee]\s+|D')")
_SPEAKER = re.compile(
    rf"[{QUOTES}\s]*(?:(?:The|This|Le|El|Ce|Este)\s+(?:Security\s+Council|Permanent\s+Council|Human\s+Rights\s+Council|Council|"
    r"Conseil(?:\s+de\s+s[ée]curit[ée]|\s+permanent)?|Consejo(?:\s+de\s+Seguridad|\s+Permanente)?)|(?:The|La)\s+(?:General\s+Assembly|Asamblea\s+General)|"
    r"L.Assembl[ée]e\s+g[ée]n[ée]rale|(?:The\s+)?[Mm]embers\s+of\s+the\s+(?:Security\s+)?Council|"
    r"(?:The\s+)?(?:Authority|Summit|Conference|Heads\s+of\s+State(?:\s+and\s+Government)?|Leaders|Ministers|Assembly)(?:\s+of\s+Heads\s+of\s+State\s+and\s+Government)?(?=\s+[a-z])|"
    r"(?:La\s+Conf[ée]rence|Le\s+Sommet|Les\s+chefs\s+d.[ÉE]tat(?:\s+et\s+de\s+gouvernement)?)(?=\s+[a-z])|(?:La\s+Cumbre|La\s+Conferencia|Los\s+Jefes\s+de\s+Estado(?:\s+y\s+de\s+Gobierno)?)(?=\s+[a-z])|"
    r"(?:The\s+)?(?:CARICOM\s+)?(?:Heads\s+of\s+(?:Government|Delegation)|Foreign\s+Ministers|Ministers\s+(?:of|for)\s+(?:Foreign|External)\s+(?:Affairs|Relations))(?:\s+(?:of\s+(?:the\s+)?)?[A-Z][\w-]+(?:\s+[A-Z][\w-]+)?)?(?=\s+[a-z])|"
    r"(?:We|Nosotros|Nosotras|Nous(?!\s+(?:félicitons|engageons|réjouissons|déclarons|disons|inquiétons)\b))(?=\s+[a-zà-ÿ])|"
    r"(?:The\s+)?(?:European|North\s+Atlantic)\s+Council(?=\s+[a-z])|(?:(?:The\s+)?(?:CARICOM|CELAC|ECOWAS|SADC|IGAD|ASEAN|Community|African\s+Union)|La\s+(?:CELAC|CARICOM|CEDEAO|Comunidad|Communaut[ée]))(?=\s+[a-z])|Le\s+Conseil\s+européen|El\s+Consejo\s+Europeo|"
    r"At\s+its\s+[\w-]+(?:\s+[\w-]+)?\s+(?:plenary\s+)?meeting,\s+(?:held\s+)?on\s+\d{1,2}\s+\w+\s+\d{4},\s+the\s+(?:General\s+Assembly|Security\s+Council|(?:Economic\s+and\s+Social\s+|Human\s+Rights\s+)?Council)(?:,[^:;]{3,160}?,)?(?=\s+[a-z])|"
    r"Les\s+membres\s+du\s+Conseil(?:\s+de\s+s[ée]curit[ée])?|Los\s+miembros\s+del\s+Consejo(?:\s+de\s+Seguridad)?)\s+"
)


_SPEAKER_AGAIN = re.compile(rf"[{QUOTES}\s]*(?:They|It|Ils|Il|Ellos)\s+")


def speaker_again(text: str) -> int:
    """Where the pronoun ends by which a statement names its speaker again: "They urged donors"."""
    found = _SPEAKER_AGAIN.match(text)
    return found.end() if found else 0


def speaker(text: str) -> int:
    """Where the words end by which a statement names its speaker: "The Council calls upon"."""
    found = _SPEAKER.match(text)
    return found.end() if found else 0


def is_adoption(text: str) -> bool:
    """Whether a line tells adoption or the meeting at which it was."""
    return (
        _ADOPTION.match(text) is not None or _MEETING.fullmatch(text.strip("[]() ,.")) is not None
    )


def is_annex(text: str) -> bool:
    """Whether a line is the heading of an annex."""
    return _ANNEX.match(text) is not None


def section_alone(text: str) -> str:
    """The letter or numeral of a section heading that stands alone; else empty."""
    found = _PART.fullmatch(text.strip(QUOTES + " "))
    if found is None:
        return ""
    name = found["name"]
    if re.fullmatch(r"[Il1]{1,3}", name):
        return "I" * len(name) if "I" in name else ""
    if len(name) > 1:
        return name if _ROMAN.fullmatch(name) else ""
    return name if name in "ABCDEFGHIJKVX" else ""


def section_titled(text: str) -> tuple[str, str] | None:
    """Letter or numeral, and title, of a heading such as "A. Arms embargo"."""
    found = _TITLED.fullmatch(text)
    if found is None or found["title"].endswith((";", ",", ".", ":")):
        return None
    name = found["name"]
    if len(name) > 1 and not _ROMAN.fullmatch(name):
        return None
    return name, found["title"]
