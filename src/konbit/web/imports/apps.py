"""The application `imports`."""

from __future__ import annotations

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Where Django finds it and what it is called there."""

    name = "konbit.web.imports"
    label = "imports"
