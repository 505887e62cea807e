"""`python -m konbit.web firstadministrator`: the first person of a new record."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING, Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError

from konbit.web.people.first import first_administrator

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Make an organisation with its administrator; everybody else is invited by them."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """What must be told; the password is asked for, or read from standard input."""
        parser.add_argument("code", help="short name of the organisation")
        parser.add_argument("organisation", help="its name")
        parser.add_argument("email", help="address of the administrator")
        parser.add_argument("name", help="name of the administrator")

    def handle(self, *_args: Any, **told: Any) -> None:
        """Make them.

        Raises:
            CommandError: the password will not do, or one of them is there already.
        """
        is_person = sys.stdin.isatty()
        password = getpass.getpass("Password: ") if is_person else sys.stdin.readline().strip()
        try:
            validate_password(password)
            made = first_administrator(
                told["code"], told["organisation"], told["email"], told["name"], password
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        except IntegrityError:
            there = f"{told['code']} or {told['email']} is in the record already"
            raise CommandError(f"{there}; its administrators invite everybody else") from None
        self.stdout.write(f"{made.email} may sign in and sets up a second factor first")
