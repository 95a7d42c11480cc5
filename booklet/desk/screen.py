"""The faces of the house for the desk's own words: cut down to the characters of every day."""

from functools import cache

from booklet import paths
from booklet.faces.fonts import of_gb2312, read_fonts, subset

ROLES = ("song-400", "song-700", "hei-400")


@cache
def face_for_screen(role: str) -> bytes | None:
    """Return a face as a browser reads it, None for one that the desk does not use."""
    if role not in ROLES:
        return None
    face = read_fonts(paths.FONTS)[role]
    return subset(face, sorted(everyday() & set(face.characters)))


def everyday() -> frozenset[str]:
    """Return the characters of every day: those of GB 2312, and what a keyboard has."""
    return of_gb2312(1, 87) | frozenset(map(chr, range(0x20, 0x7F))) | frozenset("“”‘’—…·↑↓")
