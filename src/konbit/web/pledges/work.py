"""Work on pledges in the background: what a loss would do, and reminders once an hour."""

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


# Each is sent once, so that it does no harm to look every hour, and helps where nights are off.
@app.periodic(cron="23 * * * *")
@app.task(name="remind", queue="reminders")
def remind(timestamp: int) -> None:
    """Remind everybody of what they have not been reminded of yet."""
    from datetime import UTC, datetime

    from konbit.web.pledges.reminding import remind_all

    sent = remind_all(datetime.fromtimestamp(timestamp, UTC))
    _LOG.info("reminded", extra={"people": sent})
