"""What a text says of itself: body, symbol, day of adoption, vote, whether it is a draft."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from konbit.mandate.dates import DAY, day_in
from konbit.mandate.values import BlockKind, Body, Proposal, Span, Vote
from konbit.mandate.votes import vote_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from konbit.mandate.values import Block

_BODIES = (
    (re.compile(r"peace\s+and\s+security\s+council|paix\s+et\s+de\s+s[ée]curit|european\s+union|union\s+europ[ée]enne|uni[óo]n\s+europea", re.I),
     Body.OTHER),
    (re.compile(r"human\s+rights\s+council|droits\s+de\s+l.homme|derechos\s+humanos", re.I),
     Body.HUMAN_RIGHTS_COUNCIL),
    (re.compile(r"permanent\s+council|conseil\s+permanent|consejo\s+permanente", re.I),
     Body.OAS_PERMANENT_COUNCIL),
    (re.compile(r"securit[yv]\s+council|conseil\s+de\s+s[ée]curit|consejo\s+de\s+seguridad", re.I),
     Body.SECURITY_COUNCIL),
    (re.compile(r"economic\s+and\s+social|économique\s+et\s+social|económico\s+y\s+social", re.I),
     Body.ECONOMIC_AND_SOCIAL_COUNCIL),
    (re.compile(r"general\s+assembly|assembl[ée]e\s+g[ée]n|asamblea\s+general", re.I),
     Body.GENERAL_ASSEMBLY),
)  # fmt: skip
_OAS = re.compile(r"\b(?:AG|CP)/(?:RES|DEC|doc)\.|organi[sz]ation\s+of\s+american\s+states", re.I)
_OAS_SYMBOL = re.compile(
    r"\b(?P<o>AG|CP|MRE|RC(?:\.\d{1,2})?)/(?P<k>RES|DEC)\.?\s?(?P<n>\d{1,4}(?:/\d\d)?)\s?(?P<s>\([^()\n]{3,16}\))?",
    re.I,
)
_SYMBOLS = (
    ("printed-symbol", re.compile(r"\bS/RES/(?P<n>\d{1,4})\s?(?:\((?P<y>\d{4})\))?")),
    ("printed-symbol", re.compile(r"\bA/RES/(?P<g>[\w-]{1,6}/\d{1,4}(?:\s?[A-Z]\b)?)")),
    ("printed-symbol", re.compile(r"\bA/HRC/RES/(?P<h>[\w-]{1,6}/\d{1,3})")),
    (
        "printed-symbol",
        re.compile(r"\b(?P<p>S/PRST/(?:19|20)\d\d/\d{1,3}|A/HRC/PRST/[\w-]{1,6}/\d{1,3})"),
    ),
    ("printed-symbol", re.compile(r"\bE/RES/(?P<e>\d{4}/\d{1,3})")),
    (
        "printed-symbol",
        re.compile(r"(?P<p>\bPSC/(?:PR|AHG|HSG|MIN|EXT)/(?:COMM|Comm|BR|PS)\.?\s?(?:\d{1,4})?(?:\s?\([\dA-Z]{1,8}\))?)"),
    ),
    ("printed-symbol", re.compile(r"\b(?:D[Ee][Cc][Ii][Ss][Ii][OÓoó][Nn]|D[ÉEée][Cc][Ii][Ss][Ii][Oo][Nn])\s+(?P<p>\((?:CFSP|PESC|PESD|EU|UE)\)\s+(?:19|20)\d\d/\d{1,4})")),
    ("printed-symbol", re.compile(r"\b(?:DECISION|Decision|D[ÉE]CISION|D[ée]cision|REGULATION|SUPPLEMENTARY\s+ACT)\s+(?:No\.?\s*)?(?P<p>(?:A|C|HSGC)/(?:DEC|REG|SA|P)\.?\s?\d{1,2}/\d{1,2}/\d{2,4})\b")),
    ("printed-symbol", re.compile(r"^[^\n]{0,60}(?:DECISION|ACTION|POSITION|COMMUNE|COM[ÚU]N|D[ÉE]CISION|DECISI[ÓO]N)[^\n]{0,20}\s(?P<p>(?:19|20)\d\d/\d{1,4}/(?:CFSP|PESC|ESDP|PESD))\b", re.M)),
)  # fmt: skip
_DRAFT = re.compile(r"\b(?P<d>(?:E/(?:CN\.\d{1,2}/)?(?:19|20)\d\d/L\.\d{1,4}|S/(?:19|20)\d\d/\d{1,4}|S/PV\.\d+|S/\d{3,5}|A/(?:HRC/)?[\w.-]{1,8}/L\.\d{1,4}"
                    r"|A/C\.\d/[\w-]{1,5}/L\.\d{1,4})(?:/Rev\.\d{1,2})?)\b")  # fmt: skip
_TITLE = re.compile(
    r"^\W*(?:(?:United\s+Nations\s+)?Security\s+Council\s+)?(?:RESOLUTION|Resolution|Résolution|RÉSOLUTION|Resolución|RESOLUCIÓN)\s+"
    r"(?:(?P<n>[\dIlO]{1,4})\s*\((?P<y>[\dIlO]{4})\)|(?P<g>\d{1,3}/\d{1,4}(?:\s[A-Z]\b)?))"
)
_OLD_TITLE = re.compile(r"^\W*(?P<n>[\dIlO]{1,4})\s*\((?P<y>(?:19|20|I9|l9)[\dIlO]{2})\)\.?\s+"
                        r"(?:Resolution|Résolution|Resolución)")  # fmt: skip
_OLD_TITLE_INSIDE = re.compile(
    r"\b(?P<n>\d{1,4})\s*\((?P<y>19[4-9]\d)\)\.\s+(?:Resolution|Résolution|Resolución)\s+(?:of|du|de)\b"
)
_OLD_ASSEMBLY = re.compile(
    r"^\W*(?:(?:RESOLUTION|Resolution|Résolution|Resolución)\s+)?(?P<n>\d{1,4}\s?\([IVXLES-]{1,8}\))\.?(?:\s|$)"
)
_ECONOMIC_TITLE = re.compile(
    r"^\s*(?:Resolution\s+)?(?P<g>(?:19|20)\d\d/\d{1,3})\.?(?:\s+[A-Z]|\s*$)"
)
_ASSEMBLY_TITLE = re.compile(
    r"^\s*(?P<g>(?:\d{2}|S-\d{1,2}|ES-\d{1,2})/\d{1,4}(?:\s[A-Z]\b)?)(?:\.\s+\S|\.?\s*$)"
)
_IN_NAME = (
    (re.compile(r"(?:^|[/\\])S[_-]RES[_-]?(?P<n>\d{1,4})(?:[_-](?P<y>(?:19|20)\d\d))?(?!\d)", re.I), "S/RES/{n}"),
    (re.compile(r"(?:^|[/\\])A[_-]RES[_-](?P<n>\d{1,3})[_-](?P<m>\d{1,4}[A-Z]?)", re.I), "A/RES/{n}/{m}"),
    (re.compile(r"(?:^|[/\\])A[_-]HRC[_-]RES[_-](?P<n>\d{1,3})[_-](?P<m>\d{1,3})", re.I), "A/HRC/RES/{n}/{m}"),
    (re.compile(r"(?:^|[/\\])S[_-](?P<n>(?:19|20)\d\d)[_-](?P<m>\d{1,4})", re.I), "S/{n}/{m}"),
)  # fmt: skip
_TOLD = re.compile(
    r"(?:(?:text\s+of|adopting|adopted)\s+(?:Security\s+Council\s+)?resolution|"
    r"texte\s+(?:\w+\s+)?de\s+la\s+r[ée]solution|texto\s+(?:\w+\s+)?de\s+la\s+resoluci[óo]n|adopt(?:é|ant)\b[^.;\n]{0,160}?\bla\s+r[ée]solution|(?:aprob|adopt)(?:ó|ando)\b[^.;\n]{0,160}?\bla\s+resoluci[óo]n)\s+"
    r"(?P<n>\d{1,4})\s+\((?P<y>(?:19|20)\d\d)\)",
    re.I,
)
_FIGURES = str.maketrans("IlOo", "1100")
_IS_DRAFT = re.compile(
    r"draft\s+(?:resolution|decision)|projet\s+de\s+r[ée]solution|proyecto\s+de\s+resoluci[óo]n",
    re.I,
)
_ADOPTED = re.compile(
    rf"(?:adopted|adopt[ée]e|aprobada|approved)\b[^.;]{{0,160}}?\b(?:on|le|el|,|du)\s+(?P<d>{DAY})",
    re.I,
)
_OF_DAY = re.compile(
    rf"\b(?:resolution|résolution|resolución)\s+(?:adopted\s+(?:by[^.]{{0,80}})?on|of|du|de|del)\s+(?P<d>{DAY})",
    re.I,
)
_BARE_OF = re.compile(
    rf"^\s*(?:of|ef|du|de|del)\s+(?P<d>{DAY})\.?\s*(?:\d{{1,3}})?\s*$", re.I | re.M
)
_SESSION_DAY = re.compile(rf"^\s*(?P<d>{DAY})\.?\s*$", re.I | re.M)
_PLACE_DAY = re.compile(
    rf"^\s*[^\W\d_][\w' -]{{2,40}}(?:,\s+[^\W\d_][\w' -]{{2,40}})?,\s+(?:le\s+|el\s+)?(?P<d>{DAY})\.?\s*$",
    re.I | re.M,
)
_AT_SESSION = re.compile(
    rf"(?:session|meeting|sesión|séance)(?:[^.;]{{0,80}}?(?:held|on|of|le|el)\s+|\s+\()(?P<d>{DAY})",
    re.I,
)


# A declaration has no organ's line: "Resolution adopted by the General Assembly".
_ADOPTED_BY = re.compile(
    r"\b(?:Resolution|Decision|Declaration)\s+adopted\s+by\s+the\s+(?P<b>(?:\w+\s+){1,3}?(?:Council|Assembly))\b",
    re.I,
)


def body_of(organ: str, text: str, name: str) -> Proposal[Body] | None:
    """The body that speaks, from its opening words, else from its symbol."""
    for pattern, body in _BODIES:
        if organ and pattern.search(organ):
            american = _OAS.search(text[:3_000] + name) is not None
            ours = re.search(r"\bA/RES/|United Nations\s", text[:1_500]) is not None
            if body is Body.GENERAL_ASSEMBLY and american and not ours:
                return Proposal(Body.OAS_GENERAL_ASSEMBLY, "organ-and-symbol", 90)
            return Proposal(body, "organ", 99)
    if organ:
        return Proposal(Body.OTHER, "organ", 60)
    by = _ADOPTED_BY.search(text[:3_000])
    if by is not None:
        told = (body for pattern, body in _BODIES if pattern.search(by["b"]))
        return next((Proposal(body, "adopted-by", 85) for body in told), None)
    return None


def symbol_of(
    cover: str, name: str, body: Body | None, adopted_on: date | None
) -> Proposal[str] | None:
    """The symbol printed at the head, else the one in the file's name."""
    title = _from_title(cover, body)
    if title is not None:
        return _with_letter(title, cover)
    found = _OAS_SYMBOL.search(cover)
    if found is not None and body in {
        None,
        Body.OAS_GENERAL_ASSEMBLY,
        Body.OAS_PERMANENT_COUNCIL,
        Body.OTHER,
    }:
        tail = f" {found['s']}" if found["s"] else ""
        return Proposal(
            f"{found['o'].upper()}/{found['k'].upper()}. {found['n']}{tail}", "printed-symbol", 95
        )
    for rule, pattern in _SYMBOLS:
        found = pattern.search(cover)
        if found is not None:
            return Proposal(_written(found.groupdict(), adopted_on), rule, 97, Span(*found.span()))
    found = _TOLD.search(cover)
    if found is not None:
        return Proposal(
            f"S/RES/{found['n']} ({found['y']})", "told-in-lead", 80, Span(*found.span())
        )
    found = _DRAFT.search(cover)
    old = found is not None and re.match(r"\[?S/\d{3,5}(?![\d/])", found[0]) is not None
    if found is not None and (not old or _IS_DRAFT.search(cover[:1_000])):
        return Proposal(found["d"], "draft-symbol", 92, Span(*found.span()))
    return _from_name(name, adopted_on)


def _with_letter(title: Proposal[str], cover: str) -> Proposal[str]:
    """A title's symbol with the letter of the part, where the symbol is printed too."""
    if not title.value.startswith("A/RES/") or title.value not in cover:
        return title
    part = re.search(rf"\b{re.escape(title.value)}\s?(?P<letter>[A-Z])\b(?![\w.])", cover)
    if part is None:
        return title
    return Proposal(
        f"{title.value} {part['letter']}", title.rule, title.confidence_percent, title.at
    )


def _from_title(cover: str, body: Body | None) -> Proposal[str] | None:
    place = 0
    for line in cover.split("\n"):
        found = _TITLE.match(line) or _OLD_TITLE.match(line)
        if found is not None:
            parts = found.groupdict()
            at = Span(place + found.start(), place + found.end())
            if parts.get("g"):
                kind = "A/HRC/RES/" if body is Body.HUMAN_RIGHTS_COUNCIL else "A/RES/"
                return Proposal(f"{kind}{parts['g']}", "title", 90, at)
            number, year = parts["n"].translate(_FIGURES), parts["y"].translate(_FIGURES)
            return Proposal(f"S/RES/{number} ({year})", "title", 97, at)
        found = _ASSEMBLY_TITLE.match(line) or _OLD_ASSEMBLY.match(line)
        if found is not None and body in {Body.GENERAL_ASSEMBLY, Body.HUMAN_RIGHTS_COUNCIL}:
            number = found.groupdict().get("g") or found.groupdict().get("n") or ""
            kind = "A/HRC/RES/" if body is Body.HUMAN_RIGHTS_COUNCIL else "A/RES/"
            return Proposal(f"{kind}{number}", "title", 93, Span(place, place + found.end()))
        found = _ECONOMIC_TITLE.match(line) if body is Body.ECONOMIC_AND_SOCIAL_COUNCIL else None
        if found is not None:
            return Proposal(f"E/RES/{found['g']}", "title", 93, Span(place, place + found.end()))
        place += len(line) + 1
    inside = _OLD_TITLE_INSIDE.search(cover)
    if inside is not None and body in {None, Body.SECURITY_COUNCIL}:
        at = Span(*inside.span())
        return Proposal(f"S/RES/{inside['n']} ({inside['y']})", "title", 85, at)
    return None


def _written(parts: dict[str, str | None], adopted_on: date | None) -> str:
    if parts.get("n"):
        year = parts.get("y") or (str(adopted_on.year) if adopted_on else "")
        return f"S/RES/{parts['n']}" + (f" ({year})" if year else "")
    if parts.get("p"):
        return str(parts["p"])
    for key, kind in (("g", "A/RES/"), ("h", "A/HRC/RES/"), ("e", "E/RES/")):
        if parts.get(key):
            return f"{kind}{parts[key]}"
    return ""


def _from_name(name: str, adopted_on: date | None) -> Proposal[str] | None:
    for pattern, form in _IN_NAME:
        found = pattern.search(name)
        if found is None:
            continue
        parts = {
            key: value.lstrip("0") if value else value for key, value in found.groupdict().items()
        }
        symbol = form.format(**parts)
        if form == "S/RES/{n}":
            year = parts.get("y") or (str(adopted_on.year) if adopted_on else "")
            symbol += f" ({year})" if year else ""
        return Proposal(symbol, "file-name", 85)
    return None


# "Reunidos en Puerto Aster, el 9 de abril de 2032", "assembled at X on 9 April 2032".
_GATHERED = re.compile(
    r"\b(?:reunid[oa]s|r[ée]unie?s|assembled|gathered|meeting|met)\s+(?:[aà]\s|at|in|en)\s+[^;:.\n]{2,80}?,?\s+(?:on|el(?:\s+d[íi]a)?|le)\s+(?P<d>\d{1,2}[^,;:]{3,30}?(?:19|20)\d\d)", re.I
)  # fmt: skip


def adopted_on_of(cover: str, closing: str, *, is_draft: bool) -> Proposal[date] | None:
    """The day printed as that of adoption. A draft has none; the day of its printing is not one."""
    if is_draft:
        return None
    head = cover[:6_000]
    for rule, sure, pattern, text in (
        ("adopted-on", 97, _ADOPTED, head), ("of-day", 95, _OF_DAY, head),
        ("of-day", 93, _BARE_OF, head), ("title-day", 70, _SESSION_DAY, head[:600]), ("title-day", 60, _PLACE_DAY, head[:600]), ("adopted-on", 95, _ADOPTED, closing), ("at-session", 65, _GATHERED, head),
        ("at-session", 85, _AT_SESSION, head), ("closing-day", 85, _SESSION_DAY, closing),
        ("at-session", 75, _AT_SESSION, closing),
    ):  # fmt: skip
        found = pattern.search(text)
        day = day_in(found["d"]) if found is not None else None
        if day is not None:
            return Proposal(day, rule, sure)
    return None


_NOTED = re.compile(
    r"adopted\s+(?:unanimously|without\s+(?:a\s+)?vote|by\s+consensus)[^\n]{0,40}", re.I
)


def vote_of(cover: str, closing: str, notes: str = "") -> Proposal[Vote] | None:
    """How it was adopted, from the adoption line at the foot or the head, or a note to it."""
    noted = _NOTED.search(notes[:3_000])
    for text, sure in (
        (closing[:3_000], 97), (cover[:6_000], 90), (noted[0] if noted else "", 80),
    ):  # fmt: skip
        at = re.search(
            r"adopt(?:ed|ing|s)\b|adopt[ée]e?\b|aprobada|aprobó|adoptó|vote\b|votes\b|votaci[óo]n|à\s+l.unanimit[ée]|por\s+unanimidad",
            text,
            re.I,
        )
        if at is None:
            continue
        told = " ".join(text[max(0, at.start() - 80) : at.start() + 600].split())
        told = re.split(r"\s\d{1,3}\s(?:See|Ibid|Official|One\smember)", told)[0]
        vote = vote_in(told)
        if vote is not None:
            return Proposal(vote, "adoption-line", sure)
    return None


def is_draft(cover: str, name: str) -> bool:
    """Whether a text calls itself a draft, or is named like one."""
    return (
        _IS_DRAFT.search(cover[:8_000]) is not None or "draft" in name.casefold().rsplit("/", 1)[-1]
    )


def joined(blocks: Sequence[Block], kinds: set[BlockKind], text: str) -> str:
    """The source's characters of blocks of some kinds, line ends kept."""
    return "\n".join(text[block.at.start : block.at.end] for block in blocks if block.kind in kinds)
