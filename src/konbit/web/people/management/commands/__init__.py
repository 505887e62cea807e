"""Commands for those who operate the record."""
