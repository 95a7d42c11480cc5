"""The folder that an import writes, and the lists of all it did."""
