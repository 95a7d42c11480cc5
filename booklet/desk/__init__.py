"""The desk: the whole work in a browser, served from one's own machine and seen by nobody else."""
