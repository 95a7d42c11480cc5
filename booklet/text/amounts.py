"""What the numerals of a text are worth: values to reckon with, how finely they are given."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from booklet.text.numbers import BETWEEN, ENDING, LAST_UNIT, ORDINAL, SIGN, expressions

DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
TOKEN = re.compile(r"\d[\d,，.．\u00a0\u2009\u202f ]*|[〇零一二两三四五六七八九]+|[十百千万亿]|点")
BLANKS = str.maketrans(
    {"，": "", ",": "", "．": ".", "\u00a0": "", "\u2009": "", "\u202f": "", " ": ""}
)
LOOSE = re.compile(rf"^(?:{SIGN})|[余多几数来]|左右|上下|以上|以下|以内|不等")
DATED = re.compile(
    r"^(?:\d{4}|[〇零一二两三四五六七八九]{4})年|(?<!个)月\d*[日号]?$|日$|\d[-/.]\d+[-/.]\d|[:：×比]\d"
)
SHARE = re.compile(r"^百分之|[%％]$")


@dataclass(frozen=True, slots=True)
class Amount:
    """A value in a text, from ``start`` to ``end``; ``unit`` is "%" for shares.

    ``place`` is the worth of its last digit where it is rounded (2.3亿: 10 000 000), 0 for a plain
    count; ``loose`` tells that a word makes it approximate.
    """

    start: int
    end: int
    value: Decimal
    unit: str
    place: Decimal
    loose: bool

    def near(self, value: Decimal, place: Decimal = Decimal(0)) -> bool:
        """Tell whether this may be ``value``: rounded as both are, or somewhere near if loose."""
        if self.loose:
            return abs(value - self.value) * 100 <= self.value * 15
        return abs(value - self.value) * 2 <= max(self.place, place)


@lru_cache(maxsize=1024)
def amounts(text: str) -> tuple[Amount, ...]:
    """Return the amounts of a text in order; dates, ordinals, ranges and the unreadable are none."""
    found = (amount_of(text, start, end) for start, end in expressions(text))
    return tuple(amount for amount in found if amount)


def amount_of(text: str, start: int, end: int) -> Amount | None:
    """Return the amount of one expression of ``text``, None where it is no plain one."""
    words = text[start:end]
    if re.match(ORDINAL, words) or DATED.search(words) or re.search(r"分之(?!\d*$)", words[3:]):
        return None
    sign = re.match(rf"(?:{SIGN})*", words)
    body = words[sign.end() if sign else 0 :]
    share = bool(SHARE.search(body))
    ending = re.search(rf"(?:{ENDING})$", body)
    bare = body[: ending.start()] if ending else body
    unit = LAST_UNIT.search(bare)
    name = unit[0].lstrip("万亿") if unit else ""
    digits = bare.removesuffix(name)
    if BETWEEN.search(digits) or "分之" in digits.removeprefix("百分之"):
        return None
    read = value_of(re.sub("[余多几数来]", "", digits.removeprefix("百分之")))
    if read is None:
        return None
    return Amount(start, end, read[0], "%" if share else name, read[1], bool(LOOSE.search(words)))


def value_of(numeral: str) -> tuple[Decimal, Decimal] | None:
    """Return value and worth of the last digit of a numeral without unit: 8万6千 is 86 000 and 0.

    The second is 0 for whole numbers without magnitude; None for what is no numeral.
    """
    tokens = TOKEN.findall(numeral)
    if not tokens or "".join(tokens) != numeral:
        return None
    if "点" in tokens:
        return spoken(tokens)
    total = section = current = Decimal(0)
    place, seen = Decimal(0), False
    for token in tokens:
        if power := POWERS.get(token):
            if power >= POWERS["万"]:
                whole = section + current
                total = (total + whole) * power if power > POWERS["万"] else total + whole * power
                section = current = Decimal(0)
            else:
                section += (current if seen else Decimal(1)) * power
                current = Decimal(0)
                if not numeral[0].isdecimal():
                    seen = False
                    continue
            place = place * power if place else Decimal(power)
            seen = False
            continue
        read = number_of(token)
        if read is None:
            return None
        current, place, seen = read[0], read[1], True
    return total + section + current, place


def number_of(token: str) -> tuple[Decimal, Decimal] | None:
    """Return value and last place of digits: 2.30 and 0.01, 1,200 and 0, 二〇二四 and 0."""
    if token[0] in DIGITS:
        return Decimal("".join(str(DIGITS[sign]) for sign in token)), Decimal(0)
    try:
        value = Decimal(token.translate(BLANKS))
    except InvalidOperation:
        return None
    exponent = value.as_tuple().exponent
    return value, Decimal(1).scaleb(int(exponent)) if int(exponent) < 0 else Decimal(0)


def spoken(tokens: list[str]) -> tuple[Decimal, Decimal] | None:
    """Return value and last place of a decimal in words: 八十五点六."""
    at = tokens.index("点")
    whole = value_of("".join(tokens[:at]))
    rest = tokens[at + 1 :]
    if whole is None or len(rest) != 1 or rest[0][0] not in DIGITS:
        return None
    part = "".join(str(DIGITS[sign]) for sign in rest[0])
    place = Decimal(1).scaleb(-len(part))
    return whole[0] + Decimal(part) * place, place
