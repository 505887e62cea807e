"""All that can be done with a fund's money, in any order, by the record itself on PostgreSQL.

`make soak` runs it: the machine of the tests (`tests/ledger_model.py`), but every step goes through
the actions that pages use, one person or two, with commits, triggers and balances of the database.
After every step the tiny reference agrees on what was allowed and on every number; at the end of
each run the records replay, and balances and leaves are those of the bytes. The seed is printed;
with `--seed` the same steps are taken again.
"""

from __future__ import annotations

import itertools
import sys
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar

from hypothesis.stateful import initialize

from measuring.empty_record import empty_record
from measuring.ledger_people import make_people, problems_of
from measuring.machines import run_steps

from ledger_cases import TERMS  # isort: skip # found where `ledger_people` has looked
from ledger_model import GIFTS, LedgerModel  # isort: skip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.fund import Record
    from konbit.web.ledger.models import LedgerFund

STEPS_EACH = 50
ON = "2026-01-15"
_NUMBERS = itertools.count()
PEOPLE: dict[str, int] = {}


class DatabaseLog:
    """A fund's log in the record, asked as the model asks the books.

    Attributes:
        fund: whose log.
    """

    def __init__(self) -> None:
        from konbit.web.ledger.actions import open_fund, opening
        from konbit.web.missions.models import Mission
        from konbit.web.people.models import User

        self.officer, self.approver = (
            User.objects.get(pk=PEOPLE[name]) for name in ("officer", "approver")
        )
        self._as(self.officer)
        mission = Mission.objects.get(pk=PEOPLE["mission"])
        self.fund: LedgerFund = open_fund(self.officer, mission, f"M{next(_NUMBERS)}", "F", "USD")
        draft = opening(self.fund, self.officer, self.approver, on=ON, authority="Terms 1")
        assert self._two(draft) == ""
        self._balances: dict[tuple[str, str], int] = {}

    @property
    def books(self) -> DatabaseLog:
        """What the model asks for numbers."""
        return self

    @property
    def size(self) -> int:
        """Number of records."""
        self.fund.refresh_from_db(fields=["size"])
        return self.fund.size

    @property
    def records(self) -> list[Record]:
        """Every record."""
        from konbit.fund import Record

        rows = self.fund.records.order_by("sequence").values_list("bytes", flat=True)
        return [Record.from_bytes(bytes(line)) for line in rows]

    def held(self, account: str, currency: str = "") -> int:
        """What the database holds on an account."""
        return self._balances.get((account, currency or "USD"), 0)

    def do(self, kind: str, *, document: str | None = None, **body: Any) -> str:
        """Record something; the code of the rule that refuses it, or nothing."""
        from konbit.fund import KINDS, Draft
        from konbit.web.ledger.actions import post
        from konbit.web.ledger.models import LedgerBalance
        from konbit.web.ledger.refusing import LedgerRefusedError

        body.pop("actor", None)
        draft = Draft(kind=kind, body={"on": ON, **body}, key=f"k{next(_NUMBERS)}",
                      authority="Financial rule 1", document_sha256=document)  # fmt: skip
        self._as(self.officer)
        try:
            if KINDS[kind].two:
                return self._two(draft)
            post(self.officer, self.fund, [draft])
        except LedgerRefusedError as error:
            return error.finding.code.removeprefix("ledger-")
        finally:
            self._as(self.officer)
            rows = LedgerBalance.objects.filter(fund=self.fund)
            self._balances = {
                (account, money): amount
                for account, money, amount in rows.values_list(
                    "account", "currency", "amount_minor"
                )
            }
        return ""

    def must(self, kind: str, **body: Any) -> None:
        """Record something that is allowed."""
        said = self.do(kind, **body)
        assert said == "", said

    def _two(self, draft: Any) -> str:
        from konbit.web.ledger.actions import approve, propose
        from konbit.web.ledger.models import LedgerProposal

        proposed = propose(self.officer, self.fund, [draft])
        self._as(self.approver)
        found = LedgerProposal.objects.select_related("by", "fund__mission").get(pk=proposed.pk)
        approve(self.approver, found)
        return ""

    def _as(self, user: Any) -> None:
        from konbit.web.people.acting import act_as

        act_as(user)


class InDatabase(LedgerModel):
    """The same steps, and how often each was allowed and refused."""

    told: ClassVar[Counter[str]] = Counter()

    @initialize()
    def open(self) -> None:
        """A fund as `ledger_cases.opened` makes it, in the record."""
        log = DatabaseLog()
        log.must("bank_opened", bank="MAIN", currency="USD")
        log.must("bank_opened", bank="OTTAWA", currency="CAD")
        log.must("purse_opened", purse="A", **{**TERMS, "reserve_ppm": 50_000})
        log.must("purse_opened", purse="B", **TERMS)
        log.must("exchange_rate_dated", currency="CAD", rate="0.7312")
        for gift, (purse, currency) in GIFTS.items():
            log.must("contribution_opened", contribution=gift, donor=gift[:3], purse=purse,
                     currency=currency, title=gift)  # fmt: skip
        self.begin(log)

    def step(self, is_allowed: bool, refused: str, **moves: int) -> None:
        """Count a step, and take it."""
        self.told[f"refused: {refused}" if refused else "allowed"] += 1
        super().step(is_allowed, refused, **moves)

    def teardown(self) -> None:
        """The log replays, and what the database keeps is what its bytes say."""
        super().teardown()
        if hasattr(self, "log"):
            assert problems_of(self.log.fund) == []


@contextmanager
def with_people() -> Iterator[None]:
    """An empty record with the people who take the steps."""
    with empty_record("http://localhost:8797"):
        PEOPLE.update(make_people())
        yield


def main() -> int:
    """Run it; an error shows the shortest steps that break it."""
    return run_steps(
        "ledger in the database", InDatabase, InDatabase.told, steps=2_000, examples=5,
        steps_each=STEPS_EACH, agree="record and reference agree", about=__doc__,
        inside=with_people(),
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
