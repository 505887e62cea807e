"""Which nodes of a tree a store keeps, so that any proof reads a few short ranges.

Kept are the levels 0 (hashes of leaves), 8, 16, 24 …: one node of level 8 for 256 leaves, one of
level 16 for 65,536. A proof over a million leaves then reads at most three runs of 256 hashes and
recomputes the levels between.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from konbit.fund.transparency.tree import Node, node_hash, root_of_range

STEP: Final = 8
WIDTH: Final = 1 << STEP

# Gives the hashes of a kept level from a first position up to, and without, another.
ReadRange = Callable[[int, int, int], Sequence[bytes]]


class Tiles:
    """Complete nodes of the first `size` leaves, read a run of 256 at a time and remembered."""

    def __init__(self, size: int, read: ReadRange) -> None:
        self.size = size
        self._read = read
        self._held: dict[tuple[int, int], Sequence[bytes]] = {}

    def node_at(self, level: int, position: int) -> bytes:
        """Hash of a complete node, of any level.

        Raises:
            LookupError: it is not complete in this tree, or the store does not hold it.
        """
        above = level % STEP
        kept = level - above
        first = position << above
        run, offset = divmod(first, WIDTH)
        found = self._run(kept, run)[offset : offset + (1 << above)]
        if len(found) != 1 << above:
            raise LookupError(f"node {position} of level {level} is not there")
        return _root(found)

    @property
    def root(self) -> bytes:
        """Root over all its leaves."""
        return root_of_range(0, self.size, self.node_at)

    def runs_of(self, index: int) -> list[tuple[int, int, int]]:
        """Runs that the proof of a leaf reads, as level, first and after: to bring all at once.

        They are those of the leaf and of what stands above it, and those at the tree's right edge.
        """
        found: dict[tuple[int, int, int], None] = {}
        level = 0
        while self.size >> level:
            width = self.size >> level
            for run in {(index >> level) // WIDTH, (width - 1) // WIDTH, width // WIDTH}:
                first = run * WIDTH
                if first < width:
                    found[level, first, min(first + WIDTH, width)] = None
            level += STEP
        return list(found)

    def hold(self, level: int, first: int, hashes: Sequence[bytes]) -> None:
        """Remember a run that was brought."""
        self._held[level, first // WIDTH] = hashes

    def _run(self, level: int, run: int) -> Sequence[bytes]:
        if (level, run) not in self._held:
            first = run * WIDTH
            after = min(first + WIDTH, self.size >> level)
            self._held[level, run] = self._read(level, first, after) if first < after else ()
        return self._held[level, run]


def nodes_to_keep(kept: Callable[[int], int], size: int, read: ReadRange) -> Iterator[Node]:
    """Nodes that a store of a tree of `size` leaves lacks, lowest level first.

    Each level is read only once everything below it was yielded: store them as they come.

    Args:
        kept: how many nodes of a level, from the left, the store has.
        size: leaves that the store has.
        read: the store.
    """
    level = STEP
    while size >> level:
        for position in range(kept(level), size >> level):
            below = read(level - STEP, position * WIDTH, (position + 1) * WIDTH)
            if len(below) != WIDTH:
                raise LookupError(f"node {position} of level {level} lacks what is below it")
            yield Node(level, position, _root(below))
        level += STEP


def _root(hashes: Sequence[bytes]) -> bytes:
    """Root over a power of two of hashes."""
    while len(hashes) > 1:
        pairs = zip(hashes[::2], hashes[1::2], strict=True)
        hashes = [node_hash(left, right) for left, right in pairs]
    return hashes[0]
