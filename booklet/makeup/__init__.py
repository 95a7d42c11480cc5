"""Which page, and where a box goes: lines of the grid and nothing else."""
