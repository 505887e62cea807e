"""Advisory locks of the database: who waits for whom is said here, and nowhere twice.

A lock has two numbers: what it is about, and which. Two kinds with one number would make a posting
to a fund wait for a plan that happens to have the fund's number.
"""

from __future__ import annotations

from enum import IntEnum, unique

from django.db import connection


@unique
class Lock(IntEnum):
    """What a lock is about; its second number is that of the mission, fund, log, plan or look."""

    MIGRATING = 7300
    MISSION = 7301  # changes of a mission's rows are made one after the other
    FUND = 7302  # records of a fund's log, by the database's own functions
    BANKS = 7303  # matches of a fund's bank accounts, by the database's own functions
    SIGNING = 7304  # checkpoints of a log
    PLANS = 7305  # held as long as a plan is made
    PREVIEWS = 7306  # held as long as a look at a loss is made
    PEOPLE = 7307  # roles ended and people shut out, of an organisation


def hold(about: Lock, number: int) -> None:
    """Wait until nobody else holds a lock, and hold it until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [about.value, number])
