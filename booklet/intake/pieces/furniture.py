"""What stands around a text on its page and is no part of it: folios, editors, calls to follow."""

import re
from collections.abc import Sequence

from booklet.intake.source import Entry, Row

MOST = 70  # characters of such a line
ROLES = (
    "责任编辑|值班编辑|本期编辑|本版编辑|见习编辑|编辑|责编|责校|美编|版式|排版|制作|审核|初审|复审|终审|编审|一审|二审|三审|"
    "监制|校对|校审|统筹|策划|总值班|值班总编|签发"
)
PATTERNS = (
    re.compile(r".{0,6}点击.{0,10}(?:蓝字|关注).*|.{0,12}关注我们.{0,8}|↑+.*"),
    re.compile(rf"[（(【]?(?:{ROLES})\s*[：:丨|/／｜]\s*.+"),
    re.compile(rf"[（(【]?(?:{ROLES})[ 　]+[\u4e00-\u9fff ]{{2,8}}[）)】]?"),
    re.compile(r"[（(]?(?:文章|图文|图片|稿件|信息|内容)?(?:来源|转自|转载自|供稿|供图|摄影|图文|文图|图|文)[：:丨|/／｜]\s*.+"),
    re.compile(r"阅读原文|阅读全文|分享|收藏|点赞|在看|写留言|喜欢此内容的人还喜欢|[-—~～·*\s]*(?:THE )?END[-—~～·*\s]*|赞\s*在看|分享收藏.*", re.I),
    re.compile(r"(?:阅读|赞|在看|点赞|分享|收藏|留言|转发|浏览|阅读量|点击量)[：:]?\s*[\d,.]+\s*(?:万|次)?\+?|听说.{0,20}在看.?|微信扫一扫|关注该公众号|(?:返回|回到)(?:目录|首页|顶部)|上一[篇版页期]|下一[篇版页期]|(?:上一[篇版页期].{0,3}){1,2}(?:下一[篇版页期])?"),
    re.compile(r"(?:长按|扫码|扫一扫|识别|扫描).{0,24}(?:二维码|关注|识别).{0,8}|微信(?:公众)?号[：:].*|.{0,6}二维码"),
    re.compile(r"(?:原创\s*)?.{0,30}\s\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}日?\s+\d{1,2}[:：]\d{2}.{0,20}"),
    re.compile(r"第?\s*[A-Z]?\d{1,2}\s*版(?:[\s　：:·|｜].{0,20})?|[A-Z]?\d{2}\s+\d{4}年\d{1,2}月\d{1,2}日.*|.{0,14}\d{4}年\d{1,2}月\d{1,2}日\s*星期[一二三四五六日天].{0,30}"),
    re.compile(r"第[一二三四五六七八九十]{1,3}版(?:[\s　：:·|｜].{0,20})?|星期[一二三四五六日天]"),
    re.compile(r"\d{1,3}|[-—－·]\s*\d{1,3}\s*[-—－·]|第\s*\d{1,3}\s*页(?:\s*[/／，,]?\s*共\s*\d{1,3}\s*页)?|\d{1,3}\s*[/／]\s*\d{1,3}"),
    re.compile(r"(?:投稿)(?:邮箱|电话|热线|地址)[：:].*|(?:国内统一刊号|邮发代号)[：:].*"),
    re.compile(r"[（(□■◆]?\s*(?:本报|本刊|本网)?(?:首席|见习|实习)?(?:记者|通讯员|实习生)[ 　：:／/].{2,30}"),
    re.compile(r"[（(]?\s*(?:下转|上接|转|接)第?\s*[\d一二三四五六七八九十]+\s*版\s*[）)]?"),
)  # fmt: skip


AFTERWORD = re.compile(
    r"[^\u4e00-\u9fff]*(?:(?:THE )?END|往期(?:推荐|回顾|精彩)|(?:推荐|相关|延伸|热点)(?:阅读|新闻|链接|报道|文章|资讯)|更多精彩)[^\u4e00-\u9fff]*",
    re.IGNORECASE,
)


def without_furniture(rows: Sequence[Row], name: str) -> tuple[list[Row], list[Entry]]:
    """Return the rows that are text, and an entry with each one taken out, whole."""
    kept, entries = [], []
    last = end_of_text(rows)
    for at, row in enumerate(rows):
        text = row.plain.strip(" \t\u3000\xa0\u200b\ufeff")
        if not row.block and (at >= last or is_furniture(text)):
            entries.append(
                Entry("done", "版面-11", name, row.line, "版面上的附属文字，没有导入", text, "")
            )
        else:
            kept.append(row)
    return kept, entries


def end_of_text(rows: Sequence[Row]) -> int:
    """Return the index of the row after which a page has nothing but links to other texts."""
    end = len(rows)
    for at in range(len(rows) - 1, -1, -1):
        text = rows[at].plain
        if not rows[at].block and (len(text) > MOST or text.endswith(("。", "！", "；"))):
            break
        if AFTERWORD.fullmatch(text):
            end = at
    return end


def is_furniture(text: str) -> bool:
    """Tell whether a line is no part of the text: short, no sentence, and of a known kind."""
    if len(text) > MOST or text.endswith(("。", "！", "；")):
        return False
    return any(one.fullmatch(text) for one in PATTERNS)
