"""The record under test: real PostgreSQL, the role that serves, people of organisations."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

# A folder of its own, settings as on a developer's machine; the database follows in a fixture.
_DATA = Path(tempfile.mkdtemp(prefix="konbit-web-tests-"))
os.environ["KONBIT_DATA"] = str(_DATA)
os.environ["KONBIT_ADDRESS"] = "http://localhost:8000"
os.environ["KONBIT_SECRET_KEY"] = "only-for-tests"
os.environ["DATABASE_URL"] = os.environ["DATABASE_OWNER_URL"] = "postgresql:///none"
os.environ["DJANGO_SETTINGS_MODULE"] = "konbit.web.settings"

import django

django.setup()

from django.db import connections, transaction
from django.test.utils import setup_test_environment

from konbit.web.people.acting import act_as
from konbit.web.serving import database
from konbit.web.serving.embedded import OWNER_ROLE, Embedded
from web_world import World, build_world

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def server() -> Iterator[Embedded]:
    """PostgreSQL with an empty, prepared database."""
    server = Embedded(_DATA)
    server.start()
    try:
        database.create(server)
        _hurry(server)
        for alias, role in (("default", "konbit_app"), ("owner", OWNER_ROLE)):
            _point(alias, server, role)
        database.prepare()
        setup_test_environment()
        yield server
    finally:
        for connection in connections.all():
            connection.close()
        server.stop()


@pytest.fixture(scope="session")
def _world(server: Embedded) -> World:
    return build_world()


@pytest.fixture
def world(_world: World) -> Iterator[World]:
    """The people and missions of the tests; whatever a test does is undone."""
    with transaction.atomic():
        act_as(None)
        yield _world
        transaction.set_rollback(True)


def _point(alias: str, server: Embedded, role: str) -> None:
    from dj_database_url import parse

    found = parse(server.url(role))
    held = connections.settings[alias]
    held.update({name: found[name] for name in ("NAME", "USER", "HOST", "PORT")})
    held["OPTIONS"] = found.get("OPTIONS", {})


def _hurry(server: Embedded) -> None:
    """Nothing of a test needs to outlive a power cut."""
    import psycopg

    with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as admin:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            admin.execute(f"ALTER SYSTEM SET {setting} = off")
        admin.execute("SELECT pg_reload_conf()")
