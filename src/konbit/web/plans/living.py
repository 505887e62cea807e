"""How work in the background is known to be alive: by a lock of the database.

A process holds it as long as it works. It falls when the process dies, by which everybody can tell
work that goes on from work that was interrupted.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection

from konbit.web.bridge.locks import Lock

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def alive(kind: Lock, number: int) -> Iterator[None]:
    """Hold the lock while something is worked on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [kind.value, number])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [kind.value, number])


@contextmanager
def dead(kind: Lock, number: int) -> Iterator[bool]:
    """Whether nobody works on something; as long as this is looked at, nobody begins to."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [kind.value, number])
        found = cursor.fetchone()
        is_dead = bool(found and found[0])
        try:
            yield is_dead
        finally:
            if is_dead:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [kind.value, number])
