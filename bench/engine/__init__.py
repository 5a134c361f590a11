"""Step times of the engine beside PyTorch's, on the networks of the recipes."""
