"""Pages of what a step would do: the arithmetic at once, the plan repaired when it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from konbit.dossier.registry import TABLES
from konbit.web.people.access import readable_missions
from konbit.web.people.rooms import Visit, in_mission
from konbit.web.plans.archives import read_plan_archive
from konbit.web.plans.frozen import unpack
from konbit.web.pledges.effects import Effect, effect_of_money, effect_of_units
from konbit.web.pledges.forms import StepForm
from konbit.web.pledges.models import Preview
from konbit.web.pledges.previews import findings_of, tell_interrupted
from konbit.web.tables.dossiers import dossier_of

if TYPE_CHECKING:
    from konbit.dossier import Dossier
    from konbit.web.plans.models import Run


def effect_on(
    run: Run | None, dossier: Dossier, table: str, key: str, form: StepForm
) -> Effect | None:
    """What a step takes from a plan, by arithmetic; None where no plan is approved."""
    if run is None:
        return None
    plan = read_plan_archive(bytes(run.content or b"")).plan
    step, (units, amount) = form.step, form.taken
    if plan is None:
        return Effect(is_unknown=True)
    if table == "offers":
        departs = step.stage == "departed"
        return effect_of_units(dossier, plan, key, units, step.on, departs=departs)
    if amount is None:
        return Effect(is_unknown=True)
    return effect_of_money(dossier, plan, key, step.stage, amount, step.on)


def changed_since(run: Run, dossier: Dossier) -> list[str]:
    """Tables of which rows are others today than in the frozen revision of a plan."""
    revision = run.revision
    if revision.digest == dossier.digest:
        return []
    frozen = unpack(bytes(revision.content), revision.digest)
    return [table.TABLE for table in TABLES if frozen.rows(table) != dossier.rows(table)]


@require_safe
@in_mission
def preview(request: Visit, number: int) -> HttpResponse:
    """What a step would do to the approved plan; who asked can confirm it at any time."""
    seen = Preview.objects.filter(mission__in=readable_missions(request.reader))
    found = seen.filter(mission=request.mission, pk=number).select_related("run__revision").first()
    if found is None:
        raise Http404
    tell_interrupted(found)
    found.refresh_from_db()
    dossier = dossier_of(request.mission)
    is_money = found.table == "contributions"
    stage = found.asked["stage"]
    site = found.asked.get("site", "")
    form = StepForm(
        found.asked, stages=[stage], is_money=is_money, words=request.words, sites=[(site, site)]
    )
    if not form.is_valid():
        raise Http404
    rows = (row for row in dossier.all_rows if (row.TABLE, row.label) == (found.table, found.key))
    context = {
        "preview": found,
        "may_confirm": found.by_id == request.reader.pk,
        "is_going_on": found.state in {"waiting", "running"},
        "told": found.content and found.content.get(request.words.language),
        "changed": request.words.listed(
            request.words.table_title(table) for table in changed_since(found.run, dossier)
        ),
        "trouble": [request.words.of_finding(f) for f in findings_of(found)],
        "effect": effect_on(found.run, dossier, found.table, found.key, form),
        "asked": form.as_sent,
        "form": form,
        "row": next(rows, None),
        "table": found.table,
        "key": found.key,
        "is_money": is_money,
    }
    return render(request, "pledges/confirm.html", context)
