"""What a step would do to the approved plan: the plan repaired with the loss, in the background.

The arithmetic of `effects` is there at once; this takes the planner's time. It reads the approved
plan's own frozen revision, edits it by the loss alone, and keeps what can be kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from konbit import api
from konbit.briefing.sections import replay as told_as
from konbit.briefing.words import LANGUAGES
from konbit.dossier.unit_stages import states_on
from konbit.terms import Money, Month, Severity
from konbit.terms.finding import finding
from konbit.web.bridge.locks import Lock
from konbit.web.people.access import demand
from konbit.web.people.acting import acting
from konbit.web.plans.archives import read_plan_archive
from konbit.web.plans.frozen import unpack
from konbit.web.plans.living import alive, dead
from konbit.web.pledges.models import Preview
from konbit.web.words import words_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from konbit.dossier.replay import Replay
    from konbit.terms import Finding
    from konbit.web.missions.models import Mission
    from konbit.web.people.models import User
    from konbit.web.plans.models import Run
    from konbit.web.pledges.actions import Step

_CASH = frozenset({"frozen", "refunded"})
_UNITS = frozenset({"withdrawn", "lapsed", "departed"})
_MOST_SLIPS = 60


def loss_of(
    table: str, key: str, step: Step, units: int, amount: Money | None
) -> dict[str, Any] | None:
    """What a step takes away that a plan can be made without; None where it takes nothing.

    What was only promised never paid for anything, so to lose a promise takes nothing from a plan.
    """
    month = str(Month.of(step.on))
    if table == "offers" and step.stage in _UNITS:
        return {"offer": key, "units": units, "month": month}
    if table == "contributions" and step.stage in _CASH:
        money = None if amount is None else [amount.amount_minor, amount.currency]
        return {"contribution": key, "amount": money, "month": month}
    return None


def is_repairable(run: Run, key: str, step: Step) -> bool:
    """Whether the planner can repair a plan for a loss.

    It takes units that are still to come first, and so cannot say what it means that others, who
    are there, depart: not before all that were pledged have come or gone, as the plan knew it.
    """
    if step.stage != "departed":
        return True
    dossier = unpack(bytes(run.revision.content), run.revision.digest)
    state = states_on(dossier, run.as_of_on).get(key)
    return state is not None and state.open_units == 0


def look(
    user: User,
    mission: Mission,
    run: Run,
    pledge: tuple[str, str],
    loss: Mapping[str, Any],
    asked: Mapping[str, str],
) -> Preview:
    """Ask what a loss would do to a plan; the same question of the same plan is asked once.

    Raises:
        PermissionDenied: the user may edit nothing here.
    """
    from konbit.web.pledges.work import make_preview

    demand(user, mission, "edit")
    table, key = pledge
    same = Preview.objects.filter(
        mission=mission, run=run, by=user, table=table, key=key, loss=loss, asked=asked
    )
    held = same.exclude(state__in=("failed", "interrupted")).first()
    if held is not None:
        return held
    with transaction.atomic():
        made = Preview.objects.create(
            mission=mission, run=run, by=user, table=table, key=key, loss=loss, asked=asked
        )
        make_preview.defer(preview=made.pk, user=user.pk)
    return made


def make(preview: Preview) -> None:
    """Make the plan without what is lost; whatever happens, the preview's state says so."""
    with acting(preview.by), alive(Lock.PREVIEWS, preview.pk):
        if not _of(preview, "waiting").update(state="running"):
            return
        try:
            content = _told(_replayed(preview))
        except (api.DossierError, api.WrongShockError) as error:
            _end(preview, "failed", trouble=[_written(found) for found in error.findings])
        except Exception:
            _end(preview, "failed")
            raise
        else:
            _end(preview, "done", content=content, share=1000)


def tell_interrupted(preview: Preview) -> None:
    """Mark a preview whose process died, or that nobody will make."""
    if preview.state == "waiting":
        queued = ProcrastinateJob.objects.filter(
            task_name="make-preview", args__preview=preview.pk, status__in=("todo", "doing")
        )
        if not queued.exists():
            _of(preview, "waiting").update(state="interrupted", ended_at=timezone.now())
    elif preview.state == "running":
        with dead(Lock.PREVIEWS, preview.pk) as is_dead:
            if is_dead:
                _of(preview, "running").update(state="interrupted", ended_at=timezone.now())


def findings_of(preview: Preview) -> list[Finding]:
    """Why a preview failed."""
    return [
        finding(f["code"], Severity.ERROR, f["table"], f["row"], f["column"], **f["values"])
        for f in preview.trouble
    ]


def _replayed(preview: Preview) -> Replay:
    revision = preview.run.revision
    dossier = unpack(bytes(revision.content), revision.digest)
    before = read_plan_archive(bytes(preview.run.content or b"")).plan
    if before is None:
        raise RuntimeError("an approved plan cannot be read")

    def tell(_step: str, share: float) -> None:
        _of(preview, "running").update(share=int(1000 * min(1.0, max(0.0, share))))

    shock = _shock(preview.loss, before.first_month)
    return api.shock(dossier, shock, before=before, progress=tell).replay


def _shock(loss: Mapping[str, Any], first: Month) -> api.Freeze | api.Withdraw:
    """The loss as the planner knows it; what was lost before the plan begins is lost at once."""
    month = max(first, Month.parse(loss["month"]))
    if "offer" in loss:
        return api.Withdraw(loss["offer"], loss["units"], month)
    money = loss["amount"] and Money(*loss["amount"])
    return api.Freeze(loss["contribution"], month, money or None)


def _told(replay: Replay) -> dict[str, Any]:
    """In every language: what is lost in one sentence, and what slips by how long, and why."""
    said = {}
    for language in LANGUAGES:
        told = told_as.Told(replay, words_in(language))
        slips = told_as.slips(told)
        said[language] = {
            "key": told_as.key(told),
            "headings": list(slips.headings),
            "rows": [[cell.text for cell in row] for row in slips.rows[:_MOST_SLIPS]],
            "more": max(0, len(slips.rows) - _MOST_SLIPS),
        }
    return said


def _of(preview: Preview, state: str) -> Any:
    return Preview.objects.filter(pk=preview.pk, state=state)


def _end(preview: Preview, state: str, **more: object) -> None:
    Preview.objects.filter(pk=preview.pk).update(state=state, ended_at=timezone.now(), **more)


def _written(found: Finding) -> dict[str, Any]:
    values = dict(found.values)
    place = {"table": found.table, "row": found.row, "column": found.column}
    return {"code": found.code, **place, "values": values}
