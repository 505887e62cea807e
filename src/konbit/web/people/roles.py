"""The policy: which role may do what. Pages and database alike are made from it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Role(StrEnum):
    """What a person is trusted with: in one mission, or (administrator) in one organisation."""

    VIEWER = "viewer"
    CONTRIBUTOR_OFFICER = "contributor_officer"
    PLANNER = "planner"
    FUND_OFFICER = "fund_officer"
    FUND_APPROVER = "fund_approver"
    COORDINATION_OFFICER = "coordination_officer"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


MISSION_ROLES = tuple(role for role in Role if role is not Role.ADMINISTRATOR)

# Links of the chain whose tables a role may edit. Whoever has a role in a mission reads all of it.
WRITES: Mapping[Role, frozenset[str]] = {
    Role.PLANNER: frozenset({"mandate", "requirement", "pledge", "deployment", "plan"}),
    Role.FUND_OFFICER: frozenset({"fund"}),
    Role.COORDINATION_OFFICER: frozenset(
        {"mandate", "deployment", "coordination", "situation", "benchmark"}
    ),
}

# Tables in which a contributor's officer may edit the own organisation's rows, and the column
# that says whose a row is: a code of an organisation, or of an offer or contribution that has one.
OWNED: Mapping[str, str] = {
    "offers": "contributor",
    "offer_capabilities": "offer",
    "offer_equipment": "offer",
    "caveats": "offer",
    "unit_events": "offer",
    "agreements": "party",
    "contributor_terms": "organisation",
    "contributions": "donor",
    "contribution_events": "contribution",
}
OWNERS: Mapping[str, tuple[str, str]] = {
    "offer": ("offers", "contributor"),
    "contribution": ("contributions", "donor"),
}

# Tables in which a contributor's officer may say how the rows stand that the own organisation
# answers for: those that name it as owner, or whose paragraph is addressed to it. Only these
# columns; such a row is neither made nor taken out.
SETTLED: Mapping[str, frozenset[str]] = {
    "follow_ups": frozenset(
        {"status", "evidence", "answered_on", "answered_by", "answer", "source", "source_on",
         "confidence", "known_on"}
    ),
}  # fmt: skip

# Stages of money at which something is promised or set free: a second person must agree.
GUARDED_STAGES = frozenset({"pledged", "signed", "released"})
GUARDED_TABLE = "contribution_events"

_EDITORS = frozenset({Role.CONTRIBUTOR_OFFICER, *WRITES})

# Everything else that is done in a mission.
MAY: Mapping[str, frozenset[Role]] = {
    "read": frozenset(MISSION_ROLES),
    "edit": _EDITORS,
    "import": _EDITORS,
    "comment": _EDITORS | {Role.FUND_APPROVER},
    "attach": _EDITORS,
    "approve-money": frozenset({Role.FUND_APPROVER}),
    "freeze": frozenset({Role.PLANNER, Role.FUND_OFFICER, Role.COORDINATION_OFFICER}),
    "plan": frozenset({Role.PLANNER}),
    "approve-plan": frozenset({Role.FUND_APPROVER}),
    "post-money": frozenset({Role.FUND_OFFICER}),
    "verify-presence": frozenset({Role.COORDINATION_OFFICER}),
    "return-presence": frozenset({Role.FUND_OFFICER, Role.CONTRIBUTOR_OFFICER}),
    "publish-ledger": frozenset({Role.FUND_APPROVER}),
    "see-bank": frozenset({Role.FUND_OFFICER, Role.FUND_APPROVER, Role.AUDITOR}),
    "reconcile-bank": frozenset({Role.FUND_OFFICER}),
    "certify-bank": frozenset({Role.FUND_APPROVER}),
    "enter-ledger": frozenset(
        {Role.FUND_OFFICER, Role.CONTRIBUTOR_OFFICER, Role.COORDINATION_OFFICER}
    ),
}

# Roles in the log of a fund, and the role of the record that gives each.
LEDGER_ROLES: Mapping[str, Role] = {
    "officer": Role.FUND_OFFICER,
    "approver": Role.FUND_APPROVER,
    "verifier": Role.COORDINATION_OFFICER,
    "contributor": Role.CONTRIBUTOR_OFFICER,
}

# Whoever holds one of these signs in with a second factor.
WRITING_ROLES = frozenset(role for roles in (
    MAY["comment"], MAY["freeze"], {Role.ADMINISTRATOR},
) for role in roles)  # fmt: skip
