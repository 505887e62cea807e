"""The application `ledger`."""

from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Where Django finds it and what it is called there."""

    name = "konbit.web.ledger"
    label = "ledger"
