"""Numbers of people that a text allows, beside the ceilings that the record has."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from konbit import mandate
    from konbit.dossier.tables.mandate import Ceiling


@dataclass(frozen=True, slots=True)
class FoundCeiling:
    """A number of people that an act allows, as read.

    Attributes:
        name: `c1`, `c2` ... within its act.
        component: of the table of ceilings.
        strength_persons: the number.
        words: what is counted, as printed.
        there: the ceiling of the record that says so already, by its code; empty if none does.
        near: the ceiling of this document or paragraph, for the same people, that says something
            else or says it less firmly, by its code; the text is held to mean that one.
    """

    name: str
    component: str
    strength_persons: int
    words: str
    there: str = ""
    near: str = ""


def numbers_found(
    act: mandate.Act, row: str, document: str, ceilings: Sequence[Ceiling]
) -> tuple[FoundCeiling, ...]:
    """The numbers of an act, beside the ceilings that the record has of paragraph or text."""
    made = []
    whole = ""
    for place, one in enumerate(act.ceilings, start=1):
        component = _COMPONENTS.get(one.kind)
        if not one.is_part:
            whole = component or ""
        if component is None or one.bound not in {"at-most", "level"}:
            continue
        if one.kind == "people" and one.unit.casefold() in _SEATS:
            continue
        if one.is_part and not _stands_apart(component, whole):
            continue
        of_it = [
            c
            for c in ceilings
            if c.component == component and ((row and c.paragraph == row) or c.document == document)
        ]
        said = [c for c in of_it if c.strength_persons == one.count]
        there = next((c.code for c in said if c.kind == "authorised"), "")
        near = min(said or of_it, key=lambda c: c.from_on, default=None)
        made.append(
            FoundCeiling(
                f"c{place}", component, one.count, one.unit, there,
                "" if there or near is None else near.code,
            )
        )  # fmt: skip
    return tuple(_told_by_parts(one, made) for one in made)


def _stands_apart(component: str, whole: str) -> bool:
    """Whether a part has a ceiling of its own: soldiers of all, not observers of soldiers."""
    return whole in {"total", "uniformed"} and component not in {"total", whole}


def _told_by_parts(whole: FoundCeiling, found: list[FoundCeiling]) -> FoundCeiling:
    """A total whose parts the record has already, and that is their sum, is there with them."""
    parts = [one for one in found if one.there and one is not whole]
    if whole.there or not parts or sum(p.strength_persons for p in parts) != whole.strength_persons:
        return whole
    return replace(whole, there=", ".join(part.there for part in parts), near="")


# Members of a committee are no people of a mission.
_SEATS = frozenset({"members", "membres", "miembros"})
# Kinds of what is counted, as the reader tells them, and the component that each is.
_COMPONENTS = {
    "uniformed": "uniformed",
    "military": "military",
    "police": "police",
    "civilian": "civilian",
    "people": "total",
}
