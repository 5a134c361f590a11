"""Between recipes and the code that people write: a pasted line is read as data, never run.

Reading is the work of a process aside, so nothing is imported here: the server, which only writes
code, starts without it.
"""
