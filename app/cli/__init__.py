"""The commands of `python -m app`, each in a file of its own."""
