"""People and funds for measurements of the ledger: an officer, an approver, a fund with money."""

from __future__ import annotations

import multiprocessing
import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from konbit.web.ledger.models import LedgerFund
    from konbit.web.people.models import User

# Drafts and desks are those of the tests.
sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2] / "tests")]


def workers() -> Any:
    """Where processes of their own come from, with Django set up but no session yet."""
    os.environ["PYTHONPATH"] = str(Path(__file__).parents[1])  # where `measuring` is found
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["measuring.ready"])
    return context


def make_people(codes: tuple[str, ...] = ("officer", "approver")) -> dict[str, int]:
    """A mission, and people in it named `officer…` and `approver…`; their numbers by name."""
    from konbit.web.people.acting import acting
    from konbit.web.people.actions import give_role
    from konbit.web.people.first import first_administrator
    from konbit.web.people.missions import open_mission
    from konbit.web.people.models import User

    admin = first_administrator("HOST", "Host", "admin@example.org", "Admin", "a long password 1")
    with acting(admin):
        mission = open_mission(admin, "BENCH", "Bench")
    found = {"mission": mission.pk}
    for name in codes:
        user = User.objects.create_user(
            f"{name}@example.org", "x", name=name, organisation=admin.organisation
        )
        role = "fund_officer" if name.startswith("officer") else "fund_approver"
        with acting(admin):
            give_role(admin, user, role, mission)
        found[name] = user.pk
    return found


def make_fund(people: dict[str, int], code: str, money: int = 10**12) -> int:
    """A fund with purses A and B and so much money in each; its number."""
    from konbit.web.missions.models import Mission
    from konbit.web.people.models import User
    from ledger_fund import opened_desk

    officer, approver = (User.objects.get(pk=people[name]) for name in ("officer", "approver"))
    world: Any = SimpleNamespace(mission=Mission.objects.get(pk=people["mission"]))
    return int(opened_desk(officer, approver, world, code, money).fund.pk)


def person_and_fund(person: int, fund: int) -> tuple[User, LedgerFund]:
    """A person in whose name this process asks from here on, and a fund."""
    import measuring.ready  # noqa: F401 # Django is set up by it, wherever this process comes from
    from konbit.web.ledger.models import LedgerFund
    from konbit.web.people.acting import act_as
    from konbit.web.people.models import User

    user = User.objects.get(pk=person)
    act_as(user)
    return user, LedgerFund.objects.select_related("mission").get(pk=fund)


def problems_of(fund: LedgerFund) -> list[str]:
    """What is wrong with a log: rules broken, balances or leaves that its bytes do not give."""
    from konbit.fund import Record, replay
    from konbit.fund.transparency import leaf_hash
    from konbit.web.ledger.models import LedgerBalance, LedgerPosting

    rows = list(fund.records.order_by("sequence").values_list("bytes", "leaf"))
    records = [Record.from_bytes(bytes(line)) for line, _ in rows]
    books, found = replay(records)
    kept = {
        (row.account, row.currency): (row.amount_minor, row.value_minor)
        for row in LedgerBalance.objects.filter(fund=fund)
    }
    sums: dict[tuple[str, str], tuple[int, int]] = {}
    for row in LedgerPosting.objects.filter(fund=fund).iterator():
        at = sums.get((row.account, row.currency), (0, 0))
        sums[row.account, row.currency] = (at[0] + row.amount_minor, at[1] + row.value_minor)
    wrong = [f"rule broken: {found}"] if found is not None else []
    wrong += ["balances are not those of the records"] if kept != books.balances else []
    wrong += ["postings are not those of the records"] if sums != books.balances else []
    wrong += (
        ["numbers have gaps"] if [r.sequence for r in records] != list(range(len(rows))) else []
    )
    wrong += ["a key is there twice"] if len(books.keys) != len(rows) else []
    if any(bytes(leaf) != leaf_hash(bytes(line)) for line, leaf in rows):
        wrong.append("a leaf is not its record's")
    return wrong
