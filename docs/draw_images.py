"""Draw the figures that pages show, from the plan that the program makes now.

`python docs/draw_images.py` writes them, and the sentence beside each into the pages that show it;
`--check` only says which differ. A picture may come out with other letters on another machine, so
it carries the digest of its specification, and that is compared.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

import konbit
from konbit.briefing.figures import render
from konbit.terms.digest import digest_of

ROOT = Path(__file__).parents[1]
IMAGE = ROOT / "docs" / "images" / "haiti-people.svg"
PAGES = (ROOT / "README.md", ROOT / "docs" / "explanation" / "haiti.md")
_GROUND = '<rect width="100%" height="100%" fill="#ffffff"/>'


def main() -> int:
    """Write, or with `--check` name what is out of date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    check = parser.parse_args().check
    plan = konbit.plan(konbit.read(ROOT / "dossiers" / "haiti"), explain=False, calls=False)
    figure = plan.s_curve()
    digest = f"<!-- specification {digest_of(figure.spec)} -->"
    stale = not IMAGE.exists() or digest not in IMAGE.read_text(encoding="utf-8")
    if stale and not check:
        # Pages are also read on dark screens, so the picture brings its own paper.
        opening, rest = render.svg(figure, titled=True).split(">", 1)
        IMAGE.write_text(f"{opening}>{digest}{_GROUND}{rest}\n", encoding="utf-8")
    shown = re.compile(rf"!\[[^\]]*\](\([^)]*{IMAGE.name}\))")
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        new = shown.sub(rf"![{figure.title}. {figure.alt}]\1", text)
        stale = stale or new != text
        if not check:
            page.write_text(new, encoding="utf-8")
    sys.stdout.write(f"{IMAGE.relative_to(ROOT)}: {'out of date' if stale else 'in step'}\n")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
