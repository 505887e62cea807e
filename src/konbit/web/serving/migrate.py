"""`python -m konbit.web.serving.migrate`: migrations and guards, on a server of one's own.

Needs `DATABASE_URL` and `DATABASE_OWNER_URL`. May be run again and again; two at once wait for each
other.
"""

from __future__ import annotations

import os
import sys


def main() -> int:
    """Do it; 0 when all is in place."""
    if not os.environ.get("DATABASE_OWNER_URL"):
        sys.stderr.write("DATABASE_OWNER_URL names the database as the owner of its tables\n")
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "konbit.web.settings")
    import django

    django.setup()
    from konbit.web.serving.database import prepare

    prepare()
    return 0


if __name__ == "__main__":
    sys.exit(main())
