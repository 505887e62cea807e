"""JSON documents of articles and differences; those of resolutions come from the room itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from konbit.mandate import Article, as_json

if TYPE_CHECKING:
    from konbit.mandate import Act, Ceiling, Deadline, Difference, Document, Pair, Proposal

Json = dict[str, Any]


def document_of(one: Document | Article) -> Json:
    """A resolution or an article as plain values."""
    return _article(one) if isinstance(one, Article) else as_json(one)


def _article(article: Article) -> Json:
    vote = article.vote.value if article.vote else None
    return {
        "name": article.name,
        "secondary": True,
        "language": article.language.value,
        "body": _proposal(article.body),
        "symbol": _proposal(article.symbol),
        "decided_on": _proposal(article.decided_on),
        "vote": {
            "manner": vote.manner, "for": vote.for_count, "against": vote.against_count,
            "abstain": vote.abstain_count,
        } if vote else None,
        "request_answered": {
            "asker": _proposal(article.request.asker), "on": _proposal(article.request.on),
            "words": article.request.words,
        } if article.request else None,
        "acts": [
            {
                "verb": _proposal(act.verb), "force": _proposal(act.force),
                "addressee": _proposal(act.addressee), "words": act.words,
                "at": [act.at.start, act.at.end],
            }
            for act in article.acts
        ],
        "text": article.text,
    }  # fmt: skip


def _proposal(proposal: Proposal[Any] | None) -> Json | None:
    if proposal is None:
        return None
    return {
        "value": str(getattr(proposal.value, "value", proposal.value)),
        "rule": proposal.rule,
        "sure_percent": proposal.confidence_percent,
        "at": [proposal.at.start, proposal.at.end] if proposal.at else None,
    }


def difference_document(difference: Difference) -> Json:
    """Two texts beside each other as plain values."""
    return {
        "old": difference.old.symbol.value if difference.old.symbol else difference.old.name,
        "new": difference.new.symbol.value if difference.new.symbol else difference.new.name,
        "recitals": [_pair(pair) for pair in difference.recitals],
        "paragraphs": [_pair(pair) for pair in difference.paragraphs],
    }


def _told_act(act: Act | None) -> Json | None:
    if act is None:
        return None
    return {
        "verb": act.verb.value if act.verb else None,
        "force": act.force.value.value if act.force else None,
        "addressee": act.addressee.value if act.addressee else None,
    }


def _pair(pair: Pair) -> Json:
    return {
        "change": pair.change.value,
        "old": pair.old.code if pair.old else None,
        "new": pair.new.code if pair.new else None,
        "runs": [[run.side, run.words] for run in pair.runs],
        "deadlines": [[_limit(old), _limit(new)] for old, new in pair.deadlines],
        "ceilings": [[_ceiling(old), _ceiling(new)] for old, new in pair.ceilings],
        "acts": [[_told_act(old), _told_act(new)] for old, new in pair.acts],
    }


def _limit(limit: Deadline | None) -> Json | None:
    return {"phrase": limit.phrase, "on": str(limit.on) if limit.on else None} if limit else None


def _ceiling(ceiling: Ceiling | None) -> Json | None:
    if ceiling is None:
        return None
    return {"count": ceiling.count, "unit": ceiling.unit, "bound": ceiling.bound}
