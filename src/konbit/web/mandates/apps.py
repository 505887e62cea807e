"""The application `mandates`."""

from __future__ import annotations

from django.apps import AppConfig


class MandatesConfig(AppConfig):
    """Where Django finds it and what it is called there."""

    name = "konbit.web.mandates"
    label = "mandates"
