"""The page that says which role may do what, written from the policy of the record itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.dossier import TABLES
from konbit.web.people.roles import (
    GUARDED_STAGES,
    MAY,
    MISSION_ROLES,
    OWNED,
    SETTLED,
    WRITES,
    WRITING_ROLES,
    Role,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_DOES = {
    "read": "read everything of the mission, its history included",
    "edit": "edit rows (see below which)",
    "import": "send files",
    "comment": "comment",
    "attach": "attach papers to rows of which they may change something",
    "approve-money": "approve or refuse what promises money or sets it free, as second person",
    "publish-ledger": "open a fund's log to everybody, for good, and name its witnesses",
    "freeze": "freeze a revision",
    "plan": "ask for plans",
    "approve-plan": "approve a plan that somebody else asked for",
    "post-money": "record and propose in the ledger of a fund",
    "verify-presence": "verify in the ledger who was there",
    "return-presence": "return strengths and claim, contributors for themselves",
    "see-bank": "see what banks say of a fund's accounts",
    "reconcile-bank": "send a bank's statement, and match it with records",
    "certify-bank": "agree to a reconciliation that others made, as second person",
    "enter-ledger": "record in the ledger what needs one person",
}


def who_may(generated: str) -> str:
    """The whole page."""
    return "\n".join((generated, *_lines())) + "\n"


def _lines() -> Iterator[str]:
    yield "# Who may do what in the record"
    yield ""
    yield "A role is held in one mission, by a person or by a program's token; several may be held. Without a role in a"
    yield "mission one is not told that it exists. Roles marked * sign in with a second factor."
    yield ""
    names = [
        f"{role.replace('_', ' ')}{' *' if role in WRITING_ROLES else ''}" for role in MISSION_ROLES
    ]
    yield f"| | {' | '.join(names)} |"
    yield f"|---|{'---|' * len(names)}"
    for verb, roles in MAY.items():
        marks = " | ".join("yes" if role in roles else "" for role in MISSION_ROLES)
        yield f"| {_DOES[verb]} | {marks} |"
    yield ""
    yield "## Whose rows"
    yield ""
    yield "| role | edits the tables |"
    yield "|---|---|"
    for role, links in WRITES.items():
        tables = ", ".join(f"`{table.TABLE}`" for table in TABLES if table.LINK in links)
        yield f"| {role.replace('_', ' ')} | {tables} |"
    own = ", ".join(f"`{table}`" for table in OWNED)
    yield f"| {Role.CONTRIBUTOR_OFFICER.replace('_', ' ')} | rows of the own organisation in {own} |"
    settled = "; ".join(
        f"`{table}` ({', '.join(f'`{name}`' for name in sorted(names))})"
        for table, names in SETTLED.items()
    )
    yield ""
    yield "A **contributor officer** also says how the rows stand that the own organisation answers for, as owner or"
    yield f"addressed by name in the paragraph: {settled}. Nothing else of such a row is changed,"
    yield "and none is made or taken out."
    yield ""
    stages = ", ".join(sorted(GUARDED_STAGES))
    yield f"A contribution event at one of the stages {stages} is stored only when a fund approver, another person, agrees;"
    yield "so is any change of such a row."
    yield ""
    yield "An **administrator** * is of an organisation, not of a mission: invites its people, gives and ends their roles"
    yield "within what the mission's host lets the organisation give, makes and revokes tokens. An administrator reads no"
    yield "mission without a role in it. The host's administrator says which organisations take part."
    yield ""
    yield "The tests ask every page, every operation of the API, and the database in raw SQL, for every role, the outsider"
    yield "first: `tests/web/test_who_may.py`, `test_service.py`, `test_raw_sql.py`."
