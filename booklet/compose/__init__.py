"""Numbers in, finished lines out: widths of glyphs, where lines end, who gives and who takes."""
