"""HTML to PDF by WeasyPrint, in a sealed room: the only package that imports it."""
