"""What anybody may check of a fund's log: its tree, checkpoints, witnesses, receipts, export."""
