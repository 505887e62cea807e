"""One case: a dossier, a day, a scenario, a seed; and the problem of any of its futures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from konbit.dossier import Dossier
from konbit.dossier.scenario import under
from konbit.dossier.tables.fund import ScenarioEdit
from konbit.planner.futures.chances import Drawn, Expected
from konbit.planner.futures.drawing import Drawer
from konbit.planner.futures.writing import written
from konbit.planner.problem import assemble, prepare

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from konbit.planner.constraints.money import Treasury
    from konbit.planner.futures.first_stage import FirstStage
    from konbit.planner.futures.happening import Happening
    from konbit.planner.problem import Problem
    from konbit.planner.world import World

_GIFTS = frozenset({"received", "new", "released"})


@dataclass(frozen=True, eq=False)
class Case:
    """What every worker needs, as one value that travels.

    Attributes:
        edited: the whole dossier with the scenario's edits made, and none of them left to make.
        as_of_on: the day.
        scenario: code of the scenario.
        seed: of all draws.
        months: how many months are decided now.
        apart: how many futures are set apart for choosing.
        firsts: first stages to be tried.
    """

    edited: Dossier
    as_of_on: date
    scenario: str
    seed: int
    months: int
    apart: int = 1
    firsts: tuple[FirstStage, ...] = ()

    def world(self) -> tuple[World, Treasury]:
        """Sets and money as known, without units nobody offers."""
        return self._known

    @cached_property
    def _known(self) -> tuple[World, Treasury]:
        return _prepared(self.edited, self.as_of_on, self.scenario)

    def __getstate__(self) -> dict[str, object]:
        """What travels: what is known is read again where the case arrives."""
        return {name: value for name, value in self.__dict__.items() if name != "_known"}

    def happenings(self, number: int) -> tuple[Happening, ...]:
        """What happens in a future that is shown. The same number gives the same."""
        world, treasury = self.world()
        return Drawer(world, treasury).draw(Drawn(self.seed, number))

    def set_apart(self, number: int) -> tuple[Happening, ...]:
        """What happens in one of the futures set apart for choosing."""
        world, treasury = self.world()
        return Drawer(world, treasury).draw(Drawn(self.seed, number, self.apart))

    def expected(self) -> tuple[Happening, ...]:
        """What happens on average, as one future."""
        world, treasury = self.world()
        return Drawer(world, treasury).draw(Expected())

    def dossier(self, happenings: Iterable[Happening]) -> Dossier:
        """The dossier with a future written into it."""
        world, _ = self.world()
        return written(self.edited, world, happenings)

    def problem(self, happenings: Iterable[Happening] = ()) -> Problem:
        """The problem of a future; without happenings, of what is known and at hand."""
        world, treasury = _prepared(self.dossier(happenings), self.as_of_on, self.scenario)
        return assemble(world, treasury, wide=False)

    def held_back(self, happenings: Iterable[Happening]) -> tuple[Happening, ...]:
        """The same, but no money comes before the months decided now are over.

        So the first months of a plan for it are paid from what is at hand.
        """
        return tuple(
            replace(it, month=max(it.month, self.months)) if it.kind in _GIFTS else it
            for it in happenings
        )


def case_of(
    dossier: Dossier, as_of_on: date, scenario: str, seed: int, months: int, apart: int = 1
) -> Case:
    """The case of a dossier; the edits of the scenario must apply without findings."""
    edited, _ = under(dossier, scenario)
    done = Dossier({**edited.tables, ScenarioEdit: ()})
    return Case(done, as_of_on, scenario, seed, months, apart)


def _prepared(edited: Dossier, as_of_on: date, scenario: str) -> tuple[World, Treasury]:
    world, treasury = prepare(edited.known_on(as_of_on), as_of_on, scenario)
    offered = tuple(unit for unit in world.units if not unit.asked)
    return replace(world, units=offered), treasury
