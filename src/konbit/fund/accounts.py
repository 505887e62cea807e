"""Accounts: their classes, and which of them may never be below zero."""

from __future__ import annotations

# Amount and value may not be below zero.
GUARDED = frozenset(
    {
        "bank",
        "free",
        "reserve",
        "frozen",
        "allotted",
        "obligated",
        "support_held",
        "support_due",
        "spent",
        "support",
        "refunded",
    }
)
# Only the amount may not: its value is minus what came in.
GUARDED_AMOUNT = "signed"
# What a purse holds, by the use it has been given.
HELD = ("free", "reserve", "frozen", "allotted", "obligated", "support_held", "support_due")


def guarded_below_zero(account: str, amount_minor: int, value_minor: int) -> bool:
    """Whether an account with this balance is below zero and may not be."""
    if amount_minor >= 0 and value_minor >= 0:
        return False
    kind = account.partition(":")[0]
    return kind in GUARDED or (kind == GUARDED_AMOUNT and amount_minor < 0)


def line_of(account: str) -> str:
    """The line of a statement that an account belongs to: without allotment and obligation."""
    parts = account.split(":")
    if parts[0] in {"allotted", "obligated", "support_held"}:
        return ":".join(parts[:2])
    return ":".join(parts[:3])


# What each kind may post to, and which way: a second, coarser say than its derivation, which the
# database asks of every record. `reversed` posts the opposite of another record's.
TOUCHES: dict[str, str] = {
    "signed": "+signed -agreement",
    "withdrawn": "-signed +agreement",
    "expired": "-signed +agreement",
    "received": "+bank -signed +free +reserve -purse",
    "interest": "+bank -interest +free -purse",
    "exchanged": "-bank +bank +market -market +free -free -reserve +purse -purse",
    "reserve_moved": "+free -free +reserve -reserve",
    "frozen": "-free +frozen",
    "unfrozen": "-frozen +free",
    "refunded": "-free -frozen +purse +refunded -bank",
    "reprogrammed": "-free +free +purse -purse -bank +bank +signed -signed",
    "allotted": "-free +allotted",
    "allotment_released": "-allotted +free",
    "obligated": "-allotted +obligated +support_held",
    "obligation_released": "-obligated -support_held +allotted +free",
    "disbursed": "-obligated -support_held +support_due +purse +spent -bank",
    "support_paid": "-support_due +purse +support -bank",
    "recovered": "+bank -spent +free -purse",
}
