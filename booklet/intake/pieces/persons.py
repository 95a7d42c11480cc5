"""Who speaks: what one row may say of it, in every form that offices write it.

A row may be read in several ways; each reading is a ``Mark``. Whether it is meant so is decided over the
whole file (``reading``): a rare name is believed where others stand in the same place.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from booklet.intake.pieces.byline import (
    BAR,
    DESIGNATION,
    HAN,
    NAME,
    NO_BYLINE,
    NOTE_LABELS,
    ORGANISATION,
    POST,
    is_post,
    squeezed,
)

ANY_NAME = rf"{NAME}|{HAN}{{2,6}}|{HAN}{{1,6}}[·•]{HAN}{{1,8}}(?:[·•]{HAN}{{1,8}})?"
SURE = re.compile(NAME)
MIDDLE_DOT = re.compile(rf"{HAN}{{1,6}}[·•]{HAN}{{1,8}}(?:[·•]{HAN}{{1,8}})?")
BULLET = re.compile(r"[■□▲△●◆◇★☆▶►○※]\s*")
DASHES = re.compile(r"[—―–-]{1,4}\s*")
TITLES = r"(?:同志|先生|女士|老师|教授|院士|代表)?"
SPOKE = r"(?:的)?(?:交流|大会|典型|表态|书面)?(?:发言|讲话|致辞|致词|报告|讲述|分享)(?:稿|摘要|材料|实录)?"
COUNTED = r"(?:第?[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、]\s*|[①-⑳]\s*)"
WORDS = re.compile(
    "会议|时间|地点|主题|单位|记录|参加|出席|主持|内容|问题|目的|背景|注意|说明|备注|联系|电话|要求|方式|原因|结果|经验|体会|建议|措施|答|问"
)
SAID_AS = {"发言人": "name", "发言者": "name", "主讲人": "name", "主讲": "name", "作者": "name", "讲述人": "name", "讲述": "name", "汇报人": "name", "发言": "name",
           "单位职务": "post", "职务": "post", "单位": "post", "发言单位": "post", "汇报单位": "post", "工作单位": "post", "单位及职务": "post", "职称": "post",
           "发言题目": "title", "题目": "title", "标题": "title", "题": "title"}  # fmt: skip
SPREAD = re.compile(r"(?<=^[题标职单作])[\s　]+(?=[目题务位者]\s*[：:])")  # 题　目：
LABELLED = re.compile(rf"({'|'.join(sorted(SAID_AS, key=len, reverse=True))})\s*[：:]\s*(\S.*)")
SUBTITLE = re.compile(
    rf"(?:[—―–-]{{1,4}}\s*)?(?P<who>.{{2,40}}?)在(?P<where>.{{2,60}}?)(?:上|时|中)?{SPOKE}"
)
NUMBERED = re.compile(rf"(?P<count>{COUNTED}\s*)?(?P<who>\S.{{1,40}}?){SPOKE}[：:]?")
ANYBODY = re.compile(
    "与会|参会|其他|有关|部分|各位|我们|大会|会议|交流|典型|书面|自由|互动|现场|领导|代表|集体|小组|分组|表态|重点"
)
ORDINAL = re.compile(
    r"[【（(\[]?\s*(?:发言|交流|书面|典型|材料){0,2}[之第]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*(?:篇|位)?(?:发言)?\s*[】）)\]]?[：:]?"
)
COLLECTED = re.compile(
    r"(?:第[一二三四五六七八九十\d]{1,3}篇|篇[一二三四五六七八九十]|之[一二三四五六七八九十])[：:、　 ]\s*(?P<title>\S.+)"
)
AUTHOR = re.compile(
    r"[（(]\s*(?:本文)?作者(?:系|为|是|单位[：:]?|[：:])\s*(?P<post>[^（）()]+?)[）)]"
)
LABEL = re.compile(rf"(?:{COUNTED}\s*)?(?P<who>[^：:。！？；]{{2,44}}?)\s*[：:]")
SIMPLIFIED = str.maketrans(  # of traditional characters, those in names and posts
    "長書記員會師學醫護經辦處廠鎮鄉縣區聯團隊連營館協導領業務總監製幹黨衛視電機關張陳劉黃楊趙吳鄭馮謝許韓羅蔣賈葉餘蘇蕭龍萬顏錢湯鄧賴龐呂盧譚閻嚴駱齊樓簡鐘莊鄒陸馬魯孫畢華賀倪滕單於時傅齊伍貝項紀舒屈項鄔",
    "长书记员会师学医护经办处厂镇乡县区联团队连营馆协导领业务总监制干党卫视电机关张陈刘黄杨赵吴郑冯谢许韩罗蒋贾叶余苏萧龙万颜钱汤邓赖庞吕卢谭阎严骆齐楼简钟庄邹陆马鲁孙毕华贺倪滕单于时傅齐伍贝项纪舒屈项邬",
)
GREETING = re.compile(
    r"(?:尊敬的|敬爱的|亲爱的|各位|同志们|老师们|同学们|朋友们|乡亲们|工友们|女士们|大家|你们|您好|大伙)"
)
FRAMED = re.compile(r"(?:[【\[〔](?P<who>[^】\]〕]{2,44})[】\]〕])\s*[：:]?")
INNER = r"(?:[^（）()]|[（(][^（）()]{1,8}[）)]){2,44}"  # what brackets hold, which may be a class: （2）班
AUTHOR = re.compile(rf"[（(]\s*(?:本文)?作者(?:系|为|是|单位[：:]?|[：:])\s*(?P<post>{INNER})[）)]")
POST_WORD = re.compile(f"(?:{POST.pattern[3:-2]})")


@dataclass(frozen=True, slots=True)
class Mark:
    """One reading of a row: who speaks, or part of it.

    ``shape`` is how it is written; ``part`` tells what is in it: name, post, both, body (an organisation
    that speaks), title, ordinal (which speech it is). ``sure``: the name is a common one, or the post tells that it is one. ``end`` is where
    the words of a label begin, 0 for a row of its own.
    """

    shape: str
    part: str
    speaker: str = ""
    post: str = ""
    title: str = ""
    sure: bool = True
    end: int = 0


def marks_of(row: str) -> list[Mark]:
    """Return every way in which a row may say who speaks."""
    plain = row.translate(SIMPLIFIED)
    found = dict.fromkeys(readings(plain))
    if plain == row:
        return list(found)
    return [
        replace(
            one,
            speaker=as_written(one.speaker, plain, row),
            post=as_written(one.post, plain, row),
            title=as_written(one.title, plain, row),
        )
        for one in found
    ]


def as_written(words: str, plain: str, row: str) -> str:
    """Return words of a row in simplified characters as the row itself has them."""
    at = plain.find(words)
    if at >= 0:
        return row[at : at + len(words)]
    at = squeezed(plain).find(words)  # a name whose characters were spread
    return squeezed(row)[at : at + len(words)] if at >= 0 else words


def readings(row: str) -> Iterator[Mark]:
    """Yield the readings of a row: as one of its own, then as the label of words."""
    row = SPREAD.sub("", row)
    if row in NOTE_LABELS or not row:
        return
    if match := LABELLED.fullmatch(row):
        part, said = SAID_AS[match[1]], match[2].strip()
        yield from (one for one in labelled(part, match[1], said))
        return
    if match := AUTHOR.fullmatch(row):
        yield Mark("（作者系）", "post", post=match["post"].strip())
        return
    if match := COLLECTED.fullmatch(row):
        yield Mark("第一篇", "title", title=match["title"].strip())
        return
    if ORDINAL.fullmatch(row) and re.search("[发交材第篇位【]", row):
        yield Mark("第几", "ordinal")
        return
    if match := NUMBERED.fullmatch(row):
        for one in byline(bare(match["who"])):
            told = bool(match["count"]) or is_sure(one.speaker)
            if one.part in ("name", "both", "body") and (told or not ANYBODY.match(match["who"])):
                yield replace(mark("一、发言", one), sure=told)
    if match := SUBTITLE.fullmatch(row):
        for one in byline(bare(match["who"])):
            if one.part in ("name", "both", "body"):
                yield replace(mark("——在", one), sure=True)
    prefix, rest = "", row
    if match := BULLET.match(row):
        prefix, rest = "■", row[match.end() :]
    elif match := DASHES.match(row):
        prefix, rest = "——", row[match.end() :]
    if match := FRAMED.match(rest):
        for one in byline(bare(match["who"])):
            own = match.end() == len(rest)
            yield mark(f"{prefix}【】", one, 0 if own else len(row) - len(rest) + match.end())
        return
    for one in byline(rest):
        yield mark(prefix + one.shape, one)
    if (match := LABEL.match(rest)) and not WORDS.search(match["who"]):
        for one in byline(match["who"].strip()):
            if one.part in ("name", "both", "body"):
                end = len(row) - len(rest) + match.end()
                greets = bool(GREETING.match(row[end:].lstrip()))
                yield replace(mark(f"{prefix}{one.shape}：", one, end), sure=one.sure or greets)


def mark(shape: str, one: Mark, end: int = 0) -> Mark:
    """Return a reading in a wider shape."""
    return Mark(shape, one.part, one.speaker, one.post, one.title, one.sure, end)


def labelled(part: str, label: str, said: str) -> Iterator[Mark]:
    """Yield what stands behind 发言人： and the like."""
    if part == "title":
        yield Mark(label, "title", title=said)
    elif part == "post":
        yield Mark(label, "post", post=said)
    else:
        said = re.split(r"[\s　]+\S{1,6}[：:]", said)[0]
        inner = [one for one in byline(said) if one.part != "post"]
        yield from (mark(label, one) for one in inner[:1])
        if not inner:
            yield Mark(label, "name", said)


def bare(who: str) -> str:
    """Return who without what is said to honour him."""
    return re.sub(rf"(?<=.{{2}}){TITLES}$", "", who.strip())


def byline(row: str) -> Iterator[Mark]:
    """Yield the readings of a row that names somebody and says nothing else."""
    row = BAR.sub("　", row).strip()
    if not row or NO_BYLINE.search(row.replace("·", "")) or len(row) > 48:
        return
    if match := re.fullmatch(rf"[（(]({INNER})[）)]", row):
        for one in byline(match[1]):
            if one.part in ("post", "both"):
                yield mark(f"（{one.shape}）", one)
        return
    if match := re.fullmatch(rf"({ANY_NAME})\s*[（(]({INNER})[）)]", row):
        name, post = squeezed(match[1]), match[2].strip()
        yield Mark("名（职）", "both", name, post, sure=is_sure(name) or is_known(post))
        return
    if match := re.fullmatch(rf"(\S.{{1,40}}?)[\s　]+({ANY_NAME})", row):
        post, name = match[1].strip(), squeezed(match[2])
        if ORGANISATION.search(name) and not is_sure(name):
            yield Mark("单位", "body", squeezed(row))
        elif not SURE.fullmatch(squeezed(row)):
            known = is_known(post)
            if is_sure(name) or known:
                yield Mark("职　名", "both", name, post, sure=known or is_sure(name))
    if match := re.fullmatch(rf"({ANY_NAME})[\s　]+(\S.{{1,40}})", row):
        name, post = squeezed(match[1]), match[2].strip()
        if not SURE.fullmatch(squeezed(row)) and not re.search("[：:]", post):
            known = is_known(post)
            if (is_sure(name) and len(post) > 2) or known:
                yield Mark("名　职", "both", name, post, sure=known)
    name = squeezed(row)
    if SURE.fullmatch(row) or MIDDLE_DOT.fullmatch(row):
        yield Mark("名", "name", name)
    elif re.fullmatch(rf"{HAN}{{2,5}}", name):
        yield Mark("名", "name", name, sure=False)
    glued = re.fullmatch(rf"(.{{1,38}}?(?:{POST_WORD.pattern}))({NAME})", row)
    if glued and not ORGANISATION.search(row) and not POST.search(row):
        yield Mark("职名", "both", squeezed(glued[2]), glued[1])
    if is_post(row) and not SURE.fullmatch(row):
        body = bool(ORGANISATION.search(row))
        if found := DESIGNATION.match(row):
            yield Mark("单位", "body", row[found.end() :], found[1], sure=body)
        elif body:
            yield Mark("单位", "body", row)
        yield Mark("职", "post", post=row, sure=not body)


def is_known(post: str) -> bool:
    """Tell whether words are a post and whose it is, not a word for anybody: 负责人, 村民."""
    return len(post) > 3 and (is_post(post) or bool(POST_WORD.search(post)))


def is_sure(name: str) -> bool:
    """Tell whether a name is a person's for certain, by its surname or its middle dot."""
    return bool(SURE.fullmatch(name) or MIDDLE_DOT.fullmatch(name))
