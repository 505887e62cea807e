"""Every address of the record with every method, and who may: the table that the tests go through.

An answer is one of: `page` (it is shown, or done), `sign in` (led there), `no page` (as if it were
not there), `forbidden`, `method` (the address knows no such method).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from konbit.web.people.roles import MAY, Role
from web_world import PEOPLE

if TYPE_CHECKING:
    from collections.abc import Mapping

METHODS = ("GET", "POST", "PUT", "DELETE")
_NOBODY = "nobody"

ROLE_OF = {name: Role(role) for name, (_, role) in PEOPLE.items() if role}
READERS = frozenset(name for name, role in ROLE_OF.items() if role is not Role.ADMINISTRATOR)
EVERYBODY = frozenset({_NOBODY, *PEOPLE})
SIGNED_IN = frozenset(PEOPLE)
ADMINISTRATORS = frozenset(n for n, role in ROLE_OF.items() if role is Role.ADMINISTRATOR)


def who(verb: str) -> frozenset[str]:
    """Those whose role lets them do what the policy lists under a verb."""
    return frozenset(name for name, role in ROLE_OF.items() if role in MAY[verb])


def having(*roles: Role) -> frozenset[str]:
    """Those with one of these roles."""
    return frozenset(name for name, role in ROLE_OF.items() if role in roles)


@dataclass(frozen=True)
class Address:
    """One address.

    Attributes:
        path: the address, with names of the mission's things in braces.
        get: who is shown it.
        post: who may do it; None where nothing can be sent.
        sent: what is sent.
        in_mission: whether outsiders are told that there is no such page.
    """

    path: str
    get: frozenset[str] | None = READERS
    post: frozenset[str] | None = None
    sent: Mapping[str, Any] = field(default_factory=dict)
    in_mission: bool = True

    def expected(self, method: str, name: str) -> str:
        """The answer for somebody."""
        allowed = {"GET": self.get, "POST": self.post}.get(method)
        if allowed is None:
            return "method"
        if name in allowed:
            return "page"
        if name == _NOBODY:
            return "sign in"
        if self.in_mission and name not in READERS:
            return "no page"
        return "forbidden"


OFFICERS = having(Role.PLANNER) | {"kenya_officer"}
FORMS = OFFICERS | {"canada_officer"}  # a form is shown to whoever has rows of their own
COORDINATORS = having(Role.COORDINATION_OFFICER)
MANDATED = having(Role.PLANNER, Role.COORDINATION_OFFICER)
_WHY = {"why": "a test"}
_SETTLED = {
    "status": "in_progress",
    "source": "a letter",
    "source_on": "2026-11-01",
    "confidence": "official",
    **_WHY,
}

ADDRESSES: Mapping[str, Address] = {
    "home": Address("/", SIGNED_IN, in_mission=False),
    "language": Address("/language", None, EVERYBODY, {"language": "fr"}, in_mission=False),
    "receipt_check": Address("/receipt", EVERYBODY, EVERYBODY, in_mission=False),
    "live": Address("/health/live", EVERYBODY, in_mission=False),
    "ready": Address("/health/ready", EVERYBODY, in_mission=False),
    "second_factor": Address("/second-factor", SIGNED_IN, in_mission=False),
    "people": Address("/people/", SIGNED_IN, in_mission=False),
    "invite": Address(
        "/people/invite",
        None,
        ADMINISTRATORS,
        {"email": "new@example.org", "role": "0:administrator"},
        in_mission=False,
    ),
    "token": Address(
        "/people/token",
        None,
        ADMINISTRATORS,
        {"name": "program", "role": "{mission_id}:viewer"},
        in_mission=False,
    ),
    "missions": Address(
        "/people/missions",
        ADMINISTRATORS,
        ADMINISTRATORS,
        {"do": "open", "code": "NEW", "title": "New"},
        in_mission=False,
    ),
    "people_change": Address(
        "/people/change",
        None,
        having(Role.ADMINISTRATOR) - {"kenya_administrator"},
        {"do": "give", "number": "{viewer_id}", "role": "{mission_id}:auditor"},
        in_mission=False,
    ),
    "invitation": Address("/invitation/{secret}/", EVERYBODY, EVERYBODY, in_mission=False),
    "mission": Address("/m/M/"),
    "export": Address("/m/M/export.zip"),
    "table": Address("/m/M/tables/offers/"),
    "table_excel": Address("/m/M/tables/offers/excel"),
    "row": Address("/m/M/tables/offers/row/{offer}"),
    "row_new": Address("/m/M/tables/offers/new", FORMS, FORMS),
    "row_edit": Address(
        "/m/M/tables/offers/edit/{offer}",
        OFFICERS,
        OFFICERS,
        {"!form": "offers"},
    ),
    "row_take_out": Address(
        "/m/M/tables/caveats/take-out/{caveat}",
        OFFICERS,
        OFFICERS,
        {**_WHY, "seen": "{caveat_seen}"},
    ),
    "comment": Address("/m/M/comment/offers/{offer}", None, who("comment"), {"text": "a word"}),
    "imports": Address("/m/M/import/", who("import"), who("import"), {"!file": "offers"}),
    "import": Address("/m/M/import/{import}/"),
    "import_store": Address("/m/M/import/{import}/store", None, who("import")),
    "changes": Address("/m/M/history/"),
    "change": Address("/m/M/history/{change}/"),
    "approvals": Address("/m/M/approvals/"),
    "decide": Address(
        "/m/M/approvals/{proposal}/", None, who("approve-money"), {"decision": "approve"}
    ),
    "mission_people": Address("/m/M/people/"),
    "pledges": Address("/m/M/pledges/"),
    "pledge": Address(
        "/m/M/pledges/offers/KEN-NEW/",
        READERS,
        OFFICERS | COORDINATORS,
        {
            "stage": "agreed",
            "on": "2026-11-01",
            "units": "1",
            "source": "a letter",
            "source_on": "2026-11-01",
            "confidence": "official",
            "why": "a test",
        },
    ),
    "preview": Address("/m/M/pledges/preview/{preview}/"),
    "reminders": Address("/m/M/reminders/"),
    "papers": Address("/m/M/papers/offers/{offer}/", READERS, OFFICERS, {"!paper": ""}),
    "paper": Address("/m/M/papers/file/{paper}"),
    "mandates": Address("/m/M/mandate/"),
    "document": Address("/m/M/mandate/document/S-RES-2793/"),
    "paragraph": Address("/m/M/mandate/paragraph/2793-06/"),
    "take_up": Address(
        "/m/M/mandate/paragraph/2793-06/take-up",
        MANDATED,
        MANDATED,
        {"task": "a task", **_SETTLED},
    ),
    "mandate_back": Address("/m/M/mandate/back/offers/{offer}/"),
    "coverage": Address("/m/M/mandate/coverage/"),
    "coverage_excel": Address("/m/M/mandate/coverage/excel"),
    "follow_ups": Address("/m/M/mandate/follow-ups/"),
    "follow_up": Address(
        "/m/M/mandate/follow-ups/F-2814-04/",
        READERS,
        MANDATED,
        {**_SETTLED, "seen": "{follow_up_seen}"},
    ),
    "readings": Address("/m/M/mandate/read/", MANDATED, MANDATED, {"text": "1. Decides to go on;"}),
    "reading": Address(
        "/m/M/mandate/read/{reading}/",
        MANDATED,
        MANDATED,
        {
            "do": "accept",
            "d.title": "A",
            "d.adopted_on": "2026-11-01",
            "source_on": "2026-11-01",
            "source": "a text",
            "confidence": "official",
            **_WHY,
        },
    ),
    "difference": Address("/m/M/mandate/difference/", MANDATED),
    "report": Address("/m/M/mandate/report/"),
    "report_pdf": Address("/m/M/mandate/report/pdf"),
    "report_word": Address("/m/M/mandate/report/word"),
    "calendar": Address("/m/M/mandate/calendar/", READERS, READERS),
    "feed": Address("/calendar/{feed}.ics", EVERYBODY, in_mission=False),
    "ledger_funds": Address("/m/M/funds/"),
    "ledger_open": Address(
        "/m/M/funds/open",
        who("post-money"),
        who("post-money"),
        {
            "code": "NEW",
            "title": "New",
            "currency": "USD",
            "on": "2026-01-01",
            "approver": "{approver_id}",
            "authority": "a test",
        },
    ),
    "ledger_fund": Address("/m/M/funds/TF/"),
    "ledger_statement": Address("/m/M/funds/TF/statement"),
    "ledger_statement_file": Address("/m/M/funds/TF/statement.xlsx"),
    "ledger_contributions": Address("/m/M/funds/TF/contributions"),
    "ledger_claims": Address("/m/M/funds/TF/claims"),
    "ledger_arrears": Address("/m/M/funds/TF/arrears"),
    "ledger_arrears_file": Address("/m/M/funds/TF/arrears.xlsx"),
    "ledger_arrears_take": Address(
        "/m/M/funds/TF/arrears/take", None, who("import"), {"on": "2026-06-30"}
    ),
    "ledger_journal": Address("/m/M/funds/TF/journal"),
    "ledger_enter": Address(
        "/m/M/funds/TF/enter/interest",
        who("post-money"),
        who("post-money"),
        {
            "on": "2026-01-01",
            "purse": "A",
            "bank": "MAIN",
            "amount_minor": "12.50",
            "key": "who-may",
        },
    ),
    "ledger_allot": Address("/m/M/funds/TF/allot", None, who("post-money"), {"month": "2026-12"}),
    "ledger_banks": Address("/m/M/funds/TF/banks/", who("see-bank")),
    "ledger_bank": Address(
        "/m/M/funds/TF/banks/MAIN/", who("see-bank"), who("reconcile-bank"), {"!statement": ""}
    ),
    "ledger_bank_withdraw": Address(
        "/m/M/funds/TF/banks/MAIN/withdraw",
        None,
        who("reconcile-bank"),
        {"statement": "{bank_statement}", "why": "a test"},
    ),
    "ledger_bank_match": Address(
        "/m/M/funds/TF/banks/MAIN/match",
        who("see-bank"),
        who("reconcile-bank"),
        {"do": "confirm"},
    ),
    "ledger_bank_matches": Address(
        "/m/M/funds/TF/banks/MAIN/matches",
        who("see-bank"),
        who("reconcile-bank"),
        {"match": "{bank_match}", "why": "a test"},
    ),
    "ledger_bank_reconciliation": Address(
        "/m/M/funds/TF/banks/MAIN/reconciliation", who("see-bank"), who("certify-bank")
    ),
    "ledger_bank_reconciliation_file": Address(
        "/m/M/funds/TF/banks/MAIN/reconciliation.xlsx", who("see-bank")
    ),
    "ledger_decide": Address(
        "/m/M/funds/TF/decide/{ledger_proposal}",
        None,
        who("approve-money"),
        {"decision": "approve"},
    ),
    "plans": Address("/m/M/plans/"),
    "freeze": Address("/m/M/plans/freeze", None, who("freeze"), {"title": "today"}),
    "revision": Address(
        "/m/M/plans/revision/{revision}/", READERS, who("plan"), {"as_of": "2026-11-23"}
    ),
    "dossier_zip": Address("/m/M/plans/revision/{revision}/dossier.zip"),
    "run": Address("/m/M/plans/{run}/"),
    "run_approve": Address("/m/M/plans/{run}/approve", None, who("approve-plan"), _WHY),
    "run_again": Address("/m/M/plans/{run}/again", None, who("plan")),
    "run_brief": Address("/m/M/plans/{run}/brief"),
    "plan_zip": Address("/m/M/plans/{run}/plan.zip"),
    "compare": Address("/m/M/plans/{run}/beside/{run}/"),
    "log": Address("/ledger/M/TF/"),
    "log_newest": Address("/ledger/M/TF/checkpoint"),
    "log_checkpoint": Address("/ledger/M/TF/checkpoint/{log_size}"),
    "log_cosign": Address("/ledger/M/TF/checkpoint/{log_size}/cosign", None, READERS),
    "log_keys": Address("/ledger/M/TF/keys"),
    "log_inclusion": Address("/ledger/M/TF/inclusion/0/{log_size}"),
    "log_consistency": Address("/ledger/M/TF/consistency/1/{log_size}"),
    "log_receipt_asked": Address("/ledger/M/TF/receipt?number=1"),
    "log_receipt": Address("/ledger/M/TF/receipt/0"),
    "log_export": Address("/ledger/M/TF/export.zip"),
    "log_witness": Address("/ledger/M/TF/witness", None, who("publish-ledger"), {"key": "{key}"}),
    "log_publish": Address("/ledger/M/TF/publish", None, who("publish-ledger")),
    "log_sign": Address("/ledger/M/TF/sign", None, READERS),
}
