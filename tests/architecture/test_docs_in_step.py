"""Pages that are written from the program say what it says now, and no link leads nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs_in_step import out_of_date

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    page.relative_to(ROOT)
    for page in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("dossiers/*/*.md"))
)
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)


def test_reference_pages_are_what_the_program_says() -> None:
    assert out_of_date("generate_reference.py") == ""


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_links_of_a_page_lead_somewhere(page: Path) -> None:
    text = _CODE.sub("", (ROOT / page).read_text(encoding="utf-8"))
    for target in _LINK.findall(text):
        if "://" in target or target.startswith("mailto:"):
            continue
        name, _, anchor = target.partition("#")
        file = (ROOT / page).parent / name if name else ROOT / page
        assert file.exists(), f"{page} links to {target}"
        if anchor and file.suffix == ".md":
            assert anchor in _anchors(file), f"{page} links to {target}"


def test_every_page_is_reached_from_the_index() -> None:
    index = ROOT / "docs" / "README.md"
    reached = {
        (index.parent / target.partition("#")[0]).resolve()
        for target in _LINK.findall(index.read_text(encoding="utf-8"))
    }
    pages = {page.resolve() for page in ROOT.glob("docs/**/*.md")} - {index.resolve()}
    assert sorted(str(page.relative_to(ROOT)) for page in pages - reached) == []


def _anchors(file: Path) -> set[str]:
    """Anchors of a page: those it names, and those that a reader makes of its headings."""
    text = file.read_text(encoding="utf-8")
    named = set(re.findall(r'<a id="([^"]+)">', text))
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    made = {
        re.sub(r"[^\w\- ]", "", re.sub(r"<[^>]+>", "", heading)).strip().lower().replace(" ", "-")
        for heading in headings
    }
    return named | made
