"""Who speaks: lines that name an organisation or a person, and how they are told from titles."""

import re
from collections.abc import Sequence

from booklet.text.names import DOUBLE, SURNAMES
from booklet.text.wordlists import read_words

LISTS = "booklet.intake.lists"
COMPOUND = "|".join(DOUBLE)
HAN = r"[\u3400-\u9fff\U00020000-\U000323af]"
NAME = rf"(?:(?:{COMPOUND})[\s　]?{HAN}{{1,2}}|[{SURNAMES}][\s　]{{0,2}}{HAN}(?:[\s　]?{HAN})?|{HAN}{{2,5}}·{HAN}{{2,7}})"
LABEL = re.compile(r"(?:发言人|发言单位|发言|作者|主讲人|汇报人|汇报单位|单位|讲述人|讲述)[：:]\s*")
ORGANISATION = re.compile(f"(?:{'|'.join(read_words(LISTS, 'organisations.txt'))})$")
POST = re.compile(f"(?:{'|'.join(read_words('booklet.text', 'posts.txt'))})$")
PERSON = re.compile(NAME)
PERSON_AND_POST = re.compile(rf"({NAME}|[\u4e00-\u9fff·]{{2,6}})[（(]([^（）()]{{2,40}})[）)]")
POST_AND_PERSON = re.compile(rf"(\S.{{2,38}}?)[\s　]+({NAME})")
PERSON_THEN_POST = re.compile(rf"({NAME})[\s　]+(\S.{{2,38}})")
POST_GLUED = re.compile(
    rf"(.{{2,38}}(?:长|书记|主任|经理|代表|主席|教师|护士|医生|工程师|教授|队员))({NAME})"
)
DESIGNATION = re.compile(
    r"(第[一二三四五六七八九十百\d]+批.*?(?:示范点|示范单位|标兵|先进集体|先进个人|模范|基地))(?=.{4})"
)
NOTE_LABELS = ("编者按", "编者的话", "编前话", "按语")
BAR = re.compile(r"\s*[|｜丨]\s*")  # between a post and a name
NO_BYLINE = re.compile(r"[“”‘’《》，。！？…]|——")  # what a title may have and a byline never


def is_byline(row: str) -> bool:
    """Tell whether a short line names an organisation or a person."""
    row = BAR.sub("　", LABEL.sub("", row, count=1)).strip()
    if row in NOTE_LABELS or NO_BYLINE.search(row) or not row:
        return False
    people = (PERSON, PERSON_AND_POST, POST_AND_PERSON, PERSON_THEN_POST, POST_GLUED)
    return bool(ORGANISATION.search(row)) or any(one.fullmatch(row) for one in people)


def is_name(row: str) -> bool:
    """Tell whether a line is a person's name and nothing else."""
    return bool(PERSON.fullmatch(row.strip()))


def is_post(row: str) -> bool:
    """Tell whether a line is a person's post, or where he works."""
    if NO_BYLINE.search(row):
        return False
    return bool(POST.search(row) or ORGANISATION.search(row))


def byline_rows(rows: Sequence[str]) -> int:
    """Return how many of these lines, which follow a title, are its byline: 0, 1 or 2."""
    if not rows:
        return 0
    if len(rows) > 1 and any(
        is_name(one) and is_post(other) for one, other in (rows[:2], rows[1::-1])
    ):
        return 2
    return int(is_byline(rows[0]))


def split_byline(rows: Sequence[str]) -> tuple[str, str]:
    """Return (speaker, designation) of a byline's lines.

    王芳（镇党委副书记）, 县教育局局长　张建国, 第八批示范点某公司, or name and post on two lines.
    """
    if len(rows) > 1:
        name, post = (rows[0], rows[1]) if is_name(rows[0]) else (rows[1], rows[0])
        return squeezed(name), post
    byline = BAR.sub("　", LABEL.sub("", rows[0], count=1)).strip() if rows else ""
    for pattern, name_at in (
        (PERSON_AND_POST, 1),
        (POST_AND_PERSON, 2),
        (PERSON_THEN_POST, 1),
        (POST_GLUED, 2),
    ):
        if found := pattern.fullmatch(byline):
            if pattern is POST_GLUED and ORGANISATION.search(byline):
                continue
            return squeezed(found[name_at]), found[3 - name_at].strip()
    if found := DESIGNATION.match(byline):
        return byline[found.end() :], found[1]
    return byline, ""


def squeezed(name: str) -> str:
    """Return a name without the blanks that spread two characters over three."""
    return "".join(name.split())
