"""The daily targets are there, explained, and need nothing that an old make lacks."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

MAKE = shutil.which("make")
ROOT = Path(__file__).parents[2]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = {"plan", "serve", "test", "check", "bench", "soak", "docs", "clean", "help"}


def test_every_target_is_explained() -> None:
    phony = re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert set(" ".join(phony).split()) == TARGETS
    assert set(re.findall(r"^([a-z]+):.*## \S", MAKEFILE, re.MULTILINE)) == TARGETS


def test_nothing_newer_than_make_3_81_is_used() -> None:
    for newer in ("::=", "!=", ".ONESHELL", "$(file", "&:"):
        assert newer not in MAKEFILE


@pytest.mark.skipif(MAKE is None, reason="there is no make on this machine")
@pytest.mark.parametrize("target", sorted(TARGETS))
def test_make_understands_each_target(target: str) -> None:
    done = subprocess.run(
        [str(MAKE), "--dry-run", target], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_nothing_is_installed_from_a_host_of_our_own_naming() -> None:
    """Where packages come from is the user's setting; the lock file names only the public index."""
    for name in ("Makefile", "scripts/bootstrap.sh", ".ci/run"):
        assert not re.search(r"https?://|--index", (ROOT / name).read_text(encoding="utf-8")), name
