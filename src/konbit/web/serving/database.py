"""A database made ready: roles, migrations, guards. May be done again and again."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

from konbit.web.bridge.locks import Lock
from konbit.web.guards import APP_ROLE, statements
from konbit.web.serving.embedded import DATABASE, OWNER_ROLE

if TYPE_CHECKING:
    from konbit.web.serving.embedded import Embedded


def create(server: Embedded, database: str = DATABASE) -> None:
    """The two roles and the database, in the embedded server, if they are not there."""
    with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as admin:
        for role in (OWNER_ROLE, APP_ROLE):
            found = admin.execute("SELECT FROM pg_roles WHERE rolname = %s", [role])
            if found.fetchone() is None:
                admin.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
        found = admin.execute("SELECT FROM pg_database WHERE datname = %s", [database])
        if found.fetchone() is None:
            admin.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(
                    sql.Identifier(database), sql.Identifier(OWNER_ROLE)
                )
            )
        if sys.platform == "linux":
            # After a crash the whole folder is brought to disk first: at once, and not each of its
            # thousands of files by itself, which takes a busy disk ten seconds.
            admin.execute("ALTER SYSTEM SET recovery_init_sync_method = syncfs")
            admin.execute("SELECT pg_reload_conf()")


def prepare() -> None:
    """Migrate as the owner of the tables, then put grants and row-level security in place.

    Django must be set up with a database `owner`.
    """
    from django.core.management import call_command
    from django.db import connections

    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [Lock.MIGRATING.value])
        try:
            call_command("migrate", database="owner", verbosity=0, interactive=False)
            call_command("createcachetable", database="owner", verbosity=0)
            guard(owner.introspection.table_names(cursor))
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [Lock.MIGRATING.value])


def guard(tables: list[str]) -> None:
    """Put the guards in place, all at once."""
    from django.db import connections
    from django.db.transaction import atomic

    with atomic("owner"), connections["owner"].cursor() as cursor:
        for statement in statements(tables):
            cursor.execute(statement)
