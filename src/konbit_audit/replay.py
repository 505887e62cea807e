"""Replaying a log: each record is asked every rule, in the order of the page, before it counts."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from konbit_audit import canonical
from konbit_audit.asking import Asking
from konbit_audit.claims import wrong_line
from konbit_audit.kinds import KINDS, MAY, RECORD
from konbit_audit.learning import learn
from konbit_audit.lie import Lie
from konbit_audit.moving import moved
from konbit_audit.naming import wrong_reference
from konbit_audit.people import lacks_authority, lacks_second_person, same_person_twice
from konbit_audit.state import State
from konbit_audit.statements import Asked, Closing, effects, statement
from konbit_audit.steps import (
    against_terms,
    lacks_consent,
    lacks_exchange_rate,
    out_of_step,
    undone_out_of_step,
)
from konbit_audit.values import day, members, postings, wrong_member

if TYPE_CHECKING:
    from collections.abc import Callable

    from konbit_audit.kinds import Kind

_IS_RECORD: Final = members(RECORD)
_NEVER_REVERSED: Final = frozenset({"reversed", "withdrawn", "expired"})


class Replay:
    """A log so far.

    Args:
        asked: which statements will be asked for at the end.
        earlier: bytes of an earlier record by its number, for reversals.
    """

    def __init__(self, asked: Asked, earlier: Callable[[int], bytes]) -> None:
        self.state = State()
        self.postings_count = 0
        self.closes_count = 0
        self.placeholders_count = 0
        self.asking = Asking()
        self._asked = asked
        self._earlier = earlier
        self._closing = Closing()

    def take(self, content: bytes) -> None:
        """One record more.

        Raises:
            Lie: it breaks a rule.
        """
        sequence = self.state.size
        record = self._read(content)
        kind = KINDS[record["kind"]]
        for rule, found in (
            ("sequence", self._out_of_sequence(record)),
            ("clock", self._before_the_last(record)),
            ("day", self._on_no_such_day(record)),
            ("period", self._in_a_closed_period(record)),
            ("idempotency", record["idempotency_key"] in self.state.keys),
            ("authority", lacks_authority(self.state, kind, record)),
            ("four-eyes", lacks_second_person(self.state, kind, record)),
            ("segregation", same_person_twice(self.state, record)),
        ):
            if found:
                raise Lie(rule, _detail(record, found), sequence=sequence)
        self._money(record, sequence)
        self._count(record, sequence)
        self.placeholders_count += "placeholder" in record["body"]
        self.asking.take(self.state, record)
        learn(self.state, record)

    def _read(self, content: bytes) -> dict[str, Any]:
        try:
            record = canonical.read(content)
        except canonical.NotCanonicalError as error:
            raise Lie("canonical", str(error), sequence=self.state.size) from error
        wrong = _misshapen(record)
        if wrong:
            raise Lie("shape", wrong, sequence=self.state.size)
        return record  # type: ignore[no-any-return]  # it has just been asked what it is

    def _out_of_sequence(self, record: dict[str, Any]) -> str:
        if record["sequence"] != self.state.size:
            return f"{record['sequence']} ≠ {self.state.size}"
        if (record["kind"] == "fund_opened") != (self.state.size == 0):
            return "fund_opened comes first, and once"
        return record["fund"] if self.state.fund not in {"", record["fund"]} else ""

    def _before_the_last(self, record: dict[str, Any]) -> str:
        last = self.state.recorded_at
        return f"{record['recorded_at']} after {last}" if record["recorded_at"] < last else ""

    def _on_no_such_day(self, record: dict[str, Any]) -> str:
        body, today = record["body"], record["recorded_at"][:10]
        is_reconstruction = self.state.is_reconstruction or body.get("reconstruction") is True
        if body["on"] > today:
            return f"{body['on']} was recorded on {today}"
        if ("known_on" in body or "placeholder" in body) and not is_reconstruction:
            return "this fund is no reconstruction"
        if "known_on" in body and not body["on"] <= body["known_on"] <= today:
            return f"known_on {body['known_on']}"
        if record["kind"] in {"presence_returned", "presence_verified"}:
            return f"{body['month']} is not over" if body["month"] >= body["on"][:7] else ""
        return ""

    def _in_a_closed_period(self, record: dict[str, Any]) -> str:
        body, closed = record["body"], self.state.closed_until
        if body["on"] < closed:
            return f"{body['on']} is before {closed}"
        if record["kind"] == "period_closed" and not closed < body["until_on"] <= body["on"]:
            return f"until {body['until_on']}"
        return ""

    def _money(self, record: dict[str, Any], sequence: int) -> None:
        """The rules on what is named and moved; the postings are then on their accounts."""
        state, kind, body = self.state, record["kind"], record["body"]
        for rule, ask in _ON_MONEY:
            found = ask(state, kind, body, record)
            if found:
                raise Lie(rule, _detail(record, found), sequence=sequence)
        expected = (
            self._reversal(body, sequence) if kind == "reversed" else moved(state, kind, body)
        )
        stated = body.get("postings")
        if stated != expected:
            raise Lie("postings", _first_difference(stated, expected), sequence=sequence)
        if stated is None:
            return
        if _is_uneven(stated):
            raise Lie("zero-sum", sequence=sequence)
        short = state.post(stated)
        if short:
            raise Lie("overdrawn", short, sequence=sequence)
        self.postings_count += len(stated)

    def _reversal(self, body: dict[str, Any], sequence: int) -> list[list[Any]]:
        number = body["sequence"]
        before = canonical.read(self._earlier(number))
        rows = before["body"].get("postings")
        if rows is not None and number not in self.state.reversed:
            early = undone_out_of_step(self.state, body["on"], before)
            if early:
                raise Lie("stage", f"reversed: {early}", sequence=sequence)
            if before["kind"] not in _NEVER_REVERSED:
                return [[account, money, -amount, -worth] for account, money, amount, worth in rows]
        raise Lie("reversal", f"{before['kind']} {number}", sequence=sequence)

    def _count(self, record: dict[str, Any], sequence: int) -> None:
        """Let the record count in statements; a close must say what they then say."""
        kind, body = record["kind"], record["body"]
        if kind == "period_closed":
            on = day_before(body["until_on"])
            sums = self._closing.until(body["until_on"])
            said = statement(self.state, sums, on, None, sequence)
            if sha256(canonical.write(said)).hexdigest() != body["statement_sha256"]:
                raise Lie("close", f"{body['period']} {on}", sequence=sequence)
            self.closes_count += 1
            self.asking.closed(said, sequence)
        found = effects(kind, body)
        self._closing.count(body["on"], found)
        known_on = record["recorded_at"][:10]
        if self.state.is_reconstruction:
            known_on = body.get("known_on", body["on"])
        self._asked.count(body["on"], known_on, sequence, found)


def day_before(text: str) -> str:
    """The day before a day."""
    return (date.fromisoformat(text) - timedelta(days=1)).isoformat()


def _misshapen(record: Any) -> str:
    """The first member that is not as it must be, or nothing."""
    if not _IS_RECORD(record):
        return "record"
    kind, body = KINDS.get(record["kind"]), record["body"]
    if kind is None:
        return "kind"
    if record["rule"] != record["kind"].replace("_", "-"):
        return "rule"
    wrong = wrong_member(kind.body, body)
    if wrong:
        return f"body.{wrong}"
    if "on" not in body or not day(body["on"]):
        return "body.on"
    return _beside(kind, body)


def _beside(kind: Kind, body: dict[str, Any]) -> str:
    """Members that a body may hold beside those that it must."""
    if len(body) == len(kind.body) + 1:
        return ""
    for name in body:
        if name == "on" or name in kind.body:
            continue
        if name == "postings":
            moves = kind.moves or body.get("stage") == "signed"
            if not moves or not postings(body["postings"]):
                return "body.postings"
        elif name not in MAY or not MAY[name](body[name]):
            return f"body.{name}"
    return ""


_ON_MONEY: Final[
    tuple[tuple[str, Callable[[State, str, dict[str, Any], dict[str, Any]], str | bool]], ...]
] = (
    ("reference", lambda state, kind, body, _: wrong_reference(state, kind, body)),
    ("stage", lambda state, kind, body, _: out_of_step(state, kind, body)),
    ("consent", lambda state, _kind, _body, record: lacks_consent(state, record)),
    ("rate", lambda state, kind, body, _: lacks_exchange_rate(state, kind, body)),
    ("earmark", lambda state, kind, body, _: against_terms(state, kind, body)),
    ("claim", lambda state, kind, body, _: wrong_line(state, kind, body)),
)


def _is_uneven(rows: list[Any]) -> bool:
    sums: dict[str, int] = {}
    values = 0
    for _, currency, amount, worth in rows:
        sums[currency] = sums.get(currency, 0) + amount
        values += worth
    return values != 0 or any(sums.values())


def _first_difference(stated: Any, expected: Any) -> str:
    for said, derived in zip(stated or (), expected or (), strict=False):
        if said != derived:
            return f"{said} ≠ {derived}"
    return f"{len(stated or ())} ≠ {len(expected or ())}"


def _detail(record: dict[str, Any], found: str | bool) -> str:
    return f"{record['kind']}: {found}" if isinstance(found, str) else str(record["kind"])
