"""Events on which an act hangs without a day: "until the deployment of the force is complete".

They are no time limits, for nothing counts to a day, but a planner waits for them all the same.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from konbit.mandate.values import Proposal

if TYPE_CHECKING:
    from konbit.mandate.flow import Flow
    from konbit.mandate.values import Deadline

_REST = r"[^,;:.()]{4,140}"
_SOME = r"(?:the|its|their|his|her|this|that|these|such|any|an?|all)\s+"
_DONE = (
    r"(?:completion|conclusion|entry\s+into\s+force|receipt|expiry|expiration|deployment|transfer|establishment|signature|"
    r"ratification|withdrawal|arrival|departure|formation|appointment|election|inauguration|handover|closure|submission|"
    r"achievement|fulfilment|verification|notification|start|beginning|opening|holding|launch|commencement)"
)
_FORMS = {
    "en": re.compile(
        rf"\b(?:until\s+(?:such\s+time\s+as\s+)?(?:{_SOME})?|till\s+{_SOME}|pending\s+(?:{_SOME}|further\s+)|"
        rf"on\s+(?:the\s+|its\s+|their\s+)?(?=(?:receipt|expiry|expiration|completion|conclusion)\b)|"
        rf"(?:upon|following|after|prior\s+to|before)\s+(?:the\s+|its\s+|their\s+)?(?:full\s+|final\s+|successful\s+)?(?={_DONE}\b)|"
        rf"(?:once|as\s+soon\s+as|when|before|after)\s+(?:{_SOME}|it\s+|they\s+|(?=[A-Z]))(?=[^,;:.]{{0,80}}\b(?:has|have|is|are)\b)){_REST}",
    ),
    "fr": re.compile(
        r"(?<!\w)(?:jusqu'à\s+(?:ce\s+qu(?:e\s+|')|la\s+|l'|son\s+|sa\s+)|jusqu'au\s+(?=[a-zà-ÿ]{4})|en\s+attendant\s+(?:que\s+|qu'|la\s+|le\s+|l')|"
        rf"dès\s+(?:que\s+(?!possible)|qu'|la\s+|l'|le\s+(?=[a-zà-ÿ]))|avant\s+(?:que\s+|qu'|la\s+|l'|le\s+(?=[a-zà-ÿ]))|une\s+fois\s+(?:que\s+|qu'|la\s+|le\s+|l')){_REST}",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"\b(?:hasta\s+(?:que|tanto)\s+|hasta\s+(?:la|el|su)\s+(?=[a-zá-ú]{4})|en\s+espera\s+de\s+|una\s+vez\s+(?:que\s+)?|en\s+cuanto\s+(?=[a-z]+\s)(?!a\b)|"
        rf"tan\s+pronto\s+como\s+(?!sea\b)|antes\s+de\s+(?:que\s+|la\s+)|antes\s+del\s+(?=[a-zá-ú]{{4}})){_REST}",
        re.IGNORECASE,
    ),
}
# One of these is in every such event; most acts have none, and are passed over quickly.
_SIGNS = {
    "en": ("until", "till", "pending", "upon", "following", "prior to", "before", "after", "once", "as soon as", "when", "on "),
    "fr": ("jusqu", "attendant", "dès", "avant", "une fois"),
    "es": ("hasta", "espera", "una vez", "cuanto", "pronto", "antes"),
}  # fmt: skip
# Where the clause ends that tells the event: what follows is another's.
_GOES_ON = re.compile(
    r"\s+(?:and|or|et|ou|y|o)\s+(?:to\b|shall\b|should\b|will\b|further\b|also\b|requests?\b|decides?\b|that\b|every\b|de\b|à\b|a\b|que\b|no\s+later\b|until\b|by\b)"
)


def events_in(
    flow: Flow,
    text: str,
    place: tuple[int, int],
    language: str,
    limits: tuple[Deadline, ...],
) -> tuple[Proposal[str], ...]:
    """The events for which a stretch of running text says that something waits or lasts.

    Args:
        flow: the running text.
        text: the same characters with straight apostrophes.
        place: where the stretch begins and ends.
        language: `en`, `fr` or `es`.
        limits: the time limits found in it, which are not told again.
    """
    start, end = place
    small = text[start:end].casefold()
    for sign in _SIGNS[language]:
        if sign in small:
            break
    else:
        return ()
    found = []
    begins = [limit.at.start for limit in limits]
    for match in _FORMS[language].finditer(text, start, end):
        cut = _GOES_ON.search(text, match.start() + 8, match.end())
        last = cut.start() if cut else match.end()
        at = flow.at(match.start(), last)
        near = bisect_left(begins, at.end) - 1  # limits stand in order, none inside another
        if near >= 0 and limits[near].at.end > at.start:
            continue
        words = " ".join(flow.text[match.start() : last].split())
        found.append(Proposal(words, "event", 60, at))
    return tuple(found)
