"""A log to forge records into, and what an audit says of it afterwards."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from konbit.fund import statement_of
from konbit.fund.transparency import canonical
from konbit_audit.main import main
from ledger_cases import Log, allotted, obligated, opened
from made_ledgers import LOG_KEY, write_export

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def forged_log() -> Log:
    """A thousand dollars came, a hundred are promised to a payee on 20 January."""
    made = opened()
    made.must("signed", contribution="USA-1", amount_minor=200_000)
    made.must("signed", contribution="CAN-1", amount_minor=200_000)
    made.must("received", contribution="USA-1", bank="MAIN", amount_minor=100_000)
    assert allotted(made, "A1", 50_000) == ""
    while made.books.size < 19:
        made.must("interest", purse="A", bank="MAIN", amount_minor=1)
    assert obligated(made, "A1", "O1", 10_000) == ""
    return made


def forge(log: Log, kind: str, *, over: dict[str, Any] | None = None, **body: Any) -> None:
    """Add a record whatever the rules say; `over` writes over its members."""
    record = log.composed(kind, **body)
    inner = {**record.body, **(over or {}).pop("body", {})} if over else record.body
    record = dataclasses.replace(record, **{**(over or {}), "body": inner})
    log.books.apply(record)
    log.records.append(record)


def told(
    log: Log, folder: Path, capsys: pytest.CaptureFixture[str], *more: str, key: Any = LOG_KEY
) -> str:
    """The rule that an audit names of an export of it; nothing where it finds no lie."""
    said = canonical(statement_of(log.records, until="2027-01-01")) + b"\n"
    write_export(folder, [one.to_bytes() for one in log.records], {"1.json": said}, key=key)
    code = main([str(folder), "--lang", "en", *more])
    found = capsys.readouterr().err
    return "" if code == 0 else found.split("rule ")[1].split(".")[0]
