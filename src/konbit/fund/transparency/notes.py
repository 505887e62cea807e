"""Signed notes, as C2SP describes them: a text that people can read, and signatures under it.

A note is its text, an empty line, and signature lines: a dash, the name of a key, and base64 of
the key's number and what it signed. Two kinds of Ed25519 keys are understood: those that sign the
text itself (algorithm 1), and witnesses', who sign it with the second of seeing it (algorithm 4).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import Final, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519: Final = 1
COSIGNATURE: Final = 4
MOST_SIGNATURES: Final = 100
LATEST_SECOND: Final = 2**63 - 1
_DASH: Final = "— "
_SEED_BYTES: Final = 32
_ID_BYTES: Final = 4
_TIME_BYTES: Final = 8
_SIGNED_BYTES: Final = {ED25519: 64, COSIGNATURE: 72}


class NoteError(ValueError):
    """A note or a key that is not written as it must be."""


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """The public half of a key.

    Attributes:
        name: of who signs; neither spaces nor `+`.
        algorithm: `ED25519` or `COSIGNATURE`.
        public: 32 bytes.
    """

    name: str
    algorithm: int
    public: bytes

    @property
    def key_id(self) -> bytes:
        """Four bytes by which a signature says which key made it."""
        named = self.name.encode() + b"\n" + bytes([self.algorithm]) + self.public
        return hashlib.sha256(named).digest()[:_ID_BYTES]

    def __str__(self) -> str:
        encoded = _encoded(bytes([self.algorithm]) + self.public)
        return f"{self.name}+{self.key_id.hex()}+{encoded}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `name+number+base64`.

        Raises:
            NoteError: it is no such text, or the number is not that of the key.
        """
        parts = text.split("+", 2)
        if len(parts) != len(("name", "number", "key")) or not _is_name(parts[0]):
            raise NoteError("a key is written name+number+base64")
        content = _decoded(parts[2])
        if len(content) != 1 + _SEED_BYTES or content[0] not in _SIGNED_BYTES:
            raise NoteError("this is no Ed25519 key of a log or of a witness")
        key = cls(parts[0], content[0], content[1:])
        if str(key) != text:
            raise NoteError("the number of the key is not the one it has")
        return key

    def checks(self, text: str, signed: bytes) -> bool:
        """Whether this key signed the text. `signed` is what stands after the key's number."""
        if len(signed) != _SIGNED_BYTES[self.algorithm]:
            return False
        seconds, signature = signed[:-64], signed[-64:]
        message = text.encode()
        if self.algorithm == COSIGNATURE:
            at_seconds = int.from_bytes(seconds)
            if at_seconds > LATEST_SECOND:
                return False
            message = _timed(message, at_seconds)
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Signature:
    """One line under a note."""

    name: str
    key_id: bytes
    signed: bytes

    @property
    def at_seconds(self) -> int:
        """Second since 1970, UTC, that a witness signed with; 0 where none is said."""
        return int.from_bytes(self.signed[:-64])

    def __str__(self) -> str:
        return f"{_DASH}{self.name} {_encoded(self.key_id + self.signed)}"

    @classmethod
    def parse(cls, line: str) -> Self:
        """Read one line.

        Raises:
            NoteError: it is no signature line.
        """
        name, space, encoded = line.removeprefix(_DASH).partition(" ")
        content = _decoded(encoded)
        if not line.startswith(_DASH) or not space or not _is_name(name) or len(content) <= 4:
            raise NoteError("a signature is a dash, a name and base64")
        return cls(name, content[:_ID_BYTES], content[_ID_BYTES:])


@dataclass(frozen=True, slots=True)
class Note:
    """A text and who signed it.

    Attributes:
        text: ends with a line end.
        signatures: not checked yet.
    """

    text: str
    signatures: tuple[Signature, ...] = ()

    def __str__(self) -> str:
        return f"{self.text}\n" + "".join(f"{signature}\n" for signature in self.signatures)

    @classmethod
    def parse(cls, content: str) -> Self:
        """Read a note.

        Raises:
            NoteError: it is none, has no signature or too many, or holds control characters.
        """
        text, gap, lines = content.rpartition("\n\n")
        if not gap or not lines.endswith("\n"):
            raise NoteError("a note is a text, an empty line and signatures, each line ended")
        if any(character < " " and character != "\n" for character in content):
            raise NoteError("a note holds no control characters")
        signatures = tuple(Signature.parse(line) for line in lines[:-1].split("\n"))
        if len(signatures) > MOST_SIGNATURES:
            raise NoteError("a note has at most a hundred signatures")
        return cls(f"{text}\n", signatures)

    def with_signature(self, signature: Signature) -> Note:
        """The note with one signature more; each key has one line, the newest."""
        others = [s for s in self.signatures if (s.name, s.key_id) != signature_key(signature)]
        return Note(self.text, (*others, signature))

    def by(self, key: VerifierKey) -> tuple[Signature, ...]:
        """Lines that say to be of a key, true or not."""
        return tuple(s for s in self.signatures if signature_key(s) == (key.name, key.key_id))


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The private half of a key.

    Attributes:
        name: as in `VerifierKey`.
        algorithm: as in `VerifierKey`.
        seed: 32 bytes that nobody else may know.
    """

    name: str
    algorithm: int
    seed: bytes

    def __post_init__(self) -> None:
        if not _is_name(self.name) or len(self.seed) != _SEED_BYTES:
            raise NoteError("a key has a name without spaces or +, and 32 bytes")

    def __repr__(self) -> str:
        return f"SigningKey({self.name!r})"

    @property
    def verifier(self) -> VerifierKey:
        """The public half."""
        public = Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw()
        return VerifierKey(self.name, self.algorithm, public)

    def sign(self, text: str, at_seconds: int = 0) -> Signature:
        """Sign a text; a witness says the second, since 1970 in UTC, at which it saw it."""
        message, seconds = text.encode(), b""
        if self.algorithm == COSIGNATURE:
            message = _timed(message, at_seconds)
            seconds = at_seconds.to_bytes(_TIME_BYTES)
        signature = Ed25519PrivateKey.from_private_bytes(self.seed).sign(message)
        return Signature(self.name, self.verifier.key_id, seconds + signature)


def signature_key(signature: Signature) -> tuple[str, bytes]:
    """Name and number of the key that a line names."""
    return signature.name, signature.key_id


def _timed(message: bytes, at_seconds: int) -> bytes:
    return f"cosignature/v1\ntime {at_seconds}\n".encode() + message


def _is_name(text: str) -> bool:
    return bool(text) and text.isprintable() and "+" not in text and not _has_space(text)


def _has_space(text: str) -> bool:
    return any(character.isspace() for character in text)


def _encoded(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _decoded(text: str) -> bytes:
    """Base64 in its one way of writing."""
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NoteError("this is not base64") from None
    if _encoded(content) != text:
        raise NoteError("this is not base64 in its one way of writing")
    return content
