"""The application `history`."""

from __future__ import annotations

from django.apps import AppConfig


class HistoryConfig(AppConfig):
    """Where Django finds it and what it is called there."""

    name = "konbit.web.history"
    label = "history"
