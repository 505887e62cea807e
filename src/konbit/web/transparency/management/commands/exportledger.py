"""`python -m konbit.web exportledger`: the public export of a fund's log, as a ZIP archive."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from konbit.web.people.acting import acting
from konbit.web.people.models import User
from konbit.web.transparency.actions import make_checkpoint
from konbit.web.transparency.papers import export_of
from konbit.web.transparency.queries import find_log

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Sign the log as it is now, and write it with all that an auditor needs."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Which log, in whose name, and where to."""
        parser.add_argument("mission", help="code of the mission")
        parser.add_argument("fund", help="code of the fund")
        parser.add_argument("file", type=Path, help="the archive to write")
        parser.add_argument("--as", dest="reader", required=True, help="e-mail of who reads it")

    def handle(self, *_args: Any, **told: Any) -> None:
        """Write it."""
        log = find_log(told["mission"], told["fund"])
        reader = User.objects.filter(email=told["reader"], is_active=True).first()
        if log is None or reader is None:
            raise CommandError("there is no such fund, or nobody with that address")
        with acting(reader):
            if make_checkpoint(log) is None:
                raise CommandError("the log is empty")
            with export_of(log) as made, told["file"].open("wb") as file:
                shutil.copyfileobj(made, file)
        self.stdout.write(f"{told['file']}: {log.size} records")
