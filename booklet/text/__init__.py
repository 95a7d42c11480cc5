"""Chinese text as data: classes of marks, words, numerals, the one rule book of prose."""
