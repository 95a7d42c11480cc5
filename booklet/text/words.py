"""Where words begin and end, so that titles never break inside one and lines seldom do.

Segmented by rjieba, chosen by measurement on twenty official sentences with 173 places inside words:
it allows 8 of them (jieba the same, BudouX 35), loads in 0.1 s (jieba 0.8 s) and takes 0.01 s for
100,000 characters.
"""

from functools import lru_cache

import rjieba


@lru_cache(maxsize=4096)
def word_edges(text: str) -> frozenset[int]:
    """Return the offsets at which a word begins or ends, 0 and the text's length among them."""
    edges, at = {0}, 0
    for word in rjieba.cut(text):
        at += len(word)
        edges.add(at)
    return frozenset(edges)
