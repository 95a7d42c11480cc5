"""A wrong figure, a changed quotation, a careless mark: found before anything is printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet.edition import Edition
from booklet.errors import BookletError, Finding
from booklet.manuscript.book import read_book
from booklet.proof.examine import examine
from booklet.proof.proofread import proofread
from booklet.text.numbers import ANY_NUMBER, find_figure, nearest_figure, split_figure
from tests.conftest import SPEECH, Write

TEXT = "动员8000余名干部，累计41.6万余人次，检测5068万人次，最冷零下40摄氏度，共1,280户，含8万6千多人。"


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        ("8000余名", True),
        ("41.6万余人次", True),
        ("零下40摄氏度", True),
        ("1,280户", True),
        ("8000名", False),  # the approximator left out
        ("000余名", False),  # the number cut in front
        ("1.6万余人次", False),
        ("280户", False),
        ("5068", False),  # the magnitude cut off: ten thousand times too small
        ("41.6万", False),
        ("40摄氏度", False),  # the sign lost
        ("41.7万余人次", False),
        ("", False),
    ],
)
def test_a_figure_is_said_only_where_it_stands_whole(figure: str, said: bool) -> None:
    assert (find_figure(figure, TEXT) >= 0) is said


@pytest.mark.parametrize(
    ("figure", "text", "said"),
    [
        ("三百名", "共二千三百名", False),
        ("三百名", "统一三百名", True),
        ("20人", "10—20人", False),
        ("20人", "10至20人", False),
        ("10—20人", "共10—20人", True),
        ("1200人", "参加1200人次", False),
        ("3个", "提高3个百分点", False),
        ("2年", "2年级学生", False),
        ("690名", "不足690名", False),
        ("20万余小时", "近20万余小时", False),
        ("近20万余小时", "近20万余小时", True),
        ("20人", "最近20人", True),
        ("3万元", "节约3万元", True),
        ("7批次", "7批次5690名", True),
        ("6千多人", "共8万6千多人", False),
        ("8万6千多人", "共8万6千多人", True),
        ("3千万元", "投入5亿3千万元", False),
        ("500元", "募得10万零500元", False),
        ("3名", "获第3名", False),
        ("3名", "提前3名到场", True),
        ("10名", "进入全国前10名", False),
        ("85%", "达到85%至90%", False),
        ("90%", "达到85%至90%", False),
        ("000人", "到会2 000人", False),
        ("十五", "增长百分之十五", False),
        ("3倍", "增长3倍多", False),
        ("50人", "50人以上", False),
        ("5日", "3月5日到会", False),
        ("30分", "8点30分开会", False),
        ("20", "G20峰会", False),
        ("4", "占3/4", False),
        ("300元", "捐款￥300元", False),
        ("200人", "组织200人到5个社区", True),
        ("5个", "组织200人到5个社区", True),
        ("98人", "从3人到98人", True),
        ("98人", "每队3人到98人", False),
        ("3000余次", "好人好事3000余次", True),
        ("３２户", "走访３２户", True),
    ],
)
def test_a_figure_keeps_its_unit_its_range_and_its_approximator(
    figure: str, text: str, said: bool
) -> None:
    assert (find_figure(figure, text) >= 0) is said


NUMERALS = st.from_regex(
    r"(近|超过|第|不足)?([1-9][0-9]{0,3}(\.[0-9])?|[1-9][0-9]?,[0-9]{3}|[1-9] [0-9]{3})"
    r"([万亿]|万[1-9]千|亿零[1-9]00万)?[余多]?(名|人次|万元|公里|个百分点|%)(以上|左右)?",
    fullmatch=True,
)


@given(
    numeral=NUMERALS,
    before=st.sampled_from(["共", "来了", "，", "覆盖"]),
    after=st.sampled_from(["。", "，", "和"]),
)
def test_no_proper_part_of_a_numeral_is_said_and_the_whole_is(
    numeral: str, before: str, after: str
) -> None:
    text = before + numeral + after
    assert find_figure(numeral, text) == len(before)
    for start in range(len(numeral)):
        for end in range(start + 1, len(numeral) + 1):
            part = numeral[start:end]
            if part != numeral and ANY_NUMBER.search(part):
                assert find_figure(part, text) < 0, part


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("41.7万余人次", "41.6万余人次"),
        ("5068", "5068万人次"),
        ("8000名", "8000余名"),
        ("6千人", "8万6千多人"),
        ("40摄氏度", "零下40摄氏度"),
    ],
)
def test_the_nearest_figure_is_offered(wrong: str, right: str) -> None:
    assert nearest_figure(wrong, TEXT)[0] == right


def test_a_figure_divides_into_number_and_small_print() -> None:
    assert split_figure("近20万余小时") == ("近", "20", "万余小时")
    assert split_figure("第八批") == ("", "第八批", "")


def findings(write: Write, edition: Edition, text: str) -> list[Finding]:
    return proofread(read_book(write({"01-speech.md": text}), ("red",), ("reading",)), edition)


def test_the_small_book_is_clean(write: Write, edition: Edition) -> None:
    assert findings(write, edition, SPEECH) == []


def test_one_changed_digit_stops_with_line_and_nearest(write: Write, edition: Edition) -> None:
    (found,) = findings(write, edition, SPEECH.replace("figure: 1286户", "figure: 1285户"))
    assert found.severity == "error"
    assert found.line == 7
    assert "1286户" in found.fix
    assert "第 13 行" in found.fix


@pytest.mark.parametrize(
    ("old", "new", "code", "told"),
    [
        ("figure: 1286户", "figure: １２８６户", "数字-01", "全角半角"),
        ("figure: 1286户", "figure: 好", "数字-03", "label"),
        (
            "figure: 3.5万余人次, label: 参加服务",
            "figure: 1286户, label: 走访居民",
            "数字-02",
            "删去",
        ),
        ("社区不大，", "社区不大[^1]，", "记号-01", "[^1]: 注文"),
        ("社区不大，", "![会 场](a b.jpg)社区不大，", "记号-01", "空格"),
        ("社区不大，", "社区<br>不大，", "记号-02", "删去"),
        ("title: 把好事做到家", "title: " + "好事" * 40, "篇幅-01", "缩短"),
        ("text: 门一敲开，话就好说了", "text: 门一敲开,话就好说了", "引文-01", "全角半角"),
        ("text: 门一敲开，话就好说了\n", "text: 门一敲开\n  - text: 门一敲开\n", "引文-03", "删去"),
    ],
)
def test_what_would_print_wrongly_is_told(
    write: Write, edition: Edition, old: str, new: str, code: str, told: str
) -> None:
    found = findings(write, edition, SPEECH.replace(old, new))
    assert [told in one.fix for one in found if one.code == code] == [True], found


def test_a_figure_said_only_in_a_footnote_is_told_so(write: Write, edition: Edition) -> None:
    text = SPEECH.replace("figure: 1286户", "figure: 99户") + "\n甲[^1]。\n\n[^1]: 共99户。\n"
    (found,) = findings(write, edition, text)
    assert "脚注" in found.fix


def test_one_changed_word_in_a_quote_stops(write: Write, edition: Edition) -> None:
    (found,) = findings(write, edition, SPEECH.replace("text: 门一敲开", "text: 门一打开"))
    assert (found.severity, found.line) == ("error", 5)
    assert "门一敲开，话就好说了" in found.fix


def test_a_link_too_long_for_its_code_is_told(write: Write, edition: Edition) -> None:
    long = "https://www.wenming.cn/" + "a" * 110
    (found,) = findings(write, edition, SPEECH.replace("https://www.wenming.cn", long))
    assert (found.code, found.severity) == ("二维码-01", "warning")
    (found,) = findings(write, edition, SPEECH.replace("https://www.wenming.cn", long + "b" * 90))
    assert found.severity == "error"


def test_a_label_that_has_no_room_is_told(write: Write, edition: Edition) -> None:
    (found,) = findings(
        write, edition, SPEECH.replace("label: 走访居民", "label: " + "走访居民" * 9)
    )
    assert (found.code, found.severity, found.line) == ("篇幅-01", "error", 7)


def test_an_internal_publication_lists_what_it_lacks(write: Write, edition: Edition) -> None:
    folder = write({"booklet.yaml": "title: 甲\ninternal: true\ncolophon:\n  copies: 500册\n"})
    (found,) = proofread(read_book(folder, ("red",), ("reading",)), edition)
    assert "准印证号" in found.message
    assert "印数" not in found.message


def test_a_fourth_quote_is_one_too_many(write: Write, edition: Edition) -> None:
    said = ["社区不大", "楼道不少", "第二天再去", "第三天还去"]
    rows = "".join(f"  - text: {text}\n" for text in said)
    four = SPEECH.replace("  - text: 门一敲开，话就好说了\n", rows)
    assert [found.code for found in findings(write, edition, four)] == ["引文-02"]
    three = four.replace("  - text: 第三天还去\n", "")
    assert findings(write, edition, three) == []


def test_a_heading_two_levels_down_is_told(write: Write, edition: Edition) -> None:
    text = SPEECH.replace("二、再办事", "### 再办事")  # the third level, after the first
    (found,) = findings(write, edition, text)
    assert (found.code, found.severity) == ("标题-01", "warning")
    assert "第 1 级跳到第 3 级" in found.message
    assert findings(write, edition, SPEECH.replace("二、再办事", "## 再办事")) == []


# ---- What the editor lets stand ----------------------------------------------------------------


def examined(write: Write, allow: str, text: str = SPEECH) -> tuple[list[str], int]:
    """Return the codes that are left with these allowances, and how many findings were silenced."""
    manifest = "title: 春风集\nallow:\n" + "".join(f"  - {{{row}}}\n" for row in allow.split("\n"))
    found = examine(write({"booklet.yaml": manifest, "01-speech.md": text}))
    return [finding.code for finding in found.findings], found.silenced


SPACED = SPEECH.replace("社区不大，", "社区 不大，")


@pytest.mark.parametrize(
    ("allow", "text", "left", "silenced"),
    [
        ("rule: 空格-04, text: 社区 不大, why: 口号", SPACED, [], 1),
        ("rule: 空格-04, text: 街道 不大, why: 口号", SPACED, ["空格-04", "例外-02"], 0),
        ("rule: 空格-01, text: 社区 不大, why: 口号", SPACED, ["空格-04", "例外-02"], 0),
        ("rule: 占位-01, text: 某某, why: 隐去姓名", SPEECH.replace("社区不大", "某某社区不大"), [], 1),
        ("rule: 数字-01, text: 1285户, why: 就要这样", SPEECH.replace("figure: 1286户", "figure: 1285户"),
         ["数字-01", "例外-02"], 0),
        ("rule: 乱写-01, text: 甲, why: 乙", SPEECH, ["例外-01"], 0),
    ],
)  # fmt: skip
def test_a_warning_may_stand_with_a_reason_and_a_wrong_figure_never(
    write: Write, allow: str, text: str, left: list[str], silenced: int
) -> None:
    codes, count = examined(write, allow, text)
    assert (sorted(codes), count) == (sorted(left), silenced)


def test_an_allowance_without_a_reason_is_a_mistake(write: Write) -> None:
    with pytest.raises(BookletError, match="why"):
        examined(write, "rule: 空格-04, text: 社区 不大", SPACED)


@pytest.mark.parametrize(
    "changed",
    [
        {"01-speech.md": SPEECH.replace("speaker: 春风社区志愿队", "speaker: （请写发言人）")},
        {"01-speech.md": SPEECH.replace("label: 走访居民", "label: 请写说明")},
        {"01-speech.md": SPEECH.replace("title: 把好事做到家", "title: TODO")},
        {"01-speech.md": SPEECH.replace("社区不大", "某某社区不大")},
        {"01-speech.md": SPEECH.replace("社区不大", "____社区不大")},
        {"01-speech.md": SPEECH.replace("label: 中国文明网", "label: XX网")},
        {"01-speech.md": SPEECH.replace("话就好说了\nstats", "话就好说了\n    by: 某某\nstats")},
        {"01-speech.md": SPEECH + "\n注[^1]。\n\n[^1]: 待补\n"},
        {"booklet.yaml": "title: 春风集\nhost: XX市委\n"},
        {"booklet.yaml": "title: 春风集\ncolophon: {printer: 待补}\n"},
    ],
)
def test_nothing_unfinished_is_printed(write: Write, changed: dict[str, str]) -> None:
    found = examine(write(changed)).findings
    assert "占位-01" in [finding.code for finding in found if finding.severity == "error"]


def test_a_relative_date_is_told_once_a_speech_with_how_often(write: Write) -> None:
    text = SPEECH.replace("社区不大", "今年社区不大").replace("事情都小", "去年事情都小")
    (found,) = examine(write({"01-speech.md": text})).findings
    assert (found.code, "共 2 处" in found.message) == ("日期-04", True)
