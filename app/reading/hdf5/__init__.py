"""As much of HDF5 as files of Keras use, read by the format's specification.

It is Python for its memory safety: a file that lies ends in a sentence. What leads out of the file
(links by name, external and virtual storage) is refused, and whatever is read is counted.
Names and numbers are those of "HDF5 File Format Specification Version 3.0".
"""
