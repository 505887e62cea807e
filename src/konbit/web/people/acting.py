"""In whose name the database is asked: its row-level security reads it from the session."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.web.people.models import User


def act_as(user: User | None) -> None:
    """From here on this connection asks in the name of a user, or of nobody."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('konbit.user', %s, false)", [str(user.pk) if user else ""]
        )


@contextmanager
def acting(user: User) -> Iterator[None]:
    """Ask in the name of a user, and afterwards in that of whoever it was before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('konbit.user', true), '')")
        found = cursor.fetchone()
        before = found[0] if found else ""
        cursor.execute("SELECT set_config('konbit.user', %s, false)", [str(user.pk)])
    try:
        yield
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('konbit.user', %s, false)", [before])
