"""What was measured at each step of a run: as numbers, as text, in few points instead of many."""
