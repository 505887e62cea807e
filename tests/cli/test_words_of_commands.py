"""Every sentence and step that a command may say has words in every language, and none is idle."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from konbit.briefing.codes import CODED
from konbit.briefing.words import LANGUAGES
from konbit.briefing.words.words import catalogue
from konbit.terms import Severity

SOURCE = Path(__file__).parents[2] / "src" / "konbit"
SERVING = SOURCE / "web" / "serving"
CLI = "\n".join(
    p.read_text(encoding="utf-8")
    for room in (SOURCE / "cli", SERVING)
    for p in sorted(room.glob("*.py"))
)
PLANNER = "\n".join(
    p.read_text(encoding="utf-8") for p in sorted((SOURCE / "planner").rglob("*.py"))
)


def said() -> set[str]:
    """Codes of sentences in the text of the commands."""
    plain = set(re.findall(r"['\"](cli-[a-z-]+[a-z])['\"]", CLI))
    listed = {f"cli-codes-{table.TABLE.replace('_', '-')}" for table in CODED}
    return plain | listed | {f"cli-heading-{severity.value}" for severity in Severity}


def steps() -> set[str]:
    """Codes of steps that the planner and the outputs tell."""
    told = re.findall(r'(?:tell|told|progress)\("([a-z]+)"', PLANNER + CLI)
    return {f"cli-step-{step}" for step in told}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_has_words_and_none_is_idle(language: str) -> None:
    assert len(steps()) > 10
    assert set(catalogue("cli", language)) == said() | steps()


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_fill_the_same_places(language: str) -> None:
    english = catalogue("cli", "en")
    for code, entry in catalogue("cli", language).items():
        assert _places(entry) == _places(english[code]), code


def _places(entry: str | dict[str, str]) -> set[str]:
    texts = [entry] if isinstance(entry, str) else list(entry.values())
    return set(re.findall(r"{(\w+)}", " ".join(texts)))
