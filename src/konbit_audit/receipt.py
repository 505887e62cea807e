"""A receipt: that one record is in a log that was signed."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from konbit_audit import canonical
from konbit_audit import values as v
from konbit_audit.export import read_keys
from konbit_audit.lie import Lie
from konbit_audit.notes import Checkpoint, NoteError, read_checkpoint, read_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from konbit_audit.notes import Key

FORMAT: Final = "konbit-receipt/1"
_LARGEST_BYTES: Final = 1_000_000
_SHORTEST_SALT_BYTES: Final = 16
_DEEPEST: Final = 31
_OPENING: Final = v.members({"salt": lambda value: type(value) is str, "value": lambda _: True})
_RECEIPT: Final = v.members(
    {
        "format": lambda value: value == FORMAT,
        "record": lambda value: type(value) is dict,
        "index": v.from_zero,
        "path": lambda value: type(value) is list and all(map(v.digest, value)),
        "checkpoint": lambda value: type(value) is str,
        "keys": lambda value: type(value) is list and all(type(key) is str for key in value),
        "opened": lambda value: type(value) is dict and all(map(_OPENING, value.values())),
    }
)


@dataclass(frozen=True)
class Shown:
    """What a receipt has shown.

    Attributes:
        record: what is in the log.
        number: its number.
        checkpoint: the state of the log that was signed.
        log_key: label of the key of the log.
        witnesses: labels of witnesses.
        is_key_brought: whether the reader brought the log's key.
        opened: what withheld members say, by name.
    """

    record: Mapping[str, Any]
    number: int
    checkpoint: Checkpoint
    log_key: str
    witnesses: tuple[str, ...]
    is_key_brought: bool
    opened: Mapping[str, Any]

    @property
    def is_rebuilt(self) -> bool:
        """Whether it is of a log put together afterwards: no other has such members."""
        body = self.record["body"]
        return "known_on" in body or "placeholder" in body or body.get("reconstruction") is True


def check_receipt(path: Path, trusted: Path | None = None) -> Shown:
    """Check a receipt.

    Raises:
        Lie: something of it is not so.
        OSError: a file cannot be read.
    """
    where = path.name
    with path.open("rb") as file:
        content = file.read(_LARGEST_BYTES).strip(b" \t\r\n")
    try:
        told = canonical.read(content)
    except canonical.NotCanonicalError as error:
        raise Lie("receipt", str(error), where=where) from error
    if not _RECEIPT(told):
        raise Lie("receipt", where=where)
    checkpoint, counted, log_key = _signed(told, trusted, where)
    number = told["index"]
    leaf = sha256(b"\x00" + canonical.write(told["record"])).digest()
    steps = [bytes.fromhex(step) for step in told["path"]]
    if _root(leaf, number, checkpoint.size, steps) != checkpoint.root:
        raise Lie("not-in-log", where=where)
    if not _is_shown(told["record"]):
        raise Lie("shape", where=where)
    if told["record"].get("sequence") != number:
        raise Lie("sequence", str(number), where=where)
    if not is_log_of(checkpoint.name, told["record"].get("fund")):
        raise Lie("sequence", checkpoint.name, where=where)
    return Shown(
        told["record"],
        number,
        checkpoint,
        log_key,
        tuple(sorted(label for label in checkpoint.seen if label in counted)),
        trusted is not None,
        _opened(told, where),
    )


def is_log_of(name: str, fund: object) -> bool:
    """Whether a log is named as that of a fund: by the last part of where it is found."""
    return type(fund) is str and name.rpartition("/")[2] == fund.replace("/", "~")


def kept_checkpoint(path: Path, trusted: Path | None) -> tuple[bytes, int | None]:
    """The checkpoint that somebody kept: the file itself, or the one in a receipt that holds.

    With it the number of the receipt's record.

    Raises:
        Lie: something of the receipt is not so.
        OSError: a file cannot be read.
    """
    content = path.read_bytes()
    if not content.lstrip().startswith(b"{"):
        return content, None
    number = check_receipt(path, trusted).number
    return str(canonical.read(content.strip(b" \t\r\n"))["checkpoint"]).encode(), number


def _is_shown(record: dict[str, Any]) -> bool:
    """Whether what was signed can be shown: who has the key of a log signs what they like."""
    body = record.get("body")
    is_body = type(body) is dict and ("postings" not in body or v.postings(body["postings"]))
    return type(record.get("kind")) is str and is_body and not _is_deeper(record, _DEEPEST)


def _is_deeper(value: Any, levels: int) -> bool:
    inner = value.values() if type(value) is dict else value if type(value) is list else ()
    return levels == 0 or any(_is_deeper(one, levels - 1) for one in inner)


def _signed(
    told: dict[str, Any], trusted: Path | None, where: str
) -> tuple[Checkpoint, set[str], str]:
    """The checkpoint, the labels of keys that count, and the label of the log's own."""
    try:
        stated = [read_key(text) for text in told["keys"]]
        own = list(read_keys(trusted, trusted.name, brought=True).values()) if trusted else stated
        keys: dict[tuple[str, bytes], Key] = {(k.name, k.number): k for k in (*stated, *own)}
        checkpoint = read_checkpoint(told["checkpoint"].encode(), keys)
    except NoteError as error:
        raise Lie("signature", str(error), where=where) from error
    labels = {key.label for key in own}
    logs = [k.label for k in own if k.name == checkpoint.name and k.label in checkpoint.signed_by]
    if not logs:
        raise Lie("key-not-trusted", checkpoint.name, where=where)
    return checkpoint, labels, logs[0]


def _root(leaf: bytes, number: int, size: int, steps: Sequence[bytes]) -> bytes | None:
    """The root to which the steps lead, from the leaf upwards; None where they cannot."""
    if number >= size:
        return None
    # From the root down: on which side of each split the leaf is.
    sides: list[bool] = []
    first, after = 0, size
    while after - first > 1:
        middle = first + (1 << (after - first - 1).bit_length() - 1)
        is_right = number >= middle
        sides.append(is_right)
        first, after = (middle, after) if is_right else (first, middle)
    if len(steps) != len(sides):
        return None
    for is_right, step in zip(reversed(sides), steps, strict=True):
        pair = step + leaf if is_right else leaf + step
        leaf = sha256(b"\x01" + pair).digest()
    return leaf


def _opened(told: dict[str, Any], where: str) -> dict[str, Any]:
    """Withheld members that the receipt opens, each proven by its digest."""
    body = told["record"].get("body")
    found = {}
    for name, opening in told["opened"].items():
        try:
            salt = bytes.fromhex(opening["salt"])
        except ValueError:
            raise Lie("receipt", name, where=where) from None
        digest = sha256(salt + canonical.write(opening["value"])).hexdigest()
        held = body.get(name) if type(body) is dict else None
        if held != {"withheld": digest} or len(salt) < _SHORTEST_SALT_BYTES:
            raise Lie("withheld", name, where=where)
        found[name] = opening["value"]
    return found
