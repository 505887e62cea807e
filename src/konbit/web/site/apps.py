"""The application `site`."""

from __future__ import annotations

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Where Django finds it and what it is called there."""

    name = "konbit.web.site"
    label = "site"

    def ready(self) -> None:
        """Have faults told, wherever in a request they happen."""
        from django.core.signals import got_request_exception

        from konbit.web.site.middleware import fault_told

        got_request_exception.connect(fault_told, dispatch_uid="konbit.fault")
