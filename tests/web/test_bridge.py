"""One meaning: what a dossier's tables say and what the database keeps are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connections, transaction
from hypothesis import HealthCheck, given, settings

from konbit.dossier import TABLES, columns_of
from konbit.dossier.columns import Kind
from konbit.web.bridge.lines import line
from konbit.web.bridge.mapping import fields_of, row_of, values_of
from konbit.web.tables.mirrored import MODELS
from strategies import dossiers

if TYPE_CHECKING:
    from konbit.dossier import Dossier, Row
    from web_world import World

_OWN = {"id", "row_mission", "row_key", "row_opened", "row_closed"}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.TABLE)
def test_every_column_has_its_line_and_no_line_is_beside_them(table: type[Row]) -> None:
    fields = {field.name for field in MODELS[table.TABLE]._meta.get_fields()}

    assert fields - _OWN == set(fields_of(table))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.TABLE)
def test_every_line_has_the_limits_of_its_column(table: type[Row]) -> None:
    for column in columns_of(table):
        if column.kind is not Kind.MONEY:
            held: Any = MODELS[table.TABLE]._meta.get_field(column.name)
            assert held.deconstruct()[1:] == line(table, column.name).deconstruct()[1:], column


def test_models_and_migrations_agree(server: object) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(dossier=dossiers(most_tables=6))
def test_a_row_read_back_from_its_values_is_equal(dossier: Dossier) -> None:
    for row in dossier.all_rows:
        values = values_of(row)
        assert row_of(type(row), [values[name] for name in fields_of(type(row))]) == row


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(dossier=dossiers(most_tables=6))
def test_a_row_read_back_from_the_database_is_equal(dossier: Dossier, world: World) -> None:
    """Round trip through PostgreSQL itself: what was written is what is read, to the last digit."""
    owner = connections["owner"]
    with owner.cursor() as cursor:
        for row in dossier.all_rows:
            fields, values = fields_of(type(row)), values_of(row)
            name = f"trip_{row.TABLE}"
            cursor.execute(
                f"CREATE TEMPORARY TABLE IF NOT EXISTS {name} (LIKE tables_{row.TABLE} "
                "INCLUDING CONSTRAINTS)"
            )
            cursor.execute(f"TRUNCATE {name}")
            for column in ("id", "row_mission_id", "row_key", "row_opened_id"):
                cursor.execute(f"ALTER TABLE {name} ALTER {column} DROP NOT NULL")
            names = ", ".join(f'"{field}"' for field in fields)
            places = ", ".join("%s" for _ in fields)
            cursor.execute(
                f"INSERT INTO {name} ({names}) VALUES ({places})", [values[f] for f in fields]
            )
            cursor.execute(f"SELECT {names} FROM {name}")
            found = cursor.fetchone()
            assert found is not None
            assert row_of(type(row), found) == row


def test_the_database_checks_what_the_fields_say(world: World) -> None:
    """Each field's check as the database has it, beside the same check on a fresh table."""
    world["viewer"]
    wrong: list[str] = []
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        for model in apps.get_models():
            checked = [f for f in model._meta.concrete_fields if getattr(f, "condition", "")]
            if checked:
                wrong += _unlike(cursor, model._meta.db_table, checked)
        transaction.set_rollback(True, using="owner")
    assert wrong == []


def _unlike(cursor: Any, table: str, fields: list[Any]) -> list[str]:
    owner = connections["owner"]
    columns = ", ".join(
        f'"{f.column}" {f.db_type(owner)} CHECK ({f.db_check(owner)})' for f in fields
    )
    cursor.execute(f'CREATE TEMP TABLE "probe_{table}" ({columns})')
    said = {}
    for name in (table, f"probe_{table}"):
        cursor.execute(
            "SELECT a.attname, pg_get_constraintdef(c.oid) FROM pg_constraint c JOIN pg_attribute a"
            " ON a.attrelid = c.conrelid AND c.conkey = ARRAY[a.attnum] "
            "WHERE c.conrelid = %s::regclass AND c.contype = 'c'",
            [f'"{name}"'],
        )
        said[name] = dict(cursor.fetchall())
    here, fresh = said[table], said[f"probe_{table}"]
    return [f"{table}.{name}: {here.get(name)}" for name in fresh if here.get(name) != fresh[name]]


def test_many_tables_migrated_together_are_taken_back_and_made_again(server: object) -> None:
    def checks() -> list[tuple[str, ...]]:
        with connections["owner"].cursor() as cursor:
            cursor.execute(
                "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)"
                " FROM pg_constraint WHERE contype = 'c' ORDER BY 1, 2, 3"
            )
            return list(cursor.fetchall())

    assert server
    with transaction.atomic("owner"):
        newest = checks()
        call_command("migrate", "tables", "0004", database="owner", verbosity=0)
        assert checks() != newest
        call_command("migrate", "tables", database="owner", verbosity=0)
        assert {row[::2] for row in checks()} == {row[::2] for row in newest}
        transaction.set_rollback(True, using="owner")
