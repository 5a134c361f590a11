"""Makes runs of files of weights: what a watched training would have sent, had it been watched.

All of it happens in a process aside, under limits: the files may be anybody's.
"""
