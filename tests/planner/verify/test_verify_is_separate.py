"""The check of a plan imports nothing that helps to make one."""

from __future__ import annotations

import ast
from pathlib import Path

import konbit.planner.verifying

FOLDER = Path(konbit.planner.verifying.__file__).parent
MODULES = (FOLDER.with_name("verify.py"), *FOLDER.glob("*.py"))
# Questions about a dossier that the planner asks too: the check answers them for itself.
ASKED_BY_THE_PLANNER = {"konbit.dossier.unit_stages", "konbit.dossier.money_stages"}


def imported(path: Path) -> set[str]:
    """Modules of this project that a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0
            found.add(node.module or "")
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return {name for name in found if name.startswith("konbit")}


def test_check_reads_terms_and_tables_alone() -> None:
    names = set().union(*map(imported, MODULES))
    allowed = ("konbit.terms", "konbit.dossier", "konbit.planner.verifying")
    beside = {name for name in names if not name.startswith(allowed)}
    assert len(MODULES) > 10
    assert beside == set()
    assert names.isdisjoint(ASKED_BY_THE_PLANNER)


def test_check_computes_without_floats() -> None:
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        divisions = [node for node in ast.walk(tree) if isinstance(node, ast.Div)]
        assert "float" not in names
        assert divisions == []
