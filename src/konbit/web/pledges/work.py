"""Work on pledges in the background: what a loss would do."""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app

_LOG = logging.getLogger("konbit.work")


@app.task(name="make-preview", queue="plans")
def make_preview(preview: int, user: int) -> None:
    """Make the preview of a number that a user asked for."""
    from konbit.web.people.acting import acting
    from konbit.web.people.models import User
    from konbit.web.pledges.models import Preview
    from konbit.web.pledges.previews import make

    with acting(User.objects.get(pk=user)):
        make(Preview.objects.select_related("run", "run__revision", "by").get(pk=preview))
    _LOG.info("preview made", extra={"preview": preview})
