"""The application `tables`."""

from __future__ import annotations

from django.apps import AppConfig


class TablesConfig(AppConfig):
    """Where Django finds it and what it is called there."""

    name = "konbit.web.tables"
    label = "tables"
