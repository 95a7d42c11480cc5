"""The finished file read back by another library: words, lines, folds, inks."""
