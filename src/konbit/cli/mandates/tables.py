"""Rows of who must do what by when, of an article, and of what changed, in the reader's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from konbit.briefing.words import Words
    from konbit.mandate import (
        Act,
        Article,
        Ceiling,
        Deadline,
        Difference,
        Document,
        Pair,
        Paragraph,
    )

DUTIES = ("document", "paragraph", "who", "meant", "verb", "force", "what", "by", "on", "every", "condition",
          "events", "bound", "cites", "sure", "rule", "words")  # fmt: skip


def headings(names: tuple[str, ...], words: Words) -> tuple[str, ...]:
    """Headings of columns in the reader's language."""
    return tuple(words.say(f"mandate-column-{name}") for name in names)


def duty_rows(document: Document, words: Words) -> list[tuple[Any, ...]]:
    """One row an act, in the order of the text; columns as in `DUTIES`."""
    symbol = document.symbol.value if document.symbol else document.name
    return [
        _duty(symbol, paragraph, act, words)
        for paragraph in document.paragraphs
        for act in paragraph.acts
    ]


def _duty(symbol: str, paragraph: Paragraph, act: Act, words: Words) -> tuple[Any, ...]:
    limits = act.deadlines
    found = [one for one in (act.verb, act.force, act.addressee) if one is not None]
    return (
        symbol,
        paragraph.code,
        act.addressee.value if act.addressee else "",
        act.meant.value if act.meant else "",
        act.verb.value if act.verb else "",
        force_in(act, words),
        act.action,
        "; ".join(limit.phrase for limit in limits),
        next((limit.on for limit in limits if limit.on and not limit.in_condition), None),
        "; ".join(rhythm_of(limit, words) for limit in limits if rhythm_of(limit, words)),
        act.condition.value if act.condition else "",
        "; ".join(event.value for event in act.events),
        "; ".join(bound_of(ceiling, words) for ceiling in act.ceilings),
        "; ".join(citation.symbol or citation.number for citation in paragraph.citations),
        min((one.confidence_percent for one in found), default=paragraph.confidence_percent),
        ", ".join(dict.fromkeys(one.rule for one in found)) or paragraph.rule,
        paragraph.text,
    )


def force_in(act: Act, words: Words) -> str:
    """The force of an act in the reader's language; empty where it is inherited."""
    return words.say(f"mandate-force-{act.force.value.value}") if act.force else ""


def rhythm_of(limit: Deadline, words: Words) -> str:
    """A counted rhythm, "every 3 months"; empty where the limit is no counted rhythm."""
    if limit.every_months:
        return words.say("mandate-every-months", count=limit.every_months)
    return words.say("mandate-every-days", count=limit.every_days) if limit.every_days else ""


def bound_of(ceiling: Ceiling, words: Words) -> str:
    """A number with its bound: "at most 1,250 police officers"."""
    return words.say(
        f"mandate-bound-{ceiling.bound}", number=words.number(ceiling.count), unit=ceiling.unit
    ).strip()


def told_rows(article: Article, words: Words) -> list[tuple[Any, ...]]:
    """One row an act that an article tells: verb, force, who, words, how sure."""
    return [
        (
            act.verb.value,
            words.say(f"mandate-force-{act.force.value.value}"),
            act.addressee.value if act.addressee else "",
            act.words,
            act.verb.confidence_percent,
        )
        for act in article.acts
    ]


def change_rows(difference: Difference, words: Words) -> list[tuple[Any, ...]]:
    """One row a paragraph: what became of it, codes, acts, limits, numbers, words of both."""
    return [_change(pair, words) for pair in (*difference.recitals, *difference.paragraphs)]


def _change(pair: Pair, words: Words) -> tuple[Any, ...]:
    return (
        words.say(f"mandate-change-{pair.change.value}"),
        pair.old.code if pair.old else "",
        pair.new.code if pair.new else "",
        acts_changed(pair, words),
        limits_changed(pair, words),
        bounds_changed(pair, words),
        pair.old.text if pair.old else "",
        pair.new.text if pair.new else "",
    )


def acts_changed(pair: Pair, words: Words) -> str:
    """Acts of a changed paragraph that are in one text only: "requests X → calls upon Y"."""
    return "; ".join(
        words.say("mandate-became", old=_told(old, words), new=_told(new, words))
        for old, new in pair.acts
    )


def _told(act: Act | None, words: Words) -> str:
    told = [part.value for part in (act.verb, act.addressee) if part] if act else []
    return " ".join(told) or words.say("mandate-none")


def limits_changed(pair: Pair, words: Words) -> str:
    """Limits that are in one text only: "until 24 March → until 30 April"."""
    return "; ".join(
        words.say("mandate-became", old=_phrase(old, words), new=_phrase(new, words))
        for old, new in pair.deadlines
    )


def _phrase(limit: Deadline | None, words: Words) -> str:
    return limit.phrase if limit else words.say("mandate-none")


def bounds_changed(pair: Pair, words: Words) -> str:
    """Numbers that are in one text only."""
    return "; ".join(
        words.say(
            "mandate-became",
            old=bound_of(old, words) if old else words.say("mandate-none"),
            new=bound_of(new, words) if new else words.say("mandate-none"),
        )
        for old, new in pair.ceilings
    )


def heading_of(document: Document, words: Words) -> str:
    """What a document is: symbol, body, day, vote; only what the text tells."""
    parts = [document.symbol.value if document.symbol else document.name]
    if document.body:
        parts.append(words.say(f"mandate-body-{document.body.value.value}"))
    if document.is_draft:
        parts.append(words.say("mandate-draft"))
    if document.adopted_on:
        parts.append(words.say("mandate-adopted", day=document.adopted_on.value))
    if document.vote:
        parts.append(vote_in(document.vote.value, words))
    return ", ".join(parts)


def vote_in(vote: Any, words: Words) -> str:
    """A vote in words."""
    if vote.manner != "counted":
        return words.say(f"mandate-vote-{vote.manner}")
    unknown = words.say("mandate-not-told")
    counts = {
        name: unknown if count is None else words.number(count)
        for name, count in (
            ("infavour", vote.for_count), ("against", vote.against_count),
            ("abstaining", vote.abstain_count),
        )
    }  # fmt: skip
    return words.say("mandate-vote-counted", **counts)
