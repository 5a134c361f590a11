"""What one snapshot says of a filter or of an image; run in a process aside, never in the server's.

Nothing is imported here, so that the server can know `app.inspection.refused` without NumPy.
"""
