"""Who trains: processes, the thread that looks after them, and what the two say to each other."""
