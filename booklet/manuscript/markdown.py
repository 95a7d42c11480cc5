"""The Markdown of the house: CommonMark by markdown-it-py, with tables and footnotes, made for Chinese.

Raw HTML and code stay the text they are, and so do link definitions, which would vanish. ``:::`` lines
are blocks of their own. Emphasis ends beside Chinese marks without a blank.
"""

from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

DEEPEST = 9  # levels of tokens: four lists in one another, each of two levels, and their text
PARSED = 90  # levels that are still read, so that no deeper text is dropped before it is told


def parser() -> MarkdownIt:
    """Return the Markdown parser of the house."""
    options = {"html": False, "maxNesting": PARSED}
    md = MarkdownIt("commonmark", options).enable("table")
    md.use(footnote_plugin, inline=False)
    md.disable(["code", "fence", "html_block", "html_inline", "lheading", "reference"])
    md.inline.ruler.at("emphasis", _emphasis)
    md.block.ruler.before(
        "paragraph", "placed", _placed_line, {"alt": ["paragraph", "blockquote", "list"]}
    )
    return md


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Take ``*`` and ``**`` as emphasis beside Chinese punctuation too (a markdown-it rule).

    CommonMark finds no end of emphasis between 。 and a Han character without a blank, because it
    was written for languages with blanks. Here a neighbour that is not ASCII counts as a letter.
    """
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    scanned = state.scanDelims(state.pos, marker == "*")
    before = state.src[state.pos - 1 : state.pos] or " "
    after = state.src[state.pos + scanned.length :][:1] or " "
    wide = marker == "*" and not (before.isascii() and after.isascii())
    times = before.isdigit() and after.isdigit()  # 5*6 is a product
    for _ in range(scanned.length):
        token = state.push("text", "", 0)
        token.content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=scanned.length,
                token=len(state.tokens) - 1,
                end=-1,
                open=not times and (not after.isspace() if wide else scanned.can_open),
                close=not times and (not before.isspace() if wide else scanned.can_close),
            )
        )
    state.pos += scanned.length
    return True


def _placed_line(state: StateBlock, line: int, _end: int, silent: bool) -> bool:
    """Take a line that begins with ``:::`` as a block of its own (a markdown-it rule)."""
    source = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
    if not source.startswith(":::"):
        return False
    if not silent:
        state.line = line + 1
        token: Token = state.push("placed", "", 0)
        token.map, token.content = [line, line + 1], source
    return True


def parse(text: str) -> tuple[list[Token], dict[str, Any]]:
    """Return the tokens of a text and what its footnotes left in the environment."""
    environment: dict[str, Any] = {}
    return parser().parse(text, environment), environment
