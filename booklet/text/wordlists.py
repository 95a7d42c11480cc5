"""Word lists are data: text files of words, TOML files of pairs, beside the module that reads them."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def read_words(package: str, name: str) -> tuple[str, ...]:
    """Return the words of a list, which blanks and line ends divide; # begins a comment."""
    text = files(package).joinpath(name).read_text("utf-8")
    return tuple(word for row in text.splitlines() for word in row.partition("#")[0].split())


@cache
def read_rows(package: str, name: str) -> tuple[str, ...]:
    """Return the rows of a list that are no comments, whole."""
    text = files(package).joinpath(name).read_text("utf-8")
    return tuple(row for row in text.splitlines() if row and not row.startswith("#"))


@cache
def read_pairs(package: str, name: str) -> dict[str, str]:
    """Return a list of ``"wrong" = "right"`` pairs."""
    return tomllib.loads(files(package).joinpath(name).read_text("utf-8"))
