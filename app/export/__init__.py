"""What one can take home of a run: pictures, tables and one offline page; made in a process aside.

Nothing is imported here, so that the server can know `app.export.material` without NumPy.
"""
