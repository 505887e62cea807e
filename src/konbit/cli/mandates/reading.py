"""Reading a file of a resolution or an article, with one clear sentence when that fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.cli.exits import ExitCode, Stop
from konbit.cli.reading import why
from konbit.exchange import Form, UnreadableTextError, text_of
from konbit.exchange.texts import MOST_BYTES
from konbit.mandate import (
    Article,
    NotAkomaNtosoError,
    from_akn,
    is_coded,
    read,
    read_article,
    read_coded,
)

if TYPE_CHECKING:
    from pathlib import Path

    from konbit.briefing.words import Words
    from konbit.mandate import Document


def read_file(path: Path, words: Words, *, article: bool) -> Document | Article:
    """The document in a file; an article where that is asked for or no paragraph is found.

    Raises:
        Stop: there is no such file, it may not be opened, or it has no text.
    """
    data = _bytes(path)
    try:
        text = text_of(data, path.name)
        if text.form is Form.AKOMA_NTOSO:
            return from_akn(data, path.name)
    except UnreadableTextError as error:
        why_not = words.say(f"mandate-{error.code}", **error.values)
        raise Stop(ExitCode.UNREADABLE, "cli-cannot-read", path=path, why=why_not) from error
    except NotAkomaNtosoError as error:
        why_not = words.say("mandate-text-damaged")
        raise Stop(ExitCode.UNREADABLE, "cli-cannot-read", path=path, why=why_not) from error
    if is_coded(text.characters):
        return read_coded(text.characters, path.name)
    if article:
        return read_article(text.characters, path.name)
    document = read(text.characters, path.name)
    return document if document.paragraphs else read_article(text.characters, path.name)


def is_silent(one: Document | Article) -> bool:
    """Whether nothing was found: no paragraph, and nothing that an article tells of a decision."""
    if not isinstance(one, Article):
        return False
    found = (one.body, one.symbol, one.decided_on, one.vote, one.request, *one.acts)
    return all(each is None for each in found)


def _bytes(path: Path) -> bytes:
    if not path.exists():
        raise Stop(ExitCode.UNREADABLE, "cli-nothing-there", path=path)
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Stop(ExitCode.UNREADABLE, "cli-cannot-read", path=path, why=why(error)) from error
