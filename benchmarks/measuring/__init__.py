"""Running the planner and its peers, each in a process of its own, and printing what came out."""
