"""Run what pages tell a reader to do, and put what comes out into them.

Pages are walked from the top, each in a folder of its own that has `dossiers` and `benchmarks`:

- A block `console` begins with `$` and a command; what the command prints follows. A comment before
  it, `<!-- shown: lines 1-12 -->` or `<!-- shown: from Call list -->` (that line up to the next
  empty one), leaves the rest out.
- Blocks `python` with a `text` block right after them run one after the other, as in a notebook;
  the `text` block holds what is printed.
- A table after `<!-- planted in: DOSSIER, as of DAY -->` tells of mistakes; each is made, and the
  last two columns hold what the check says.
- A block `csv` under a line "`folder/table.csv`" is written there.
- The lines "Sheet `name`" with a table after it fill that sheet of the workbook in the folder.

`python docs/print_outputs.py [PAGE ...]` writes the blocks again; `--check` only says which differ.
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import io
import os
import re
import shlex
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from fill_sheet import SHEET, fill
from plant_mistake import MISTAKES, with_findings

ROOT = Path(__file__).parents[1]
PROGRAMS = Path(sys.executable).parent
MAY_RUN = {"konbit", "konbit-audit", "python", "cp", "sed"}
READ_ONLY = {"check", "plan", "explain", "compare", "futures", "shock"}
ENDED_AS_TOLD = {0, 1, 3}  # fine; a dossier has errors; a plan broke a rule
_SHOWN = r"(?:<!-- shown: (?:lines (?P<first>\d+)-(?P<last>\d+)|from (?P<head>[^\n]+)) -->\n)?"
_CONSOLE = _SHOWN + r"```console\n\$ (?P<command>[^\n]+)\n(?P<out>.*?)```"
_PYTHON = r"```python\n(?P<code>.*?)```\n\n?```text\n(?P<said>.*?)```"
_FILE = r"(?m:^)`(?P<file>[\w-]+/\w+\.csv)`\n```csv\n(?P<text>.*?)```"
_STEP = re.compile(f"{_CONSOLE}|{_PYTHON}|{_FILE}|{MISTAKES}|(?m:{SHEET})", re.DOTALL)


def renewed(text: str) -> str:
    """The text of a page with every block as it comes out now."""
    with tempfile.TemporaryDirectory(prefix="konbit-page-") as name:
        folder = Path(name)
        for shared in ("dossiers", "benchmarks"):
            (folder / shared).symlink_to(ROOT / shared)
        names: dict[str, object] = {}
        return _STEP.sub(lambda found: _step(found, folder, names), text)


def _step(found: re.Match[str], folder: Path, names: dict[str, object]) -> str:
    whole = found[0]
    if found["sheet"]:
        fill(next(folder.glob("*.xlsx")), found["sheet"], found["rows"])
        return whole
    if found["file"]:
        (folder / found["file"]).write_text(found["text"], encoding="utf-8")
        return whole
    if found["mistakes"]:
        dossier = ROOT / found["dossier"]
        said = with_findings(dossier, found["day"], found["mistakes"])
        return whole.replace(found["mistakes"], said)
    if found["code"]:
        said = _text(_said(found["code"], folder, names))
        return whole.replace(f"```text\n{found['said']}```", f"```text\n{said}```")
    if "\n$ " in f"\n{found['out']}":
        raise SystemExit(f"one command a block, please: {found['command']}")
    lines = _printed(found["command"], folder)
    before, _, _ = whole.rpartition(f"{found['out']}```")
    return f"{before}{_text(_chosen(lines, found))}```"


def _chosen(lines: list[str], found: re.Match[str]) -> list[str]:
    """The lines that the page shows, an ellipsis where some were left out."""
    if found["first"]:
        start, end = int(found["first"]) - 1, int(found["last"])
    elif found["head"]:
        start = next(n for n, line in enumerate(lines) if line.startswith(found["head"]))
        end = next((n for n in range(start, len(lines)) if not lines[n]), len(lines))
    else:
        return lines
    return [*["…"] * (start > 0), *lines[start:end], *["…"] * (end < len(lines))]


def _printed(command: str, folder: Path) -> list[str]:
    words = shlex.split(command)
    if words[0] not in MAY_RUN:
        raise SystemExit(f"pages run {', '.join(sorted(MAY_RUN))} only, not: {command}")
    if words[0] in {"konbit", "konbit-audit", "python"}:
        words[0] = str(PROGRAMS / words[0])
    lasting = words[1] in READ_ONLY and words[2].startswith("dossiers/") and "--out" not in words
    return _run_once(tuple(words)) if lasting else _run(tuple(words), folder)


@cache
def _run_once(words: tuple[str, ...]) -> list[str]:
    """What a command on a dossier of the repository prints: the same on every page."""
    return _run(words, ROOT)


def _run(words: tuple[str, ...], folder: Path) -> list[str]:
    """The lines that a command prints, in English, a hundred columns wide."""
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("KONBIT_", "LC_", "LANG"))}
    done = subprocess.run(  # noqa: S603 - commands of our own pages
        words,
        cwd=folder,
        env={**plain, "COLUMNS": "100", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode not in ENDED_AS_TOLD or "Traceback" in done.stderr:
        raise SystemExit(f"{shlex.join(words)} ended with {done.returncode}\n{done.stderr}")
    # A command that refuses has no result; then its reader sees why.
    shown = done.stdout or (done.stderr if done.returncode else "")
    return [line.rstrip() for line in shown.splitlines()]


def _said(code: str, folder: Path, names: dict[str, object]) -> list[str]:
    """What a block of Python prints; names live on, from block to block of a page."""
    with contextlib.chdir(folder), contextlib.redirect_stdout(io.StringIO()) as said:
        exec(code, names)  # noqa: S102 - the code of our own pages
    return [line.rstrip() for line in said.getvalue().splitlines()]


def _text(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def pages() -> list[Path]:
    """Pages with something to run."""
    every = (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("dossiers/*/*.md"))
    return sorted(page for page in every if _STEP.search(page.read_text(encoding="utf-8")))


def main() -> int:
    """Write the blocks, or with `--check` show what differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("page", nargs="*", type=Path, help="without any: all")
    parser.add_argument("--check", action="store_true", help="write nothing")
    chosen = parser.parse_args()
    stale = 0
    for page in [path.resolve() for path in chosen.page] or pages():
        text = page.read_text(encoding="utf-8")
        new = renewed(text)
        if new == text:
            continue
        stale += 1
        name = str(page.relative_to(ROOT))
        if chosen.check:
            differ = difflib.unified_diff(text.splitlines(), new.splitlines(), name, "now", n=0)
            sys.stdout.write("\n".join((*differ, f"{name}: out of date: make docs", "")))
        else:
            page.write_text(new, encoding="utf-8")
            sys.stdout.write(f"{name}: written\n")
    return 1 if chosen.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
