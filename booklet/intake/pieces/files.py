"""Whom a file is named after: 03王芳发言稿.docx, 2.镇卫生院医生扎西顿珠发言材料.docx."""

import re
from collections.abc import Sequence
from pathlib import PurePath

from booklet.intake.pieces.byline import HAN
from booklet.intake.pieces.persons import POST_WORD, Mark, byline, is_known

ORDER = re.compile(
    r"^(?:附件)?[（(【]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[）)】]?[-_.、．\s　]*"
)
ENDING = re.compile(
    r"[-_ 　—]*(?:同志|老师|先生|女士)?(?:的)?(?:(?:在.{2,30}?上的?)?(?:座谈会|大会|会议|交流|典型|表态)?(?:发言|讲话|致辞|交流))?"
    r"(?:稿|材料|提纲|内容|稿子|文稿)?(?:[-_ 　]*[（(]?(?:定稿|终稿|修改稿?|最终版?|改|\d{1,2})[）)]?)*$"
)
GLUED = re.compile(rf"(.{{2,38}}(?:{POST_WORD.pattern}))({HAN}{{2,5}}|{HAN}{{1,6}}·{HAN}{{1,8}})")
NO_NAME = re.compile(
    "发言|材料|汇总|汇编|讲话|座谈|会议|通知|方案|名单|议程|总结|主持|稿件|文稿|最新|新建|文档|发展|工作|建设|学习"
)


def byline_of_file(name: str, believed: bool = False) -> tuple[str, str]:
    """Return (speaker, designation) that a file is named after, ("", "") for none.

    A rare name is ``believed`` where the files beside it are named after their speakers.
    """
    row = stem_of(name)
    marks = [one for one in byline(row) if one.part in ("name", "both")]
    for one in marks:
        if one.sure and (one.part == "name" or is_known(one.post) or is_plain_post(one)):
            return one.speaker, one.post
    if not believed or NO_NAME.search(row):
        return "", ""
    if match := GLUED.fullmatch(row):
        return match[2], match[1]
    return next(((one.speaker, one.post) for one in marks), ("", ""))


def stem_of(name: str) -> str:
    """Return what a file is called, without its place in the order and what kind of text it is."""
    stem = ORDER.sub("", PurePath(name).stem.strip())
    stem = ENDING.sub("", stem).strip(" 　-—_")
    return re.sub(r"[-—_+]+", "　", stem)


def is_plain_post(one: Mark) -> bool:
    """Tell whether a post is one for certain, though no list has it."""
    return bool(POST_WORD.search(one.post))


def named_after_speakers(names: Sequence[str]) -> bool:
    """Tell whether most of some files are named after who speaks in them."""
    found = sum(bool(byline_of_file(name)[0]) for name in names)
    return len(names) > 1 and found * 2 >= len(names)
