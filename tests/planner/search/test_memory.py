from __future__ import annotations

import sys
from pathlib import Path

import pytest

from konbit.planner.search.memory import give_back

PIECE_BYTES, PIECES = 50_000, 2_000  # small enough to come from what the C library keeps


def held_bytes() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only there it can be asked for")
def test_memory_that_was_freed_goes_back_to_the_system() -> None:
    pieces = [bytearray(PIECE_BYTES) for _ in range(PIECES)]
    last = bytearray(PIECE_BYTES)  # on top, so that freeing what lies below returns nothing
    del pieces
    before = held_bytes()
    give_back()
    assert before - held_bytes() > PIECE_BYTES * PIECES // 2
    assert len(last) == PIECE_BYTES
