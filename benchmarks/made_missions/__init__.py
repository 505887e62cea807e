"""Missions drawn at random for the benchmark: as a planning officer would believe them."""
