"""The descriptor of a data package: what each table and column means, for any program.

Data Package v2 (datapackage.org, Open Knowledge Foundation).
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from konbit.dossier import BY_NAME, Column, Kind, Row
from konbit.dossier.cells import EARLIEST, LATEST, LONGEST_TEXT
from konbit.package.layout import file_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"

_TYPES = {
    Kind.INTEGER: "integer",
    Kind.DECIMAL: "number",
    Kind.MONEY: "number",
    Kind.DATE: "date",
    Kind.BOOLEAN: "boolean",
}
_PATTERNS = {Kind.COUNTRY: "[A-Z]{3}", Kind.CURRENCY: "[A-Z]{3}", Kind.PCODE: "[A-Z]{2}[0-9]*"}


def descriptor(
    tables: Iterable[type[Row]], name: str, title: str, extra: Mapping[str, Any]
) -> bytes:
    """The text of `datapackage.json` for these tables.

    Args:
        tables: the tables that have a file, in order.
        name: short name of the package.
        title: its title for people.
        extra: more properties of the package, such as a digest.
    """
    written = tuple(tables)
    document = {
        "$schema": _PROFILE,
        "name": name,
        "title": title,
        **extra,
        "resources": [_resource(table, {t.TABLE for t in written}) for table in written],
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _resource(table: type[Row], written: set[str]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in file_columns(table)],
        "missingValues": [""],
        "primaryKey": list(table.KEY),
    }
    keys = [key for column in file_columns(table) for key in _foreign_key(table, column, written)]
    if keys:
        schema["foreignKeys"] = keys
    return {
        "name": table.TABLE,
        "type": "table",
        "title": table.TITLE,
        "description": table.ABOUT,
        "path": f"{table.TABLE}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES.get(column.kind, "string"),
        "title": column.title,
    }
    if column.help:
        described["description"] = column.help
    if column.unit:
        described["unit"] = column.unit
    if column.source:
        described["source"] = column.source
    if column.kind is Kind.BOOLEAN:
        described |= {"trueValues": ["yes"], "falseValues": ["no"]}
    if column.choices:
        described["categories"] = [{"value": w, "label": label} for w, label in column.choices]
    constraints = _constraints(column)
    return {**described, "constraints": constraints} if constraints else described


def _constraints(column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if column.required:
        found["required"] = True
    if column.choices:
        found["enum"] = list(column.words)
    if column.minimum is not None:
        found["minimum"] = column.minimum
    if column.maximum is not None:
        found["maximum"] = column.maximum
    if column.kind is Kind.DATE:
        found |= {"minimum": str(EARLIEST), "maximum": str(LATEST - timedelta(days=1))}
    if column.kind is Kind.TEXT:
        found["maxLength"] = LONGEST_TEXT
    if column.kind in _PATTERNS:
        found["pattern"] = _PATTERNS[column.kind]
    return found


def _foreign_key(table: type[Row], column: Column, written: set[str]) -> list[dict[str, Any]]:
    """A key where the reference goes to one table only, by its code, and that table is there."""
    if len(column.refers_to) != 1 or column.refers_to[0] not in written:
        return []
    target = BY_NAME.get(column.refers_to[0])
    if target is None or len(target.KEY) != 1:
        return []
    reference: dict[str, Any] = {"fields": list(target.KEY)}
    if target is not table:
        # A table that refers to itself names no resource.
        reference = {"resource": target.TABLE, **reference}
    return [{"fields": [column.name], "reference": reference}]
