"""A PDF to what is handed over: labels, sheets, the print shop's file, pictures for chats."""
