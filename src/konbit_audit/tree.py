"""The root over a log's records, record by record (RFC 9162 §2.1)."""

from __future__ import annotations

from hashlib import sha256


class Tree:
    """Roots of complete subtrees, one for each bit of the number of leaves, largest first."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def add(self, content: bytes) -> None:
        """One record more."""
        found = sha256(b"\x00" + content).digest()
        bits = self.size
        while bits & 1:
            found = sha256(b"\x01" + self._peaks.pop() + found).digest()
            bits >>= 1
        self._peaks.append(found)
        self.size += 1

    def root(self) -> bytes:
        """Root over all records so far."""
        if not self._peaks:
            return sha256(b"").digest()
        *lefts, found = self._peaks
        for left in reversed(lefts):
            found = sha256(b"\x01" + left + found).digest()
        return found
