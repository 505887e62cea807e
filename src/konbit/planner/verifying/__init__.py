"""The arithmetic behind `konbit.planner.verify`, written from docs/explanation/planner.md alone.

Nothing here is shared with the code that makes plans, so that a mistake in one shows in the other.
Amounts are whole minor units of the planning currency, shares are fractions, nothing is a float.
"""
