"""Checkpoints: what a log says of itself, signed by it and by those who watch it.

Text as in C2SP's tlog-checkpoint: the log's name, how many leaves, base64 of the root.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from konbit.fund.transparency.notes import COSIGNATURE, ED25519, Note, NoteError, VerifierKey
from konbit.fund.transparency.tree import HASH_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from konbit.fund.transparency.notes import SigningKey


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far a log is.

    Attributes:
        origin: name of the log, which is also the name of its key.
        size: how many leaves.
        root: of the tree over them, 32 bytes.
    """

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the three lines; lines that others may add are not ours, and refused.

        Raises:
            NoteError: they are not a checkpoint, or written another way than the one.
        """
        lines = text.split("\n")
        if len(lines) != len(("origin", "size", "root", "")):
            raise NoteError("a checkpoint is three lines: name, size, root")
        try:
            root = base64.b64decode(lines[2], validate=True)
            found = cls(lines[0], int(lines[1]), root)
        except ValueError:
            raise NoteError("size or root of the checkpoint is not readable") from None
        if found.text != text or found.size < 0 or len(root) != HASH_BYTES or not found.origin:
            raise NoteError("the checkpoint is written another way than the one")
        return found


@dataclass(frozen=True, slots=True)
class Seen:
    """That a witness signed, and when it says it did.

    Attributes:
        name: of the witness.
        at_seconds: since 1970, UTC.
    """

    name: str
    at_seconds: int


@dataclass(frozen=True, slots=True)
class Opened:
    """A checkpoint whose signatures were checked.

    Attributes:
        checkpoint: what it says.
        log_key: the key of the log that signed it.
        witnesses: those who signed it too, by name.
    """

    checkpoint: Checkpoint
    log_key: VerifierKey
    witnesses: tuple[Seen, ...]


def signed(checkpoint: Checkpoint, key: SigningKey) -> Note:
    """The checkpoint under the log's own key.

    Raises:
        NoteError: the key has another name than the log.
    """
    if key.name != checkpoint.origin or key.algorithm != ED25519:
        raise NoteError("a log signs with the key that bears its name")
    return Note(checkpoint.text, (key.sign(checkpoint.text),))


def opened(note: Note, keys: Iterable[VerifierKey]) -> Opened:
    """Check a signed checkpoint with keys that one trusts.

    Signatures of keys that one does not know say nothing, and are passed over.

    Raises:
        NoteError: it is no checkpoint, the log's own signature is missing, or one is false.
    """
    checkpoint = Checkpoint.parse(note.text)
    log_key: VerifierKey | None = None
    witnesses: dict[str, Seen] = {}
    for key in keys:
        for line in note.by(key):
            if not key.checks(note.text, line.signed):
                raise NoteError(f"the signature of {key.name} is false")
            if key.algorithm == ED25519 and key.name == checkpoint.origin:
                log_key = key
            elif key.algorithm == COSIGNATURE:
                witnesses[key.name] = Seen(key.name, line.at_seconds)
    if log_key is None:
        raise NoteError("the log itself has not signed this with a key that is known here")
    return Opened(checkpoint, log_key, tuple(witnesses[name] for name in sorted(witnesses)))
