"""From a recipe to events: the loop, the process that runs it, and who looks after it."""
