"""What a text cites: resolutions with the symbols they resolve to, and other texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from konbit.mandate.references import references_in
from konbit.mandate.values import Body, Citation

if TYPE_CHECKING:
    from konbit.mandate.flow import Flow

_COUNCIL = (
    r"(?P<n>[\dIlO]{1,4})(?P<c>\s[A-E](?=\s?\())?\s*\(\s?(?P<y>(?:19|20|I9|l9)[\dIlO]{2})\s?\)"
)
_OLD = r"(?P<o>\d{1,4}(?:\s?[A-Z])?)\s?\((?P<r>(?:[A-Z]{1,2}-)?[IVXL]{1,7}|E?S-\d{1,2})\)(?P<l>\s[A-Z](?=\s+of|[,;.]))?"
_SESSION = r"(?<![\w/.])(?P<g>(?:\d{2,3}|(?:19|20)\d\d|[A-Z]{1,2}-\d{1,2})/\d{1,4})(?P<h>\s[A-Z](?=\s+(?:of|and|to)\b|[,;.)\u201d\"]|\s[A-Z]\b))?(?![\w/])"
_OAS = r"\b(?P<s>(?:AG|CP|MRE|RC)/(?:RES|DEC)\.?\s?[\dIVX/]{1,9}(?:\s?\([^()\n]{3,16}\))?)"
_BARE = r"(?<=resolution )(?P<b>\d{3,4})(?=\s+of\s+\d{1,2}\s+[A-Z]|[,;.]|\s+and\b|\s)(?!\s*\()"
_ANY = re.compile(rf"{_OAS}|{_COUNCIL}|{_OLD}|{_SESSION}|{_BARE}")
_DIGIT = re.compile(r"\d")
_NEAR = re.compile(
    r"\b(?:resolutions?|résolutions?|resoluci[óo]n(?:es)?|decisions?|décisions?)\b", re.I
)
_PARAGRAPHS = re.compile(
    r"(?:sub)?paragraphs?\s+(?P<p>[\d() a-z,]{1,40}?)(?:\s+above)?\s+of\s+(?:its\s+|Security\s+Council\s+|"
    r"General\s+Assembly\s+|the\s+)?resolutions?\s*$", re.I,
)  # fmt: skip
_FIGURES = str.maketrans("IlO", "110")
_OWNERS = (
    (re.compile(r"Human\s+Rights\s+Council|droits\s+de\s+l.homme|Derechos\s+Humanos", re.I), "A/HRC/RES/"),
    (re.compile(r"Economic\s+and\s+Social\s+Council", re.I), "E/RES/"),
    (re.compile(r"World\s+Health\s+Assembly", re.I), "WHA"),
    (re.compile(r"General\s+Assembly|Assembl[ée]e\s+g|Asamblea\s+General", re.I), "A/RES/"),
)  # fmt: skip


def citations_in(flow: Flow, body: Body | None, start: int = 0) -> tuple[Citation, ...]:
    """What running text cites, each once: resolutions and, in their places, other texts."""
    others = references_in(flow, start)
    own = _resolutions_in(flow, body, start)
    if not others:
        return own
    inside = [one.at for one in others if one.kind != "article"]
    apart = [
        one for one in own
        if not any(at.start <= one.at.start and one.at.end <= at.end for at in inside)
    ]  # fmt: skip
    return tuple(sorted((*apart, *others), key=lambda one: one.at.start))


def _resolutions_in(flow: Flow, body: Body | None, start: int) -> tuple[Citation, ...]:
    seen: dict[str, Citation] = {}
    text = flow.text
    if not ("(" in text or "/" in text or "esol" in text) or _DIGIT.search(text) is None:
        return ()
    for found in _ANY.finditer(text, start):
        made = _citation(found, text, body)
        if made is None or made[0] in seen:
            continue
        number, symbol, rule, sure = made
        named = _PARAGRAPHS.search(text[max(0, found.start() - 120) : found.start()])
        paragraphs = tuple(re.findall(r"\d+", named["p"])) if named else ()
        decided = rule == "session-and-number" and _is_decision(text, found.start())
        kind, symbol = ("decision", "") if decided else ("resolution", symbol)
        at = flow.at(*found.span())
        seen[number] = Citation(number, symbol, paragraphs, rule, sure, at, kind)
    return tuple(seen.values())


def _citation(
    found: re.Match[str], text: str, body: Body | None
) -> tuple[str, str, str, int] | None:
    parts = found.groupdict()
    if parts["n"]:
        number, year = parts["n"].translate(_FIGURES), parts["y"].translate(_FIGURES)
        if not number.isdigit() or int(number) == 0 or _is_document(text, found.start()):
            return None
        written = f"{int(number)}{parts['c'] or ''} ({year})"
        return written, f"S/RES/{int(number)} ({year})", "number-and-year", 98
    if parts["s"]:
        written = " ".join(parts["s"].split())
        return written, written, "oas-symbol", 95
    if parts["o"]:
        if (
            not _near(text, found.start())
            and "resolution" not in text[: found.start()].casefold()[-400:]
        ):
            return None
        written = f"{parts['o']} ({parts['r']})" + (parts["l"] or "")
        return written, f"A/RES/{written}", "number-and-session", 95
    if parts["g"]:
        return _session(found, text, body)
    return parts["b"], f"S/RES/{parts['b']}", "number-alone", 75


def _session(
    found: re.Match[str], text: str, body: Body | None
) -> tuple[str, str, str, int] | None:
    """Such as "58/82": counts after the word resolution, or in the list that goes on from it."""
    if not _near(text, found.start()):
        return None
    written = f"{found['g']}{found['h'] or ''}"
    before = text[max(0, found.start() - 200) : found.start()]
    last = max(
        ((match.end(), owner) for pattern, owner in _OWNERS for match in pattern.finditer(before)),
        default=(0, ""),
    )[1]
    if re.match(r"(?:19|20)\d\d/", written):
        last = "E/CN.4/RES/" if "Commission on Human Rights" in before else "E/RES/"
    elif not last:
        last = "A/HRC/RES/" if body is Body.HUMAN_RIGHTS_COUNCIL else "A/RES/"
    return written, f"{last}{written}", "session-and-number", 90


def _near(text: str, at: int) -> bool:
    """Whether a list that began with the word "resolution" reaches here."""
    before = text[max(0, at - 400) : at]
    words = list(_NEAR.finditer(before))
    if not words:
        return False
    between = before[words[-1].end() :]
    return re.search(r"[;:.]\s|\b(?:report|document|session|annex|contained)\b", between) is None


def _is_decision(text: str, at: int) -> bool:
    """Whether the list that reaches here began with the word "decision"."""
    words = list(_NEAR.finditer(text, max(0, at - 400), at))
    return bool(words) and words[-1][0].casefold().startswith("d")


def _is_document(text: str, at: int) -> bool:
    """S/1994/1107 (1994) is no resolution, S/RES/940 (1994) is one."""
    before = text[max(0, at - 12) : at]
    return re.search(r"/$", before) is not None and not before.endswith("S/RES/")
