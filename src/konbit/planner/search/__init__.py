"""Searching large missions: a bound from prices, a first plan, and better ones near it."""
