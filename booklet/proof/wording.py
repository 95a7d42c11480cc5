"""Fixed wordings that have changed since: told with the day and the authority, never rewritten."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from booklet.errors import Finding
from booklet.model import Book
from booklet.proof.texts import all_words
from booklet.text.formulations import Formulation, house_formulations

DAY = re.compile(r"(\d{4})年(?:(\d{1,2})月)?(?:(\d{1,2})日)?")


def check_wording(book: Book) -> Iterator[Finding]:
    """Yield a warning for each wording that was no longer usual on the day of the meeting."""
    current = valid((*house_formulations(), *book.formulations), day_of(book.date))
    for path, line, text in all_words(book):
        for one in current:
            for match in re.finditer(re.escape(one.old), text):
                around = text[max(match.start() - 6, 0) : match.end() + 6]
                since = f"自{one.since.year}年{one.since.month}月{one.since.day}日起"
                message = f"“{one.old}”{since}通常写“{one.new}”：…{around}…"
                fix = f"核对（{one.why}）；引用原文不用改，写进 booklet.yaml 的 allow"
                yield Finding(path, line, message, fix, "warning", "提法-01")


def valid(formulations: Sequence[Formulation], day: date) -> list[Formulation]:
    """Return those that were in force on a day."""
    return [one for one in formulations if one.since <= day and (not one.until or day <= one.until)]


def day_of(text: str) -> date:
    """Return the day that a date in Chinese names, the last possible where it is not whole."""
    match = DAY.search(text)
    if not match:
        return date.max
    year, month, day = (int(part) if part else 0 for part in match.groups())
    try:
        return date(year, month or 12, day or 28)
    except ValueError:
        return date.max
