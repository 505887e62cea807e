"""What records of a fund's log say, in words: those that wait for a second person, those kept."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from konbit.fund import KINDS, Record
from konbit.fund import shapes as s
from konbit.fund.kinds import OPTIONAL
from konbit.terms import Money
from konbit.web.ledger.actions import drafts_of
from konbit.web.ledger.banks.queries import bank_currencies
from konbit.web.ledger.forms import currency_of
from konbit.web.ledger.identities import opaque
from konbit.web.ledger.models import LedgerOpening, LedgerRecord
from konbit.web.ledger.names import Names
from konbit.web.people.models import User
from konbit.web.people.roles import LEDGER_ROLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from konbit.fund import Draft
    from konbit.web.ledger.models import LedgerFund, LedgerProposal
    from konbit.web.words import PageWords

_WORDS = frozenset({"stage", "taken_from", "counted", "why"})
_IN_HEADING = frozenset({"on", "known_on", "placeholder"})
_PPM_DECIMALS = 4  # parts per million in per cent


def shown_proposal(
    fund: LedgerFund, proposal: LedgerProposal, reader: User, words: PageWords
) -> dict[str, Any]:
    """A proposal as pages show it: every member of every record in words, amounts to the cent."""
    drafts = drafts_of(proposal)
    told = _Told(fund, drafts, words)
    lines = [
        {"kind": f"kind-{draft.kind.replace('_', '-')}", "members": told.members(draft)}
        for draft in drafts
    ]
    return {"proposal": proposal, "lines": lines, "is_mine": proposal.by_id == reader.pk}


def members_in_words(
    fund: LedgerFund, records: Iterable[Record], words: PageWords, names: Names
) -> list[list[tuple[str, str]]]:
    """What each of several records says, member by member, in words: but for what heads it."""
    kept = tuple(records)
    told = _Told(fund, kept, words, names)
    return [told.members(record, without=_IN_HEADING) for record in kept]


def people_of(fund: LedgerFund) -> dict[str, str]:
    """Names of the people of the mission by what the log calls them."""
    users = User.objects.filter(assignments__mission=fund.mission_id).distinct()
    return {opaque(fund, user): user.name for user in users}


class _Told:
    """Words for the members of drafts; what names mean is looked up once, and only if asked."""

    def __init__(
        self,
        fund: LedgerFund,
        drafts: Iterable[Draft | Record],
        words: PageWords,
        names: Names | None = None,
    ) -> None:
        self._fund, self._drafts, self._words = fund, tuple(drafts), words
        self._codes = names or Names(fund, words)

    def members(self, draft: Draft | Record, without: Iterable[str] = ()) -> list[tuple[str, str]]:
        """What a draft says, member by member, and by which authority; nothing that is empty."""
        body: Mapping[str, Any] = draft.body
        found = [
            (self._label(name), self._text(draft.kind, body, name))
            for name in (*KINDS[draft.kind].members, *OPTIONAL)
            if name not in without and body.get(name) not in ("", None, [])
        ]
        rests_on = {"authority": draft.authority, "document_sha256": draft.document_sha256}
        return [*found, *((self._label(name), str(on)) for name, on in rests_on.items() if on)]

    def _label(self, name: str) -> str:
        return self._words.say(f"entry-{name.replace('_', '-')}")

    def _text(self, kind: str, body: Mapping[str, Any], name: str) -> str:
        value, words = body[name], self._words
        by_name = _BY_NAME.get(name)
        if by_name is not None:
            return by_name(self, value)
        if self._codes.knows(name):
            codes = value if isinstance(value, list) else [value]
            return ", ".join(self._codes.named(name, str(code)) for code in codes)
        if name.endswith("_minor"):
            return self._money(kind, name, body, value)
        if name.endswith("_ppm"):
            share = Decimal(value).scaleb(-_PPM_DECIMALS).normalize()
            return words.exact(f"{share:f}")
        if name in _WORDS and words.knows(f"word-{value}"):
            return words.say(f"word-{value}")
        test = {**KINDS[kind].members, **OPTIONAL}[name]
        if test in {s.is_day, s.is_day_or_null}:
            return words.day(date.fromisoformat(value))
        if test is s.is_month:
            return words.month(value)
        if isinstance(value, list):
            return ", ".join(str(code) for code in value)
        return words.text(value)

    def _money(self, kind: str, name: str, body: Mapping[str, Any], value: int) -> str:
        own = self._fund.currency
        currency = currency_of(kind, name, body, self._gifts, self._banks, own)
        return self._words.money_exact(Money(value, currency))

    def _of_mission(self, _code: str) -> str:
        return self._fund.mission.title

    def _people(self, founders: Iterable[Mapping[str, str]]) -> str:
        return "; ".join(
            f"{self._name(one['who'])} ({self._role(one['role'])})" for one in founders
        )

    def _name(self, who: str) -> str:
        return self._names.get(who, who)

    def _role(self, role: str) -> str:
        return self._words.say(f"role-{LEDGER_ROLES[role]}")

    def _withheld(self, value: Mapping[str, str]) -> str:
        """What stands behind a commitment, for those who read the mission."""
        return self._openings.get(value["withheld"], value["withheld"])

    def _claimed(self, lines: Iterable[Mapping[str, Any]]) -> str:
        said = (
            f"{self._words.month(line['month'])}, {line['rate']}: "
            f"{self._words.money_exact(Money(line['amount_minor'], self._fund.currency))}"
            for line in lines
        )
        return "; ".join(said)

    def _record(self, sequence: int) -> str:
        """The record that is undone: its number, and what it says."""
        row = LedgerRecord.objects.filter(fund=self._fund, sequence=sequence).first()
        if row is None:
            return self._words.text(sequence)
        record = Record.from_bytes(bytes(row.bytes))
        kind = self._words.say(f"kind-{record.kind.replace('_', '-')}")
        members = self.members(record, without=_IN_HEADING)
        said = "; ".join(f"{name}: {value}" for name, value in members)
        return f"{self._words.text(sequence)} · {kind}, {self._words.day(row.on)} ({said})"

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return people_of(self._fund)

    @cached_property
    def _openings(self) -> Mapping[str, str]:
        found = LedgerOpening.objects.filter(fund=self._fund)
        asked = {
            draft.body[name]["withheld"]
            for draft in self._drafts
            for name in ("note", "payee_account")
            if name in draft.body
        }
        return dict(found.filter(commitment__in=asked).values_list("commitment", "text"))

    @cached_property
    def _gifts(self) -> Mapping[str, str]:
        """Currency of each contribution, those that these drafts open among them."""
        rows = LedgerRecord.objects.filter(fund=self._fund, kind="contribution_opened")
        lines = rows.values_list("bytes", flat=True)
        bodies = [Record.from_bytes(bytes(line)).body for line in lines]
        bodies += [d.body for d in self._drafts if d.kind == "contribution_opened"]
        return {str(body["contribution"]): str(body["currency"]) for body in bodies}

    @cached_property
    def _banks(self) -> Mapping[str, str]:
        """Currency of each bank account, those that these drafts open among them."""
        opened = (d.body for d in self._drafts if d.kind == "bank_opened")
        return bank_currencies(self._fund) | {b["bank"]: b["currency"] for b in opened}


_BY_NAME: Mapping[str, Callable[[_Told, Any], str]] = {
    "mission": _Told._of_mission,
    "founders": _Told._people,
    "who": _Told._name,
    "role": _Told._role,
    "note": _Told._withheld,
    "payee_account": _Told._withheld,
    "lines": _Told._claimed,
    "sequence": _Told._record,
}
