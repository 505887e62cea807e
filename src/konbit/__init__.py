"""Konbit."""
