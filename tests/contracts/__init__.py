"""What keeps the repository true to its own words: who imports what, docs, build files."""
