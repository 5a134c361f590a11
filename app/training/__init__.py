"""How a network learns: objectives, the loop, checkpoints. Reads no clock, knows no process."""
