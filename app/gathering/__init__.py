"""Makes a data set of somebody's pictures, whatever they are; in a process aside, under limits."""
