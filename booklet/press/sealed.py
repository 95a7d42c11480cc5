"""HTML to PDF by WeasyPrint, in a sealed room: no network, no file system, no system fonts.

The only package that imports WeasyPrint (70.0). All that a page may load is handed over as bytes
under ``booklet:///name``; anything else that is asked for stops the build. Every warning of the
renderer is an error of ours.
"""

import ctypes.util
import hashlib
import logging
import os
import sys
import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from types import MappingProxyType
from typing import Any

from booklet import disk
from booklet.bootstrap import BREW_LIB, OWN_PANGO
from booklet.compose.slip import Plan

__all__ = ["BLANK", "Press", "PressError", "Pull", "engine"]

SCHEME = "booklet:///"
TYPES = {
    "css": "text/css",
    "svg": "image/svg+xml",
    "jpg": "image/jpeg",
    "ttf": "font/ttf",
}

# An empty fontconfig: with it Pango knows the faces of the style sheet and no others.
_FONTCONFIG = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><cachedir>{cache}</cachedir></fontconfig>"""
_room = disk.lasting_room()
_config = Path(_room.name, "fonts.conf")
disk.write(_config, _FONTCONFIG.format(cache=_config.parent / "cache").encode(), _config.parent)
os.environ["FONTCONFIG_FILE"] = str(_config)  # read once, when WeasyPrint is imported
os.environ["SOURCE_DATE_EPOCH"] = "0"  # fontTools writes it into faces; else no two files are alike


@contextmanager
def own_room() -> Iterator[None]:
    """Let what the renderer puts aside lie in our temporary folder, which the next run sweeps."""
    before, tempfile.tempdir = tempfile.tempdir, _room.name
    try:
        yield
    finally:
        tempfile.tempdir = before


def load_own() -> None:
    """Load the Pango that a bundle brought, each library after those it needs: then it is found by its name."""
    left = sorted((Path(sys.prefix) / OWN_PANGO).glob("*.so.*"))
    count = len(left) + 1
    while left and len(left) < count:
        count, waiting = len(left), []
        for path in left:
            try:
                ctypes.CDLL(
                    str(path)
                )  # its symbols for those alone that ask for it: others bring their own
            except OSError:
                waiting.append(path)
        left = waiting


@contextmanager
def own_search() -> Iterator[None]:
    """Tell cffi where a library is, which else asks compilers, and does not know Homebrew's folders."""

    def where(name: str) -> str | None:
        beside = (Path(folder, name) for folder in BREW_LIB)
        found = next(
            (str(path) for path in beside if sys.platform == "darwin" and path.is_file()), None
        )
        return found or (None if sys.platform == "linux" else before(name))

    before, ctypes.util.find_library = ctypes.util.find_library, where
    try:
        yield
    finally:
        ctypes.util.find_library = before


load_own()
with warnings.catch_warnings(), own_search():
    warnings.filterwarnings("ignore", "No fonts configured|HarfBuzz-Subset")  # as we want it
    import weasyprint
    from weasyprint.text.ffi import pango
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    from booklet.press.galley import BLANK, finished_lines, kinds_of, page_of_ids, without


HANDS = ("weasyprint", "pydyf", "tinycss2", "tinyhtml5", "cssselect2", "fonttools")


@cache
def engine() -> str:
    """Return the versions of all that has a hand in laying out a page."""
    return " ".join([str(pango.pango_version()), *map(metadata.version, HANDS)])


class PressError(Exception):
    """The renderer complained: a fault of our templates or styles, never of the manuscript."""


@dataclass(frozen=True, slots=True)
class Pull:
    """What a forme prints: its pages as a PDF without outlines of glyphs, to be joined with others.

    ``kinds`` gives of each page the name of its rules in the style sheet, BLANK where it was left empty,
    and its side, ``left`` or ``right``; ``page_of`` the page, from 0, where each id begins.
    """

    pdf: bytes
    kinds: tuple[tuple[str, str], ...]
    page_of: Mapping[str, int]


class Press:
    """A press made ready for one edition: its style sheet read, its faces in the case.

    ``faces`` are whole font files by their role, ``drawings`` what the style sheet names; a face has the
    same numbers for its glyphs however it is cut down.
    """

    def __init__(self, css: str, faces: Mapping[str, bytes], drawings: Mapping[str, bytes]) -> None:
        self.drawings = drawings
        self.roles = {hashlib.sha256(data).digest(): role for role, data in faces.items()}
        self.fonts = FontConfiguration()
        shelf = _Shelf({f"{role}.ttf": data for role, data in faces.items()})
        with quiet_renderer() as said, own_room():
            self.sheet = weasyprint.CSS(
                string=css, base_url=SCHEME, url_fetcher=shelf, font_config=self.fonts
            )
        refuse(said)

    def pull(
        self,
        html: str,
        resources: Mapping[str, bytes] = MappingProxyType({}),
        plans: Sequence[Plan] = (),
        *,
        tagged: bool = True,
        spare: Sequence[str] = (),
        before: int = 0,
        sheet: int = 1,
    ) -> Pull:
        """Lay a forme out and print it, ``tagged`` as PDF/UA-1; raise PressError with every warning
        the renderer logged.

        ``plans`` are the finished lines that marks in the text name (see ``galley``). Pages that begin with
        the ``spare`` ids are taken out, in this order, until those ``before`` and the rest come to ``sheet``s.
        """
        with quiet_renderer() as said, finished_lines(plans, self.roles), own_room():
            document = self.lay_out(html, resources)
            refuse(said)
            pages = document.pages
            dropped = spare[: (before + len(pages)) % sheet]
            found = page_of_ids(pages)
            pages = without(pages, [found[name] for name in dropped])
            options = {"pdf_variant": "pdf/ua-1"} if tagged else {}
            data: bytes = document.copy(pages).write_pdf(**options)
        refuse(said)
        return Pull(data, kinds_of(pages), page_of_ids(pages))

    def lay_out(self, html: str, resources: Mapping[str, bytes]) -> Any:
        """Return the renderer's document of a forme."""
        shelf = _Shelf({**self.drawings, **resources})
        return weasyprint.HTML(string=html, base_url=SCHEME, url_fetcher=shelf).render(
            font_config=self.fonts, stylesheets=[self.sheet]
        )


def drawn(svg: bytes, side_mm: float) -> bytes:
    """Return a drawing on a square page of its own, as PDF; raise PressError where it cannot be drawn.

    It is from outside: nothing that it names beside itself is fetched, and its words have no faces.
    """
    css = f"@page {{ size: {side_mm}mm {side_mm}mm; margin: 0 }} body {{ margin: 0 }} img {{ display: block;"
    css += f" width: {side_mm}mm; height: {side_mm}mm; object-fit: contain }}"
    press = Press(css, {}, {})
    try:
        pull = press.pull(
            f'<img src="{SCHEME}drawing.svg" alt="">', {"drawing.svg": svg}, tagged=False
        )
    except PressError:
        raise
    except Exception as error:  # a parser raises anything for what is no drawing
        raise PressError(str(error)) from error
    return pull.pdf


class _Shelf(URLFetcher):  # type: ignore[misc]
    """Hands out the resources of one document and nothing else."""

    def __init__(self, resources: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self.resources = resources

    def fetch(self, url: str, headers: object = None) -> Any:
        """Return a resource; anything outside the shelf is fatal, inside SVG too."""
        name = url.removeprefix(SCHEME)
        if not url.startswith(SCHEME) or name not in self.resources:
            raise FatalURLFetchingError(f"blocked: {url}")
        kind = TYPES[name.rpartition(".")[2]]
        return URLFetcherResponse(url, self.resources[name], {"Content-Type": kind})


@contextmanager
def quiet_renderer() -> Iterator[list[str]]:
    """Collect what WeasyPrint logs instead of printing it."""
    said: list[str] = []
    logger = logging.getLogger("weasyprint")
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    before, logger.handlers = logger.handlers, [handler]
    propagate, logger.propagate = logger.propagate, False
    try:
        yield said
    except FatalURLFetchingError as error:
        raise PressError(str(error)) from error
    finally:
        logger.handlers, logger.propagate = before, propagate


def refuse(said: Sequence[str]) -> None:
    """Raise PressError where the renderer said anything."""
    if said:
        raise PressError("\n".join(dict.fromkeys(said)))
