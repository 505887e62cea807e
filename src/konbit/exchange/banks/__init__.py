"""Statements of banks, from ISO 20022 CAMT.053 and from the CSV that banks export."""

from konbit.exchange.banks.reading import (
    MOST_BYTES,
    BankReading,
    read_bank_file,
    read_bank_files,
)
from konbit.exchange.banks.wishes import Wishes

__all__ = ["MOST_BYTES", "BankReading", "Wishes", "read_bank_file", "read_bank_files"]
