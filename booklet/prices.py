"""Every price by which lines, titles and pages are chosen, in one coin, with its reason.

The coin is the demerit of the composer: a line that is stretched as far as it may be costs 100. What
costs less is taken for granted, what costs more gives way where anything else will do. Prices were
set by eye on printed pages; ``tests/test_prices.py`` shows for each what it decides.
"""

# ---- Lines (compose/linebreak) ---------------------------------------------------------------

FULL = 100.0  # a line stretched or squeezed as far as it may be; less by the cube of the share
LINE = 1.0  # each line but the last: of two ways nearly alike, the one with fewer lines
TIGHT = 0.6  # times a squeezed line: marks that give their blank are seen less than a spaced line
LOOSEST_EM = 0.03  # that a Han gap may open: beyond it a line looks spaced out
SEEN_EM = 0.039  # that it may where a paragraph is run longer or shorter to fill a page
OVERSTRETCH = 300.0  # a line looser than that, for each time it is so: worse than parting a word
GAPING = (
    150.0  # … and by the square of it: two lines a little too loose are better than one with holes
)
HOPELESS = 99.0  # share at which a line can hardly be set at all: nothing is worse
RUNT = 900.0  # a last line of one character: worse than a parted number
SHORT_RUNT = 60.0  # … of two characters: a little loose a line before is better

# ---- What a line should not part (compose/keeping) -------------------------------------------

INSIDE = 150.0  # a word: worse than a line stretched to its limit
INSIDE_NARROW = 240.0  # … on a measure so narrow that every line begs for it
NARROW_EM = 20.0
HYPHENATED = 120.0  # an English word: its reader is used to it
DIVIDED = 60.0  # a name or an address at a mark of its own
TORN_NAME = 250.0  # … between any letters of it: better than a line with holes
PARTED = 450.0  # a number and its unit: the eye must find the figure whole
SPLIT = 450.0  # a name, or what booklet.yaml lists under keep

# ---- Titles and pull-quotes (compose/phrases) ------------------------------------------------

UNEVEN = 0.025  # a line that is one em longer or shorter than the ideal, by the square of it
LOOSE = 0.5  # a break inside a phrase, at the edge of a word: as much as 4 em of unevenness
AT_PHRASE = 0.1  # a break before a word that opens a phrase
TORN = 1.5  # a line that begins with 的 or ends with 用: nobody breathes there
FORBIDDEN = 25_000.0  # a break that the rules of marks forbid: only where nothing else fits

# ---- Pages (makeup/pages, makeup/choice) -----------------------------------------------------

PAGE = 2_000.0  # a page more: as much as a text line two and a half short on another
BLANK = 120.0  # a blank line at a page's foot, by the square of how many there are
UNLEVEL = 240.0  # a line that a page ends higher or lower than the one it faces, by the square
CARD = 60.0  # a blank line above a heading or a box that makes a page full
EARLY = 15.0  # a line that a page ends early to be level with the one it faces
RUN_ON = 0.15  # times what a paragraph costs more when run longer: a short page is seen sooner
LONELY = 1_200.0  # a line that the last page lacks to look meant, by the square
LEAST_LAST = 10  # lines, a QR code among them; a last page with fewer looks forgotten
CROSSED = 25_000.0  # two boxes that stand in another order than their words
STACKED = 9_000.0  # two boxes with no text between them
CROWDED = 300.0  # a line of text that is missing between two boxes
VOICES = 4_000.0  # two pull-quotes on a spread: the eye hears neither
APART = 10  # lines of text between two boxes; nearer ones crowd each other

# ---- Places of boxes (makeup/places) ---------------------------------------------------------

AWAY = 100.0  # a line between a box and its words
FAR = 12.0  # lines: farther than this the reader has turned the page
TOO_FAR = 300.0  # … each line beyond that
BEFORE = 2_000.0  # a box that stands before its words: what is not told yet reads as a riddle
ASTRAY = 1_400.0  # a statistics box in another section than its words
CLOSING = 1_500.0  # … after the last paragraph, which should have the last word
BESIDE = 12.0  # lines: nearer than this a pull-quote stands beside its own sentence
REPEATED = 350.0  # … each line nearer
TRAILING = 6_000.0  # a pull-quote that ends the speech: there is nothing left for it to hold up
LATER = 600.0  # a picture that stands one block later than its editor put it
