"""Who may see and write which rows, as policies of the database, made from the one policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.dossier.registry import TABLES
from konbit.web.people.roles import (
    GUARDED_STAGES,
    GUARDED_TABLE,
    MAY,
    OWNED,
    OWNERS,
    SETTLED,
    WRITES,
    Role,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from konbit.dossier.columns import Row

_READS = "IN (SELECT konbit_reads())"


def roles(names: Iterable[str]) -> str:
    """Roles as an array of the database."""
    return f"ARRAY[{', '.join(repr(str(name)) for name in sorted(names))}]::text[]"


def _may(verb: str, who: str = "konbit_user()", place: str = "mission_id") -> str:
    return f"konbit_holds({who}, {place}, {roles(MAY[verb])})"


def of_mirrored(table: type[Row]) -> Iterator[tuple[str, str, str]]:
    """Name, command and condition of each policy of a mirrored table."""
    yield "reads", "SELECT", f"USING (row_mission_id {_READS})"
    yield "opens", "INSERT", f"WITH CHECK ({_written_by(table, 'row_opened_id')})"
    yield (
        "closes",
        "UPDATE",
        f"USING (row_closed_id IS NULL AND row_mission_id {_READS}) "
        f"WITH CHECK ({_written_by(table, 'row_closed_id')})",
    )
    if table.TABLE == GUARDED_TABLE:
        stages = ", ".join(repr(stage) for stage in sorted(GUARDED_STAGES))
        for name, command, change in (
            ("opens_guarded", "INSERT", "row_opened_id"),
            ("closes_guarded", "UPDATE", "row_closed_id"),
        ):
            condition = f"stage NOT IN ({stages}) OR {change} IN (SELECT konbit_seconded())"
            yield f"{name} RESTRICTIVE", command, _both(command, condition)


def _both(command: str, condition: str) -> str:
    return f"{'USING (true) ' if command == 'UPDATE' else ''}WITH CHECK ({condition})"


def _written_by(table: type[Row], change: str) -> str:
    writers = [role for role, links in WRITES.items() if table.LINK in links]
    place = f"(row_mission_id, {change}) IN (SELECT c.mission_id, c.id FROM konbit_changes({{}}) c)"
    parts = [place.format(roles(writers))] if writers else []
    if table.TABLE in OWNED:
        own = place.format(roles([Role.CONTRIBUTOR_OFFICER]))
        parts.append(f"({own} AND {_owner(table)} = konbit_own_code({change}))")
    if table.TABLE in SETTLED:
        own = place.format(roles([Role.CONTRIBUTOR_OFFICER]))
        parts.append(f"({own} AND {_answered(table, change)})")
    return " OR ".join(parts) or "false"


def _answered(table: type[Row], change: str) -> str:
    """One's organisation answers for the row, and a new state differs only in how it stands."""
    here = f"tables_{table.TABLE}"
    own = f"konbit_own_code({here}.{change})"
    theirs = f"konbit_answers_for({here}.row_mission_id, {own}, {here}.owner, {here}.paragraph)"
    if change == "row_closed_id":
        return theirs
    return f"{theirs} AND konbit_settles_{table.TABLE}({here}.*, {own})"


def _owner(table: type[Row]) -> str:
    column = OWNED[table.TABLE]
    if column not in OWNERS:
        return f'"{column}"'
    through, owner = OWNERS[column]
    here = f"tables_{table.TABLE}"
    return (
        f"(SELECT o.{owner} FROM tables_{through} o WHERE o.row_mission_id = {here}.row_mission_id "
        f"AND o.row_key = {here}.{column} ORDER BY o.row_opened_id DESC LIMIT 1)"
    )


_BY_ME = "by_id = konbit_user()"
_OPEN_PROPOSAL = (
    "EXISTS (SELECT FROM history_proposal p WHERE p.id = history_change.proposal_id "
    "AND p.by_id = history_change.by_id AND p.mission_id = history_change.mission_id "
    "AND p.verb = history_change.verb) AND NOT EXISTS (SELECT FROM history_refusal r "
    "WHERE r.proposal_id = history_change.proposal_id)"
)


def of_others() -> Iterator[tuple[str, str, str, str]]:
    """Table, name, command and condition of each other policy."""
    for table in ("history_change", "history_proposal", "history_refusal", "history_comment",
                  "imports_import", "plans_revision", "plans_run", "plans_approval",
                  "pledges_attachment", "pledges_preview", "mandates_reading"):  # fmt: skip
        yield table, "reads", "SELECT", f"USING (mission_id {_READS})"
    yield (
        "history_change",
        "opens",
        "INSERT",
        f"WITH CHECK (transaction = txid_current() AND ((second_id IS NULL AND {_BY_ME} AND "
        f"{_may('edit')}) OR (second_id = konbit_user() AND {_may('approve-money')} AND "
        f"{_OPEN_PROPOSAL})))",
    )
    for table, verb in (
        ("history_proposal", "edit"),
        ("history_comment", "comment"),
        ("imports_import", "import"),
        ("plans_revision", "freeze"),
        ("plans_run", "plan"),
        ("plans_approval", "approve-plan"),
        ("mandates_reading", "edit"),
    ):
        yield table, "adds", "INSERT", f"WITH CHECK ({_BY_ME} AND {_may(verb)})"
    yield (
        "pledges_attachment",
        "adds",
        "INSERT",
        f'WITH CHECK ({_BY_ME} AND {_may("attach")} AND konbit_attaches(mission_id, "table", key))',
    )
    yield (
        "pledges_preview",
        "adds",
        "INSERT",
        f"WITH CHECK ({_BY_ME} AND {_may('edit')} AND state = 'waiting' AND content IS NULL "
        "AND EXISTS (SELECT FROM plans_run r WHERE r.id = run_id "
        "AND r.mission_id = pledges_preview.mission_id))",
    )
    yield (
        "history_refusal",
        "adds",
        "INSERT",
        f"WITH CHECK ({_BY_ME} AND ({_may('approve-money')} OR EXISTS (SELECT FROM "
        f"history_proposal p WHERE p.id = proposal_id AND p.by_id = konbit_user())))",
    )
    yield (
        "imports_import",
        "commits",
        "UPDATE",
        f"USING (mission_id {_READS} AND change_id IS NULL) WITH CHECK (change_id IN (SELECT c.id "
        f"FROM history_change c WHERE c.transaction = txid_current()))",
    )
    for table in ("plans_run", "pledges_preview"):
        yield (
            table,
            "goes_on",
            "UPDATE",
            f"USING ({_may('read')} AND state IN ('waiting', 'running')) WITH CHECK "
            f"({_may('read')} AND ({_BY_ME} OR (state = 'interrupted' AND content IS NULL)))",
        )
    yield "pledges_reminded", "reads", "SELECT", "USING (user_id = konbit_user())"
    yield (
        "pledges_reminded",
        "adds",
        "INSERT",
        f"WITH CHECK (user_id = konbit_user() AND mission_id {_READS})",
    )
    yield "mandates_feed", "reads", "SELECT", "USING (user_id = konbit_user())"
    yield (
        "mandates_feed",
        "makes",
        "INSERT",
        f"WITH CHECK (user_id = konbit_user() AND mission_id {_READS})",
    )
    yield (
        "mandates_feed",
        "revokes",
        "UPDATE",
        "USING (user_id = konbit_user() AND revoked_at IS NULL) "
        "WITH CHECK (user_id = konbit_user() AND revoked_at IS NOT NULL)",
    )
    yield from _of_people()


def _of_people() -> Iterator[tuple[str, str, str, str]]:
    yield "people_assignment", "reads", "SELECT", "USING (true)"
    yield (
        "people_assignment",
        "gives",
        "INSERT",
        "WITH CHECK (konbit_may_give(coalesce((SELECT u.id FROM people_user u WHERE "
        "u.id = user_id), 0), mission_id, role) AND given_by_id = konbit_user())",
    )
    administers = (
        "konbit_administers((SELECT u.organisation_id FROM people_user u WHERE u.id = user_id))"
    )
    yield (
        "people_assignment",
        "ends",
        "UPDATE",
        f"USING ({administers} AND ended_at IS NULL) WITH CHECK ({administers})",
    )
    yield "people_participation", "reads", "SELECT", "USING (true)"
    host = "konbit_administers((SELECT m.host_id FROM missions_mission m WHERE m.id = mission_id))"
    yield "people_participation", "joins", "INSERT", f"WITH CHECK ({host})"
    yield "people_participation", "changes", "UPDATE", f"USING ({host}) WITH CHECK ({host})"
    yield "missions_mission", "reads", "SELECT", "USING (true)"
    yield "missions_mission", "opens", "INSERT", "WITH CHECK (konbit_administers(host_id))"
    yield (
        "people_peopleentry",
        "reads",
        "SELECT",
        f"USING (konbit_administers(organisation_id) OR {host} OR "
        f"konbit_holds(konbit_user(), mission_id, {roles([Role.AUDITOR])}))",
    )
    yield "people_peopleentry", "adds", "INSERT", f"WITH CHECK ({_BY_ME})"


def mirrored() -> Iterator[tuple[str, str, str, str]]:
    """Policies of every mirrored table."""
    for table in TABLES:
        for name, command, condition in of_mirrored(table):
            yield f"tables_{table.TABLE}", name, command, condition
