"""Lists of those present, and of those in a picture: counted, and the counts held against what the book says."""

import re
from collections import Counter
from collections.abc import Iterator

from booklet.artwork.plates import shown_pictures
from booklet.errors import Finding
from booklet.genres import PLATES
from booklet.model import Attendance, Attendee, Book, Figure, Speech
from booklet.proof.texts import all_words
from booklet.text.amounts import amounts

CAME = re.compile(
    r"(?:到会|参会|与会|出席|应邀参加|参加(?:座谈会|会议|大会|纪念会|研讨会)|(?:座谈会|会议).{0,4}参加)[^。；，、\d]{0,8}$"
)
BEHIND = re.compile(
    r"^(?:代表|同志|嘉宾|来宾|校友|专家|人员)?(?:参加|出席|到会|与会|参会)(?!.{0,6}(?:活动|工作|劳动|服务))"
)
PERSONS = ("人", "名", "位")
ROW = re.compile(r"^[^：:]{1,12}[：:]")  # 前排左起：
BETWEEN = re.compile(r"[ \u3000、，,]+")
LEFT_OUT = re.compile(r"等$|等人|……")


def check_attendance(book: Book) -> Iterator[Finding]:
    """Yield what is wrong with the lists of a book."""
    counts: list[tuple[Speech, int]] = []
    for speech in book.speeches:
        people = [one for b in speech.blocks if isinstance(b, Attendance) for one in b.people]
        if people:
            counts.append((speech, len(people)))
            yield from check_list(speech, people)
        yield from check_pictures(speech)
    if len(counts) == 1:  # of several lists nobody knows which is meant
        yield from check_said(book, *counts[0])


def check_list(speech: Speech, people: list[Attendee]) -> Iterator[Finding]:
    """Yield where a list does not have as many names as its front matter says, or one twice."""
    if speech.present and speech.present != len(people):
        message = f"名单有 {len(people)} 人，count 写的是 {speech.present}"
        fix = "数一数：缺了谁，多了谁，或改 count"
        yield Finding(speech.path, speech.line, message, fix, "error", "名单-01")
    named = Counter((one.name, one.post) for one in people)
    for one in people:
        if named.pop((one.name, one.post), 1) > 1:
            message = f"名单里“{one.name}”写了两次"
            yield Finding(
                speech.path, one.line, message, "删去一个；同名的，职务写清楚", "warning", "名单-02"
            )


def check_said(book: Book, listed: Speech, count: int) -> Iterator[Finding]:
    """Yield where the book says that another number of people came than its list names."""
    for path, line, text in all_words(book):
        for amount in amounts(text):
            before, behind = text[: amount.start], text[amount.end :]
            came = CAME.search(before) or BEHIND.match(behind)
            if amount.unit not in PERSONS or amount.loose or not came or amount.value == count:
                continue
            said = text[max(amount.start - 8, 0) : amount.end]
            message = f"这里说“{said}”，名单（{listed.title[0]}）有 {count} 人"
            yield Finding(path, line, message, "核对名单和这个数字", "warning", "名单-03")


def check_pictures(speech: Speech) -> Iterator[Finding]:
    """Yield where the names under a picture are not as many as its caption says, or one stands in the fold."""
    if speech.kind != PLATES:
        return
    for one in shown_pictures(speech):
        if one.names:
            rows = [len(names_of_row(row)) for row in one.names]
            yield from check_group(speech, one.figure, rows)


def check_group(speech: Speech, figure: Figure, rows: list[int]) -> Iterator[Finding]:
    """Yield what the rows of names under a picture do not bear out."""
    said = [one for one in amounts(figure.caption) if one.unit in PERSONS and not one.loose]
    if said and said[0].value != sum(rows):
        message = f"图片说明写 {said[0].value} 人，下面列了 {sum(rows)} 个名字"
        yield Finding(speech.path, figure.line, message, "对着图片数一数", "warning", "名单-04")
    odd = [n for n, row in enumerate(rows, 1) if row % 2 and row > 1]
    if odd:
        which = "、".join(f"第 {n} 排" for n in odd)
        message = f"合影跨两页，{which}是单数，正中的人可能在折缝上"
        fix = "看阅读版这一页；在折缝上的，把图片左边或右边裁去半个人的宽度"
        yield Finding(speech.path, figure.line, message, fix, "warning", "图片-03")


def names_of_row(text: str) -> list[str]:
    """Return the names of a row under a picture: 前排左起：张三　李四."""
    rest = LEFT_OUT.sub("", ROW.sub("", text.strip()).rstrip("。"))
    return [name for name in BETWEEN.split(rest) if name]
