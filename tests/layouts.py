"""What offices send: one meeting's speeches in every layout that they come in, and the truth about them.

The words are made for this; a trade is a set of speakers with their posts and what they say. A layout
turns the speeches into files. ``TUNED`` trades and layouts are those that rules are made on, the others
are there to report on.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tests.docx import docx, para

Files = dict[str, bytes]


@dataclass(frozen=True)
class Speech:
    """The truth about one speech; a paragraph that begins with 一、 and the like is a heading."""

    title: str
    speaker: str
    post: str
    paragraphs: tuple[str, ...]

    @property
    def named(self) -> str:
        """The title that it has where the file gives it none."""
        return f"{self.speaker}的发言"


@dataclass(frozen=True)
class Trade:
    """A meeting and its speeches."""

    meeting: str
    host: str
    date: str
    speeches: tuple[Speech, ...]


def said(*rows: str) -> tuple[str, ...]:
    """Paragraphs of a speech."""
    return rows


SCHOOL = Trade("建校六十周年座谈会", "青石桥中学", "2024年10月12日", (
    Speech("三尺讲台是我一生的家", "何静", "青石桥中学语文教师", said(
        "尊敬的各位领导、各位来宾，亲爱的老师们、同学们：",
        "站在这个讲台上，我想起1987年的秋天。那时候学校只有12间平房，下雨天教室里要放三只脸盆接水。",
        "一、把每一节课当作第一节课",
        "备课本我写了46本，摞起来比讲桌还高。年轻老师问我，讲了三十多年的课文还用备吗？我说，课文是旧的，学生是新的。",
        "二、把每一个孩子当作自己的孩子",
        "有个孩子三个月没有交作业，我去家访，才知道他每天放学要给奶奶煎药。从那以后，他的作业在我办公室写，写完我送他回家。",
        "谢谢大家！")),
    Speech("从旁听生到院士", "司徒远", "中国工程院院士、1978届校友", said(
        "老师们、同学们：",
        "我是走读生，家离学校十一里路。冬天出门的时候天还没有亮，到校门口，传达室的灯总是亮着的。",
        "那盏灯照了我三年。后来我走过很多地方，做过许多实验，失败的次数比成功的多得多，可是每次想放弃，都会想起那盏灯。",
        "今天学校有了新的实验楼，有了86台显微镜。希望同学们记住，比仪器更要紧的是耐心。")),
    Speech("一块黑板的记忆", "马小莉", "后勤服务中心木工", said(
        "各位老师：",
        "学校现有黑板216块，其中140块是我和师傅亲手做的。做一块黑板，光是刷漆就要刷五遍，每一遍都要等干透了再打磨。",
        "有人说现在都用电子屏了，黑板没有用了。可是去年停电那一次，全校还是靠黑板上完了课。",
        "手艺不怕旧，怕的是没有人肯做。")),
    Speech("给母校的一封回信", "孙悦", "高三（2）班学生", said(
        "亲爱的母校：",
        "您给我的信我收到了。那是入学第一天发的，信封上写着三年以后打开。",
        "信里说，愿你成为一个有用的人。这三年我做了214个小时的志愿服务，教社区的老人用手机，我想这就是有用的开始。",
        "明年六月我就要离开您了。我会常常回来。")),
))  # fmt: skip

HOSPITAL = Trade("护士节座谈会", "东湖区人民医院", "2023年5月11日", (
    Speech("夜班灯下二十年", "罗秀英", "神经内科护士长", said(
        "各位领导、各位同事：",
        "二十年里，我上了1900多个夜班。夜里最安静的时候是三点，也是病人最容易出状况的时候。",
        "我们科总结了一句话：眼要勤，手要轻，话要暖。这九个字写在护士站的墙上，新来的护士第一天就要抄三遍。",
        "去年全科零投诉，病人送来锦旗27面。锦旗挂不下了，我们就把它们收在柜子里，难的时候打开看一看。")),
    Speech("让数据替病人说话", "欧阳敏", "信息科主任", said(
        "同志们：",
        "信息科的人不穿护士服，可是我们每天也在救人。去年系统发出用药提醒3206次，其中41次拦下了可能出大事的医嘱。",
        "（一）先把账算清楚",
        "过去一张化验单从抽血到看见结果要四个小时，现在是55分钟。省下来的三个多小时，对急诊病人来说就是命。",
        "（二）再把路走顺",
        "老人不会用手机，我们就把自助机的字放大一倍，再派两名导医守在旁边。")),
    Speech("在方舱里学会的事", "贡布扎西", "急诊科护士、支援医疗队队员", said(
        "大家好！",
        "我是从高原来的。第一次穿上防护服，走了五分钟就喘不过气，老队员教我，慢一点，再慢一点。",
        "六十八天里，我学会了隔着两层手套扎针，也学会了用眼睛笑。",
        "有位老阿妈出院的时候不知道我是谁，她说，她记得我的眼睛。")),
))  # fmt: skip

FACTORY = Trade("工匠精神交流会", "江滨机械厂", "2022年4月28日", (
    Speech("一丝不差", "邢大勇", "铣工高级技师", said(
        "各位工友：",
        "一丝是百分之一毫米，头发丝的七分之一。我干了三十一年铣工，只跟这一丝较劲。",
        "去年厂里接了个急活，120个零件，七天交货。我带着四个徒弟三班倒，最后一个零件下线的时候，离交货还差两个小时，合格率百分之百。",
        "有人问我图什么。我说，图的是装上去严丝合缝的那一声响。")),
    Speech("把图纸画在心里", "顾维民", "总工程师", said(
        "同志们：",
        "图纸画错一根线，车间就要废一炉钢。所以我给自己立了一条规矩，签字以前，图纸要看三遍，第三遍倒着看。",
        "第一，看得懂。图纸是给工人看的，不是给领导看的。",
        "第二，做得出。画出来做不出，等于没有画。",
        "这些年我们改进工艺38项，节约钢材210吨。数字不大，但每一项都是从铁屑里捡出来的。")),
    Speech("徒弟的徒弟", "阿依古丽·买买提", "装配车间班组长", said(
        "师傅们好：",
        "我的师傅是邢师傅的徒弟，所以我是徒弟的徒弟。师傅教我的第一件事不是拧螺丝，是扫地。",
        "他说，地上有一颗多出来的螺母，机器里就少了一颗。这句话我记了九年。",
        "现在我也带徒弟了，一共七个。第一天，我也让他们扫地。")),
))  # fmt: skip

VILLAGE = Trade("乡村振兴经验交流会", "柳河镇党委、柳河镇人民政府", "2025年2月20日", (
    Speech("荒坡上长出的日子", "蔡家旺", "石门村党支部书记", said(
        "各位乡亲、各位领导：",
        "石门村有荒坡2300亩，祖祖辈辈拿它没办法。2019年我们开了十一次会，吵了十一次架，最后决定种油茶。",
        "一、先把人心拢起来",
        "党员先垫钱，每户三千元。钱不多，可是乡亲们看见了，心就热了。",
        "二、再把路修通",
        "路修了4.6公里，占了31户的地，没有一户要补偿款。",
        "今年开春，第一批茶籽卖了62万元，每户分到1700元。钱还是不多，可是坡绿了。")),
    Speech("一个电商的自白", "木亚楠", "返乡青年、柳河电商服务站站长", said(
        "叔叔阿姨们好：",
        "三年前我从城里回来，村里人都说我是混不下去了。说实话，那时候我自己也这么想。",
        "第一单卖出去的是两斤干笋，邮费比干笋还贵。我没敢告诉我妈。",
        "现在一天最多发过860单，站里有11个姐妹，最大的59岁。她们说，手机也能种地。")),
    Speech("守水的人", "田小满", "水管员", said(
        "大伙儿好：",
        "全村的水从我手里过，三口井，五里管子，一个阀门一个阀门都在我脑子里。",
        "去年大旱，四十七天没有下雨。我夜里守在井边，一家一家放水，哪家有老人先放哪家。",
        "水够不够，要看怎么分。分得公道，少也够；分得不公，多也少。")),
    Speech("把戏唱到田头去", "崔玉兰", "业余剧团团长", said(
        "各位老少爷们：",
        "咱们剧团二十三个人，年龄加起来一千四百多岁。有人笑我们，说你们还能唱几年。",
        "唱一年是一年。去年我们下村演出52场，没有收一分钱，只收了一车红薯。",
        "红薯是甜的，掌声也是甜的。")),
))  # fmt: skip

ACADEMY = Trade("青年科技工作者座谈会", "高原生态研究所", "2024年5月30日", (
    Speech("在冰川上数年轮", "次仁旺堆", "冰芯研究室副研究员", said(
        "各位老师、各位同行：",
        "一支冰芯长108米，最底下的一层落雪的时候，山下还没有村庄。",
        "我们的工作是数。一层冬，一层夏，数错一层，后面就全错了。2016年以来我们数了14万层，错过两次，两次都从头再来。",
        "慢，是这一行唯一的捷径。")),
    Speech("数据不会说谎但会沉默", "申屠明哲", "遥感中心高级工程师", said(
        "同志们：",
        "卫星每五天经过一次，一年七十三次，云挡住的时候占六成。剩下的三十次，就是我们全部的话语权。",
        "1.把缺的补上",
        "补，不是编。我们在地面设了64个点，一个点一个点去量。",
        "2.把错的改掉",
        "去年发布的第三版数据改正了1127处错误，每一处都写明了为什么。")),
    Speech("从一株草开始", "李䶮", "草地生态组博士研究生", said(
        "老师们好：",
        "我的名字很多人不会念，我研究的草很多人没见过。它长在海拔四千八百米，一年只长一厘米。",
        "三年里我给328株草编了号，谁病了，谁开花了，我都知道。",
        "导师说，先认识一株草，再谈一片草原。")),
))  # fmt: skip

MEMORIAL = Trade("纪念韩望秋先生诞辰一百周年追思会", "岭南文史馆", "2023年11月6日", (
    Speech("先生的书桌", "韩松年", "韩望秋先生之子", said(
        "各位长辈、各位朋友：",
        "父亲的书桌只有一米二长，腿是拼的。他在这张桌子上写了三百多万字，桌面磨出两个浅浅的坑，那是手肘放的地方。",
        "他常说，字写在纸上，要对得起纸。",
        "书桌现在捐给了文史馆。坑还在。")),
    Speech("跟先生学校勘", "诸葛青", "岭南文史馆研究馆员", said(
        "各位同仁：",
        "1979年我到馆里报到，先生给我的第一件事，是校一部县志。我校了四个月，自以为干净了，先生一个晚上又找出十九处。",
        "他没有批评我，只在末页写了三个字：再来过。",
        "从那以后我校了二十七部书，每一部都要再来过一遍。")),
    Speech("一封没有寄出的信", "木村健一", "日本东亚文化研究会会员", said(
        "尊敬的韩先生的家人，尊敬的各位先生：",
        "整理资料的时候，我看到先生1985年写给家父的一封信。信没有寄出，因为家父那年春天去世了。",
        "信里说，等花开了，请来看花。",
        "我今天来了。花开得很好。")),
))  # fmt: skip

TUNED = {"school": SCHOOL, "hospital": HOSPITAL, "factory": FACTORY}
REPORTED = {"village": VILLAGE, "academy": ACADEMY, "memorial": MEMORIAL}


# ---- Layouts ---------------------------------------------------------------------------------


Rows = list[str]


def text(rows: Sequence[str], name: str = "来稿.txt", joint: str = "\n") -> Files:
    """A text file of rows."""
    return {name: joint.join(rows).encode()}


def classic(trade: Trade) -> Rows:
    """Title, then post and name on one line."""
    rows = []
    for one in trade.speeches:
        rows += [one.title, f"{one.post}　{one.speaker}", *one.paragraphs, ""]
    return rows


def byline_above(trade: Trade) -> Rows:
    """Post and name above the title."""
    rows = []
    for one in trade.speeches:
        rows += [f"{one.post}　{one.speaker}", one.title, *one.paragraphs, ""]
    return rows


def subtitled(trade: Trade) -> Rows:
    """The speaker in the subtitle, the date under it."""
    rows = []
    for one in trade.speeches:
        rows += [
            one.title,
            f"——{one.speaker}在{trade.meeting}上的发言",
            f"（{trade.date}）",
            *one.paragraphs,
            "",
        ]
    return rows


def subtitled_then_named(trade: Trade) -> Rows:
    """A subtitle without a name, then post and name, then the date."""
    rows = []
    for one in trade.speeches:
        rows += [
            one.title,
            f"——在{trade.meeting}上的发言",
            f"{one.post}　{one.speaker}",
            f"（{trade.date}）",
            *one.paragraphs,
            "",
        ]
    return rows


def name_and_post(trade: Trade) -> Rows:
    """Name with the post in brackets under the title."""
    rows = []
    for one in trade.speeches:
        rows += [one.title, f"{one.speaker}（{one.post}）", *one.paragraphs, ""]
    return rows


def turns(trade: Trade) -> Rows:
    """Label of name and post before the first words."""
    rows = [f"{trade.meeting}发言摘登", ""]
    for one in trade.speeches:
        rows += [f"{one.speaker}（{one.post}）：{one.paragraphs[0]}", *one.paragraphs[1:]]
    return rows


def bare_turns(trade: Trade) -> Rows:
    """Names alone as labels; whoever speaks on has no label again."""
    rows = []
    for one in trade.speeches:
        rows += [f"{one.speaker}：{one.paragraphs[0]}", *one.paragraphs[1:]]
    return rows


def bracketed(trade: Trade) -> Rows:
    """Names in lenticular brackets on rows of their own."""
    rows = []
    for one in trade.speeches:
        rows += [f"【{one.speaker}】", *one.paragraphs, ""]
    return rows


def bracketed_with_post(trade: Trade) -> Rows:
    """Name and post in lenticular brackets before the first words."""
    rows = []
    for one in trade.speeches:
        rows += [f"【{one.post} {one.speaker}】{one.paragraphs[0]}", *one.paragraphs[1:]]
    return rows


def numbered(trade: Trade) -> Rows:
    """1. name post：first words."""
    rows = []
    for n, one in enumerate(trade.speeches, 1):
        rows += [f"{n}. {one.speaker} {one.post}：{one.paragraphs[0]}", *one.paragraphs[1:]]
    return rows


def numbered_speeches(trade: Trade) -> Rows:
    """一、某某同志发言 as the only heading."""
    rows = []
    for number, one in zip("一二三四五", trade.speeches, strict=False):
        rows += [f"{number}、{one.speaker}同志发言", *one.paragraphs, ""]
    return rows


def numbered_with_post(trade: Trade) -> Rows:
    """（一）某某（某职）的发言 as the only heading."""
    rows = []
    for number, one in zip("一二三四五", trade.speeches, strict=False):
        rows += [f"（{number}）{one.speaker}（{one.post}）的发言", *one.paragraphs, ""]
    return rows


def name_over_post(trade: Trade) -> Rows:
    """Name and post on two rows under the title."""
    rows = []
    for one in trade.speeches:
        rows += [one.title, one.speaker, one.post, *one.paragraphs, ""]
    return rows


def post_over_name(trade: Trade) -> Rows:
    """Post and name on two rows under the title."""
    rows = []
    for one in trade.speeches:
        rows += [one.title, one.post, one.speaker, *one.paragraphs, ""]
    return rows


def post_in_brackets_below(trade: Trade) -> Rows:
    """Name, and under it the post in brackets."""
    rows = []
    for one in trade.speeches:
        rows += [one.title, one.speaker, f"（{one.post}）", *one.paragraphs, ""]
    return rows


def author_below(trade: Trade) -> Rows:
    """The author below the text at right."""
    rows = []
    for one in trade.speeches:
        rows += [one.title, *one.paragraphs, f"{'　' * 16}（{one.post}　{one.speaker}）", ""]
    return rows


def author_is(trade: Trade) -> Rows:
    """The name under the title, the post below the text: （作者系……）."""
    rows = []
    for one in trade.speeches:
        rows += [one.title, one.speaker, *one.paragraphs, f"（作者系{one.post}）", ""]
    return rows


def squares(trade: Trade) -> Rows:
    """Square bullets before post and name."""
    rows = []
    for one in trade.speeches:
        rows += [f"■ {one.post}　{one.speaker}", one.title, *one.paragraphs, ""]
    return rows


def untitled(trade: Trade) -> Rows:
    """Post and name, and no title."""
    rows = []
    for one in trade.speeches:
        rows += [f"{one.post}　{one.speaker}", *one.paragraphs, ""]
    return rows


def dashed(trade: Trade) -> Rows:
    """——post name under the title."""
    rows = []
    for one in trade.speeches:
        rows += [one.title, f"——{one.post} {one.speaker}", *one.paragraphs, ""]
    return rows


def labelled(trade: Trade) -> Rows:
    """发言人： and 单位职务： on rows of their own."""
    rows = []
    for one in trade.speeches:
        rows += [
            f"发言题目：{one.title}",
            f"发言人：{one.speaker}",
            f"单位职务：{one.post}",
            *one.paragraphs,
            "",
        ]
    return rows


def collected(trade: Trade) -> Rows:
    """第一篇：title, then the name."""
    rows = []
    for number, one in zip("一二三四五", trade.speeches, strict=False):
        rows += [f"第{number}篇：{one.title}", f"{one.speaker}　{one.post}", *one.paragraphs, ""]
    return rows


def copied_from_pdf(trade: Trade) -> Rows:
    """Lines cut every 34 characters, no indents, folios between."""
    rows: Rows = []
    folio = 1
    for one in trade.speeches:
        rows += [one.title, f"{one.post}　{one.speaker}"]
        for paragraph in one.paragraphs:
            rows += [paragraph[at : at + 34] for at in range(0, len(paragraph), 34)]
            if len(rows) // 22 >= folio:
                rows.append(f"- {folio} -")
                folio += 1
    return rows


def wechat(trade: Trade) -> Rows:
    """Blank lines between all rows, a source note above, calls to follow below."""
    rows = ["点击上方蓝字关注我们", f"来源：{trade.host}", ""]
    for one in trade.speeches:
        rows += [one.title, "", f"{one.speaker}", "", f"{one.post}", ""]
        for paragraph in one.paragraphs:
            rows += [paragraph, "", ""]
    return [*rows, "编辑：小周", "", "喜欢此内容的人还喜欢"]


def markdown(trade: Trade) -> Rows:
    """Headings as titles, the name in bold with the post behind it."""
    rows = [f"# {trade.meeting}", ""]
    for one in trade.speeches:
        rows += [f"## {one.title}", "", f"**{one.speaker}**（{one.post}）", ""]
        for paragraph in one.paragraphs:
            rows += [paragraph, ""]
    return rows


def page(trade: Trade) -> Files:
    """A saved web page with navigation around its text."""
    body = "".join(
        f"<h2>{one.title}</h2><p class='author'>{one.post}　{one.speaker}</p>"
        + "".join(f"<p>　　{paragraph}</p>" for paragraph in one.paragraphs)
        for one in trade.speeches
    )
    html = (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{trade.meeting}</title></head><body>"
        "<div class='nav'><a href='/'>首页</a> <a href='/n'>新闻</a> <a href='/l'>领导之窗</a> <a href='/f'>服务</a></div>"
        f"<div id='content'><h1>{trade.meeting}发言摘登</h1>{body}</div>"
        "<div class='side'><h3>相关新闻</h3><ul><li><a href='/1'>我区召开安全生产工作会议</a></li>"
        "<li><a href='/2'>关于做好防汛工作的通知</a></li></ul></div>"
        "<div class='footer'>主办单位：某某网　备案号：00000000</div></body></html>"
    )
    return {"网页.html": html.encode()}


def word(trade: Trade) -> Files:
    """One Word file as clerks make it."""
    body = [para(f"{trade.meeting}发言材料汇编", "方正小标宋简体", 26, centred=True)]
    for one in trade.speeches:
        body += [
            para(one.title, "方正小标宋简体", 22, centred=True),
            para(f"{one.post}　{one.speaker}", "楷体_GB2312", 16, centred=True),
        ]
        body += [para(paragraph) for paragraph in one.paragraphs]
    return {"汇编.docx": docx(*body)}


def plain_word(trade: Trade) -> Files:
    """One Word file in which only bold tells titles."""
    body = []
    for one in trade.speeches:
        body += [para(one.title, bold=True), para(one.speaker), para(one.post)]
        body += [para(paragraph) for paragraph in one.paragraphs]
    return {"汇总.docx": docx(*body)}


def word_files(trade: Trade) -> Files:
    """One Word file a speaker, named after him, with a title and no byline."""
    return {
        f"{n:02}{one.speaker}.docx": docx(
            para(one.title, "方正小标宋简体", 22, centred=True),
            *(para(paragraph) for paragraph in one.paragraphs),
        )
        for n, one in enumerate(trade.speeches, 1)
    }


def word_files_by_post(trade: Trade) -> Files:
    """One Word file a speaker, named post and name; in it subtitle and date, no byline."""
    return {
        f"{n}.{one.post}{one.speaker}发言材料.docx": docx(
            para(one.title, "方正小标宋简体", 22, centred=True),
            para(f"——在{trade.meeting}上的发言", "楷体_GB2312", 16, centred=True),
            para(f"（{trade.date}）", "楷体_GB2312", 16, centred=True),
            *(para(paragraph) for paragraph in one.paragraphs),
        )
        for n, one in enumerate(trade.speeches, 1)
    }


NO_TITLE = {"turns", "bare_turns", "bracketed", "bracketed_with_post", "numbered", "numbered_speeches", "numbered_with_post", "untitled"}  # fmt: skip
NO_POST = {"subtitled", "bare_turns", "bracketed", "numbered_speeches", "word_files"}
ROWS: tuple[Callable[[Trade], Rows], ...] = (
    classic, byline_above, subtitled, subtitled_then_named, name_and_post, turns, bare_turns, bracketed,
    bracketed_with_post, numbered, numbered_speeches, numbered_with_post, name_over_post, post_over_name,
    post_in_brackets_below, author_below, author_is, squares, untitled, dashed, labelled, collected,
    copied_from_pdf, wechat,
)  # fmt: skip
FILES: tuple[Callable[[Trade], Files], ...] = (
    page,
    word,
    plain_word,
    word_files,
    word_files_by_post,
)
LAYOUTS: dict[str, Callable[[Trade], Files]] = {
    **{make.__name__: (lambda trade, make=make: text(make(trade))) for make in ROWS},  # type: ignore[misc]
    "markdown": lambda trade: text(markdown(trade), "来稿.md"),
    **{make.__name__: make for make in FILES},
}


def truth(trade: Trade, layout: str) -> tuple[Speech, ...]:
    """The speeches as that layout tells them: without what it does not say."""
    found = []
    for speech in trade.speeches:
        one = replace(speech, title=speech.named) if layout in NO_TITLE else speech
        found.append(replace(one, post="") if layout in NO_POST else one)
    return tuple(found)


# ---- Layouts met one by one ------------------------------------------------------------------


Odd = tuple[str, str, tuple[tuple[str, str, str], ...]]
"""(file, text, the (title, speaker, post) of each speech)"""

ODD: dict[str, Odd] = {
    "a note and indented heads": (
        "来稿.txt",
        """    “银发志愿者”十周年座谈会发言选登

    编者按  11月8日，本街道召开“银发志愿者”十周年座谈会，六位志愿者代表畅谈感受。现将部分发言摘登如下，以飨读者。

        我当了十年楼门长
        朝阳里社区 梁桂枝

    十年前我刚退休，居委会的小赵找到我，说楼里缺个楼门长。我说行。

    这一干就是十年。楼里六十四户，谁家几口人，谁家老人腿脚不好，我闭着眼睛都能说出来。

        修鞋摊旁的读书角
        退休工人 卜长林

    我修了一辈子鞋，没读过多少书。退休以后，我在修鞋摊旁边摆了一个小书架。

    现在有三百多本书，都是街坊捐的。来修鞋的人不着急走了，坐下来看一会儿。

        夕阳也能照亮路
        光明小区业主委员会

    我们业委会九个人，平均年龄六十七岁。

    去年装了四十盏楼道灯，没有花公家一分钱。
""",
        (('我当了十年楼门长', '梁桂枝', '朝阳里社区'), ('修鞋摊旁的读书角', '卜长林', '退休工人'), ('夕阳也能照亮路', '光明小区业主委员会', '')),
    ),
    "Markdown with names in emphasis": (
        "来稿.md",
        """# 纪念建馆三十周年

## 从一间书库说起

*馆长 温如玉*

三十年前，图书馆只有一间书库，四千册书。

今天有藏书九十一万册。

## 一张借书证

*读者代表 尤佳*

我的借书证编号是00017。

它陪我考上了大学。

## 地下室里的灯光

*古籍修复师 呼延平*

修一页书要三天。

急不得。
""",
        (('从一间书库说起', '温如玉', '馆长'), ('一张借书证', '尤佳', '读者代表'), ('地下室里的灯光', '呼延平', '古籍修复师')),
    ),
    "one speech with subtitle and date": (
        "来稿.txt",
        """关于青年成长的三点体会

在青年干部座谈会上的发言

规划处  辛然

2024年5月4日

各位领导、同志们，根据安排，我汇报三点体会。

一是多下基层。去年我跑了41个村。

二是多读书。

三是多动笔，好记性不如烂笔头。

以上是我的汇报，不当之处请批评指正。
""",
        (('关于青年成长的三点体会', '辛然', '规划处'),),
    ),
    "counted titles": (
        "来稿.txt",
        """1 平凡岗位也有光

汇报人：环卫所 潘秋菊

扫街二十年，我扫坏的扫帚有八百多把。

凌晨四点的街，是我的街。

2 一条短信救了一个人

汇报人：移动公司营业厅 祁连山

那天我看到一条奇怪的短信求助。

我们报了警。

3 让垃圾回家

汇报人：第三小学 五年级 童乐

我给爸爸妈妈上了一课。

他们现在会分四种垃圾了。
""",
        (('平凡岗位也有光', '潘秋菊', '环卫所'), ('一条短信救了一个人', '祁连山', '移动公司营业厅'), ('让垃圾回家', '童乐', '第三小学 五年级')),
    ),
    "ordinals and labels": (
        "来稿.txt",
        """【发言一】

题　目：守住最后一公里
发言人：县邮政局投递员  龙在田

山里的路，一公里要走半小时。

【发言二】

题　目：不让一封信过夜
发言人：县邮政局分拣组  鲍春燕

去年春节，我们分拣了十二万件包裹。

没有一件过夜。

【发言三】

题　目：把家书送到
发言人：红军后代  聂小军

爷爷的信在路上走了七十年。
""",
        (('守住最后一公里', '龙在田', '县邮政局投递员'), ('不让一封信过夜', '鲍春燕', '县邮政局分拣组'), ('把家书送到', '聂小军', '红军后代')),
    ),
    "only who speaks": (
        "来稿.txt",
        """王德顺同志的发言

我是村里的老支书，今年八十一岁了。

路是一寸一寸修出来的，人心是一点一点暖过来的。

李春香同志的发言

我嫁到村里三十年，看着荒山变成果园。

日子越过越甜。

贺龙江同志的发言

我在外打工十五年，去年回来了。

村里有事做，谁还愿意走。
""",
        (('王德顺的发言', '王德顺', ''), ('李春香的发言', '李春香', ''), ('贺龙江的发言', '贺龙江', '')),
    ),
    "bodies and persons": (
        "来稿.txt",
        """　　从“要我学”到“我要学”

　　市第二中学　高二年级组

　　我们年级组二十六位教师，四年里上了一百零八节公开课。

　　教学相长，受益的首先是我们自己。

　　让数学可爱一点

　　市第二中学数学教师　蔺相如明

　　数学不可怕，可怕的是不敢错。

　　我的课堂上，第一个做错的人有奖。
""",
        (('从“要我学”到“我要学”', '市第二中学高二年级组', ''), ('让数学可爱一点', '蔺相如明', '市第二中学数学教师')),
    ),
    "traditional characters": (
        "来稿.txt",
        """飲水思源六十載

縣政府秘書長　張國華

各位鄉親：

六十年前，這裡沒有一滴自來水。

如今家家戶戶水長流，感謝前人。

一渠清水送到家

水利會　會長　陳慶祥

水圳長十二公里，是三百多人用雙手挖出來的。

我們不敢忘。
""",
        (('飲水思源六十載', '張國華', '縣政府秘書長'), ('一渠清水送到家', '陳慶祥', '水利會\u3000會長')),
    ),
    "dashes": (
        "来稿.txt",
        """创新没有终点
——董事长 卫东升
各位同事：
二十年来我们申请专利312项，其中发明专利97项。
创新没有终点，只有起点。
质量就是人品
——质检部长 裴秀珍
各位同事：
去年我们退货17次，每一次我都签了字。
质量就是人品，一个零件一张脸。
""",
        (('创新没有终点', '卫东升', '董事长'), ('质量就是人品', '裴秀珍', '质检部长')),
    ),
    "rare names, no blank lines": (
        "来稿.txt",
        """大爱无声
扎西顿珠
镇卫生院医生
我在高原行医二十二年。
最远的一次出诊骑马走了两天。
索玛花开
吉木子洛
村小教师
全校只有九个孩子，我一个老师。
孩子们走出大山的那天，我哭了。
牧场来信
巴特尔
牧民
我的羊有三百只，我的朋友遍天下。
志愿队来的时候，草刚刚绿。
""",
        (('大爱无声', '扎西顿珠', '镇卫生院医生'), ('索玛花开', '吉木子洛', '村小教师'), ('牧场来信', '巴特尔', '牧民')),
    ),
    "who introduces himself": (
        "来稿.txt",
        """尊敬的各位领导、各位来宾，亲爱的老师们、同学们、校友们，大家上午好：

我是2003届毕业生甄晓光。二十年前我从这里走出去。

母校教会我两件事，一是认真，二是不怕。

祝母校生日快乐！
""",
        (('甄晓光的发言', '甄晓光', '2003届毕业生'),),
    ),
    "numbered materials": (
        "来稿.txt",
        """交流材料之一

当好群众的贴心人

太平街道  司法所长  关山月

去年我们调解纠纷218件，成功214件。

剩下的四件，我们还在调。

交流材料之二

小巡逻守护大平安

太平派出所

巡逻队十八个人，走坏了六十多双鞋。

路上的灯，我们一盏一盏数过。
""",
        (('当好群众的贴心人', '关山月', '太平街道 司法所长'), ('小巡逻守护大平安', '太平派出所', '')),
    ),
}  # fmt: skip
