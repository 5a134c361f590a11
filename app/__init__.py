"""Filterscope: watch a convolutional network's filters learn."""

__version__ = "0.2.0"
