"""A witness signs what grew from what it signed before, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grown_logs import LOG, STOLEN, checkpoint, steps
from konbit.fund.transparency import (
    COSIGNATURE,
    Growth,
    NoteError,
    SigningKey,
    WitnessRefusedError,
    cosigned,
)
from konbit.fund.transparency.witnessing import (
    read_growth,
    read_private_key,
    read_request,
    written_key,
)

OWN = SigningKey("witness.example/w", COSIGNATURE, bytes(range(2, 34)))
KEYS = [LOG.verifier]


@given(st.integers(0, 40), st.integers(0, 40))
def test_whatever_grew_is_signed(old: int, more: int) -> None:
    new = old + more
    growth = Growth(old, tuple(steps(old, new)))
    made = cosigned(checkpoint(new), KEYS, checkpoint(old), growth, OWN, 1_700_000_000)
    (line,) = made.by(OWN.verifier)
    assert OWN.verifier.checks(made.text, line.signed)
    assert line.at_seconds == 1_700_000_000


@given(st.integers(1, 40), st.integers(0, 40), st.data())
def test_whatever_was_changed_before_is_refused_with_any_proof(
    old: int, more: int, data: st.DataObject
) -> None:
    changed = data.draw(st.integers(0, old - 1))
    new = old + more
    for path in (steps(old, new), steps(old, new, changed)):
        with pytest.raises(WitnessRefusedError) as refused:
            cosigned(
                checkpoint(new, changed), KEYS, checkpoint(old), Growth(old, tuple(path)), OWN, 0
            )
        assert refused.value.code == ("proof-false" if more else "forked")


@pytest.mark.parametrize(
    ("new", "growth", "code"),
    [
        (4, Growth(5, ()), "shorter"),
        (9, None, "proof-missing"),
        (9, Growth(4, tuple(steps(4, 9))), "proof-other"),
        (9, Growth(5, tuple(steps(5, 9)[:-1])), "proof-false"),
        (9, Growth(5, (*steps(5, 9), bytes(32))), "proof-false"),
    ],
)
def test_why_it_is_refused_is_said(new: int, growth: Growth | None, code: str) -> None:
    with pytest.raises(WitnessRefusedError) as refused:
        cosigned(checkpoint(new), KEYS, checkpoint(5), growth, OWN, 0)
    assert (refused.value.code, refused.value.old, refused.value.new) == (code, 5, new)


def test_only_the_logs_own_key_counts() -> None:
    with pytest.raises(WitnessRefusedError) as refused:
        cosigned(checkpoint(5, key=STOLEN), KEYS, None, None, OWN, 0)
    assert refused.value.code == "signature"
    with pytest.raises(NoteError):
        cosigned(checkpoint(5), KEYS, None, None, LOG, 0)


def test_a_private_key_is_read_as_it_was_written() -> None:
    assert read_private_key(written_key(OWN)) == OWN
    for text in ("", "PRIVATE+KEY+x", written_key(LOG), written_key(OWN).replace("witness", "w")):
        with pytest.raises(NoteError):
            read_private_key(text)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b'{"old": 5}',
        b'{"old": "5", "path": []}',
        b'{"old": -1, "path": []}',
        b'{"old": true, "path": []}',
        b'{"old": 5, "path": ["00"]}',
        b'{"old": 5, "path": 7}',
    ],
)
def test_what_is_no_proof_is_refused(content: bytes) -> None:
    with pytest.raises(NoteError):
        read_growth(content)


@pytest.mark.parametrize(
    "content", ["old x\n\n", "old 5\nnonsense\n\n", "old 5", "old -1\n\n" + str(checkpoint(2))]
)
def test_what_is_no_request_is_refused(content: str) -> None:
    with pytest.raises(NoteError):
        read_request(content)
