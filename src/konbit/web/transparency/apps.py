"""The application `transparency`."""

from __future__ import annotations

from django.apps import AppConfig


class TransparencyConfig(AppConfig):
    """Where Django finds it and what it is called there."""

    name = "konbit.web.transparency"
    label = "transparency"
