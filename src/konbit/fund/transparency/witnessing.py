"""A witness: signs a checkpoint only if the log grew from the one it signed before.

Rules and words of C2SP's tlog-witness and tlog-cosignature; everything comes from files, so that a
witness needs neither a server nor the network.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from konbit.fund.transparency.checkpoints import Checkpoint, opened
from konbit.fund.transparency.notes import COSIGNATURE, Note, NoteError, SigningKey
from konbit.fund.transparency.proofs import verify_consistency
from konbit.fund.transparency.tree import HASH_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from konbit.fund.transparency.notes import VerifierKey

_PRIVATE: Final = "PRIVATE+KEY+"
_MOST_STEPS: Final = 63
_OLD: Final = "old "


class WitnessRefusedError(Exception):
    """A witness does not sign.

    Attributes:
        code: why: `signature`, `shorter`, `forked`, `proof-missing`, `proof-other` or
            `proof-false`.
        old: how many records were signed before.
        new: how many this checkpoint has.
    """

    def __init__(self, code: str, old: int = 0, new: int = 0) -> None:
        super().__init__(code)
        self.code, self.old, self.new = code, old, new


@dataclass(frozen=True, slots=True)
class Growth:
    """A proof that a log only grew.

    Attributes:
        old: records before.
        path: hashes, as RFC 9162 §2.1.4.1 gives them.
    """

    old: int
    path: tuple[bytes, ...]


def cosigned(
    note: Note,
    log_keys: Iterable[VerifierKey],
    before: Note | None,
    growth: Growth | None,
    key: SigningKey,
    at_seconds: int,
) -> Note:
    """The checkpoint with the witness's signature.

    Args:
        note: the checkpoint with the log's signature.
        log_keys: the log's public keys, from somebody whom the witness trusts.
        before: the last checkpoint of this log that the witness signed; None for the first.
        growth: that it grew from there; not needed for the first, nor for the same again.
        key: of the witness.
        at_seconds: now, since 1970 in UTC.

    Raises:
        WitnessRefusedError: it is no checkpoint of the log, or does not follow from the last.
        NoteError: the key is not that of a witness, or `before` is of another log.
    """
    if key.algorithm != COSIGNATURE:
        raise NoteError("a witness signs with the second")
    try:
        said = opened(note, log_keys).checkpoint
    except NoteError:
        raise WitnessRefusedError("signature") from None
    if before is not None:
        _demand_growth(Checkpoint.parse(before.text), said, growth)
    return note.with_signature(key.sign(note.text, at_seconds))


def _demand_growth(last: Checkpoint, said: Checkpoint, growth: Growth | None) -> None:
    sizes = (last.size, said.size)
    if said.origin != last.origin:
        raise NoteError("what was signed before is of another log")
    if said.size < last.size:
        raise WitnessRefusedError("shorter", *sizes)
    if said.size == last.size:
        if said.root != last.root:
            raise WitnessRefusedError("forked", *sizes)
        return
    if last.size == 0:
        return
    if growth is None:
        raise WitnessRefusedError("proof-missing", *sizes)
    if growth.old != last.size:
        raise WitnessRefusedError("proof-other", *sizes)
    if not verify_consistency(*sizes, last.root, said.root, growth.path):
        raise WitnessRefusedError("proof-false", *sizes)


def read_growth(content: bytes) -> Growth:
    """Read a proof as a log's page `consistency/OLD/NEW` gives it: JSON, hashes in hexadecimal.

    Raises:
        NoteError: it is none.
    """
    try:
        told = json.loads(content)
        old, path = told["old"], tuple(bytes.fromhex(step) for step in told["path"])
    except (ValueError, KeyError, TypeError):
        raise NoteError("this is no proof that a log grew") from None
    return _growth(old, path)


def read_request(content: str) -> tuple[Note, Growth | None]:
    """Read a checkpoint, or what C2SP's `add-checkpoint` sends: `old N`, hashes, checkpoint.

    Raises:
        NoteError: it is neither.
    """
    if not content.startswith(_OLD):
        return Note.parse(content), None
    head, gap, rest = content.partition("\n\n")
    first, *steps = head.split("\n")
    try:
        old = int(first.removeprefix(_OLD))
        path = tuple(base64.b64decode(step, validate=True) for step in steps)
    except ValueError:
        raise NoteError("the request of a checkpoint is not readable") from None
    if not gap:
        raise NoteError("the request has no checkpoint")
    return Note.parse(rest), _growth(old, path)


def _growth(old: object, path: tuple[bytes, ...]) -> Growth:
    is_path = len(path) <= _MOST_STEPS and all(len(step) == HASH_BYTES for step in path)
    if type(old) is not int or old < 0 or not is_path:
        raise NoteError("this is no proof that a log grew")
    return Growth(old, path)


def written_key(key: SigningKey) -> str:
    """A private key as a file keeps it: `PRIVATE+KEY+name+number+base64`."""
    encoded = base64.b64encode(bytes([key.algorithm]) + key.seed).decode()
    return f"{_PRIVATE}{key.name}+{key.verifier.key_id.hex()}+{encoded}\n"


def read_private_key(text: str) -> SigningKey:
    """Read it again.

    Raises:
        NoteError: it is none, or not a witness's.
    """
    name, _, rest = text.strip().removeprefix(_PRIVATE).partition("+")
    try:
        content = base64.b64decode(rest.partition("+")[2], validate=True)
    except ValueError:
        raise NoteError("this is no private key") from None
    key = SigningKey(name, COSIGNATURE, content[1:])
    if written_key(key) != f"{text.strip()}\n":
        raise NoteError("this is no private key of a witness")
    return key
