"""Storing edits: all of them or none, in one transaction, with one entry in the history."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

from konbit.web.bridge.mapping import values_of
from konbit.web.history.actions import demand_open, lock, open_change, propose
from konbit.web.people.access import demand, standing
from konbit.web.people.roles import OWNED, OWNERS
from konbit.web.tables.edits import (
    Conflict,
    EditConflictError,
    LeadsNowhereError,
    SecondPersonNeededError,
    State,
    is_guarded,
    read,
    written,
)
from konbit.web.tables.mirrored import MODELS
from konbit.web.tables.references import leading_nowhere
from konbit.web.tables.settling import answers_for, only_settles

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from konbit.dossier import Row
    from konbit.web.history.models import Change, Proposal
    from konbit.web.missions.models import Mission
    from konbit.web.people.access import Standing
    from konbit.web.people.models import User
    from konbit.web.tables.edits import Edit

    # The current state of each row that an edit is about, by table and key.
    Now = Mapping[tuple[type[Row], str], State]

_BATCH = 500
_MANY = 1_000


def store(
    user: User,
    mission: Mission,
    verb: str,
    edits: Sequence[Edit],
    *,
    why: str = "",
    document: str = "",
    proposal: Proposal | None = None,
    references_checked: bool = False,
) -> Change:
    """Store edits, or with a proposal the edits that another person asked for.

    Whatever is asked of the rows is asked while nobody else can change the mission. Who holds the
    lock and has asked already what they refer to says so, for of many rows that takes time.

    Raises:
        PermissionDenied: the author may not edit one of the rows, or the second person not approve.
        EditConflictError: rows are not as the author saw them.
        LeadsNowhereError: a row would refer to what is not there.
        SecondPersonNeededError: money is promised or set free, and nobody has approved.
        AlreadyDecidedError: the proposal was decided before.
    """
    with transaction.atomic():
        lock(mission)
        if proposal is not None:
            demand(user, mission, "approve-money")
            demand_open(proposal)
        author = user if proposal is None else proposal.by
        now = _current(mission, edits)
        _refuse_strangers(standing(author, mission), mission, edits, now)
        _refuse_conflicts(edits, now)
        if not references_checked:
            _refuse_leading_nowhere(mission, edits, now)
        if proposal is None and needs_second_person(edits, now):
            raise SecondPersonNeededError
        counts = Counter(edit.table.TABLE for edit in edits)
        change = open_change(
            user, mission, verb, why=why, document=document, counts=counts, proposal=proposal
        )
        _write(change, edits)
        return change


def store_or_propose(
    user: User,
    mission: Mission,
    verb: str,
    edits: Sequence[Edit],
    *,
    why: str = "",
    document: str = "",
) -> Change | Proposal:
    """Store edits; where a second person is needed, propose them instead.

    Raises:
        PermissionDenied: the user may not edit one of the rows.
        EditConflictError: rows are not as the author saw them.
        LeadsNowhereError: a row would refer to what is not there.
    """
    try:
        return store(user, mission, verb, edits, why=why, document=document)
    except SecondPersonNeededError:
        documents = [written(edit) for edit in edits]
        return propose(user, mission, verb, documents, why=why, document=document)


def approve(user: User, proposal: Proposal) -> Change:
    """Approve a proposal as second person: its edits are stored.

    Raises:
        PermissionDenied: the user is the proposer, or may not approve.
        EditConflictError: rows changed since it was proposed, or what they refer to is gone.
        AlreadyDecidedError: it was decided before.
    """
    edits = [read(document) for document in proposal.edits]
    return store(user, proposal.mission, proposal.verb, edits, proposal=proposal)


def edits_row(found: Standing, mission: Mission, row: Row) -> bool:
    """Whether somebody of this standing may change a row, some of its columns at least."""
    if found.writes(type(row)) or owns_row(found, mission, row):
        return True
    return found.settles(type(row)) and answers_for(mission, found.own_code, row)


def owns_row(found: Standing, mission: Mission, row: Row) -> bool:
    """Whether the row is of the own organisation, whose officer may change all of it."""
    return found.writes_own(type(row)) and _owners(mission, [row], ()) == {found.own_code}


def needs_second_person(edits: Iterable[Edit], now: Now) -> bool:
    """Whether one of the edits promises money, sets it free, or alters such a row."""
    return any(
        is_guarded(edit.row) or is_guarded(_row(now.get((edit.table, edit.key)))) for edit in edits
    )


def _current(mission: Mission, edits: Sequence[Edit]) -> Now:
    keys: dict[type[Row], list[str]] = defaultdict(list)
    for edit in edits:
        keys[edit.table].append(edit.key)
    found: dict[tuple[type[Row], str], State] = {}
    for table, asked in keys.items():
        states = MODELS[table.TABLE].objects.of(mission.pk).current()
        if len(asked) < _MANY:
            states = states.filter(row_key__in=asked)
        for number, row in states.rows_with_states():
            found[table, row.label] = State(number, row)
    return found


def _refuse_conflicts(edits: Sequence[Edit], now: Now) -> None:
    conflicts = []
    for edit in edits:
        state = now.get((edit.table, edit.key))
        if (state.number if state else None) != edit.seen:
            conflicts.append(Conflict(edit, state))
    if conflicts:
        raise EditConflictError(tuple(conflicts))


def _refuse_leading_nowhere(mission: Mission, edits: Sequence[Edit], now: Now) -> None:
    findings = leading_nowhere(mission, edits)
    if findings:
        conflicts = (Conflict(edit, now.get((edit.table, edit.key))) for edit in edits)
        raise LeadsNowhereError(tuple(conflicts), findings)


def _refuse_strangers(found: Standing, mission: Mission, edits: Sequence[Edit], now: Now) -> None:
    own: list[Row] = []
    for edit in edits:
        before = _row(now.get((edit.table, edit.key)))
        if found.writes(edit.table) or _settles(found, mission, before, edit.row):
            continue
        if not found.writes_own(edit.table):
            raise PermissionDenied("edit")
        own += [row for row in (edit.row, before) if row]
    owners = _owners(mission, own, edits)
    if any(owner != found.own_code for owner in owners):
        raise PermissionDenied("edit")


def _settles(found: Standing, mission: Mission, before: Row | None, after: Row | None) -> bool:
    if before is None or after is None or not found.settles(type(before)):
        return False
    is_theirs = answers_for(mission, found.own_code, before)
    return is_theirs and only_settles(found.own_code, before, after)


def _owners(mission: Mission, rows: Sequence[Row], edits: Sequence[Edit]) -> set[str]:
    """Codes of the organisations whose rows these are; empty where it cannot be told."""
    owners: set[str] = set()
    asked: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        column = OWNED[row.TABLE]
        if column in OWNERS:
            asked[column].add(getattr(row, column))
        else:
            owners.add(getattr(row, column))
    brought = {(e.table.TABLE, e.key): e.row for e in edits if e.row is not None}
    for column, codes in asked.items():
        table, owner = OWNERS[column]
        held = MODELS[table].objects.of(mission.pk).current().filter(row_key__in=codes)
        by_code = dict(held.values_list("row_key", owner))
        for code in codes:
            with_it = brought.get((table, code))
            owners.add(by_code.get(code, getattr(with_it, owner, "") if with_it else ""))
    return owners


def _write(change: Change, edits: Sequence[Edit]) -> None:
    closing: dict[type[Row], list[int]] = defaultdict(list)
    opening: dict[type[Row], list[Row]] = defaultdict(list)
    for edit in edits:
        if edit.seen is not None:
            closing[edit.table].append(edit.seen)
        if edit.row is not None:
            opening[edit.table].append(edit.row)
    for table, numbers in closing.items():
        MODELS[table.TABLE].objects.filter(pk__in=numbers).update(row_closed=change)
    for table, rows in _owners_first(opening):
        model = MODELS[table.TABLE]
        model.objects.bulk_create(
            (
                model(
                    row_mission_id=change.mission_id,
                    row_opened=change,
                    row_key=row.label,
                    **values_of(row),
                )
                for row in rows
            ),
            batch_size=_BATCH,
        )


def _owners_first(opening: Mapping[type[Row], list[Row]]) -> list[tuple[type[Row], list[Row]]]:
    """Offers and contributions before the rows whose owner is found through them."""
    owners = {table for table, _ in OWNERS.values()}
    return sorted(opening.items(), key=lambda item: item[0].TABLE not in owners)


def _row(state: State | None) -> Row | None:
    return state.row if state else None
