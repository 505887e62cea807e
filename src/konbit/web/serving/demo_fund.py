"""A fund of the demonstration, put together afterwards from public sources.

Beside the folder of a dossier there may be another, named like it with `-ledger` at the end, whose
`events.csv` tells what became known of its fund. Two people of the demonstration enter it as they
would enter anything; the log says of itself that it is a reconstruction.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from konbit.dossier.tables.fund import Fund
from konbit.fund import Draft
from konbit.fund.reconstruction import reconstruct
from konbit.web.ledger.actions import approve, open_fund, opening, propose
from konbit.web.people.acting import acting
from konbit.web.transparency.actions import make_checkpoint, publish
from konbit.web.transparency.queries import find_log

if TYPE_CHECKING:
    from pathlib import Path

    from konbit.dossier import Dossier
    from konbit.fund import Record
    from konbit.web.ledger.models import LedgerFund
    from konbit.web.missions.models import Mission
    from konbit.web.people.models import User

WHY = "Put together afterwards from public sources"


def load_fund(
    lead: User, approver: User, mission: Mission, dossier: Dossier, folder: Path
) -> LedgerFund | None:
    """Enter the events beside a dossier's folder, sign the log and open it; None without events.

    The fund has the code of the dossier's first trust fund, so that plan and ledger speak of one.

    Raises:
        ReconstructionError: an event breaks a rule of the ledger.
    """
    file = folder.with_name(f"{folder.name}-ledger") / "events.csv"
    codes = sorted(row.code for row in dossier.rows(Fund) if row.kind == "trust_fund")
    if not file.is_file() or not codes:
        return None
    with file.open(encoding="utf-8", newline="") as lines:
        events = list(csv.DictReader(lines))
    first = dict(part.split("=", 1) for part in events[0]["members"].split(";"))
    records = reconstruct(events, codes[0], first["currency"])
    with acting(lead):
        fund = open_fund(lead, mission, codes[0], first["title"], first["currency"])
    _enter(lead, approver, fund, records)
    log = find_log(mission.code, fund.code)
    if log is not None:
        with acting(approver):
            make_checkpoint(log)
            publish(approver, mission, log)
    return fund


def _enter(lead: User, approver: User, fund: LedgerFund, records: list[Record]) -> None:
    """As few proposals as reversals allow: one names the number of a record that must be there."""
    numbers: dict[int, int] = {}
    waiting: list[tuple[int, Draft]] = []

    def enter() -> None:
        if waiting:
            with acting(lead):
                proposal = propose(lead, fund, [draft for _, draft in waiting], why=WHY)
            with acting(approver):
                made = approve(approver, proposal)
            numbers.update(zip((sequence for sequence, _ in waiting), made, strict=True))
            waiting.clear()

    for record in records:
        draft = _draft(record)
        if record.kind == "fund_opened":
            waiting.append((record.sequence, _opening(fund, lead, approver, draft)))
            enter()
            continue
        if record.kind == "reversed":
            if record.body["sequence"] not in numbers:
                enter()
            body = {**draft.body, "sequence": numbers[record.body["sequence"]]}
            draft = replace(draft, body=body)
        waiting.append((record.sequence, draft))
    enter()


def _draft(record: Record) -> Draft:
    body = {name: value for name, value in record.body.items() if name != "postings"}
    return Draft(
        kind=record.kind, body=body, key=record.idempotency_key, authority=record.authority
    )


def _opening(fund: LedgerFund, lead: User, approver: User, draft: Draft) -> Draft:
    """The first record, with the two people of the demonstration as founders."""
    made = opening(fund, lead, approver, on=draft.on, authority=draft.authority)
    body: dict[str, Any] = {**draft.body, **made.body, "reconstruction": True}
    return replace(made, body=body)
