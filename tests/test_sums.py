"""Figures against one another: what does not come out is told, and nothing that does."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet.proof.examine import examine
from booklet.proof.lists import check_lists
from booklet.proof.sums import check_sums
from booklet.text.amounts import amounts
from tests.conftest import MANIFEST, SPEECH, Write


@pytest.mark.parametrize(
    ("text", "value", "unit", "place", "loose"),
    [
        ("8万6千多人", "86000", "人", "1000", True),
        ("5亿3千万元", "530000000", "元", "10000000", False),
        ("10万零500元", "100500", "元", "0", False),
        ("百分之十五", "15", "%", "0", False),
        ("百分之八十五点六", "85.6", "%", "0.1", False),
        ("2.37亿人", "237000000", "人", "1000000", False),
        ("3万亿元", "3000000000000", "元", "1000000000000", False),
        ("1,200名", "1200", "名", "0", False),
        ("一千二百三十人", "1230", "人", "0", False),
        ("二百零五户", "205", "户", "0", False),
        ("近20人", "20", "人", "0", True),
        ("5.2个百分点", "5.2", "个百分点", "0.1", False),
        ("20余万小时", "200000", "小时", "10000", True),
    ],
)
def test_what_a_numeral_is_worth(text: str, value: str, unit: str, place: str, loose: bool) -> None:
    (found,) = amounts(text)
    told = (f"{found.value:f}".removesuffix(".00"), found.unit, found.loose)
    assert told == (value, unit, loose)
    assert float(found.place) == float(place)


@pytest.mark.parametrize(
    "text", ["第3名", "2024年", "3月5日", "8:30", "85%至90%", "三分之一", "3比1"]
)
def test_what_is_no_amount(text: str) -> None:
    assert amounts(text) == ()


FALSE_SUMS = [
    ("队员从20人增加到50人，增长250%。", "算术-01"),
    ("队员由最初的3人发展到今天的98人，增加了96人。", "算术-01"),
    ("队员从20人增加到50人，增长近250%。", "算术-01"),
    ("满意率从85%提高到92%，提高9个百分点。", "算术-01"),
    ("排队时间从40分钟缩短到10分钟，缩短了35分钟。", "算术-01"),
    ("投诉从60件减少到20件，增长66.7%。", "算术-01"),
    ("捐款从2.5万元增长到10万元，增长了5倍。", "算术-01"),
    ("老、中、青队员分别占45%、40%和25%。", "算术-02"),
    ("党员占45%，团员占40%，其余占25%。", "算术-02"),
    ("群众占35%，党员占40%，其他占20%。", "算术-02"),
    ("男队员55%，女队员50%。", "算术-02"),
    ("青年占120%。", "算术-02"),
    ("东村3人、西村4人、南村5人，共计13人。", "算术-03"),
    ("上午接诊120人次，下午接诊85人次，合计215人次。", "算术-03"),
    ("现有队员30人，其中男18人、女14人。", "算术-03"),
    ("全院职工120人，其中护士130人。", "算术-03"),
    ("参加的有三家单位：卫生院、派出所。", "算术-04"),
    ("我们做了四件事（理发、磨刀、义诊）。", "算术-04"),
    ("我有三点体会：一是要早，二是要实，三是要细，四是要久。", "算术-04"),
    ("北京、上海、广州、深圳三地的同志来了。", "算术-04"),
    ("有5个小组：宣讲组、义诊组、环保组、关爱组。", "算术-04"),
]
TRUE_SUMS = [
    "队员从20人增加到50人，增长150%。",
    "队员由最初的3人发展到今天的98人，增加了95人。",
    "满意率从85%提高到92%，提高7个百分点。",
    "满意率从85.2%提高到92.1%，提高6.9个百分点。",
    "排队时间从40分钟缩短到10分钟，缩短了75%。",
    "捐款从2.5万元增长到10万元，增长了3倍。",
    "捐款从2.5万元增长到10万元，是原来的4倍，增长300%。",
    "从2012年的18人到今天的98人，我们走过了11年。",
    "注册人数从2.3亿增长到2.37亿，增长约3%。",
    "队员从30人增加到47人，增长近六成。",
    "队员从30人增加到47人，增长56.7%。",
    "老、中、青队员分别占35%、40%和25%。",
    "三类分别占33.3%、33.3%、33.3%。",
    "党员占60%，女同志占55%。",
    "党员占45%，团员占40%，其余占15%。",
    "男队员占45%，女队员占55%。",
    "东村3人、西村4人、南村5人，共计12人。",
    "上午接诊120人次，下午接诊85人次，合计205人次。",
    "先后走访12个村、30户、80人，共送去米面200袋。",
    "现有队员30人，其中党员18人、女队员14人。",
    "现有队员30人，其中男18人、女12人。",
    "总分800分以上有6人，比去年增加1人，其中2人考上了大学。",
    "累计服务3万人次，其中今年5000人次。",
    "参加的有三家单位：卫生院、派出所和小学。",
    "参加的有三家单位：卫生院、派出所、小学等。",
    "我们做了四件事（理发、磨刀、义诊、送书）。",
    "有两位老师：一位教语文，一位教数学。",
    "我有三点体会：一是要早，二是要实，三是要细。",
    "三个人，一条心：老王敲门，小李登记，我来送药。",
    "全队5人：队长王秀兰，队员李红、张明、赵强、刘芳。",
    "他只说了一个字：干。",
    "我们有3个队：老年队、青年队、少年队和他们的家人。",
    "党员、群众20人参加。",
    "北京、上海、广州三地的同志来了。",
    "开展好共建、联防、党政军警民“五位一体”联建。",
    "衣、食、住、行四个方面都要管。",
    "一是要早，二是要实。",
    "2023年服务100人次，2024年服务200人次，共300人次。",
]


@pytest.mark.parametrize(("text", "code"), FALSE_SUMS)
def test_what_does_not_come_out_is_told(text: str, code: str) -> None:
    assert [found[1] for found in (*check_sums(text), *check_lists(text))] == [code]


@pytest.mark.parametrize("text", TRUE_SUMS)
def test_what_comes_out_is_not(text: str) -> None:
    assert [*check_sums(text), *check_lists(text)] == []


WORDS = re.findall(
    r"\S+",
    "0 2 98 1,200 2.5 ８ 。 ， 、 ； ： （ ） —— - 至 到 从 增长 减少 占 分别占 其余 其中 男 女 共 % 百分之 "
    "个百分点 倍 成 人 家 个 项 万 亿 千 十 一 两 三 几 余 近 第 半 点 分之 零 一是 二是 第一， 年 月 2024年 元 “ ”",
)


@given(st.lists(st.sampled_from(WORDS), max_size=24))
def test_no_text_breaks_the_reckoning(words: list[str]) -> None:
    text = "".join(words)
    for start, code, _ in (*check_sums(text), *check_lists(text)):
        assert 0 <= start < len(text)
        assert code.startswith("算术")


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("全国注册志愿者2.37亿人。", "全国注册志愿者达到2.73亿人。", 1),
        ("全国注册志愿者2.37亿人。", "全国注册志愿者超过2.3亿人。", 0),
        ("全国注册志愿者2.37亿人。", "全国注册志愿者2.4亿人。", 0),
        ("2022年，全国注册志愿者2.3亿人。", "2024年，全国注册志愿者2.7亿人。", 0),
        ("春风社区志愿服务队有98人。", "春风社区志愿服务队有89人。", 1),
        ("我们村的志愿者有98人。", "我们村的志愿者有89人。", 0),
        ("全国人均服务3小时。", "全国人均服务5小时。", 0),
    ],
)
def test_one_fact_with_two_values_is_told(
    write: Write, first: str, second: str, found: int
) -> None:
    text = MANIFEST + "terms: [春风社区志愿服务队]\n"
    book = {"booklet.yaml": text, "01-speech.md": f"{SPEECH}\n{first}\n"}
    told = examine(
        write(book | {"02-more.md": f"---\ntitle: 又一篇\nspeaker: 李红\n---\n{second}\n"})
    )
    codes = [finding for finding in told.findings if finding.code == "算术-05"]
    assert len(codes) == found
    assert all("02-more.md" in one.path and "01-speech.md" in one.message for one in codes)
