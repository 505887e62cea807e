"""The fund's ledger in the record: an append-only log, guarded by the database, for two people."""
