"""Files of weights that others have made, read without their frameworks."""
