"""Commands of those who operate the record."""
