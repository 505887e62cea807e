"""Days counted from the end of a mandate, where the same text says when that is.

"To report no later than 30 days before the expiry of the mandate" has a day once another
paragraph of the text extends the mandate until 2 October.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from konbit.mandate.dates import later
from konbit.mandate.limit_days import counted_in
from konbit.mandate.values import DeadlineKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from konbit.mandate.values import Act, Deadline, Paragraph

# An act that sets the end of a mandate: extends, renews, authorizes or creates with an end.
_OF_A_MANDATE = re.compile(
    r"\bmandat[eos]*\b|\bauthori[sz]\w+|\bautoris\w+|\bautoriza\w*|\b(?:establish|cr[ée](?:er|ar|e)|establecer)\b", re.I
)  # fmt: skip
# The words of a limit that hangs on such an end; its middle or what comes long after it does not.
_ON_ITS_END = re.compile(
    r"\b(?:expir\w*|venc\w+|end|conclusion|completion|close|termination|fin|terme|[ée]ch[ée]ance|ach[èe]vement|finaliz\w+|t[ée]rmin\w+|conclu\w+)\b"
    r"[^;]*\b(?:mandat\w*|authori[sz]ation|autori[sz]a\w+|period|p[ée]riode|per[íi]odo)\b"
    r"|\b(?:mandat\w*|authori[sz]ation|autori[sz]a\w+)\s+(?:expires|ends|expire|prend\s+fin|venza|concluya|finalice)\b", re.I
)  # fmt: skip
_BEFORE = re.compile(
    r"\b(?:before|prior\s+to|ahead\s+of|in\s+advance\s+of|preceding|avant|antes)\b", re.I
)
_AFTER = re.compile(r"\b(?:after|following|apr[èe]s|suivant|despu[ée]s|siguientes)\b", re.I)
_NAMED = re.compile(
    r"\b(?:of|du|de\s+la|de\s+l'|del|de)\s+(?:the\s+|la\s+|l'|el\s+)?((?-i:[A-Z])[\w-]+(?:\s+(?:of\s+)?(?-i:[A-Z])[\w-]+)*)", re.I
)  # fmt: skip
_SURE = 75


@dataclass(frozen=True, slots=True)
class _End:
    """A day on which a mandate ends, and the words of the act that says so."""

    on: date
    words: str


def with_ends(paragraphs: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """The paragraphs, with the days of limits that hang on the end of a mandate.

    A limit gets a day only where one single end can be meant: the one of the body that the limit
    names or that its act addresses, else the only one in the text.
    """
    ends = _ends_in(paragraphs)
    if not ends:
        return paragraphs
    return tuple(_counted(paragraph, ends) for paragraph in paragraphs)


def end_of_mandate(paragraphs: tuple[Paragraph, ...]) -> date | None:
    """The day on which the mandate ends that a text sets; none where it sets none, or several."""
    return _only(_ends_in(paragraphs))


def _ends_in(paragraphs: tuple[Paragraph, ...]) -> list[_End]:
    """The ends that a text sets: those of what it calls a mandate, else those of what it authorizes."""
    ends = [end for paragraph in paragraphs for act in paragraph.acts for end in _ends_of(act)]
    return [end for end in ends if re.search(r"\bmandat", end.words, re.I)] or ends


def _ends_of(act: Act) -> list[_End]:
    """The end of a mandate that an act sets; a printed day before a counted one."""
    if not act.deadlines or act.force is None or act.tier < 2:
        return []
    if not _OF_A_MANDATE.search(f"{act.english} {act.action}"):
        return []
    kinds = (DeadlineKind.UNTIL, DeadlineKind.DURATION)
    found = [
        limit for limit in act.deadlines
        if limit.on and limit.kind in kinds and not limit.in_condition and limit.counted_from in {"printed", "adoption"}
    ]  # fmt: skip
    printed = [limit for limit in found if limit.counted_from == "printed"]
    days = {limit.on for limit in printed or found if limit.on is not None}
    named = act.addressee.value if act.addressee else ""
    return [_End(days.pop(), f"{named} {act.action}")] if len(days) == 1 else []


def _counted(paragraph: Paragraph, ends: list[_End]) -> Paragraph:
    acts = tuple(
        replace(act, deadlines=tuple(_with_day(limit, act, ends) for limit in act.deadlines))
        if act.deadlines and any(_hangs(limit) for limit in act.deadlines)
        else act
        for act in paragraph.acts
    )
    return paragraph if acts == paragraph.acts else replace(paragraph, acts=acts)


def _hangs(limit: Deadline) -> bool:
    return (
        limit.on is None
        and limit.kind in {DeadlineKind.BY, DeadlineKind.WITHIN, DeadlineKind.UNTIL}
        and _ON_ITS_END.search(limit.phrase) is not None
    )


def _with_day(limit: Deadline, act: Act, ends: list[_End]) -> Deadline:
    if not _hangs(limit):
        return limit
    end = _meant(limit, act, ends)
    months, days = counted_in(limit.phrase)
    if end is None or ((months or days) and _AFTER.search(limit.phrase)):
        return limit
    if (months or days) and not _BEFORE.search(limit.phrase):
        return limit
    on = later(end, days=-days, months=-months)
    sure = min(limit.confidence_percent, _SURE)
    return replace(limit, on=on, counted_from="mandate", confidence_percent=sure)


def _meant(limit: Deadline, act: Act, ends: list[_End]) -> date | None:
    """The end that a limit means; none where two may be meant."""
    named = _NAMED.search(limit.phrase)
    if named is not None:
        return _only(end for end in ends if named[1].casefold() in end.words.casefold())
    if act.addressee is not None:
        own = re.sub(r"^(?:the|le|la|l'|el|al|à|au)\s*", "", act.addressee.value, flags=re.I)
        found = _only(end for end in ends if own.casefold() in end.words.casefold())
        if found is not None:
            return found
    return _only(ends)


def _only(ends: Iterable[_End]) -> date | None:
    days = {end.on for end in ends}
    return days.pop() if len(days) == 1 else None
