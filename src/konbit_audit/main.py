"""The program `konbit-audit`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zipfile import is_zipfile

from konbit_audit.audit import audit
from konbit_audit.export import folder_of
from konbit_audit.lie import Lie
from konbit_audit.receipt import check_receipt
from konbit_audit.showing import statement_lines
from konbit_audit.values import day
from konbit_audit.words import LANGUAGES, Words, language_of_the_system

if TYPE_CHECKING:
    from collections.abc import Sequence

    from konbit_audit.audit import Found
    from konbit_audit.receipt import Shown

FINE: Final = 0
LIED: Final = 1
USAGE: Final = 2
UNREADABLE: Final = 4
_LONGEST_SHOWN: Final = 400
_MOST_NUMBERS: Final = 12


class NotAnExportError(Exception):
    """What was named is neither the folder of an export nor a receipt."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Audit an export or a receipt; the exit code says whether everything in it is so."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    if asked.known is not None and asked.statement is None:
        parser.error("--known says what a --statement rests on")
    if asked.statement is not None and asked.export.is_file():
        parser.error("--statement is of an export, which is a folder")
    words = Words(asked.lang or language_of_the_system())
    try:
        lines = _lines(asked, words)
    except Lie as lie:
        _tell(told(lie, words))
        return LIED
    except NotAnExportError:
        _tell(words.say("no-export", path=asked.export))
        return UNREADABLE
    except OSError as error:
        _tell(words.say("unreadable", path=error.filename, why=error.strerror))
        return UNREADABLE
    sys.stdout.write("\n".join(lines) + "\n")
    return FINE


def _lines(asked: argparse.Namespace, words: Words) -> list[str]:
    """Audit a folder, or check a file as a receipt."""
    if asked.export.is_dir():
        folder = folder_of(asked.export)
        if folder is None:
            raise NotAnExportError
        found = audit(
            folder,
            earlier=asked.earlier,
            trusted=asked.keys,
            witnesses=asked.witnesses,
            wanted=_wanted(asked),
        )
        return shown(found, words)
    if is_zipfile(asked.export):
        raise NotAnExportError
    receipt = check_receipt(asked.export, asked.keys)
    if len(receipt.witnesses) < asked.witnesses:
        raise Lie("witnesses", str(len(receipt.witnesses)), where=asked.export.name)
    return shown_of_receipt(receipt, words)


def _wanted(asked: argparse.Namespace) -> dict[str, Any] | None:
    if asked.statement is None:
        return None
    return {"on": asked.statement, "known_on": asked.known, "known_before": None}


def _day(text: str) -> str:
    if not day(text):
        raise argparse.ArgumentTypeError(f"{text} is no day such as 2026-11-30")
    return text


def told(lie: Lie, words: Words) -> str:
    """A lie in words: which file, which record, which rule, what was found."""
    name = "lie-in-file" if lie.sequence is None else "lie-in-record"
    head = words.say(name, where=lie.where, number=lie.sequence, rule=lie.rule)
    detail = f" ({on_one_line(lie.detail)})" if lie.detail else ""
    return f"{on_one_line(head)} {words.say(lie.rule)}{detail}"


def on_one_line(text: str) -> str:
    """Of what somebody may have written to mislead: nothing that ends the line, or moves on it."""
    shown = "".join(sign if sign.isprintable() else "\ufffd" for sign in text)
    return shown if len(shown) <= _LONGEST_SHOWN else f"{shown[:_LONGEST_SHOWN]}…"


def shown(found: Found, words: Words) -> list[str]:
    """What an audit has shown, and what it has not."""
    lines = [
        words.say("log", name=found.name, records=found.records, postings=found.postings),
        words.say("figures", statements=found.statements, closes=found.closes),
        words.say("history-kept", checkpoints=found.checkpoints, earlier=found.earlier),
        words.say("signed-by", key=found.log_key),
    ]
    if found.witnesses:
        lines.append(words.say("seen-by", witnesses=", ".join(found.witnesses)))
    for number, by in sorted(found.receipts.items()):
        name = "receipt-stands" if by is None else "receipt-undone"
        lines.append(words.say(name, number=number, by=by))
    if found.placeholders is not None:
        lines.append(words.say("rebuilt", count=found.placeholders, records=found.records))
    for code, numbers in sorted(found.worth_asking.items()):
        named = ", ".join(map(str, numbers[:_MOST_NUMBERS]))
        more = f" … (+{len(numbers) - _MOST_NUMBERS})" if len(numbers) > _MOST_NUMBERS else ""
        lines.append(words.say(code, records=named + more))
    lines.append(words.say("not-shown"))
    if not found.is_key_brought:
        lines.append(words.say("no-key-brought", key=found.log_key))
    if not found.witnesses:
        lines.append(words.say("no-witness"))
    if not found.earlier:
        lines.append(words.say("no-earlier"))
    if found.recomputed is not None:
        lines += ["", *statement_lines(found.recomputed, words)]
    return lines


def shown_of_receipt(found: Shown, words: Words) -> list[str]:
    """What a receipt has shown, and what it has not."""
    lines = [_as_json(found.record, indent=1)]
    lines.append(
        words.say(
            "in-log",
            number=found.number,
            name=found.checkpoint.name,
            size=found.checkpoint.size,
            key=found.log_key,
        )
    )
    for member, value in found.opened.items():
        lines.append(words.say("opened", member=_as_text(member), value=_as_text(value)))
    if found.witnesses:
        lines.append(words.say("seen-by", witnesses=", ".join(found.witnesses)))
    if found.is_rebuilt:
        lines.append(words.say("rebuilt-record"))
    lines.append(words.say("not-shown"))
    lines.append(words.say("undone-not-shown"))
    lines.append(words.say("rules-not-shown"))
    if not found.is_key_brought:
        lines.append(words.say("no-key-brought", key=found.log_key))
    if not found.witnesses:
        lines.append(words.say("no-witness"))
    return lines


def _as_text(value: object) -> str:
    return value if isinstance(value, str) and value.isprintable() else _as_json(value)


def _as_json(value: object, indent: int | None = None) -> str:
    """Letters as they are, as long as each can be seen."""
    told = json.dumps(value, ensure_ascii=False, indent=indent)
    return told if told.replace("\n", "").isprintable() else json.dumps(value, indent=indent)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="konbit-audit",
        description="Replay a fund's public export and check everything in it, trusting nobody. "
        "Exit codes: 0 nothing is otherwise than it says; 1 a lie was found, and is told; "
        "2 the command was not understood; 4 a file cannot be read.",
    )
    parser.add_argument(
        "export",
        type=Path,
        metavar="EXPORT",
        help="folder of the export; or a file, which is checked as a receipt",
    )
    parser.add_argument(
        "--earlier",
        type=Path,
        metavar="CHECKPOINT",
        action="append",
        default=[],
        help="a checkpoint of this log, or a receipt, that you kept; may be given again and again",
    )
    parser.add_argument(
        "--keys",
        type=Path,
        metavar="FILE",
        help="keys that you trust, one a line: the log's, and those of witnesses",
    )
    parser.add_argument(
        "--witnesses",
        type=int,
        default=0,
        metavar="NUMBER",
        help="how many witnesses must have signed the last checkpoint",
    )
    parser.add_argument(
        "--statement",
        type=_day,
        metavar="DAY",
        help="recompute the statement on this day, and print it",
    )
    parser.add_argument(
        "--known",
        type=_day,
        metavar="DAY",
        help="with --statement: only from what was recorded by this day",
    )
    parser.add_argument("--lang", choices=LANGUAGES, help="language of what is printed")
    return parser


def _tell(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def run() -> None:
    """Entry point."""
    sys.exit(main())
