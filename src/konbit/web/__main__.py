"""`python -m konbit.web <command>`: Django's own commands, for those who operate the record."""

from __future__ import annotations

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "konbit.web.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
