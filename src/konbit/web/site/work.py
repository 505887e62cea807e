"""Reminders in the background, once an hour."""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app

_LOG = logging.getLogger("konbit.work")


# Each is sent once, so that it does no harm to look every hour, and helps where nights are off.
@app.periodic(cron="23 * * * *")
@app.task(name="remind", queue="reminders")
def remind(timestamp: int) -> None:
    """Remind everybody of what they have not been reminded of yet."""
    from datetime import UTC, datetime

    from konbit.web.site.reminding import remind_all

    sent = remind_all(datetime.fromtimestamp(timestamp, UTC))
    _LOG.info("reminded", extra={"people": sent})
