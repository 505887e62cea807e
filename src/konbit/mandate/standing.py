"""Names that stand for others: a pronoun for the addressee of the act before, "the Group" for experts."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from konbit.mandate.names import Named
    from konbit.mandate.values import Proposal

_ONE = frozenset({"it", "him", "her", "he", "she", "lui", "le", "la", "l'", "lo"})
_SEVERAL = frozenset({"them", "they", "those", "les", "leur", "los", "las"})
_PERSON = re.compile(
    r"Secretar(?:y|io)|Secr[ée]taire|Representa|Repr[ée]senta|Envoy|Enviad|Commissioner|Commissaire|Comisionad|Coordinat|"
    r"Coordonn|Coordinador|Rapporteur|Relator|Expert\b|Expert[ao]\b|President|Pr[ée]sident|Chair|Director|Directeur|Mediator|"
    r"M[ée]diateur|Mediador|Commander|Chief|Ombuds|Prosecutor|Administrator|Adviser|Advisor",
)
_IS_PERSON = frozenset({"him", "her", "he", "she"})
_ENDS_PLURAL = re.compile(r"\b(?:and|et|y)\s|s\Z")
# Experts whom the United Nations has appointed, however the text calls them further on.
_OURS = re.compile(r"United\s+Nations|Nations\s+Unies|Naciones\s+Unidas|\b[Ee]xpert[os]*\b")


def stands_for_it(named: Named, before: Named | None) -> bool:
    """Whether a pronoun may stand for the addressee of the act before, in number and kind."""
    word = named.words.casefold().replace("\u2019", "'")
    if before is None or word not in _ONE | _SEVERAL:
        return False
    is_plural = _ENDS_PLURAL.search(before.words) is not None
    if word in _IS_PERSON:
        return not is_plural and _PERSON.search(before.words) is not None
    return is_plural if word in _SEVERAL else not is_plural


def with_kind(
    named: Named | None, stands_for: Named | None, meant: Proposal[str] | None
) -> Named | None:
    """A name with the class of whom it means, by which requests are split."""
    if named is None:
        return None
    if stands_for is not None:
        return replace(named, kind=stands_for.kind)
    if meant is not None and named.kind != "un" and _OURS.search(meant.value):
        return replace(named, kind="un")
    return named
