"""Names, posts and wording: a near miss is found wherever it is printed, and no other word is one."""

from collections.abc import Sequence

import pytest

from booklet.errors import BookletError, Finding
from booklet.manuscript.roll import read_roll
from booklet.proof.examine import examine
from booklet.text.names import masked, near_persons, near_terms
from tests.conftest import SPEECH, Write

PEOPLE = """people:
  - {name: 王秀兰, post: [镇长（2018—2021年）, 镇党委副书记]}
  - {name: 李红, post: 护士长}
  - {name: 欧阳振华, post: 县教育局局长}
terms: [春风社区志愿服务队, 青山镇卫生院, 敲门行动]
"""


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("王秀兰", "王秀兰同志来了", []),
        ("王秀兰", "王秀蓝来了", ["王秀蓝"]),  # sounds alike
        ("王秀兰", "汪秀兰来了", ["汪秀兰"]),
        ("王秀兰", "王兰秀来了", ["王兰秀"]),  # turned round
        ("王秀兰", "王秀英同志来了", ["王秀英"]),  # a person is meant
        ("王秀兰", "书记王秀英来了", ["王秀英"]),
        ("王秀兰", "大王秀出风采", []),
        ("高山河", "高山流水", []),
        ("李红", "李洪来了", ["李洪"]),
        ("李红", "桃李红了", []),
        ("李红", "李虹桥下", []),
        ("王建国", "王建设新村", []),
        ("欧阳振华", "欧阳震华说", ["欧阳震华"]),
        ("张已明", "张己明", ["张己明"]),  # looks alike
    ],
)
def test_what_is_nearly_a_name_and_what_is_not(name: str, text: str, found: list[str]) -> None:
    assert [words for _, words in near_persons(name, masked(text, [name]))] == found


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("春风社区志愿服务队", "春风社区志愿服务队来了", []),
        ("春风社区志愿服务队", "春风社区志原服务队", ["春风社区志原服务队"]),
        ("春风社区志愿服务队", "春风社区志愿服队", ["春风社区志愿服队"]),
        ("春风社区志愿服务队", "春风社区志愿者服务队", ["春风社区志愿者服务队"]),
        ("春风社区志愿服务队", "春风社区愿志服务队", ["春风社区愿志服务队"]),
        ("春风社区志愿服务队", "社区志愿服务队", []),
        ("春风社区志愿服务队", "春光里社区服务队", []),
        ("敲门行动", "敲门行劝", ["敲门行劝"]),
        ("敲门行动", "敲门的行动", []),
    ],
)
def test_what_is_nearly_a_term_and_what_is_not(term: str, text: str, found: list[str]) -> None:
    assert [words for _, words in near_terms(term, masked(text, [term]))] == found


def findings(write: Write, text: str, manifest: str = "") -> Sequence[Finding]:
    files = {"booklet.yaml": "title: 春风集\n" + (manifest or PEOPLE), "01-speech.md": text}
    return examine(write(files)).findings


SAID = SPEECH.replace("speaker: 春风社区志愿队", "speaker: 王秀兰\ndesignation: 青山镇党委副书记")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("社区不大", "王秀蓝说，社区不大", "名称-11"),
        ("speaker: 王秀兰", "speaker: 王秀蓝", "名称-11"),
        ("title: 把好事做到家", "title: 王秀蓝的一天", "名称-11"),
        ("label: 走访居民", "label: 王秀蓝走访居民", "名称-11"),
        ("话就好说了\nstats", "话就好说了\n    by: 王秀蓝\nstats", "名称-11"),
        ("社区不大", "青山镇卫生所来了人，社区不大", "名称-12"),
        ("社区不大", "“敲门行劝”开始了，社区不大", "名称-12"),
        ("label: 中国文明网", "label: 春风社区志愿服队", "名称-12"),
        ("designation: 青山镇党委副书记", "designation: 青山镇党委书记", "名称-13"),
        ("社区不大", "镇党委书记王秀兰说，社区不大", "名称-13"),
        ("社区不大", "李红（副护士长）说，社区不大", "名称-13"),
        ("社区不大", "县教育局副局长欧阳振华说，社区不大", "名称-13"),
    ],
)
def test_a_wrong_name_or_post_stops_the_build(write: Write, old: str, new: str, code: str) -> None:
    assert [found.code for found in findings(write, SAID)] == []
    told = [f for f in findings(write, SAID.replace(old, new)) if f.code.startswith("名称")]
    assert {found.code for found in told} == {code}
    assert all(found.severity == "error" for found in told)


@pytest.mark.parametrize(
    "said", ["镇党委副书记王秀兰说，", "副书记王秀兰说，", "镇长王秀兰当年说，", "王秀兰（镇党委副书记）说，",
             "护士长李红说，", "局长欧阳振华说，", "志愿者王秀兰说，"]
)  # fmt: skip
def test_a_right_post_is_left_alone(write: Write, said: str) -> None:
    found = findings(write, SAID.replace("社区不大", f"{said}社区不大"))
    assert [one.code for one in found if one.code == "名称-13"] == []


def test_without_a_list_the_book_is_compared_with_itself(write: Write) -> None:
    text = SPEECH.replace("speaker: 春风社区志愿队", "speaker: 王秀兰")
    (found,) = findings(write, text.replace("社区不大", "王秀蓝说，社区不大"), "theme: red\n")
    assert (found.code, found.severity) == ("名称-14", "warning")
    assert "王秀蓝" in found.message
    assert "王秀兰" in found.message
    body = SPEECH.replace("社区不大", "春风社区志原队来了，社区不大")
    assert [one.code for one in findings(write, body, "theme: red\n")] == ["名称-14"]


def test_a_listed_namesake_is_no_mistake(write: Write) -> None:
    people = "people:\n  - {name: 王秀兰}\n  - {name: 王秀蓝}\n"
    text = SAID.replace("社区不大", "王秀蓝说，社区不大")
    assert [found.code for found in findings(write, text, people)] == []


# ---- Fixed wordings ----------------------------------------------------------------------------

OWN = '[[formulation]]\nold = "楼门长"\nnew = "楼栋长"\nsince = 2020-01-01\nwhy = "街道办通知"\n'


@pytest.mark.parametrize(
    ("date", "text", "told"),
    [
        ("2023年3月3日", "八年抗战", True),
        ("2016年3月3日", "八年抗战", False),
        ("2022年12月1日", "新冠肺炎", False),
        ("2023年", "新冠肺炎", True),
        ("2023年3月3日", "十四年抗战", False),
        ("2023年3月3日", "楼门长", True),
        ("2019年3月3日", "楼门长", False),
    ],
)
def test_a_wording_that_has_changed_is_told_by_the_day_of_the_meeting(
    write: Write, date: str, text: str, told: bool
) -> None:
    files = {
        "booklet.yaml": f"title: 春风集\ndate: {date}\n",
        "01-speech.md": SPEECH.replace("社区不大", f"{text}，社区不大"),
        "提法.toml": OWN,
    }
    found = examine(write(files)).findings
    assert [one.code for one in found] == ["提法-01"] * told


@pytest.mark.parametrize(
    ("own", "what"), [("[[x", "不是 TOML"), ('[[formulation]]\nold = "甲"\n', "第 1 条"), ("a = 1", "开头"),
                      (OWN.replace("2020-01-01", '"2020"'), "日期")]
)  # fmt: skip
def test_a_list_of_wordings_that_is_wrong_is_told(write: Write, own: str, what: str) -> None:
    with pytest.raises(BookletError, match=what):
        examine(write({"提法.toml": own}))


ROLL = """# 镇办公室，2024年3月
王秀兰　镇长（2018—2021年）；镇党委副书记
李　红：护士长
春风社区志愿服务队
用语：
文明网
"""


def test_a_roll_beside_the_book_is_read(write: Write) -> None:
    people, terms, findings = read_roll(write({"名单.txt": ROLL}))
    assert findings == []
    posts = {person.name: person.posts for person in people}
    assert posts == {"王秀兰": ("镇长（2018—2021年）", "镇党委副书记"), "李红": ("护士长",)}
    assert terms == ("春风社区志愿服务队", "文明网")


def test_a_long_roll_is_read_to_its_end(write: Write) -> None:
    terms = [f"第{n}居民委员会" for n in range(1500)]
    assert read_roll(write({"名单.txt": "用语：\n" + "\n".join(terms)}))[1] == tuple(terms)


def test_a_near_miss_of_the_roll_stops_the_build(write: Write) -> None:
    speech = SPEECH + "\n王秀蓝同志来了，春风社区志原服务队也来了。\n"
    told = examine(write({"名单.txt": ROLL, "01-speech.md": speech})).findings
    errors = {one.code for one in told if one.severity == "error"}
    assert errors == {"名称-11", "名称-12"}


@pytest.mark.parametrize(
    ("text", "said"),
    [("人员：\n这是一句很长的话，不是人名\n", "不像人名"), (ROLL.encode("gb18030"), "GB18030")],
)
def test_a_roll_that_cannot_be_read_is_told(write: Write, text: str | bytes, said: str) -> None:
    with pytest.raises(BookletError, match=said) as told:
        examine(write({"名单.txt": text}))
    assert "名单.txt" in str(told.value)
