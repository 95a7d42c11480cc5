"""Speeches to their authors and back: a Word file each with the questions as comments, corrections to accept."""
