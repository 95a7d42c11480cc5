"""Book + Edition to HTML: what stands on which page; how it looks is in ``styles/``."""
