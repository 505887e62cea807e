"""Values of what a secondary source tells of a decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from konbit.mandate.values import Body, Force, Proposal, Span, Vote


@dataclass(frozen=True, slots=True)
class ToldAct:
    """An act of the decision as the article tells it.

    Attributes:
        verb: the operative verb it goes back to, third person.
        force: as that verb has.
        addressee: who is said to be addressed.
        words: of the article, from where the act begins to where the sentence or the next act does.
    """

    verb: Proposal[str]
    force: Proposal[Force]
    addressee: Proposal[str] | None
    words: str
    at: Span


@dataclass(frozen=True, slots=True)
class AnsweredRequest:
    """The request that a decision answers."""

    asker: Proposal[str] | None
    on: Proposal[date] | None
    words: str
    at: Span


@dataclass(frozen=True, slots=True)
class Article:
    """What a secondary source tells of one decision. All of it is secondary."""

    text: str
    name: str
    language: Proposal[str]
    body: Proposal[Body] | None
    symbol: Proposal[str] | None
    decided_on: Proposal[date] | None
    vote: Proposal[Vote] | None
    request: AnsweredRequest | None
    acts: tuple[ToldAct, ...]
    is_secondary: bool = True
