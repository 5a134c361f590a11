"""A run's network as a file that Keras, PyTorch or ONNX Runtime opens, written without them.

Nothing is imported here: these modules need NumPy, and are loaded by the process aside alone.
"""
