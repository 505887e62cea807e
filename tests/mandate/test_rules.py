"""Every proposal names a rule that is told, and how sure it is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from konbit.mandate import as_json, read
from konbit.mandate.rules import rules

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
SOURCE = HERE.parents[1] / "src" / "konbit" / "mandate"


def told(value: Any) -> Iterator[tuple[str, int]]:
    if isinstance(value, dict):
        if "rule" in value:
            yield value["rule"], value["sure_percent"]
        for inner in value.values():
            yield from told(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from told(inner)


def test_every_value_names_a_rule_that_is_told_and_how_sure_it_is() -> None:
    for path in (HERE / "samples").glob("*.txt"):
        document = as_json(read(path.read_text("utf-8"), path.name))
        for rule, sure in told(document):
            assert rule in rules()
            assert 0 < sure <= 100


def test_every_rule_that_is_told_is_one_of_the_code() -> None:
    code = "\n".join(path.read_text("utf-8") for path in SOURCE.glob("*.py"))
    for rule in rules():
        assert re.search(rf'"{rule}"', code), rule
