"""The models of this application: the mirrored tables."""

from __future__ import annotations

from konbit.web.tables.mirrored import MODELS

__all__ = ["MODELS"]
