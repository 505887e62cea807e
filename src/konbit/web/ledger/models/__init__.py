"""Tables of the ledger. The log is the truth; postings and balances are made from its bytes.

Nobody who serves pages writes them: the database's own function `konbit_ledger_append` does, from
the bytes of the records, and refuses what would not balance. See `konbit.web.guards.ledger`.
"""

from konbit.web.ledger.models.beside import LedgerOpening, LedgerWaiting
from konbit.web.ledger.models.fund import LedgerFund, new_salt
from konbit.web.ledger.models.log import OPENED, Leaf, LedgerAppend, LedgerPosting, LedgerRecord
from konbit.web.ledger.models.proposals import LedgerProposal, LedgerRefusal
from konbit.web.ledger.models.sums import LedgerBalance, LedgerSum

# Django looks for models here.
from konbit.web.ledger.banks import models as banks  # isort: skip - theirs refer to those above

__all__ = [
    "OPENED",
    "Leaf",
    "LedgerAppend",
    "LedgerBalance",
    "LedgerFund",
    "LedgerOpening",
    "LedgerPosting",
    "LedgerProposal",
    "LedgerRecord",
    "LedgerRefusal",
    "LedgerSum",
    "LedgerWaiting",
    "banks",
    "new_salt",
]
