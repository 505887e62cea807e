"""The database's clock."""

from __future__ import annotations

from django.db.models import Func

NOW = Func(function="clock_timestamp")
"""The instant at which a row is written, as the database has it; a transaction does not stop it."""
