"""What `konbit mandate` prints on a terminal."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from rich import box
from rich.markup import escape
from rich.table import Table

from konbit.cli.console import show, show_rich
from konbit.cli.mandates.tables import (
    acts_changed,
    bound_of,
    bounds_changed,
    force_in,
    heading_of,
    headings,
    limits_changed,
    rhythm_of,
    told_rows,
    vote_in,
)
from konbit.mandate import Article, Change

if TYPE_CHECKING:
    from konbit.briefing.words import Words
    from konbit.mandate import Act, Difference, Document, Pair

SHORT = 160
# Characters; the last column, which tells what is asked, takes what these leave.
WIDEST_OF_ACTS = (12, 18, 14, 20)


def show_read(one: Document | Article, words: Words) -> None:
    """Print a resolution or an article."""
    if isinstance(one, Article):
        _show_article(one, words)
    else:
        _show_document(one, words)


def _show_document(document: Document, words: Words) -> None:
    show(heading_of(document, words))
    show(
        words.say(
            "mandate-counts",
            recitals=words.number(len(document.recitals)),
            paragraphs=words.number(len(document.paragraphs)),
        )
    )
    table = _table(headings(("paragraph", "who", "verb", "by", "what"), words), WIDEST_OF_ACTS)
    for paragraph in document.paragraphs:
        for number, act in enumerate(paragraph.acts, 1):
            verb = f"{act.verb.value} ({force_in(act, words)})" if act.verb else ""
            table.add_row(
                paragraph.code if number == 1 else f"{paragraph.code} ({number})",
                escape(_who(act)),
                verb,
                escape(_limits(act, words)),
                escape(_short(act.action)),
            )
    show_rich(table)
    show(words.say("mandate-proposals"))
    show("")


def _who(act: Act) -> str:
    """Who is addressed as printed, and below whom the text means by it, where it says so."""
    printed = act.addressee.value if act.addressee else ""
    return f"{printed}\n= {act.meant.value}" if act.meant else printed


def _limits(act: Act, words: Words) -> str:
    told = []
    for limit in act.deadlines:
        known = [rhythm_of(limit, words), words.day(limit.on) if limit.on else ""]
        more = ", ".join(part for part in known if part)
        told.append(f"{limit.phrase} ({more})" if more else limit.phrase)
    told += [event.value for event in act.events]
    return "\n".join(told + [bound_of(ceiling, words) for ceiling in act.ceilings])


def _short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[:SHORT].rsplit(' ', 1)[0]} ..."


def _table(names: tuple[str, ...], widest: tuple[int, ...] = ()) -> Table:
    """An empty table; columns named in `widest` leave the room that they do not need to others."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, expand=False)
    for name, most in zip_longest(names, widest):
        table.add_column(name, overflow="fold", max_width=most)
    return table


def _show_article(article: Article, words: Words) -> None:
    show(words.say("mandate-secondary", name=article.name))
    if article.body:
        show(
            words.say(
                "mandate-told-body", body=words.say(f"mandate-body-{article.body.value.value}")
            )
        )
    if article.decided_on:
        show(words.say("mandate-told-day", day=article.decided_on.value))
    if article.vote:
        show(words.say("mandate-told-vote", vote=vote_in(article.vote.value, words)))
    if article.request:
        unknown = words.say("mandate-not-told")
        show(
            words.say(
                "mandate-told-request",
                asker=article.request.asker.value if article.request.asker else unknown,
                day=article.request.on.value if article.request.on else unknown,
            )
        )
    table = _table(headings(("verb", "force", "who", "words"), words))
    for verb, force, who, told, _ in told_rows(article, words):
        table.add_row(verb, force, escape(who), escape(_short(told)))
    show_rich(table)
    show("")


def show_difference(difference: Difference, words: Words) -> None:
    """Print what became of each paragraph; words that changed are marked with signs, not colour."""
    show(heading_of(difference.old, words))
    show(heading_of(difference.new, words))
    pairs = (*difference.recitals, *difference.paragraphs)
    counts = {
        change.value: words.number(sum(1 for pair in pairs if pair.change is change))
        for change in Change
    }
    show(words.say("mandate-changes", **counts))
    table = _table(headings(("change", "old", "new", "limits", "words"), words))
    for pair in pairs:
        table.add_row(
            words.say(f"mandate-change-{pair.change.value}"),
            pair.old.code if pair.old else "",
            pair.new.code if pair.new else "",
            escape(
                "\n".join(
                    part
                    for told in (acts_changed, limits_changed, bounds_changed)
                    if (part := told(pair, words))
                )
            ),
            escape(marked(pair)),
        )
    show_rich(table)


def marked(pair: Pair) -> str:
    """Words that changed, in signs: [-old-] {+new+}; what both have is cut short."""
    if pair.change is Change.KEPT:
        return _short(pair.new.text if pair.new else "")
    parts = []
    for run in pair.runs:
        if run.side == "both":
            some = run.words.split()
            parts.append(
                run.words if len(some) <= 8 else f"{' '.join(some[:3])} ... {' '.join(some[-3:])}"
            )
        else:
            parts.append(
                f"[-{_short(run.words)}-]" if run.side == "old" else f"{{+{_short(run.words)}+}}"
            )
    return " ".join(parts)
