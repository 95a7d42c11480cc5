"""The words of a piece: marks mended, doubts asked, statistics and quotations proposed."""
