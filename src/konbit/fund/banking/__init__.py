"""A bank account as the bank tells it beside the same account in a fund's books."""

from konbit.fund.banking.chain import Jump, Link, Skipped, jumps_in, skipped_in
from konbit.fund.banking.items import Item, cash_of, references_alike
from konbit.fund.banking.proposing import CERTAIN, LIKELY, POSSIBLE, Proposal, key_of, propose
from konbit.fund.banking.reconciling import Leftover, Pair, Reconciliation, reconcile

__all__ = [
    "CERTAIN",
    "LIKELY",
    "POSSIBLE",
    "Item",
    "Jump",
    "Leftover",
    "Link",
    "Pair",
    "Proposal",
    "Reconciliation",
    "Skipped",
    "cash_of",
    "jumps_in",
    "key_of",
    "propose",
    "reconcile",
    "references_alike",
    "skipped_in",
]
