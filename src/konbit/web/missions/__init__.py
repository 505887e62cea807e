"""Missions: what a record is about, and the room in which roles are given."""
