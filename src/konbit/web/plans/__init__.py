"""Frozen revisions named by their digest, and plans made of them."""
