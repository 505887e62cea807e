"""An auditor of a fund's ledger that trusts nobody, and shares no code with what keeps it.

It reads a public export, replays every rule that `docs/reference/ledger-records.md` states,
rebuilds the tree, checks every signature and recomputes every statement. It needs Python and
`cryptography`.
"""
