"""The memory of a desk that stays open all day: taken from one place, given back when nobody writes. Of glibc alone."""

import ctypes
import gc
from contextlib import suppress

M_ARENA_MAX = -8  # of mallopt(3)


def share() -> None:
    """Let all threads take their memory from one place: of many, each would keep what it once had."""
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1)


def give_back() -> None:
    """Give back the memory of pages that are no more."""
    gc.collect()
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
