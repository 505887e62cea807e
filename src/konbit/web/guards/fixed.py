"""Rows of the ledger are only ever added to: whoever asks, none is changed or taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def fixed(tables: Iterable[str]) -> Iterator[str]:
    """The triggers of such tables; the function they call is the ledger's own."""
    for table in tables:
        yield f"DROP TRIGGER IF EXISTS fixed ON {table}"
        yield (
            f"CREATE TRIGGER fixed BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION konbit_ledger_fixed()"
        )
