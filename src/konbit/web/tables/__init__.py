"""The tables of a mission as they are edited and searched."""
