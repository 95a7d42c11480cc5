"""HTML to PDF by WeasyPrint, in a sealed room: no network, no file system, no system fonts.

The only package that imports WeasyPrint (70.0). All that a page may load is handed over as bytes
under ``booklet:///name``; anything else that is asked for stops the build. Every warning of the
renderer is an error of ours.
"""

import ctypes.util
import logging
import os
import sys
import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from booklet import disk
from booklet.compose.slip import Plan

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


@contextmanager
def no_search() -> Iterator[None]:
    """Keep cffi from asking compilers where a library is: its names are tried one by one anyway."""

    def nowhere(name: str) -> str | None:
        return None if sys.platform == "linux" else before(name)

    before, ctypes.util.find_library = ctypes.util.find_library, nowhere
    try:
        yield
    finally:
        ctypes.util.find_library = before


with warnings.catch_warnings(), no_search():
    warnings.filterwarnings("ignore", "No fonts configured|HarfBuzz-Subset")  # as we want it
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    from booklet.press.galley import finished_lines, page_of_ids


class PressError(Exception):
    """The renderer complained: a fault of our templates or styles, never of the manuscript."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A laid-out document: its number of pages, and the page, from 0, where each id begins."""

    document: Any
    plans: Sequence[Plan]
    pages: int
    page_of: Mapping[str, int]


def lay_out(html: str, resources: Mapping[str, bytes], plans: Sequence[Plan] = ()) -> Proof:
    """Lay out ``html``; raise PressError with every warning the renderer logged.

    ``plans`` are the finished lines that marks in the text name (see ``galley``).
    """
    with quiet_renderer() as said, finished_lines(plans), own_room():
        document = weasyprint.HTML(
            string=html, base_url=SCHEME, url_fetcher=_Shelf(resources)
        ).render(font_config=FontConfiguration())
    refuse(said)
    return Proof(document, plans, len(document.pages), page_of_ids(document.pages))


def without_pages(proof: Proof, dropped: Sequence[int]) -> Proof:
    """Return a laid-out document without some of its pages, counted from 0."""
    kept = [page for n, page in enumerate(proof.document.pages) if n not in dropped]
    return Proof(proof.document.copy(kept), proof.plans, len(kept), page_of_ids(kept))


def write_pdf(proof: Proof) -> bytes:
    """Write a laid-out document as PDF/UA-1."""
    return written(proof, pdf_variant="pdf/ua-1")


def write_untagged(proof: Proof) -> bytes:
    """Write a laid-out document without tags, as the raw material of a file for the press."""
    return written(proof)


def written(proof: Proof, **options: Any) -> bytes:
    """Write a laid-out document; raise PressError with every warning the renderer logged."""
    with quiet_renderer() as said, finished_lines(proof.plans):
        data: bytes = proof.document.write_pdf(**options)
    refuse(said)
    return data


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
