"""All that can be done with money, in any order, against a reference of a few lines.

The reference keeps plain numbers by purse and knows nothing of accounts, postings or records. It
says beforehand whether a step is allowed; books and reference must agree on that, and on every
number after every step. `benchmarks/ledger_model_soak.py` takes thousands of steps.
"""

from __future__ import annotations

from hypothesis import settings

from ledger_model import LedgerModel

TestLedgerModel = LedgerModel.TestCase
TestLedgerModel.settings = settings(max_examples=100, stateful_step_count=50, deadline=None)
