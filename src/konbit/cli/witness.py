"""`konbit witness`: somebody elsewhere signs a log's checkpoints, if the log only grew."""

from __future__ import annotations

import json
import os
import secrets
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from konbit.cli.console import show, tell, words_in
from konbit.cli.exits import ExitCode, Stop
from konbit.cli.options import Lang
from konbit.cli.reading import why
from konbit.cli.receipt import keys_in, read_bounded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.fund.transparency import Growth, Note, SigningKey, VerifierKey

# Why a witness does not sign, each with its sentence.
_REFUSED = {
    "signature": "cli-witness-signature",
    "shorter": "cli-witness-shorter",
    "forked": "cli-witness-forked",
    "proof-missing": "cli-witness-proof-missing",
    "proof-other": "cli-witness-proof-other",
    "proof-false": "cli-witness-proof-false",
}


def witness(
    checkpoint: Annotated[
        Path | None,
        typer.Argument(
            metavar="[CHECKPOINT]",
            help="The log's newest checkpoint, a file; or what C2SP's add-checkpoint sends.",
            show_default=False,
        ),
    ] = None,
    key: Annotated[
        Path,
        typer.Option(metavar="FILE", help="The witness's own private key.", show_default=False),
    ] = Path("witness.key"),
    keys: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Public keys of logs, one a line, from whom you trust: the agreement.",
            show_default=False,
        ),
    ] = None,
    seen: Annotated[
        Path,
        typer.Option(metavar="FILE", help="What this witness signed before; kept up to date."),
    ] = Path("witness-seen.json"),
    proof: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="That the log grew from there: its page consistency/OLD/NEW.",
            show_default=False,
        ),
    ] = None,
    new_key: Annotated[
        str,
        typer.Option(
            "--new-key",
            metavar="NAME",
            help="Make a private key of this name in --key, print its public half, and end.",
        ),
    ] = "",
    lang: Lang = None,
) -> None:
    """Sign a log's checkpoint as a witness, if the log only grew since you last signed.

    For somebody who is neither the fund nor its donors. The line that is printed is your
    signature: the log takes it in at its page checkpoint/SIZE/cosign. What does not follow from
    what you signed before is refused, with exit code 3; keep both checkpoints then, for together
    they prove it.
    """
    words = words_in(lang)
    if new_key:
        _make_key(key, new_key)
        return
    if checkpoint is None or keys is None:
        raise Stop(ExitCode.USAGE, "cli-witness-needs")
    from konbit.fund.transparency import WitnessRefusedError

    own = _own_key(key)
    try:
        line = _signed(checkpoint, own, keys_in(keys), seen, proof)
    except WitnessRefusedError as refused:
        tell(words.say(_REFUSED[refused.code], old=refused.old, new=refused.new))
        raise typer.Exit(ExitCode.NOT_VERIFIED) from None
    show(line)


def _signed(
    checkpoint: Path, own: SigningKey, keys: tuple[VerifierKey, ...], seen: Path, proof: Path | None
) -> str:
    """The witness's line, after it is written down what was signed."""
    from konbit.fund.transparency import Note, cosigned

    note, growth = _request(checkpoint)
    if proof is not None:
        growth = _growth(proof)
    origin = note.text.partition("\n")[0]
    with _held(seen) as state:
        before = Note.parse(state[origin]) if origin in state else None
        made = cosigned(note, keys, before, growth, own, int(time.time()))
        state[origin] = str(made)
    return str(made.by(own.verifier)[0])


@contextmanager
def _held(path: Path) -> Iterator[dict[str, str]]:
    """Checkpoints signed before, by log; written back when all went well, one user at a time."""
    import fcntl  # no other command needs a system that has it

    from konbit.package.atomic import write_file

    try:
        with path.with_name(f"{path.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            state = _state(path)
            yield state
            write_file(path, (json.dumps(state, indent=1, ensure_ascii=False) + "\n").encode())
    except OSError as error:
        raise Stop(ExitCode.UNREADABLE, "cli-cannot-read", path=path, why=why(error)) from error


def _state(path: Path) -> dict[str, str]:
    """What the file holds; nothing where there is none yet."""
    from konbit.fund.transparency import Note, NoteError

    if not path.exists():
        return {}
    try:
        state = json.loads(path.read_text(encoding="utf-8"))
        told = {str(origin): str(note) for origin, note in state.items()}
        for origin, note in told.items():
            if Note.parse(note).text.partition("\n")[0] != origin:
                raise NoteError("a checkpoint of another log")
    except (ValueError, AttributeError):
        raise Stop(ExitCode.UNREADABLE, "cli-witness-seen", path=path) from None
    return told


def _request(path: Path) -> tuple[Note, Growth | None]:
    from konbit.fund.transparency import NoteError
    from konbit.fund.transparency.witnessing import read_request

    try:
        return read_request(read_bounded(path).decode())
    except (NoteError, UnicodeDecodeError):
        raise Stop(ExitCode.UNREADABLE, "cli-witness-form", path=path) from None


def _growth(path: Path) -> Growth:
    from konbit.fund.transparency import NoteError
    from konbit.fund.transparency.witnessing import read_growth

    try:
        return read_growth(read_bounded(path))
    except NoteError:
        raise Stop(ExitCode.UNREADABLE, "cli-witness-proof", path=path) from None


def _own_key(path: Path) -> SigningKey:
    from konbit.fund.transparency import NoteError
    from konbit.fund.transparency.witnessing import read_private_key

    try:
        return read_private_key(read_bounded(path).decode())
    except (NoteError, UnicodeDecodeError):
        raise Stop(ExitCode.UNREADABLE, "cli-witness-key", path=path) from None


def _make_key(path: Path, name: str) -> None:
    """A new private key, readable for its owner alone; never over one that is there."""
    from konbit.fund.transparency import COSIGNATURE, NoteError, SigningKey
    from konbit.fund.transparency.witnessing import written_key

    try:
        made = SigningKey(name, COSIGNATURE, secrets.token_bytes(32))
    except NoteError:
        raise Stop(ExitCode.USAGE, "cli-witness-name", name=name) from None
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise Stop(ExitCode.UNREADABLE, "cli-cannot-write", path=path, why=why(error)) from error
    with os.fdopen(file, "w") as new:
        new.write(written_key(made))
    show(str(made.verifier))
