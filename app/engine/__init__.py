"""A small convolutional network with Keras's names and numbers, in NumPy alone.

The names below are imported when first asked for, so that a reader of `app.engine.shapes` (the
recipe's validation, in the server) doesn't pay for NumPy.
"""
