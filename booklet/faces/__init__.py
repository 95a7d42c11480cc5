"""Which face plays which role, what it can set, and how wide words are in it."""
