"""Work done in the background, in the order in which it was asked for."""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app

_LOG = logging.getLogger("konbit.work")


@app.task(name="make-plan", queue="plans")
def make_plan(run: int, user: int) -> None:
    """Make the plan of a number that a user asked for."""
    from konbit.web.people.acting import acting
    from konbit.web.people.models import User
    from konbit.web.plans.actions import make
    from konbit.web.plans.models import Run

    with acting(User.objects.get(pk=user)):
        asked = Run.objects.select_related("revision", "by").get(pk=run)
        make(asked)
    _LOG.info("plan made", extra={"run": run})
