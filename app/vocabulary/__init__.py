"""What recipe, arithmetic and page name alike: layers, data sets, labels. It needs no NumPy."""
