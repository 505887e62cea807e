"""The specifications as they were looked at and found good.

After a change that is meant, write them anew with
`KONBIT_WRITE_GOLDEN=1 pytest tests/briefing/figures` and look at the difference.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from every_figure import NAMES, every_figure
from konbit.briefing.words import Words

GOLDEN = Path(__file__).parents[2] / "golden" / "figures"


@pytest.mark.parametrize("name", NAMES)
def test_the_specification_is_the_one_that_was_looked_at(name: str) -> None:
    figure = every_figure(Words("en"), 480)[name]
    file = GOLDEN / f"{name}.json"
    if os.environ.get("KONBIT_WRITE_GOLDEN"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_lines(figure.spec), encoding="utf-8")
    assert _lines(figure.spec) == file.read_text(encoding="utf-8")


def _lines(spec: dict[str, object]) -> str:
    """One line for each layer and property: short to store, readable when it differs."""
    parts = []
    for key, value in sorted(spec.items()):
        if isinstance(value, list):
            rows = ",\n".join(f"  {_compact(row)}" for row in value)
            parts.append(f"{_compact(key)}: [\n{rows}\n]")
        else:
            parts.append(f"{_compact(key)}: {_compact(value)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
