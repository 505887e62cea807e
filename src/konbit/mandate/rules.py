"""What each rule is that a proposal may name."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def rules() -> Mapping[str, str]:
    """Each rule's name and what it looks at, in English."""
    file = resources.files("konbit.mandate.lexicon").joinpath("rules.csv")
    rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    return {row["rule"]: row["meaning"] for row in rows}
