"""Every statement that puts the guards in place; they may be run again and again."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from konbit.dossier.registry import TABLES
from konbit.web.guards.attached import of_attached
from konbit.web.guards.functions import FUNCTIONS
from konbit.web.guards.ledger import of_ledger
from konbit.web.guards.ledger import policies as of_ledgers
from konbit.web.guards.ledger_banks import of_banks
from konbit.web.guards.ledger_banks import policies as of_bank_accounts
from konbit.web.guards.policies import mirrored, of_others
from konbit.web.guards.settled import of_settled
from konbit.web.guards.transparency import of_transparency
from konbit.web.guards.transparency import policies as of_logs

if TYPE_CHECKING:
    from collections.abc import Iterator

APP_ROLE = "konbit_app"

# What is only ever added to.
_ADDED_TO = ("history_change", "history_proposal", "history_refusal", "history_comment",
             "plans_revision", "plans_approval", "pledges_attachment", "pledges_reminded",
             "mandates_reading",
             "people_peopleentry", "missions_mission", "people_organisation")  # fmt: skip
# What is added to, and the only columns that may change afterwards.
_PARTLY = {
    "imports_import": ("change_id",),
    "plans_run": ("state", "step", "share", "started_at", "ended_at", "digest", "trouble",
                  "content", "covered_points", "needed_points"),
    "pledges_preview": ("state", "share", "ended_at", "content", "trouble"),
    "people_assignment": ("ended_at", "ended_by_id"),
    "people_participation": ("own_code", "roles"),
    "people_invitation": ("accepted_at", "revoked_at"),
    "mandates_feed": ("revoked_at",),
    "people_apitoken": ("revoked_at", "last_used_on"),
    "people_user": ("password", "last_login", "name", "language", "is_active"),
    **{f"tables_{table.TABLE}": ("row_closed_id",) for table in TABLES},
}  # fmt: skip
# Tables of the parts that we build on: sessions, second factors, queue, cache.
_PARTS = ("account_", "mfa_", "socialaccount_", "usersessions_", "django_session", "django_cache",
          "procrastinate_")  # fmt: skip


def statements(tables: list[str]) -> Iterator[str]:
    """The statements, in order, for a database that has these tables."""
    yield f"GRANT USAGE ON SCHEMA public TO {APP_ROLE}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {APP_ROLE}"
    yield f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {APP_ROLE}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {APP_ROLE}"
    yield f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {APP_ROLE}"
    for table in (*_ADDED_TO, *_PARTLY):
        yield f"GRANT INSERT ON {table} TO {APP_ROLE}"
    for table, columns in _PARTLY.items():
        yield f"GRANT UPDATE ({', '.join(columns)}) ON {table} TO {APP_ROLE}"
    for table in tables:
        if table.startswith(_PARTS):
            yield f"GRANT INSERT, UPDATE, DELETE ON {table} TO {APP_ROLE}"
    yield from FUNCTIONS
    yield from of_settled()
    yield from of_attached()
    yield from of_ledger()
    yield from of_banks()
    yield from of_transparency()
    every = (*mirrored(), *of_others(), *of_ledgers(), *of_bank_accounts(), *of_logs())
    for table, policies in groupby(every, lambda policy: policy[0]):
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
        for _, name, command, condition in policies:
            bare, _, kind = name.partition(" ")
            yield f"DROP POLICY IF EXISTS {bare} ON {table}"
            yield (
                f"CREATE POLICY {bare} ON {table} {f'AS {kind} ' if kind else ''}FOR {command} "
                f"TO {APP_ROLE} {condition}"
            )
