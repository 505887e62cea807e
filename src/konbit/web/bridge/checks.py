"""Checks of fields in the database, changed by a migration.

Django makes a field's own check with its column and never looks at it again: a migration that
alters the field leaves the database checking what it always did.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.migrations.operations import AlterField

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_LONGEST_NAME = 63  # of anything in PostgreSQL


class AlterChecked(AlterField):
    """Alter a field, and put its check in place of the one that was there."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: Any,
        to_state: Any,
    ) -> None:
        """Both in the migration's transaction; rows that break the check end it."""
        super().database_forwards(app_label, schema_editor, from_state, to_state)
        model = to_state.apps.get_model(app_label, self.model_name)
        field = model._meta.get_field(self.name)
        table, check = model._meta.db_table, field.db_check(schema_editor.connection)
        quoted = schema_editor.quote_name
        connection = schema_editor.connection
        with connection.cursor() as cursor:
            held = connection.introspection.get_constraints(cursor, table)
        for name, told in held.items():
            if told["check"] and told["columns"] == [field.column]:
                schema_editor.execute(f"ALTER TABLE {quoted(table)} DROP CONSTRAINT {quoted(name)}")
        if check:
            name = quoted(f"{table}_{field.column}_check"[:_LONGEST_NAME])
            schema_editor.execute(
                f"ALTER TABLE {quoted(table)} ADD CONSTRAINT {name} CHECK ({check})"
            )
