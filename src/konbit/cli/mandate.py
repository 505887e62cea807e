"""`konbit mandate`: who must do what by when, from the text of a resolution."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from konbit.cli.console import show_json, tell, words_in
from konbit.cli.exits import ExitCode, Stop
from konbit.cli.options import AsJson, Lang

if TYPE_CHECKING:
    from konbit.briefing.words import Words
    from konbit.mandate import Article, Document


def mandate(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            help="Texts, PDF with a text layer, pages (HTML), Word documents, Akoma Ntoso.",
            show_default=False,
        ),
    ],
    compare: Annotated[
        bool,
        typer.Option("--compare", help="Set two files beside each other: the old, then the new."),
    ] = False,
    article: Annotated[
        bool,
        typer.Option(
            "--article", help="The files are press articles about decisions: secondary sources."
        ),
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Write JSON, Akoma Ntoso, text with codes and a workbook into this folder.",
            show_default=False,
        ),
    ] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Read resolutions and say who must do what by when.

    Every value is a proposal: it names its rule and how sure it is, and nothing is filled in on
    which the text is silent. Paragraphs get permanent codes (op4.a). With --compare two texts of a
    chain are set side by side. A file without paragraphs is read as a press article about a
    decision, which is a secondary source.
    """
    words = words_in(lang)
    if compare and len(files) != 2:
        raise Stop(ExitCode.USAGE, "cli-two-texts", count=len(files))
    read = [_read(path, words, article=article) for path in files]
    if compare:
        _compare(read, files, out, words, as_json=as_json)
        return
    _say(read, words, as_json=as_json)
    if out is not None:
        from konbit.cli.mandates.writing import write_read

        write_read(read, out, words)


def _read(path: Path, words: Words, *, article: bool) -> Document | Article:
    from konbit.cli.mandates.reading import is_silent, read_file

    one = read_file(path, words, article=article)
    if is_silent(one):
        raise Stop(ExitCode.FINDINGS, "cli-nothing-read", path=path)
    return one


def _say(read: list[Document | Article], words: Words, *, as_json: bool) -> None:
    from konbit.cli.mandates.documents import document_of
    from konbit.cli.mandates.screen import show_read

    if as_json:
        show_json({"documents": [document_of(one) for one in read]})
        return
    for one in read:
        show_read(one, words)


def _compare(
    read: list[Document | Article],
    files: list[Path],
    out: Path | None,
    words: Words,
    *,
    as_json: bool,
) -> None:
    from konbit.cli.mandates.documents import difference_document
    from konbit.cli.mandates.screen import show_difference
    from konbit.cli.mandates.writing import write_difference
    from konbit.mandate import Article, compare

    old, new = read
    for one, path in zip(read, files, strict=True):
        if isinstance(one, Article):
            raise Stop(ExitCode.FINDINGS, "cli-no-paragraphs", path=path)
    if isinstance(old, Article) or isinstance(new, Article):
        return
    difference = compare(old, new)
    if as_json:
        show_json(difference_document(difference))
    else:
        show_difference(difference, words)
    if out is not None:
        tell("\n".join(write_difference(difference, out, words)))
