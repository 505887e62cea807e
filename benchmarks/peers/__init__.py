"""Those whom the planner is measured against: other solvers, and officers' rules."""
