"""Who somebody is in a fund's log, and which roles the register of people gives them there."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from konbit.fund import Draft, Role
from konbit.web.people.roles import LEDGER_ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.web.ledger.loading import Held
    from konbit.web.ledger.models import LedgerFund
    from konbit.web.people.models import User


def opaque(fund: LedgerFund, user: User) -> str:
    """By what a user is known in the log; only who knows the fund's secret can tell who it is."""
    text = f"{fund.salt}:{user.pk}".encode()
    return f"p-{hashlib.sha256(text).hexdigest()[:20]}"


def roles(fund: LedgerFund, held: Held, actor: User, approver: User | None) -> Iterator[Draft]:
    """Drafts that bring the log's roles of these people in line with the register of people."""
    for user in (actor, approver) if approver is not None else (actor,):
        who = opaque(fund, user)
        held_now = _roles_given(user, fund, held)
        held_there = {grant for grant in held.books.grants if grant[0] == who}
        for kind, grants in (
            ("actor_granted", held_now - held_there),
            ("actor_ended", held_there - held_now),
        ):
            for _, role, party in sorted(grants):
                yield Draft(
                    kind=kind,
                    body={"on": held.now[:10], "who": who, "role": role, "party": party},
                    key=f"{kind}-{who}-{role}-{held.books.size}",
                    authority="Register of people",
                )


def _roles_given(user: User, fund: LedgerFund, held: Held) -> set[tuple[str, str, str]]:
    """What the register of people lets a user do in a fund's log."""
    found = held.trusted.get(user.pk)
    if found is None:
        return set()
    who = opaque(fund, user)
    return {
        (who, ours, found.own_code if ours == Role.CONTRIBUTOR else "")
        for ours, theirs in LEDGER_ROLES.items()
        if theirs in found.roles
    }
