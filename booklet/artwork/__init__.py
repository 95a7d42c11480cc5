"""Everything that is drawn: themes, photographs, colours, QR codes."""
