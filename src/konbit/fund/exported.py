"""What a fund's public export says of its claims, once every record and signature was asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from konbit.fund.books import Books
from konbit.fund.log import admit
from konbit.fund.record import Record
from konbit.fund.standing import Standing, rows_of, standings
from konbit.fund.transparency import (
    Frontier,
    NotCanonicalError,
    Note,
    NoteError,
    VerifierKey,
    leaf_hash,
    opened,
    parse_canonical,
)
from konbit.terms import Severity
from konbit.terms.finding import finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from konbit.dossier.tables.arrears import ClaimStanding
    from konbit.terms import Finding

_AFTER_ALL_DAYS = "9999-12-32"


@dataclass(frozen=True, slots=True)
class Told:
    """What an export says of claims at the end of a day.

    Attributes:
        fund: its code.
        currency: its currency.
        is_reconstruction: whether the log was put together afterwards.
        on: the last day that was counted.
        known: the day as known on which; None for all that is known.
        claims: as they stood, in the order in which they were made.
        size: how many records the log has.
        key: name and number of the key that signed it.
    """

    fund: str
    currency: str
    is_reconstruction: bool
    on: date
    known: date | None
    claims: tuple[Standing, ...]
    size: int
    key: str

    @property
    def rows(self) -> tuple[ClaimStanding, ...]:
        """Rows of the table `arrears`, as the record itself makes them."""
        return rows_of(
            self.claims,
            fund=self.fund,
            currency=self.currency,
            on=self.on,
            known=self.known,
            is_reconstruction=self.is_reconstruction,
        )


def claims_told(
    lines: Iterable[bytes],
    checkpoints: Mapping[str, str],
    keys: Iterable[str],
    *,
    trusted: Iterable[VerifierKey] = (),
    on: date | None = None,
    known: date | None = None,
) -> tuple[Told | None, tuple[Finding, ...]]:
    """Claims as an export tells them, and everything that is wrong or worth knowing of it.

    Args:
        lines: of the log.
        checkpoints: text of each by the name of its file.
        keys: of the log and its witnesses as the export names them, one a text.
        trusted: keys that the reader has from elsewhere. Where there are any, only they count.
        on: the last day that counts; None for the day of the last record.
        known: as known on this day; None for all that is known.

    Returns:
        Nothing told where a finding is an error.
    """
    own = tuple(trusted)
    reading = _Reading(checkpoints, own or tuple(_read_keys(keys)))
    until = _AFTER_ALL_DAYS if on is None else (on + timedelta(days=1)).isoformat()
    known_until = None if known is None else known.isoformat()
    found = standings(reading.records(lines), until=until, known_until=known_until)
    reading.end()
    if not own and reading.key:
        reading.note("export-key", Severity.NOTE, key=reading.key)
    books = reading.books
    if any(one.severity is Severity.ERROR for one in reading.findings):
        return None, tuple(reading.findings)
    told = Told(
        fund=reading.fund,
        currency=books.currency,
        is_reconstruction=books.is_reconstruction,
        on=on or date.fromisoformat(books.recorded_at[:10]),
        known=known,
        claims=tuple(found.values()),
        size=books.size,
        key=reading.key,
    )
    if not told.claims:
        reading.note("export-nothing-claimed", Severity.NOTE, on=told.on)
    return told, tuple(reading.findings)


def _read_keys(texts: Iterable[str]) -> Iterator[VerifierKey]:
    """Those that are keys; without the right one nothing is signed, and that is told."""
    for text in texts:
        try:
            yield VerifierKey.parse(text)
        except NoteError:
            continue


class _Reading:
    """A log while it is read: each line is hashed, asked by every rule, and counted."""

    def __init__(self, checkpoints: Mapping[str, str], keys: tuple[VerifierKey, ...]) -> None:
        self.books, self.fund, self.key = Books(), "", ""
        self.findings: list[Finding] = []
        self._tree = Frontier()
        self._is_broken = self._is_rewritten = False
        self._waiting = sorted(self._opened(checkpoints, keys), reverse=True)
        self._signed = self._waiting[0][0] if self._waiting else 0

    def note(self, code: str, severity: Severity, row: str = "", **values: object) -> None:
        """Find something."""
        self.findings.append(finding(code, severity, "", row, "", **values))

    def records(self, lines: Iterable[bytes]) -> Iterator[Record]:
        """The records, up to the first that breaks a rule; the lines after it are read as well."""
        for line in lines:
            number = self._tree.size
            self._tree = self._tree.append(leaf_hash(line))
            record = self._record(line, number)
            if record is not None and not self._is_broken:
                told = admit(record, self.books)
                if told is None:
                    self.fund = record.fund
                    yield record
                else:
                    rule = told.code.removeprefix("ledger-")
                    self.note("export-rule", Severity.ERROR, row=str(number), rule=rule)
                    self._is_broken = True
            self._compare()

    def end(self) -> None:
        """What can be asked once all was read."""
        if not self._tree.size:
            self.note("export-empty", Severity.ERROR)
        for size, _, name in self._waiting:
            self.note("export-cut-off", Severity.ERROR, row=name, count=self._tree.size, size=size)
        if not self._signed:
            self.note("export-unsigned", Severity.ERROR)
        elif self._signed < self._tree.size:
            self.note("export-unsigned-end", Severity.WARNING, first=self._signed)

    def _record(self, line: bytes, number: int) -> Record | None:
        try:
            parse_canonical(line)
            return Record.from_bytes(line)
        except (NotCanonicalError, ValueError):
            self.note("export-line", Severity.ERROR, row=str(number))
            self._is_broken = True
            return None

    def _opened(
        self, checkpoints: Mapping[str, str], keys: tuple[VerifierKey, ...]
    ) -> Iterator[tuple[int, bytes, str]]:
        """Size, root and file of each checkpoint that the log signed."""
        for name, text in checkpoints.items():
            try:
                said = opened(Note.parse(text), keys)
            except NoteError:
                self.note("export-checkpoint", Severity.ERROR, row=name)
                continue
            self.key = f"{said.log_key.name}+{said.log_key.key_id.hex()}"
            yield said.checkpoint.size, said.checkpoint.root, name

    def _compare(self) -> None:
        """At the size of a checkpoint the records are those over which it was signed."""
        while self._waiting and self._waiting[-1][0] == self._tree.size:
            _, root, name = self._waiting.pop()
            if root != self._tree.root and not self._is_rewritten:
                self._is_rewritten = True  # then no later root can agree either
                self.note("export-history", Severity.ERROR, row=name)
