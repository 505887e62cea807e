"""Signed checkpoints, read strictly: every character is either signed, or part of a signature."""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

if TYPE_CHECKING:
    from collections.abc import Mapping

LOG: Final = 1
WITNESS: Final = 4
_SIGNATURE: Final = 64
_LATEST: Final = 2**63 - 1


class NoteError(ValueError):
    """Something is not written as a key or a checkpoint is."""


@dataclass(frozen=True)
class Key:
    """A public key: of the log (`kind` 1) or of a witness (4)."""

    name: str
    kind: int
    public: bytes

    @property
    def number(self) -> bytes:
        """By which a signature names it."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    @property
    def label(self) -> str:
        """Name and number, as people compare them."""
        return f"{self.name}+{self.number.hex()}"


@dataclass(frozen=True)
class Checkpoint:
    """What a log said of itself.

    Attributes:
        name: of the log.
        size: how many records.
        root: over them.
        signed_by: labels of the keys whose signatures hold.
        seen: second since 1970 at which each witness says it saw this, by label.
    """

    name: str
    size: int
    root: bytes
    signed_by: frozenset[str]
    seen: Mapping[str, int]


def read_key(line: str) -> Key:
    """Read `name+number+base64`."""
    name, _, rest = line.partition("+")
    number, _, encoded = rest.partition("+")
    content = _bytes(encoded)
    if not _is_name(name) or len(content) != 33 or content[0] not in {LOG, WITNESS}:
        raise NoteError(f"no key: {line}")
    key = Key(name, content[0], content[1:])
    if key.number.hex() != number:
        raise NoteError(f"the number is not that of the key: {line}")
    return key


def read_checkpoint(content: bytes, keys: Mapping[tuple[str, bytes], Key]) -> Checkpoint:
    """Read a checkpoint and check each of its signatures.

    Args:
        content: of the file.
        keys: that may sign, by name and number.

    Raises:
        NoteError: it is none; a signature is false, doubled, or of a key not among these; the log
            itself did not sign.
    """
    try:
        text, _, lines = content.decode().partition("\n\n")
    except UnicodeDecodeError:
        raise NoteError("no text") from None
    if not lines.endswith("\n"):
        raise NoteError("no signatures, or an end that is cut off")
    body = f"{text}\n"
    name, size, root = _said(text)
    seen: dict[str, int] = {}
    signed_by: set[str] = set()
    for line in lines[:-1].split("\n"):
        key, moment = _signature(line, body, keys)
        if key.label in signed_by:
            raise NoteError(f"{key.label} signed twice")
        signed_by.add(key.label)
        if key.kind == WITNESS:
            seen[key.label] = moment
    if not any(
        key.kind == LOG and key.name == name for key in keys.values() if key.label in signed_by
    ):
        raise NoteError(f"{name} itself did not sign")
    return Checkpoint(name, size, root, frozenset(signed_by), seen)


def _said(text: str) -> tuple[str, int, bytes]:
    parts = text.split("\n")
    if len(parts) != 3 or not _is_name(parts[0]):
        raise NoteError("a checkpoint is three lines: name, size, root")
    name, size, encoded = parts
    root = _bytes(encoded)
    if not size.isascii() or not size.isdigit() or str(int(size)) != size or len(root) != 32:
        raise NoteError("size or root is not written as it must be")
    return name, int(size), root


def _signature(line: str, body: str, keys: Mapping[tuple[str, bytes], Key]) -> tuple[Key, int]:
    dash, _, rest = line.partition(" ")
    name, _, encoded = rest.partition(" ")
    content = _bytes(encoded)
    key = keys.get((name, content[:4]))
    if dash != "—" or key is None:
        raise NoteError(f"a signature of a key that is not listed: {name}")
    signed, message, moment = content[4:], body.encode(), 0
    if key.kind == WITNESS:
        moment, signed = int.from_bytes(signed[:8], "big"), signed[8:]
        message = f"cosignature/v1\ntime {moment}\n".encode() + message
    if len(signed) != _SIGNATURE or moment > _LATEST:
        raise NoteError(f"the signature of {key.label} has another length")
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signed, message)
    except InvalidSignature:
        raise NoteError(f"the signature of {key.label} is false") from None
    return key, moment


def _bytes(encoded: str) -> bytes:
    try:
        content = b64decode(encoded, validate=True)
    except ValueError:
        raise NoteError("no base64") from None
    if b64encode(content).decode() != encoded:
        raise NoteError("base64 in another than its one way of writing")
    return content


def _is_name(name: str) -> bool:
    return name != "" and name.isprintable() and not any(sign.isspace() for sign in name)
