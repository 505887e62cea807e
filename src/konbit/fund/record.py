"""A record of the log, and the draft of one that is not in it yet."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from konbit.fund.kinds import KINDS
from konbit.terms.digest import canonical_json

if TYPE_CHECKING:
    from collections.abc import Mapping

MEMBERS = frozenset(
    {
        "kind",
        "fund",
        "sequence",
        "recorded_at",
        "actor",
        "approver",
        "authority",
        "rule",
        "document_sha256",
        "idempotency_key",
        "body",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What somebody wants recorded; its postings follow from the books when it is.

    Attributes:
        kind: a name in `konbit.fund.kinds.KINDS`.
        body: its members, without postings.
        key: idempotency key: the same draft sent twice is recorded once.
        authority: document and paragraph that allow it.
        document_sha256: of the paper it rests on, or None.
    """

    kind: str
    body: Mapping[str, Any]
    key: str
    authority: str = ""
    document_sha256: str | None = None

    @property
    def needs_two(self) -> bool:
        """Whether a second person must approve."""
        return KINDS[self.kind].two

    @property
    def on(self) -> str:
        """Day of the event."""
        return str(self.body.get("on", ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One line of the log. See `docs/reference/ledger-records.md` for each member."""

    kind: str
    fund: str
    sequence: int
    recorded_at: str
    actor: str
    approver: str | None
    authority: str
    rule: str
    document_sha256: str | None
    idempotency_key: str
    body: Mapping[str, Any] = field(default_factory=dict)

    @property
    def on(self) -> str:
        """Day of the event."""
        return str(self.body["on"])

    @property
    def postings(self) -> tuple[tuple[str, str, int, int], ...]:
        """Account, currency, amount and value of each posting; none for what moves no money."""
        return tuple((a, c, n, v) for a, c, n, v in self.body.get("postings", ()))

    def to_bytes(self) -> bytes:
        """Its canonical JSON. Names of members are ASCII, so any order of code units agrees."""
        return canonical_json({name: getattr(self, name) for name in MEMBERS}).encode()

    @classmethod
    def from_bytes(cls, line: bytes) -> Record:
        """Read one line.

        Raises:
            ValueError: it is no JSON object with the members of a record.
        """
        found = json.loads(line)
        if type(found) is not dict or found.keys() != MEMBERS or type(found["body"]) is not dict:
            raise ValueError("a record has exactly the members of a record")
        return cls(**found)
