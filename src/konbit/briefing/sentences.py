"""What a plan says, in sentences: its bottleneck, its asks, its reasons, what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from konbit.briefing import reckoning
from konbit.dossier.plan import Ask
from konbit.terms import Month

if TYPE_CHECKING:
    from konbit.briefing.names import Names
    from konbit.briefing.words import Words
    from konbit.dossier.plan import Plan, Relaxation, Reliance

# For each kind of ask, the values without which its first sentence cannot be said.
_VALUES: dict[str, tuple[str, ...]] = {
    "unit": ("site", "quantity"),
    "ready": (),
    "money": ("amount",),
    "unfreeze": ("amount",),
    "unearmark": ("amount",),
    "camp": ("site", "quantity"),
    "lift": ("quantity",),
    "advance": ("amount",),
    "arrears": ("amount",),
    "equipment": ("quantity",),
    "clearance": (),
    "admission": (),
    "ceiling": ("quantity",),
}
# Other sentences of a kind, by ending of their code, with the values they need.
_OTHER: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "unit": (("-anywhere", ("quantity",)),),
    "unearmark": (("-unsized", ()),),
    "camp": (("-unsized", ("site",)),),
    "advance": (("-unsized", ()),),
    "arrears": (("-unsized", ()),),
    "ceiling": (("-unsized", ()),),
}
_NO_SHARE = "\u2013"
# A tenth of a per cent, in parts of ten thousand: the least that a share is written with.
_SMALLEST_SHARE = 10


def bottleneck(plan: Plan, words: Words) -> str:
    """The one bottleneck, with what lifting it gains."""
    now = coverage(plan, words)
    if not plan.needed_points:
        return words.say("bottleneck-nothing")
    if plan.covered_points >= plan.needed_points:
        return words.say("bottleneck-met")
    if not plan.relaxations:
        return words.say("bottleneck-unknown", now=now)
    first = min(plan.relaxations, key=lambda row: row.rank)
    if first.gain_points <= 0:
        return words.say("bottleneck-together", now=now)
    least, most = (
        words.share(reckoning.share_of(points, plan.needed_points))
        for points in (
            plan.covered_points + first.gain_points,
            min(plan.covered_points + first.upper_points, plan.needed_points),
        )
    )
    then = _span(least, most, words, confirmed=first.confirmed)
    return words.say(f"bottleneck-{first.family}", now=now, then=then)


def coverage(plan: Plan, words: Words) -> str:
    """How much of the need is covered; where nothing is needed, no share of it."""
    return words.share(reckoning.coverage_share(plan)) if plan.needed_points else _NO_SHARE


def rotation(plan: Plan, words: Words) -> str:
    """How many contingents relieve others; empty where none does."""
    reliefs = [row for row in plan.contingents if row.kind == "relief"]
    if not reliefs:
        return ""
    count = sum(row.contingents for row in reliefs)
    people = sum(row.strength_persons for row in reliefs)
    return words.say("lead-rotation", count=count, people=people)


def ask(row: Ask, names: Names, words: Words) -> str:
    """What is asked for, and by when."""
    values = _ask_values(row, names)
    spellings = (("", _VALUES[row.kind]), *_OTHER.get(row.kind, ()))
    if row.kind == "lift" and row.subject == "passengers":
        spellings = (("-passengers", ("quantity",)),)
    if row.kind in {"money", "unfreeze"} and row.subject in {"", "-"}:
        spellings = (("-free", ("amount",)),)
    for ending, needs in spellings:
        if all(values[name] not in (None, "") for name in needs):
            return words.say(f"ask-{row.kind}{ending}", **values)
    return words.say("ask-plain", **{**values, "kind": words.say(f"ask-kind-{row.kind}")})


def _ask_values(row: Ask, names: Names) -> dict[str, object]:
    titled = names.offer if row.kind in {"ready", "clearance", "admission"} else names.title
    subject = names.earmark(row.subject) if row.subject in {"", "-"} else titled(row.subject)
    return {
        "subject": subject,
        "site": names.title(row.site),
        "quantity": row.quantity,
        "measure": names.measure(row.subject),
        "amount": row.amount,
        "month": Month.parse(row.by_month),
    }


def gain(row: Ask, plan: Plan, words: Words) -> str:
    """What an ask gains, and how sure that is."""
    if row.gain_points <= 0:
        return words.say("ask-gain-none")
    won = gain_share(row.gain_points, plan, words)
    most = gain_share(row.gain_upper_points, plan, words)
    if not row.confirmed:
        return words.say("ask-gain-unconfirmed", gain=won, most=most)
    if won == most:
        return words.say("ask-gain", gain=won)
    return words.say("ask-gain-between", gain=won, most=most)


def gain_span(row: Ask | Relaxation, plan: Plan, words: Words) -> str:
    """What an ask or a lifted limit gains, in a few signs: one number only where no more can be."""
    upper = row.gain_upper_points if isinstance(row, Ask) else row.upper_points
    won = gain_share(row.gain_points, plan, words)
    most = gain_share(upper, plan, words)
    return _span(won, most, words, confirmed=row.confirmed)


def gain_least(row: Relaxation, plan: Plan, words: Words) -> str:
    """What lifting a limit gains at least; marked where that is an estimate."""
    won = gain_share(row.gain_points, plan, words)
    return won if row.confirmed else words.say("gain-estimated", gain=won)


def _span(least: str, most: str, words: Words, *, confirmed: bool) -> str:
    if not confirmed:
        return words.say("screen-gain-estimate", gain=least, most=most)
    return least if least == most else words.say("screen-gain-between", least=least, most=most)


def gain_share(points: int, plan: Plan, words: Words) -> str:
    """A gain as a share of the need; a small one is not called none."""
    share = reckoning.share_of(points, plan.needed_points)
    if points > 0 and share < _SMALLEST_SHARE:
        return words.say("less-than", share=words.share(_SMALLEST_SHARE))
    return words.share(share)


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom to ask, and why: codes of reasons."""

    organisation: str
    reasons: tuple[str, ...]


def calls_lead(plan: Plan, words: Words) -> str:
    """How asks were found; why there is none, or not all: nobody had the time to look for them."""
    if not plan.asks:
        return words.say("lead-calls-ended" if were_tries_ended(plan) else "lead-calls-none")
    more = (words.say("lead-calls-some"),) if were_tries_ended(plan) else ()
    return " ".join((words.say("lead-calls"), *more))


def were_tries_ended(plan: Plan) -> bool:
    """Whether planning was ended before all asks were tried."""
    return any(found.code in {"ended-early", "tries-ended"} for found in plan.findings)


def addressees(row: Ask) -> tuple[Addressee, ...]:
    """The organisations of an ask, most likely first."""
    found = []
    for part in row.organisations.split(";"):
        organisation, _, reasons = part.strip().partition(" ")
        if organisation:
            told = tuple(reason.strip() for reason in reasons.split(",") if reason.strip())
            found.append(Addressee(organisation, told))
    return tuple(found)


def whom(row: Ask, names: Names, words: Words) -> tuple[str, ...]:
    """Whom to ask, one text for each organisation with its reasons."""
    return tuple(
        words.say("ask-why", organisation=names.title(a.organisation), reasons=why)
        if (why := ", ".join(_why(reason, words) for reason in a.reasons))
        else names.title(a.organisation)
        for a in addressees(row)
    )


def _why(reason: str, words: Words) -> str:
    code = f"why-{reason}"
    return words.say(code) if words.knows(code) else reason


def reliance(rows: tuple[Reliance, ...], words: Words) -> str:
    """How much of the plan rests on assumptions and placeholders."""
    assumed = sum(row.rows_assumed for row in rows)
    placeholder = sum(row.rows_placeholder for row in rows)
    if not assumed + placeholder:
        return words.say("reliance-none")
    used = sum(row.rows_used for row in rows)
    return words.say("reliance-all", assumed=assumed, placeholder=placeholder, used=used)


def rule(name: str, words: Words) -> str:
    """A rule by which plans are checked: its name, under which it is explained, and what it says.

    A plan that another version wrote may name others.
    """
    code = f"check-{name}"
    known = words.knows(code)
    return words.say("check-told", rule=name, meaning=words.say(code)) if known else name


def proof(plan: Plan, words: Words) -> str:
    """How close the plan is to the best there can be."""
    stage = next((stage for stage in plan.stages if stage.goal == "coverage"), None)
    if stage is not None and stage.gap <= 0:
        return words.say("proof-best")
    if stage is None or stage.value <= 0:
        return words.say("proof-unknown")
    # As a share of this plan, where the gap is one of the bound: the more open, the more they
    # differ. Rounded up to the next tenth of a per cent, so that it is never understated.
    tenths = -(-1000 * (stage.bound - stage.value) // stage.value)
    return words.say("proof-gap", gap=words.share(tenths * 10))


def verified(plan: Plan, words: Words) -> str:
    """Whether the plan passed the separate arithmetic."""
    if not plan.verification:
        return words.say("verified-not")
    tested = sum(check.tested for check in plan.verification)
    broken = sum(check.violated for check in plan.verification)
    rules = len(plan.verification)
    if broken:
        return words.say("verified-broken", broken=broken, rules=rules, tested=tested)
    return words.say("verified-yes", rules=rules, tested=tested)
