"""A document as plain values for JSON, with proposals, rules and places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from konbit.mandate.values import (
        Act,
        Ceiling,
        Citation,
        Deadline,
        Document,
        Paragraph,
        Proposal,
        Span,
        Vote,
    )

Json = dict[str, Any]


def as_json(document: Document) -> Json:
    """The document as dictionaries, lists, texts and whole numbers.

    `paragraphs` carries the plain slots of each paragraph (`section`, `n`, `sub`, `verb`, `force`,
    `addressee`, `deadline`, `cites`, `also`) and beside them `acts`, in which every slot says its
    rule, how sure it is in per cent, and where its words stand in `text`.
    """
    return {
        "name": document.name,
        "symbol": _value(document.symbol),
        "body": _value(document.body),
        "language": document.language.value,
        "adopted_on": _value(document.adopted_on),
        "vote": _vote(document.vote.value if document.vote else None),
        "is_draft": document.is_draft,
        "preambular_count": len(document.recitals),
        "why": {
            name: _why(proposal)
            for name, proposal in (
                ("symbol", document.symbol), ("body", document.body),
                ("language", document.language), ("adopted_on", document.adopted_on),
                ("vote", document.vote),
            )
            if proposal is not None
        },
        "recitals": [
            {
                "code": recital.code, "section": recital.section or None, "stem": recital.stem,
                "text": recital.text, "cites": [_citation(one) for one in recital.citations],
                "at": _span(recital.at),
            }
            for recital in document.recitals
        ],
        "paragraphs": [_paragraph(paragraph) for paragraph in document.paragraphs],
        "blocks": [
            {"kind": b.kind.value, "code": b.code, "section": b.section, "text": b.text,
             "at": _span(b.at)}
            for b in document.blocks
        ],
        "text": document.text,
    }  # fmt: skip


def _paragraph(paragraph: Paragraph) -> Json:
    first, *others = paragraph.acts
    return {
        "code": paragraph.code,
        "section": paragraph.section or None,
        "n": paragraph.number,
        "sub": paragraph.sub or None,
        "parent": paragraph.parent or None,
        "marker": paragraph.marker,
        "text": paragraph.text,
        **_slots(first),
        "cites": [one.number for one in paragraph.citations if one.kind == "resolution"],
        "also": [_slots(act) for act in others],
        "acts": [_act(number, act) for number, act in enumerate(paragraph.acts, 1)],
        "citations": [_citation(citation) for citation in paragraph.citations],
        "rule": paragraph.rule,
        "sure_percent": paragraph.confidence_percent,
        "at": _span(paragraph.at),
    }


def _slots(act: Act) -> Json:
    return {
        "verb": _value(act.verb),
        "force": _value(act.force),
        "addressee": _value(act.addressee),
        "deadline": "; ".join(limit.phrase for limit in act.deadlines) or None,
    }


def _act(number: int, act: Act) -> Json:
    return {
        "number": number,
        "verb": _proposal(act.verb),
        "english": act.english or None,
        "modifiers": list(act.modifiers),
        "force": _proposal(act.force),
        "tier": act.tier or None,
        "addressee": _proposal(act.addressee),
        "meant": _proposal(act.meant),
        "action": act.action,
        "condition": _proposal(act.condition),
        "deadlines": [_deadline(limit) for limit in act.deadlines],
        "events": [_proposal(event) for event in act.events],
        "ceilings": [_ceiling(ceiling) for ceiling in act.ceilings],
        "at": _span(act.at),
    }


def _deadline(limit: Deadline) -> Json:
    return {
        "phrase": limit.phrase, "kind": limit.kind.value, "on": str(limit.on) if limit.on else None,
        "every_months": limit.every_months, "every_days": limit.every_days,
        "counted_from": limit.counted_from or None, "in_condition": limit.in_condition, "rule": limit.rule,
        "sure_percent": limit.confidence_percent, "at": _span(limit.at),
    }  # fmt: skip


def _ceiling(ceiling: Ceiling) -> Json:
    return {
        "count": ceiling.count, "unit": ceiling.unit, "bound": ceiling.bound,
        "kind": ceiling.kind, "is_part": ceiling.is_part, "currency": ceiling.currency or None, "rule": ceiling.rule,
        "sure_percent": ceiling.confidence_percent, "at": _span(ceiling.at),
    }  # fmt: skip


def _citation(citation: Citation) -> Json:
    return {
        "number": citation.number, "kind": citation.kind, "symbol": citation.symbol or None,
        "paragraphs": list(citation.paragraphs), "rule": citation.rule,
        "sure_percent": citation.confidence_percent, "at": _span(citation.at),
    }  # fmt: skip


def _vote(vote: Vote | None) -> Any:
    if vote is None or vote.manner != "counted":
        return vote.manner if vote else None
    return {"for": vote.for_count, "against": vote.against_count, "abstain": vote.abstain_count}


def _value(proposal: Proposal[Any] | None) -> Any:
    if proposal is None:
        return None
    value = getattr(proposal.value, "value", proposal.value)
    return value if isinstance(value, (str, int)) else str(value)


def _why(proposal: Proposal[Any]) -> Json:
    return {"rule": proposal.rule, "sure_percent": proposal.confidence_percent,
            "at": _span(proposal.at) if proposal.at else None}  # fmt: skip


def _proposal(proposal: Proposal[Any] | None) -> Json | None:
    return None if proposal is None else {"value": _value(proposal), **_why(proposal)}


def _span(span: Span) -> list[int]:
    return [span.start, span.end]
