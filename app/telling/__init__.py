"""What is said of weights while they change: verdicts, snapshots, alerts, as events.

It knows no recipe, no data set and no process, so weights from anywhere are told of alike.
"""
