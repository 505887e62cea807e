"""`python -m konbit.web takefactor`: take away an administrator's lost second factor.

Only where nobody in the record can: no other administrator of the organisation has a second factor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from konbit.web.people.administering import NotPossibleError
from konbit.web.people.models import User
from konbit.web.people.operating import (
    administrators,
    colleagues_who_can,
    one_without_help,
    take_factor_away,
    tell,
)

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

_WHY_NOT = {
    "nobody": "nobody with that address may sign in",
    "no-administrator": "{email} administers no organisation: the administrators of theirs take "
    "the second factor away, on the page of people",
    "no-factor": "{email} has no second factor: signing in with the password leads to a new one",
    "colleagues": "an administrator of the same organisation can do it, on the page of people: "
    "{colleagues}",
    "no-reason": "your name (--by) and the reason (--why) are written down: neither may be empty",
}


class Command(BaseCommand):
    """Tell what would be done; with --yes do it, write it into the history, and mail it."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose, in whose name, and why."""
        parser.add_argument("email", help="address of the administrator")
        parser.add_argument("--by", required=True, help="your own name, as it shall stand there")
        parser.add_argument("--why", required=True, help="the reason, as it shall stand there")
        parser.add_argument("--yes", action="store_true", help="do it")

    def handle(self, *_args: Any, **told: Any) -> None:
        """Tell or do it.

        Raises:
            CommandError: it is not for an operator to do, and who can instead.
        """
        if "owner" not in connections.settings:
            raise CommandError("DATABASE_OWNER_URL is not set: only the owner of the tables may")
        try:
            user = one_without_help(told["email"])
            if told["yes"]:
                take_factor_away(user, told["by"], told["why"])
        except NotPossibleError as error:
            raise CommandError(self._why_not(error.code, told["email"])) from None
        if told["yes"]:
            self._tell(user, told["by"], told["why"])
        else:
            self._ask_first(user)

    def _ask_first(self, user: User) -> None:
        named = ", ".join(administrators(user).values_list("email", flat=True))
        self.stdout.write(
            f"{user.name} ({user.email}) of {user.organisation.name}: app, keys and recovery codes "
            "would open nothing any more, and sessions would end; the password alone leads to a "
            f"new second factor.\nMail would go to: {named}.\nBe sure that it is they who ask: "
            "call them, or meet them. Nothing was done; with --yes it is."
        )

    def _tell(self, user: User, operator: str, why: str) -> None:
        self.stdout.write(f"{user.email} signs in with the password and sets up a second factor")
        for email in tell(user, operator, why):
            self.stderr.write(f"no mail could be sent to {email}: tell them yourself")

    def _why_not(self, code: str, email: str) -> str:
        user = User.objects.using("owner").filter(email=email.strip().casefold()).first()
        can = ", ".join(other.email for other in colleagues_who_can(user)) if user else ""
        return _WHY_NOT[code].format(email=email, colleagues=can)
