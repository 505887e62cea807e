"""Money of a fund under one earmark, and what a cost is for."""

from __future__ import annotations

from dataclasses import dataclass

FREE = "-"


@dataclass(frozen=True, slots=True, order=True)
class Purse:
    """Money of a fund under one earmark; `earmark` is `-` for none."""

    fund: str
    earmark: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What a cost is for, as far as earmarks care."""

    cost_head: str
    contributor: str = ""
    capability: str = ""
    site: str = ""
    lethal: bool = False
