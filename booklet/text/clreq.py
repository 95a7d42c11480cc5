"""Classes of Chinese punctuation, from W3C CLREQ and GB/T 15834—2011."""

import re

# CLREQ #categories_and_usage_of_punctuation_marks; GB/T 15834—2011, 5.1
STOPS = frozenset("。！？")  # end a sentence
PAUSES = frozenset("，、；：")
OPENING = frozenset("“‘（《〈「『【〔［｛")
CLOSERS = frozenset("”’）》〉」』】〕］｝")
CLOSING = STOPS | PAUSES | CLOSERS

# CLREQ #prohibition_rules_for_line_start_end; GB/T 15834—2011, 5.1.9
MAY_NOT_START_LINE = CLOSING | frozenset("·—…～–/％%℃")
MAY_NOT_END_LINE = OPENING | frozenset("·～–/￥¥")

PAIRS = dict(zip("“‘（《〈「『【〔", "”’）》〉」』】〕", strict=True))

# What has no place on a page: controls, private use (whose characters are our own marks), halves of
# surrogate pairs, no characters at all.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufff9-\ufffb"
    "\ufffe\uffff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)

# How marks stand in an upright line (CLREQ 3.1.4): their forms among the characters of Unicode.
UPRIGHT_FORMS = dict(
    zip("，、。：；！？《》（）—…“”‘’", "︐︑︒︓︔︕︖︽︾︵︶︱︙﹃﹄﹁﹂", strict=True)
)


def is_han(char: str) -> bool:
    """Tell whether a character is an ideograph (CJK Unified Ideographs and its extensions)."""
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff" or char == "〇"
