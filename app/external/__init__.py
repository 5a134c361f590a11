"""Runs whoever trained them: what they are known by, which is all that most of the app needs."""
