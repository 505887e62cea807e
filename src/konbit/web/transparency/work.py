"""Checkpoints in the background: after a close, and once a day."""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app

_LOG = logging.getLogger("konbit.work")


@app.task(name="checkpoint-fund", queue="ledger")
def checkpoint_fund(fund: int) -> None:
    """Sign the log of a fund."""
    _sign(fund)


@app.periodic(cron="41 2 * * *")
@app.task(name="checkpoint-funds", queue="ledger", queueing_lock="checkpoint-funds")
def checkpoint_funds(timestamp: int) -> None:
    """Sign the log of every fund, at 02:41 UTC each day."""
    _LOG.info("checkpoints of the day", extra={"due": timestamp})
    _sign(None)


def _sign(fund: int | None) -> None:
    """Sign one log, or all."""
    from konbit.web.transparency.actions import HistoryChangedError, make_checkpoint
    from konbit.web.transparency.queries import logs

    for log in logs():
        if fund not in {None, log.pk}:
            continue
        try:
            made = make_checkpoint(log)
        except HistoryChangedError:
            continue  # told as critical; the other logs are still signed
        _LOG.info("checkpoint", extra={"fund": log.pk, "size": made.size if made else 0})
