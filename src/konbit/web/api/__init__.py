"""Everything one may see and do, for programs."""
