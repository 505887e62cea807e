"""What a plan is written as: brief, workbook and tables, each whole or not at all."""

from __future__ import annotations

import getpass
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from konbit.cli.console import tell
from konbit.cli.working import writing
from konbit.cli.writing import writes

if TYPE_CHECKING:
    from pathlib import Path

    from konbit.api import ComparisonView, DifferenceView, FuturesView, PlanView, ReplayView
    from konbit.briefing.words import Words
    from konbit.cli.working import Progress
    from konbit.dossier import Comparison, Plan


def prepare(out: Path) -> None:
    """Try that the folder can be made and written. Nothing is left of it until there is a plan.

    Raises:
        Stop: it cannot.
    """
    from konbit.package.atomic import write_file

    probe = out / ".konbit"
    made = [folder for folder in (out, *out.parents) if not folder.exists()]
    with writes(out):
        write_file(probe, b"")
        probe.unlink()
        for folder in made:
            folder.rmdir()


def write_everything(view: PlanView, out: Path, words: Words, *, pdf: bool) -> None:
    """Brief, workbook and tables of a plan.

    Raises:
        Stop: something cannot be written.
    """
    written = writing(words, lambda told: _everything(view, out, words, told, pdf=pdf))
    _tell_written(written, words)


def write_brief(view: PlanView, out: Path, words: Words, *, pdf: bool) -> None:
    """Only the brief of a plan.

    Raises:
        Stop: it cannot be written.
    """
    written = writing(words, lambda told: _brief(view, None, out, words, told, pdf=pdf))
    _tell_written(written, words)


def write_comparison(view: ComparisonView, out: Path, words: Words, *, pdf: bool) -> None:
    """The brief of the first scenario with all of them side by side, and the tables of each.

    Raises:
        Stop: something cannot be written.
    """
    written = writing(words, lambda told: _comparison(view, out, words, told, pdf=pdf))
    _tell_written(written, words)


def write_futures(view: FuturesView, out: Path, words: Words) -> None:
    """The page of some futures, and their tables.

    Raises:
        Stop: something cannot be written.
    """
    written = writing(words, lambda told: _futures(view, out, words, told))
    _tell_written(written, words)


def _futures(view: FuturesView, out: Path, words: Words, told: Progress) -> list[Path]:
    from konbit.briefing import futures_html
    from konbit.briefing.as_html import PHONE_PX
    from konbit.package.futures_package import write_futures as write_tables

    told("figures", 0.0)
    page = futures_html(
        view.result, view.dossier, view.figures(), words, slim_figures=view.figures(PHONE_PX)
    )
    written = [_put(out / "futures.html", page.encode())]
    told("tables", 0.9)
    folder = out / "futures"
    with writes(folder):
        write_tables(view.result, folder)
    return [*written, folder]


def write_difference(view: DifferenceView, out: Path, words: Words) -> None:
    """The page of what changed, and the tables of both plans.

    Raises:
        Stop: something cannot be written.
    """
    written = writing(words, lambda told: _difference(view, out, words, told))
    _tell_written(written, words)


def _difference(view: DifferenceView, out: Path, words: Words, told: Progress) -> list[Path]:
    from konbit.briefing import difference_html

    told("brief", 0.0)
    page = difference_html(view.difference, *view.dossiers, words)
    written = [_put(out / "difference.html", page.encode())]
    told("tables", 0.5)
    for name, plan in (("earlier", view.difference.earlier), ("later", view.difference.later)):
        written.append(_tables(plan, out / name))
    return written


def write_replay(view: ReplayView, out: Path, words: Words) -> None:
    """A replayed shock: its page, the shocked dossier, the repaired plan, the slips.

    Raises:
        Stop: something cannot be written.
    """
    written = writing(words, lambda told: _replay(view, out, words, told))
    _tell_written(written, words)


def _replay(view: ReplayView, out: Path, words: Words, told: Progress) -> list[Path]:
    from konbit.briefing import replay_html
    from konbit.briefing.as_html import PHONE_PX
    from konbit.dossier.replay import Slip
    from konbit.package import write_folder
    from konbit.package.folder_writing import write_tables

    replay = view.replay
    told("figures", 0.0)
    wide, slim = view.figures(), view.figures(PHONE_PX)
    told("brief", 0.3)
    page = replay_html(replay, wide, words, slim_figures=slim)
    written = [_put(out / "shock.html", page.encode())]
    told("tables", 0.6)
    folder = out / "dossier"
    with writes(folder):
        write_folder(replay.shocked, folder)
    slips = out / "slips"
    with writes(slips):
        write_tables({Slip: replay.slips}, slips, "slips", replay.after.title, {})
    return [*written, folder, _tables(replay.after, out / "plan"), slips]


def _everything(
    view: PlanView, out: Path, words: Words, told: Progress, *, pdf: bool
) -> list[Path]:
    from konbit.briefing import plan_workbook

    written = _brief(view, None, out, words, told, pdf=pdf)
    told("workbook", 0.8)
    book = plan_workbook(view.plan, view.dossier, words, made_by(), made_on(words))
    written += [_put(out / "plan.xlsx", book)]
    told("tables", 0.9)
    return [*written, _tables(view.plan, out / "plan")]


def _comparison(
    view: ComparisonView, out: Path, words: Words, told: Progress, *, pdf: bool
) -> list[Path]:
    written = _brief(view.plans[0], view, out, words, told, pdf=pdf)
    told("tables", 0.9)
    return [*written, *(_tables(plan, out / plan.scenario) for plan in view.comparison.plans)]


def _brief(
    view: PlanView,
    beside: ComparisonView | None,
    out: Path,
    words: Words,
    told: Progress,
    *,
    pdf: bool,
) -> list[Path]:
    from konbit.briefing import brief_html, brief_pdf
    from konbit.briefing.as_html import PHONE_PX

    told("figures", 0.0)
    comparison: Comparison | None = beside.comparison if beside else None
    wide = {**view.figures(), **(beside.figures() if beside else {})}
    slim = {**view.figures(PHONE_PX), **(beside.figures(PHONE_PX) if beside else {})}
    told("brief", 0.2)
    page = brief_html(view.plan, view.dossier, wide, words, comparison, slim_figures=slim)
    written = [_put(out / "brief.html", page.encode())]
    if pdf:
        told("pdf", 0.5)
        sheets = brief_pdf(view.plan, view.dossier, wide, words, comparison)
        written += [_put(out / "brief.pdf", sheets)]
    return written


def _tables(plan: Plan, folder: Path) -> Path:
    from konbit.package.plan_package import write_plan

    with writes(folder):
        write_plan(plan, folder)
    return folder


def _put(path: Path, content: bytes) -> Path:
    from konbit.package.atomic import write_file

    with writes(path):
        write_file(path, content)
    return path


def _tell_written(written: list[Path], words: Words) -> None:
    for path in written:
        tell(words.say("cli-written", path=path))


def made_by() -> str:
    """Who runs the program, for the cover of a workbook."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def made_on(words: Words) -> str:
    """When, for the cover: now, or the moment that SOURCE_DATE_EPOCH asks for."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else datetime.now(UTC)
    return f"{words.day(now.date())}, {now:%H:%M} UTC"
