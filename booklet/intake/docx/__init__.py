"""A Word file to rows: package, relationships, styles, numbering, notes, body."""
