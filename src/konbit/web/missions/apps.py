"""The application `missions`."""

from __future__ import annotations

from django.apps import AppConfig


class MissionsConfig(AppConfig):
    """Where Django finds it and what it is called there."""

    name = "konbit.web.missions"
    label = "missions"
