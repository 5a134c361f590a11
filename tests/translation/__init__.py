"""Code that people paste, read as data."""
