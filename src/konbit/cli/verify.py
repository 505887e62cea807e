"""`konbit verify`: a plan that was written is checked again, against its dossier."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from konbit.cli.console import show, show_json, tell, words_in
from konbit.cli.exits import ExitCode, Stop
from konbit.cli.options import AsJson, DossierPath, Lang

if TYPE_CHECKING:
    from konbit.briefing.words import Words
    from konbit.dossier import Plan
    from konbit.dossier.plan import Check
    from konbit.package.plan_package import PlanReading


def verify(
    plan: Annotated[
        Path,
        typer.Argument(
            metavar="PLAN",
            help="A folder that konbit plan --out wrote, or its plan/ within.",
            show_default=False,
        ),
    ],
    dossier: DossierPath,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Check a written plan against its dossier: every limit and balance, in whole numbers.

    Nothing is planned: the tables are read back, and each rule is recomputed by code that shares
    nothing with the planner. A changed cell, in the plan or in the dossier, is found. Exit code 3
    when a rule is violated.
    """
    from konbit.cli.reading import read_dossier
    from konbit.planner import verify as verify_plan

    words = words_in(lang)
    reading = read_written(plan, words)
    written = reading.plan
    if written is None:
        raise typer.Exit(ExitCode.UNREADABLE)
    checks = verify_plan(read_dossier(dossier, words), written)
    same = written.digest == reading.stated_digest
    good = same and not any(check.violated for check in checks)
    if as_json:
        _show_json(written, checks, good=good, same=same)
    else:
        _show(reading, written, checks, words)
    if not good:
        tell(words.say("cli-verify-bad"))
        raise typer.Exit(ExitCode.NOT_VERIFIED)


def read_written(path: Path, words: Words) -> PlanReading:
    """A plan as somebody wrote it; what is wrong with its files is told.

    Raises:
        Stop: there is nothing, or it cannot be read.
    """
    from konbit.cli.findings import listed
    from konbit.cli.reading import why
    from konbit.package.plan_package import read_plan

    if not path.exists():
        raise Stop(ExitCode.UNREADABLE, "cli-nothing-there", path=path)
    folder = path / "plan" if (path / "plan").is_dir() else path
    try:
        reading = read_plan(folder)
    except OSError as error:
        raise Stop(ExitCode.UNREADABLE, "cli-cannot-read", path=path, why=why(error)) from error
    if reading.findings:
        tell("\n".join(listed(reading.findings, words)))
    return reading


def _show(reading: PlanReading, plan: Plan, checks: tuple[Check, ...], words: Words) -> None:
    scenario = plan.scenario_title or plan.scenario or "-"
    show(words.say("cli-verify-title", title=plan.title, day=plan.as_of_on, scenario=scenario))
    for check in checks:
        said = words.say(
            "cli-verify-rule", rule=check.rule, tested=check.tested, violated=check.violated
        )
        show(f"  {said}")
        if check.violated:
            show(f"    {words.say('cli-verify-first', first=check.first_violation)}")
    if plan.digest != reading.stated_digest:
        found, stated = plan.digest, reading.stated_digest
        show(words.say("cli-verify-changed", found=found, stated=stated))
    elif not any(check.violated for check in checks):
        tested = sum(check.tested for check in checks)
        show(words.say("cli-verify-good", tested=tested, rules=len(checks)))


def _show_json(plan: Plan, checks: tuple[Check, ...], *, good: bool, same: bool) -> None:
    from konbit.cli.documents import row_document

    show_json(
        {
            "digest": plan.digest,
            "dossier_digest": plan.dossier_digest,
            "unchanged": same,
            "verified": good,
            "rules": [row_document(check) for check in checks],
        }
    )
