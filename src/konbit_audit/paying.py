"""One service that may be paid twice, though each payment keeps every rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from konbit_audit.people import spelled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from konbit_audit.state import State

    Sum = tuple[str, int]


class Paying:
    """What was claimed, promised and paid so far, as far as a second time would look like it."""

    def __init__(self) -> None:
        self._units: dict[str, dict[str, int]] = {}
        self._promised: tuple[dict[Sum, int], dict[Sum, int]] = ({}, {})
        self._came_back: dict[str, int] = {}

    def take(self, state: State, kind: str, body: dict[str, Any], number: int) -> Iterable[int]:
        """Numbers of records that may pay for the same, this one among them; or none."""
        if kind == "claimed":
            return self._claimed(state, body, number)
        if kind == "obligated":
            return (*self._promise(body, number), *self._again(state, body, number))
        if kind == "recovered":
            self._came_back[body["obligation"]] = number
        return ()

    def _claimed(self, state: State, body: dict[str, Any], number: int) -> Iterable[int]:
        """The same month and kind of cost for a unit whose code is spelled in two ways."""
        codes = self._units.setdefault(spelled(body["unit"]), {})
        heads = [(line["month"], state.prices[line["rate"]]["cost_head"]) for line in body["lines"]]
        found = [
            before
            for code, before in codes.items()
            if code != body["unit"] and any((code, *head) in state.claimed for head in heads)
        ]
        codes[body["unit"]] = number
        return (*found, number) if found else ()

    def _promise(self, body: dict[str, Any], number: int) -> Iterable[int]:
        """The sum of a claim, promised to the same payee without the claim."""
        of_claims, of_none = self._promised
        own, other = (of_claims, of_none) if body["claim"] else (of_none, of_claims)
        at = (spelled(body["payee"]), body["direct_minor"])
        own[at] = number
        return (other[at], number) if at in other else ()

    def _again(self, state: State, body: dict[str, Any], number: int) -> Iterable[int]:
        """A claim that is paid again after money is said to have come back."""
        codes = state.claims[body["claim"]].obligations if body["claim"] else ()
        found = [self._came_back[code] for code in codes if code in self._came_back]
        return (*found, number) if found else ()
