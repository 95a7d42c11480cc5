"""Turn the speeches of a commemorative meeting into a printed Chinese booklet."""
