"""Rows to pieces: the speeches told apart, who speaks, what the note says of the meeting."""
