"""Put into pages what a command prints, so that every number in them was printed by a command.

A page marks such a block with a comment:

    <!-- printed by: konbit plan dossiers/haiti, lines 1-12 -->

`python docs/print_outputs.py` runs the commands again and writes the blocks; `--check` only says
which are out of date. `lines` may be left out.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROGRAM = Path(sys.executable).parent / "konbit"
_BLOCK = re.compile(
    r"(<!-- printed by: konbit ([^,\n]*?)(?:, lines (\d+)-(\d+))? -->\n```text\n)(.*?)(```)",
    re.DOTALL,
)


@cache
def printed(arguments: str) -> list[str]:
    """The lines that a command prints, in English, a hundred columns wide."""
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("KONBIT_", "LC_", "LANG"))}
    done = subprocess.run(  # noqa: S603 - our own program, on commands of our own pages
        [PROGRAM, *shlex.split(arguments)],
        cwd=ROOT,
        env={**plain, "COLUMNS": "100"},
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return [line.rstrip() for line in done.stdout.splitlines()]


def renewed(text: str) -> str:
    """The text of a page with every block as its command prints it now."""

    def block(found: re.Match[str]) -> str:
        before, arguments, first, last, _, after = found.groups()
        lines = printed(arguments)
        chosen = lines[int(first) - 1 : int(last)] if first else lines
        return before + "".join(f"{line}\n" for line in chosen) + after

    return _BLOCK.sub(block, text)


def pages() -> list[Path]:
    """Pages that show what a command prints."""
    every = (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("dossiers/*/*.md"))
    return sorted(page for page in every if _BLOCK.search(page.read_text(encoding="utf-8")))


def main() -> int:
    """Write the blocks, or with `--check` name the pages that are out of date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    check = parser.parse_args().check
    stale = []
    for page in pages():
        text = page.read_text(encoding="utf-8")
        new = renewed(text)
        if new == text:
            continue
        stale.append(page)
        if not check:
            page.write_text(new, encoding="utf-8")
        said = "out of date: make docs" if check else "written"
        sys.stdout.write(f"{page.relative_to(ROOT)}: {said}\n")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
