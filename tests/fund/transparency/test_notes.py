"""Signed notes and checkpoints, against what others have published and against forgers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konbit.fund.transparency import (
    COSIGNATURE,
    ED25519,
    EMPTY_ROOT,
    Checkpoint,
    Note,
    NoteError,
    Seen,
    SigningKey,
    VerifierKey,
    opened,
    signed,
)

# The example in the documentation of Go's package for signed notes.
PUBLISHED_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PUBLISHED_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb"
    "6KE6RyyBwJnAM=\n"
)
LOG = SigningKey("fund.example/ledger/F", ED25519, bytes(range(32)))
WITNESS = SigningKey("witness.example/w1", COSIGNATURE, bytes(range(1, 33)))
CHECKPOINT = Checkpoint(LOG.name, 20_852_163, bytes(range(32)))
KEYS = (LOG.verifier, WITNESS.verifier)


def witnessed() -> Note:
    note = signed(CHECKPOINT, LOG)
    return note.with_signature(WITNESS.sign(note.text, at_seconds=1_679_315_147))


def test_a_note_of_another_program_is_read_and_its_signature_holds() -> None:
    key, note = VerifierKey.parse(PUBLISHED_KEY), Note.parse(PUBLISHED_NOTE)
    assert str(key) == PUBLISHED_KEY
    assert str(note) == PUBLISHED_NOTE
    [line] = note.by(key)
    assert key.checks(note.text, line.signed)
    assert not key.checks(note.text.replace("answer", "Answer"), line.signed)


def test_a_witness_signs_the_lines_that_the_standard_says() -> None:
    """What is signed is rebuilt here by hand, and checked with nothing but Ed25519."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    [_, line] = witnessed().signatures
    said = f"cosignature/v1\ntime 1679315147\n{CHECKPOINT.text}".encode()
    assert line.signed[:8] == (1_679_315_147).to_bytes(8, "big")
    Ed25519PublicKey.from_public_bytes(WITNESS.verifier.public).verify(line.signed[8:], said)


def test_a_checkpoint_is_three_lines_that_people_can_read() -> None:
    text = "fund.example/ledger/F\n20852163\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"
    assert CHECKPOINT.text == text
    assert Checkpoint.parse(text) == CHECKPOINT


def test_who_signed_is_told() -> None:
    found = opened(Note.parse(str(witnessed())), KEYS)
    assert found.checkpoint == CHECKPOINT
    assert found.log_key == LOG.verifier
    assert found.witnesses == (Seen("witness.example/w1", 1_679_315_147),)


def test_a_witness_that_one_does_not_know_says_nothing() -> None:
    assert opened(witnessed(), [LOG.verifier]).witnesses == ()


def test_without_the_log_there_is_no_checkpoint() -> None:
    with pytest.raises(NoteError):
        opened(witnessed(), [WITNESS.verifier])
    namesake = SigningKey(LOG.name, ED25519, bytes(32))
    with pytest.raises(NoteError):
        opened(signed(CHECKPOINT, namesake), KEYS)


def test_a_log_signs_only_in_its_own_name() -> None:
    with pytest.raises(NoteError):
        signed(replace(CHECKPOINT, origin="fund.example/ledger/G"), LOG)


def test_a_key_signs_again_in_place_of_its_older_line() -> None:
    note = witnessed().with_signature(WITNESS.sign(CHECKPOINT.text, at_seconds=1_700_000_000))
    assert len(note.signatures) == 2
    assert opened(note, KEYS).witnesses == (Seen("witness.example/w1", 1_700_000_000),)


@given(st.data())
def test_no_byte_of_a_checkpoint_can_be_another(data: st.DataObject) -> None:
    """Whatever byte is changed, the note is no note, or a signature that must be there fails."""
    content = str(witnessed()).encode()
    at = data.draw(st.integers(0, len(content) - 1))
    put = data.draw(st.integers(0, 255).filter(lambda value: value != content[at]))
    changed = content[:at] + bytes([put]) + content[at + 1 :]
    try:
        found = opened(Note.parse(changed.decode()), KEYS)
    except (NoteError, UnicodeDecodeError):
        return
    assert found.checkpoint == CHECKPOINT
    assert found.witnesses == ()  # its line now names a key that nobody knows


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\n20\n",
        "\n1\n" + Checkpoint("a", 1, EMPTY_ROOT).text.split("\n")[2] + "\n",
        Checkpoint("a", 1, EMPTY_ROOT).text + "more\n",
        Checkpoint("a", 1, EMPTY_ROOT[:-1]).text,
        Checkpoint("a", -1, EMPTY_ROOT).text,
        Checkpoint("a", 1, EMPTY_ROOT).text.replace("1\n", "01\n"),
        Checkpoint("a", 1, EMPTY_ROOT).text.replace("1\n", "one\n"),
        Checkpoint("a", 1, EMPTY_ROOT).text.replace("=", ""),
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        Checkpoint.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "text\n",
        "text\n\n",
        "text\n\n— a AAAAAAA=",
        "text\n\n- a AAAAAAA=\n",
        "text\n\n— a b c\n",
        "text\n\n— a AAAA\n",
        "text\n\n— a+b AAAAAAA=\n",
        "text\n\n— a AAAAAAB=\n",
        "te\rxt\n\n— a AAAAAAA=\n",
        "text\n\n" + "— a AAAAAAA=\n" * 101,
    ],
)
def test_what_is_no_note_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        Note.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        "name+c74f20a3",
        PUBLISHED_KEY.replace("c74f", "c74e"),
        PUBLISHED_KEY.replace("PeterNeumann", "Peter Neumann"),
        PUBLISHED_KEY[:-4],
        PUBLISHED_KEY.replace("+ARpc", "+CRpc"),
    ],
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        VerifierKey.parse(text)


def test_a_private_key_does_not_print_itself() -> None:
    assert bytes(range(32)).hex() not in repr(LOG)
    assert "seed" not in repr(LOG)
    with pytest.raises(NoteError):
        SigningKey("a b", ED25519, bytes(32))
    with pytest.raises(NoteError):
        SigningKey("a", ED25519, bytes(31))


def test_a_witness_of_a_far_future_is_not_believed() -> None:
    line = WITNESS.sign(CHECKPOINT.text, at_seconds=2**63)
    assert not WITNESS.verifier.checks(CHECKPOINT.text, line.signed)
