"""Every setting that the environment may give is told in the reference, and none besides."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
_NAME = re.compile(r"\b(KONBIT_[A-Z_]+|DATABASE_[A-Z_]*URL)\b")


def test_every_setting_is_told() -> None:
    read = set(_NAME.findall((ROOT / "src/konbit/web/environment.py").read_text("utf-8")))
    told = set(_NAME.findall((ROOT / "docs/reference/settings.md").read_text("utf-8")))
    assert told == read
