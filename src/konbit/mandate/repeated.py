"""Paragraphs that a text repeats word for word are read once and then only placed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from konbit.mandate.values import Act, Ceiling, Deadline, Proposal

Told = TypeVar("Told", Deadline, Ceiling)

if TYPE_CHECKING:
    from konbit.mandate.flow import Flow


def placed(act: Act, flow: Flow) -> Act:
    """An act that was read in running text alone, its places moved to where that text stands.

    Args:
        act: read in a flow whose places are those of its own characters.
        flow: the same characters, elsewhere in the source.
    """
    return Act(
        _moved(act.verb, flow), act.english, act.modifiers, act.force, act.tier,
        _moved(act.addressee, flow), act.action, _moved(act.condition, flow),
        tuple(_told(limit, flow) for limit in act.deadlines),
        tuple(_told(number, flow) for number in act.ceilings),
        flow.at(act.at.start, act.at.end),
        # What a short name means stands elsewhere, at a place of its own; a pronoun's is near.
        _moved(act.meant, flow) if act.meant and act.meant.rule == "act-before" else act.meant,
        tuple(event for event in (_moved(one, flow) for one in act.events) if event is not None),
    )  # fmt: skip


def _moved(proposal: Proposal[str] | None, flow: Flow) -> Proposal[str] | None:
    if proposal is None or proposal.at is None:
        return proposal
    at = flow.at(proposal.at.start, proposal.at.end)
    return Proposal(proposal.value, proposal.rule, proposal.confidence_percent, at)


def _told(told: Told, flow: Flow) -> Told:
    return replace(told, at=flow.at(told.at.start, told.at.end))
