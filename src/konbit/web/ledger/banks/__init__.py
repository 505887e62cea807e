"""Bank accounts of a fund: statements of the bank, matches with records, reconciliations."""
