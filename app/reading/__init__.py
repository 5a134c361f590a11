"""Reads files of weights that others have made, without the frameworks that made them.

Nothing in a file is ever run, nothing that it names is imported, and nothing beside it is read but
what its format allows. Whoever reads a file of a stranger does so in a process of its own.
"""
