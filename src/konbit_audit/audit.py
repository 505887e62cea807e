"""An audit from end to end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from konbit_audit import canonical
from konbit_audit.export import (
    KEYS,
    LOG,
    Lines,
    Stated,
    check_names,
    read_checkpoints,
    read_keys,
    read_statements,
    signed,
)
from konbit_audit.lie import Lie
from konbit_audit.receipt import is_log_of, kept_checkpoint
from konbit_audit.replay import Replay
from konbit_audit.statements import Asked, statement
from konbit_audit.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from konbit_audit.notes import Key

# How far a witness's clock may be behind that of the log.
_CLOCKS_DIFFER_SECONDS: Final = 300


@dataclass(frozen=True)
class Found:
    """What an audit has shown.

    Attributes:
        name: of the log.
        records: how many.
        postings: how many.
        closes: certified closes recomputed.
        statements: files of statements recomputed.
        checkpoints: of the export.
        earlier: checkpoints that the auditor brought.
        witnesses: labels of witnesses who signed the last checkpoint.
        is_key_brought: whether the auditor brought the log's key.
        log_key: label of the key of the log.
        placeholders: how many records no source gives; None but in a log put together afterwards.
        receipts: numbers of records whose receipts the auditor brought, each with that of the
            record that reversed it, if any.
        worth_asking: numbers of records that break no rule, by what to ask about them.
        recomputed: the statement that the auditor wanted.
    """

    name: str
    records: int
    postings: int
    closes: int
    statements: int
    checkpoints: int
    earlier: int
    witnesses: tuple[str, ...]
    is_key_brought: bool
    log_key: str
    placeholders: int | None
    receipts: Mapping[int, int | None]
    worth_asking: Mapping[str, Sequence[int]]
    recomputed: dict[str, Any] | None


def audit(
    folder: Path,
    *,
    earlier: Sequence[Path] = (),
    trusted: Path | None = None,
    witnesses: int = 0,
    wanted: Mapping[str, Any] | None = None,
) -> Found:
    """Ask everything of an export.

    Args:
        folder: the export.
        earlier: checkpoints, and receipts, of the same log that the auditor kept.
        trusted: file of keys that the auditor brings; only these then count.
        witnesses: how many witnesses must have signed the last checkpoint.
        wanted: which statement to recompute for the auditor: `on`, `known_on`, `known_before`.

    Raises:
        Lie: the first thing that is not so.
        OSError: a file cannot be read.
    """
    check_names(folder)
    stated_keys = read_keys(folder / KEYS, KEYS)
    counted = stated_keys if trusted is None else read_keys(trusted, trusted.name, brought=True)
    # Keys that were brought stand before those of the export: of two that have the same name and,
    # for numbers are short, the same number, the forged one signs nothing.
    checkpoints = read_checkpoints(folder, {**stated_keys, **counted})
    last = checkpoints[-1]
    if trusted is not None:
        _check_trust(checkpoints, counted)
    seen_by = _witnesses(last, counted)
    if len(seen_by) < witnesses:
        raise Lie("witnesses", f"{len(seen_by)} of {witnesses}", where=last.where)
    kept = {path: kept_checkpoint(path, trusted) for path in earlier}
    own = [
        signed(content, str(path), {**stated_keys, **counted}, brought=True)
        for path, (content, _) in kept.items()
    ]
    _check_name(own, last, counted)
    statements = read_statements(folder)
    of_own = [dict(wanted)] if wanted else []
    asked = Asked([*(stated.said for stated in statements), *of_own])
    lines = Lines(folder / LOG)
    try:
        replay, size = _replayed(lines, asked, [*checkpoints, *own])
    finally:
        lines.close()
    if size != last.said.size:
        raise Lie("not-covered", f"{size} > {last.said.size}", where=last.where)
    if not is_log_of(last.said.name, replay.state.fund):
        raise Lie("checkpoint", f"{last.said.name} ≠ {replay.state.fund}", where=last.where)
    _check_statements(statements, asked, replay)
    recomputed = [statement(replay.state, asked.sums(one), **one) for one in of_own]
    return Found(
        name=last.said.name,
        records=size,
        postings=replay.postings_count,
        closes=replay.closes_count,
        statements=len(statements),
        checkpoints=len(checkpoints),
        earlier=len(own),
        witnesses=seen_by,
        is_key_brought=trusted is not None,
        log_key=_log_key(last, counted),
        placeholders=replay.placeholders_count if replay.state.is_reconstruction else None,
        receipts={
            number: replay.state.reversed.get(number)
            for _, number in kept.values()
            if number is not None
        },
        worth_asking={code: tuple(found) for code, found in replay.asking.found.items()},
        recomputed=recomputed[0] if recomputed else None,
    )


def _check_trust(checkpoints: Sequence[Stated], trusted: dict[tuple[str, bytes], Key]) -> None:
    """Each checkpoint is signed by a key of the log that the auditor brought."""
    for stated in checkpoints:
        if not _log_key(stated, trusted):
            raise Lie("key-not-trusted", stated.said.name, where=stated.where)


def _log_key(stated: Stated, keys: dict[tuple[str, bytes], Key]) -> str:
    labels = [
        key.label
        for key in keys.values()
        if key.name == stated.said.name and key.label in stated.said.signed_by
    ]
    return labels[0] if labels else ""


def _witnesses(last: Stated, counted: dict[tuple[str, bytes], Key]) -> tuple[str, ...]:
    labels = {key.label for key in counted.values()}
    return tuple(sorted(label for label in last.said.seen if label in labels))


def _check_name(own: Sequence[Stated], last: Stated, counted: dict[tuple[str, bytes], Key]) -> None:
    for stated in own:
        if stated.said.name != last.said.name:
            raise Lie("checkpoint", f"{stated.said.name} ≠ {last.said.name}", where=stated.where)
        if not _log_key(stated, counted):
            raise Lie("key-not-trusted", stated.said.name, where=stated.where)


def _replayed(lines: Lines, asked: Asked, checkpoints: Sequence[Stated]) -> tuple[Replay, int]:
    """Replay the log; at the size of each checkpoint the root must be the one it says."""
    tree, replay = Tree(), Replay(asked, lines.at)
    waiting = sorted(checkpoints, key=lambda stated: stated.said.size, reverse=True)
    agreed = {True: 0, False: 0}  # up to where those that were brought, and the others, agree
    _compare(waiting, tree, replay, agreed)
    for line in lines:
        replay.take(line)
        tree.add(line)
        if waiting and waiting[-1].said.size == tree.size:
            _compare(waiting, tree, replay, agreed)
    if waiting:
        missing = waiting[-1]
        raise Lie("cut-off", f"{tree.size} < {missing.said.size}", where=missing.where)
    return replay, tree.size


def _compare(waiting: list[Stated], tree: Tree, replay: Replay, agreed: dict[bool, int]) -> None:
    while waiting and waiting[-1].said.size == tree.size:
        stated = waiting.pop()
        if stated.said.root != tree.root():
            rule = "two-histories" if stated.brought else "history"
            among = f"{agreed[stated.brought]} … {tree.size - 1}"
            raise Lie(rule, among, where=stated.where)
        agreed[stated.brought] = tree.size
        for label, moment in stated.said.seen.items():
            recorded_at = replay.state.recorded_at
            if recorded_at and _seconds(recorded_at) > moment + _CLOCKS_DIFFER_SECONDS:
                raise Lie("seen-before-recorded", label, where=stated.where)


def _seconds(instant: str) -> int:
    return int(datetime.fromisoformat(instant).astimezone(UTC).timestamp())


def _check_statements(statements: Sequence[Stated], asked: Asked, replay: Replay) -> None:
    for stated in statements:
        said = stated.said
        sums = asked.sums(said)
        right = statement(replay.state, sums, said["on"], said["known_on"], said["known_before"])
        if canonical.write(right) + b"\n" != stated.content:
            raise Lie("statement", _difference(said, right), where=stated.where)


def _difference(said: object, right: object, path: str = "") -> str:
    """Where the first difference of two statements is."""
    if isinstance(said, dict) and isinstance(right, dict):
        for name in sorted(said.keys() | right.keys()):
            if said.get(name) != right.get(name):
                return _difference(said.get(name), right.get(name), f"{path}/{name}")
    return f"{path}: {said} ≠ {right}"
