"""Replaying shocks on a dossier: from what goes wrong to the repaired plan and what it costs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from konbit.dossier.checks import check
from konbit.dossier.replay import Replay, TradeOff
from konbit.dossier.shocks import struck_in
from konbit.planner import tables
from konbit.planner.explain import reasons
from konbit.planner.goals import never
from konbit.planner.planning import DossierFaultyError, Ends, faultless, plan, plan_of, silent
from konbit.planner.problem import prepare
from konbit.planner.searched import Watching
from konbit.planner.shock.distance import changes, layout
from konbit.planner.shock.editing import shocked
from konbit.planner.shock.edits import Setting
from konbit.planner.shock.repair import repair
from konbit.planner.shock.slips import slips
from konbit.planner.shock.wish import Wish
from konbit.planner.verify import verify
from konbit.terms import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from konbit.dossier.dossier import Dossier
    from konbit.dossier.plan import Plan
    from konbit.dossier.shocks import Shock
    from konbit.planner.searched import Enough, Limit, Watch
    from konbit.planner.settle import Solved
    from konbit.terms import Finding

    Progress = Callable[[str, float], None]

TOLERANCE = 50
"""Coverage that may be given up for fewer changes, in parts of ten thousand of that reached."""

CURVE = (0, 200, 500)


class ShockError(ValueError):
    """Some shocks cannot be replayed on the dossier.

    Attributes:
        findings: one for each such shock.
    """

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(f"{len(findings)} shocks cannot be replayed")
        self.findings = findings


class OtherDossierError(ValueError):
    """The plan before was made of another dossier, or of another revision of it.

    Attributes:
        plan_digest: digest of the dossier that the plan names.
        digest: digest of the dossier given.
    """

    def __init__(self, plan_digest: str, digest: str) -> None:
        super().__init__("the plan is of another dossier")
        self.plan_digest = plan_digest
        self.digest = digest


def replay(
    dossier: Dossier,
    as_of_on: date,
    scenario: str,
    shocks: Sequence[Shock],
    *,
    before: Plan | None = None,
    tolerance: int = TOLERANCE,
    keep_months: int | None = None,
    curve: Sequence[int] = CURVE,
    progress: Progress | None = None,
    watch: Watch | None = None,
    enough: Enough | None = None,
    limit: Limit | None = None,
) -> Replay:
    """Replay shocks: the plan before, the shocked dossier, the repaired plan, what slips.

    Args:
        dossier: the whole dossier.
        as_of_on: only what was known on this day counts; the shocks are known from this day on.
        scenario: code of a scenario; empty for the mission's own.
        shocks: what goes wrong, together.
        before: a plan of this dossier that was made before; without it one is made.
        tolerance: share of the coverage that may be given up for fewer changes, in parts of ten
            thousand.
        keep_months: months, from the first, in which the plan before is kept where it can be;
            without it those before the first shock strikes, and at least one.
        curve: further tolerances at which to see how many changes are needed.
        progress: told the step and the share done.
        watch: told, while searching, the shares covered and at most coverable.
        enough: asked between steps once there is a plan, and a repaired one; yes makes the best so
            far the answer.
        limit: called when a plan is begun, and again when its repair is; what it gives is asked
            as well, of that alone.

    Raises:
        DossierFaultyError: the dossier has errors.
        ShockError: a shock names what is not there, or would change nothing.
        OtherDossierError: `before` is not a plan of this dossier.
    """
    tell = progress or silent
    if before is not None and before.dossier_digest != dossier.digest:
        raise OtherDossierError(before.dossier_digest, dossier.digest)
    is_ended = False
    if before is None:
        _refuse_early(dossier, as_of_on, scenario or dossier.mission.scenario, shocks)
        before = plan(
            dossier,
            as_of_on,
            scenario,
            explain=False,
            calls=False,
            progress=_part(tell),
            watch=watch,
            enough=enough,
            late=limit() if limit else None,
        )
        is_ended = before.is_ended
    chosen = before.scenario
    edited, wrong = shocked(dossier, Setting(as_of_on, chosen, before), shocks)
    if wrong:
        raise ShockError(wrong)
    findings = check(edited.dossier, as_of_on)
    if any(found.severity is Severity.ERROR for found in findings):
        raise DossierFaultyError(findings)
    keep = _kept(before, shocks) if keep_months is None else keep_months
    known = edited.dossier.known_on(as_of_on)
    world, treasury = prepare(known, as_of_on, chosen)
    old = layout(before, edited.split)
    most = before.most_points
    wish = Wish(old, before.covered_points, most, edited.split, keep, tolerance, curve)
    ends = Ends(enough or never, limit() if limit else never)
    watching = Watching(lambda step, share: tell(step, 0.4 + 0.5 * share), watch, ends)
    made = repair(world, treasury, wish, watching)
    tell("verify", 0.9)

    def planned(solved: Solved) -> Plan:
        return plan_of(edited.dossier, known, as_of_on, chosen, solved, findings)

    after = planned(made.repaired)
    rows = tables.coverage_rows(made.repaired, reasons(made.repaired))
    after = replace(after, coverage=rows)
    after = replace(after, verification=verify(edited.dossier, after))
    new = layout(after, edited.split)
    afresh = planned(made.afresh)
    tell("done", 1.0)
    return Replay(
        effects=edited.effects,
        shocked=edited.dossier,
        edits=edited.edits,
        before=before,
        after=after,
        kept_until=before.first_month + keep,
        kept_changes=made.kept_changes,
        tolerance=tolerance,
        afresh_points=afresh.covered_points,
        bound_points=made.afresh.stages[0].bound,
        changes=changes(old, new),
        afresh_changes=changes(old, layout(afresh, edited.split)),
        trade_off=tuple(TradeOff(points, count) for points, count in made.curve),
        slips=slips(old, new, made.repaired, edited.split, edited.effects),
        parted=tuple(sorted(edited.split.items())),
        is_near=made.is_near,
        is_ended=is_ended or ends.was_late or ends.enough(),
    )


def _refuse_early(dossier: Dossier, as_of_on: date, scenario: str, shocks: Sequence[Shock]) -> None:
    """Tell what cannot be replayed whatever the plan before, which may take long to make.

    Raises:
        DossierFaultyError: the dossier has errors.
        ShockError: a shock names what is not there, or would change nothing.
    """
    faultless(dossier, as_of_on, scenario)
    wrong = shocked(dossier, Setting(as_of_on, scenario, None), shocks)[1]
    if wrong:
        raise ShockError(wrong)


def _kept(before: Plan, shocks: Sequence[Shock]) -> int:
    """Months before the first shock strikes: by then nobody knows. The first is under way."""
    first = before.first_month
    struck = min((struck_in(shock, first) - first for shock in shocks), default=1)
    return max(1, min(struck, before.until_month - first))


def _part(tell: Progress) -> Progress:
    """Progress of the plan before, as the first part of the whole."""
    return lambda step, share: tell(step, 0.4 * share)
