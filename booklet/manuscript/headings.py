"""Headings as typed: 一、 （一） 1. （1） at the head of a short line, or run in before the text."""

import re

from booklet.manuscript.inline import cut
from booklet.model import Heading, Paragraph, Runs, text_of

HEADING_LENGTH = 40  # characters; a longer line that begins with 一、 is a paragraph
MARKERS = (  # by level, GB/T 9704—2012, 7.3.3: 一、（一）1.（1）
    re.compile(r"[一二三四五六七八九十]{1,3}、"),
    re.compile(r"（[一二三四五六七八九十]{1,3}）"),
    re.compile(r"\d{1,2}[.．](?!\s*\d)"),
    re.compile(r"（\d{1,2}）"),
)
PROSE_END = re.compile(r"(?:[。；：…]|[。！？；…]”)$")
INNER_STOP = re.compile(r"[。！？；](?!$)")


def level_of(text: str) -> int:
    """Return the level of the marker that a text begins with, 0 for none."""
    return next((n for n, mark in enumerate(MARKERS, 1) if mark.match(text)), 0)


def is_heading(text: str) -> bool:
    """Tell whether a line is a heading by its marker: short, one phrase, not ended like prose."""
    short = level_of(text) > 0 and len(text) <= HEADING_LENGTH
    return short and not PROSE_END.search(text) and not INNER_STOP.search(text)


def titled(runs: Runs, line: int) -> Heading | Paragraph:
    """Tell a heading as typed, a paragraph with a run-in heading, and a plain paragraph apart."""
    text = text_of(runs)
    level = level_of(text)
    if is_heading(text):
        return Heading(level, runs, line)
    stop = re.search(r"[。！？]", text) if level else None
    if stop and stop.end() < len(text) and stop.end() <= HEADING_LENGTH:
        lead, rest = cut(runs, stop.end())
        return Paragraph(rest, line, lead, level)
    return Paragraph(runs, line)
