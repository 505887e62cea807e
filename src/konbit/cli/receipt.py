"""A fund's receipt in words: what it proves, and what it does not."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import typer

from konbit.cli.console import show, show_json, tell
from konbit.cli.exits import ExitCode, Stop
from konbit.cli.reading import why
from konbit.terms import Money
from konbit.terms.digest import canonical_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from konbit.briefing.words import Words
    from konbit.fund.transparency import Proven, VerifierKey

LARGEST_BYTES = 1_000_000
# What a receipt can be refused for, each with its sentence.
_REFUSED = {
    "receipt-form": "cli-receipt-form",
    "receipt-signature": "cli-receipt-signature",
    "receipt-key": "cli-receipt-key",
    "receipt-inclusion": "cli-receipt-inclusion",
    "receipt-record": "cli-receipt-record",
    "receipt-withheld": "cli-receipt-withheld",
}


def verify_receipt_file(
    path: Path, keys: Path | None, words: Words, *, witnesses: int = 0, as_json: bool
) -> None:
    """Check a receipt and say what is proven; so many witnesses must have signed.

    Raises:
        Stop: a file cannot be read, or the keys are none.
        typer.Exit: nothing is proven; why has been told.
    """
    from konbit.fund.receiving import proven_by
    from konbit.fund.transparency import ReceiptError

    trusted = keys_in(keys) if keys is not None else ()
    try:
        proven = proven_by(read_bounded(path), trusted)
    except ReceiptError as error:
        if as_json:
            show_json({"verified": False, "refused": error.code})
        tell(words.say(_REFUSED[error.code]))
        raise typer.Exit(ExitCode.NOT_VERIFIED) from None
    there = len(proven.opened.witnesses)
    if there < witnesses:
        if as_json:
            show_json({"verified": False, "refused": "receipt-witnesses"})
        tell(words.say("cli-receipt-witnesses", count=there, wanted=witnesses))
        raise typer.Exit(ExitCode.NOT_VERIFIED)
    if as_json:
        show_json(_document(proven))
    else:
        show("\n".join([*_record_lines(proven.record, words), "", *_said(proven, words)]))


def read_bounded(path: Path) -> bytes:
    """The bytes of a small file; of a larger one its beginning.

    Raises:
        Stop: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_BYTES)
    except OSError as error:
        raise Stop(ExitCode.UNREADABLE, "cli-cannot-read", path=path, why=why(error)) from error


def keys_in(path: Path) -> tuple[VerifierKey, ...]:
    """Public keys of a file, one a line.

    Raises:
        Stop: it cannot be read, or a line is no key.
    """
    from konbit.fund.transparency import NoteError, VerifierKey

    try:
        lines = read_bounded(path).decode("utf-8-sig").split()
        if not lines:
            raise Stop(ExitCode.UNREADABLE, "cli-receipt-keys", path=path)
        return tuple(VerifierKey.parse(line) for line in lines)
    except (NoteError, UnicodeDecodeError) as error:
        raise Stop(ExitCode.UNREADABLE, "cli-receipt-keys", path=path) from error


def _record_lines(record: Mapping[str, Any], words: Words) -> Iterator[str]:
    """The record, member by member; money as people write it."""
    for name, value in record.items():
        if name != "body":
            yield f"{_text(name)}: {_text(value)}"
    postings = record["body"].get("postings", ())
    currencies = {abs(amount): currency for _, currency, amount, _ in postings}
    for name, value in record["body"].items():
        if name != "postings":
            shown = _text(value)
            if name.endswith("_minor") and type(value) is int and abs(value) in currencies:
                shown += f" ({words.money_exact(Money(value, currencies[abs(value)]))})"
            yield f"  {_text(name)}: {shown}"
    for account, currency, amount, _ in postings:
        yield f"    {_text(account)}: {words.money_exact(Money(amount, currency))}"


def _text(value: Any) -> str:
    """A value on one line.

    Who wrote it may lie: nothing in it ends the line and goes on as if it were the proof.
    """
    told = value if isinstance(value, str) else canonical_json(value)
    return told if told.isprintable() else json.dumps(value)


def _said(proven: Proven, words: Words) -> Iterator[str]:
    checkpoint, key = proven.opened.checkpoint, _label(proven.opened.log_key)
    yield words.say(
        "cli-receipt-proven",
        number=proven.index,
        log=checkpoint.origin,
        size=checkpoint.size,
        key=key,
    )
    for seen in proven.opened.witnesses:
        day = datetime.fromtimestamp(seen.at_seconds, tz=UTC).date()
        yield words.say("cli-receipt-witness", witness=seen.name, day=day)
    for name, value in proven.disclosed.items():
        yield words.say("cli-receipt-opened", member=_text(name), value=_text(value))
    if proven.is_rebuilt:
        yield words.say("cli-receipt-rebuilt")
    if not proven.is_key_trusted:
        yield words.say("cli-receipt-not-key", key=key)
    if not proven.opened.witnesses:
        yield words.say("cli-receipt-not-witness")
    yield words.say("cli-receipt-not-truth")
    yield words.say("cli-receipt-not-undone")
    yield words.say("cli-receipt-not-rules")


def _label(key: VerifierKey) -> str:
    return f"{key.name}+{key.key_id.hex()}"


def _document(proven: Proven) -> dict[str, Any]:
    checkpoint = proven.opened.checkpoint
    return {
        "verified": True,
        "record": proven.record,
        "number": proven.index,
        "log": checkpoint.origin,
        "size": checkpoint.size,
        "root": checkpoint.root.hex(),
        "key": str(proven.opened.log_key),
        "key_trusted": proven.is_key_trusted,
        "witnesses": {seen.name: seen.at_seconds for seen in proven.opened.witnesses},
        "opened": proven.disclosed,
    }
