"""`konbit verify`: what somebody was given is checked again: a plan, or a receipt of a fund."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zipfile import BadZipFile, ZipFile

import typer

from konbit.cli.console import show, show_json, tell, words_in
from konbit.cli.exits import ExitCode, Stop
from konbit.cli.options import AsJson, Lang

if TYPE_CHECKING:
    from konbit.briefing.words import Words
    from konbit.dossier import Dossier, Plan
    from konbit.dossier.plan import Check
    from konbit.package.plan_package import PlanReading

_LOG = "log.jsonl"  # in the export of a fund
# What a plan is also written as; nobody can check it from these.
_TO_BE_READ = frozenset({".html", ".pdf", ".xlsx", ".docx", ".csv"})


def verify(
    given: Annotated[
        Path,
        typer.Argument(
            metavar="PLAN_OR_RECEIPT",
            help="A folder that konbit plan --out wrote, or its plan/ within; "
            "or a file with the receipt of a fund.",
            show_default=False,
        ),
    ],
    dossier: Annotated[
        Path | None,
        typer.Argument(
            metavar="DOSSIER",
            help="With a plan: the folder of tables or workbook it was made from.",
            show_default=False,
        ),
    ] = None,
    keys: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="With a receipt: keys that you trust, one a line, such as your agreement names.",
            show_default=False,
        ),
    ] = None,
    witnesses: Annotated[
        int,
        typer.Option(
            metavar="NUMBER", min=0, help="With a receipt: how many witnesses must have signed."
        ),
    ] = 0,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Check what you were given, without trusting who gave it: a plan, or a fund's receipt.

    A plan is checked against its dossier: every limit and balance, in whole numbers, by code that
    shares nothing with the planner. A changed cell, in the plan or in the dossier, is found.

    A receipt is checked by itself, offline: that the record in it is in the fund's log, and who
    signed the log. It says in words what is proven and what is not. Exit code 3 when a rule is
    violated, or when nothing is proven.
    """
    words = words_in(lang)
    is_folder = _is_folder(given)
    if _is_export(given):
        raise Stop(ExitCode.USAGE, "cli-verify-export", path=given)
    if is_folder:
        if dossier is None and keys is None and not witnesses:
            raise Stop(ExitCode.USAGE, "cli-verify-name-dossier", path=given)
        if dossier is None or keys is not None or witnesses:
            raise Stop(ExitCode.USAGE, "cli-verify-plan-needs", path=given)
        _verify_plan(given, dossier, words, as_json=as_json)
    else:
        from konbit.cli.receipt import verify_receipt_file

        if given.suffix.casefold() in _TO_BE_READ:
            raise Stop(ExitCode.USAGE, "cli-verify-to-be-read", path=given)
        if dossier is not None:
            raise Stop(ExitCode.USAGE, "cli-verify-receipt-alone", path=given)
        verify_receipt_file(given, keys, words, witnesses=witnesses, as_json=as_json)


def _is_folder(given: Path) -> bool:
    """Whether a path is a folder.

    Raises:
        Stop: there is nothing, or the system does not let look.
    """
    from konbit.cli.reading import why

    try:
        if not given.exists():
            raise Stop(ExitCode.UNREADABLE, "cli-nothing-there", path=given)
        return given.is_dir()
    except OSError as error:
        raise Stop(ExitCode.UNREADABLE, "cli-cannot-read", path=given, why=why(error)) from error


def _is_export(given: Path) -> bool:
    """Whether it is the log of a fund: a folder, or an archive, that holds `log.jsonl`."""
    if given.is_dir():
        return (given / _LOG).is_file() or any(given.glob(f"*/{_LOG}"))
    try:
        with ZipFile(given) as archive:
            return any(name.rpartition("/")[2] == _LOG for name in archive.namelist())
    except (BadZipFile, OSError, NotImplementedError, ValueError):
        return False


def _verify_plan(path: Path, dossier: Path, words: Words, *, as_json: bool) -> None:
    """Nothing is planned: the tables are read back, and each rule is recomputed."""
    from konbit.cli.reading import read_dossier
    from konbit.planner import verify as verify_plan

    reading = read_written(path, words)
    written = reading.plan
    if written is None:
        raise typer.Exit(ExitCode.UNREADABLE)
    given = read_dossier(dossier, words)
    checks = verify_plan(given, written)
    same = written.digest == reading.stated_digest
    good = same and not written.contradicts_itself and not any(check.violated for check in checks)
    if as_json:
        _show_json(reading, written, checks, good=good)
    else:
        _show(reading, written, checks, given, words)
    if not good:
        if given.digest != written.dossier_digest:
            tell(words.say("cli-other-dossier", path=path))
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

    try:
        folder = path / "plan" if (path / "plan").is_dir() else path
        reading = read_plan(folder)
    except OSError as error:
        raise Stop(ExitCode.UNREADABLE, "cli-cannot-read", path=path, why=why(error)) from error
    if reading.findings:
        tell("\n".join(listed(reading.findings, words)))
    return reading


def _show(
    reading: PlanReading, plan: Plan, checks: tuple[Check, ...], given: Dossier, words: Words
) -> None:
    """Titles are those of the dossier: what the plan says of itself may have been changed."""
    from konbit.briefing.sentences import rule
    from konbit.dossier.tables.fund import Scenario

    titles = {row.code: row.title for row in given.rows(Scenario)}
    scenario = titles.get(plan.scenario) or plan.scenario or words.say("scenario-none")
    title = given.mission.title
    show(words.say("cli-verify-title", title=title, day=plan.as_of_on, scenario=scenario))
    for check in checks:
        named = rule(check.rule, words)
        said = words.say(
            "cli-verify-rule", rule=named, tested=check.tested, violated=check.violated
        )
        show(f"  {said}")
        if check.violated:
            show(f"    {words.say('cli-verify-first', first=check.first_violation)}")
    if any(check.violated for check in checks):
        show(words.say("cli-verify-legend"))
    if plan.digest != reading.stated_digest:
        found, stated = plan.digest, reading.stated_digest
        show(words.say("cli-verify-changed", found=found, stated=stated))
        if reading.changed:
            files = words.listed(reading.changed)
            show(words.say("cli-verify-changed-files", files=files))
    elif not any(check.violated for check in checks):
        tested = sum(check.tested for check in checks)
        show(words.say("cli-verify-good", tested=tested, rules=len(checks)))
    show(_own_word(plan, words))


def _own_word(plan: Plan, words: Words) -> str:
    """What of a plan nobody recomputes, or that it contradicts what is recomputed."""
    from konbit.briefing.reckoning import share_of

    covered, most = (
        words.share(share_of(points, plan.needed_points))
        for points in (plan.covered_points, plan.most_points)
    )
    code = "cli-verify-most-too-little" if plan.contradicts_itself else "cli-verify-own-word"
    return words.say(code, covered=covered, most=most)


def _show_json(reading: PlanReading, plan: Plan, checks: tuple[Check, ...], *, good: bool) -> None:
    from konbit.cli.documents import row_document

    show_json(
        {
            "digest": plan.digest,
            "dossier_digest": plan.dossier_digest,
            "unchanged": plan.digest == reading.stated_digest,
            "changed": list(reading.changed),
            "verified": good,
            "covered_points": plan.covered_points,
            "needed_points": plan.needed_points,
            "most_points_by_its_own_word": plan.most_points,
            "rules": [row_document(check) for check in checks],
        }
    )
