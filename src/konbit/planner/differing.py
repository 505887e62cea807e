"""Two states of a dossier: a plan of each, and the rows in which they differ."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from konbit.dossier.difference import Difference, changed_rows
from konbit.planner.planning import plan, silent

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from konbit.dossier import Dossier
    from konbit.planner.searched import Enough, Limit, Watch

    Progress = Callable[[str, float], None]


def differ(
    earlier: tuple[Dossier, date],
    later: tuple[Dossier, date],
    scenario: str = "",
    *,
    progress: Progress | None = None,
    watch: Watch | None = None,
    enough: Enough | None = None,
    limit: Limit | None = None,
) -> Difference:
    """Plan two dossiers, each as known on a day, and say in which rows they differ.

    Args:
        earlier: one dossier, and the day.
        later: the other, and its day.
        scenario: code of a scenario of both; empty for the mission's own of each.
        progress: told what is being done and the share done.
        watch: told, while searching, the shares covered and at most coverable.
        enough: asked between steps of a long search; yes makes the best so far the answer.
        limit: called when a plan is begun; what it gives is asked as well, of that plan alone.

    Raises:
        DossierFaultyError: a dossier has errors.
    """
    tell = progress or silent
    tell("coverage", 0.0)
    with ThreadPoolExecutor(2) as pool:
        made = [
            pool.submit(
                plan, dossier, on, scenario, explain=False, calls=False,
                watch=watch, enough=enough, late=limit() if limit else None,
            )
            for dossier, on in (earlier, later)
        ]  # fmt: skip
        before, after = (plan.result() for plan in made)
    tell("done", 1.0)
    return Difference(before, after, changed_rows(earlier[0], later[0]))
