"""Faults planted in a whole book, the sample: each is told by the rule that is meant to tell it."""

import shutil
from pathlib import Path

import pytest

from booklet import paths
from booklet.errors import BookletError, Finding
from booklet.proof.examine import examine

SAMPLE = paths.ROOT / "speeches"
MORE = "people: [{name: 王秀兰, post: 镇长}]\nterms: [春风社区志愿服务队]\n"
A, B, C, E, F = (
    "01-jiguan.md",
    "02-tuanwei.md",
    "03-jiaoyu.md",
    "05-yiliao.md",
    "06-changbaishan.md",
)
END = "\ue000"  # stands for the end of a file: what replaces it is added there
FAULTS = [  # file, what stands there, what is planted, the rule
    # Figures of the boxes.
    (A, "41.6万余人次, label", "1.6万余人次, label", "数字-01"),
    (A, "41.6万余人次, label", "41.6万人次, label", "数字-01"),
    (A, "41.6万余人次, label", "41.6余人次, label", "数字-01"),
    (A, "41.6万余人次, label", "41.6万余人, label", "数字-01"),
    (A, "5690名, label", "690名, label", "数字-01"),
    (A, "5690名, label", "5960名, label", "数字-01"),
    (A, "5690名, label", "569名, label", "数字-01"),
    (A, "1537支, label", "1537个, label", "数字-01"),
    (A, "397.3万个, label", "397.3万, label", "数字-01"),
    (A, "397.3万个, label", "97.3万个, label", "数字-01"),
    (B, "66.04万名, label", "66.4万名, label", "数字-01"),
    (B, "66.04万名, label", "04万名, label", "数字-01"),
    (C, "超30万人, label", "30万人, label", "数字-01"),
    (C, "8500余次, label", "500余次, label", "数字-01"),
    (C, "8500余次, label", "８500余次, label", "数字-01"),
    (E, "近20万余小时, label", "20万余小时, label", "数字-01"),
    (E, "超过4万余人次, label", "4万余人次, label", "数字-01"),
    (E, "800余万元, label", "800余元, label", "数字-01"),
    (E, "10990人, label", "10 990人, label", "数字-01"),
    (F, "2500米, label", "2500千米, label", "数字-01"),
    (A, "399个, label: 党", "5690名, label: 党", "数字-02"),
    (A, "399个, label", "若干个, label", "数字-03"),
    # Figures of the text that the boxes then no longer say.
    (A, "累计41.6万余人次", "累计42.6万余人次", "数字-01"),
    (F, "海拔2500米，一年", "海拔2600米，一年", "数字-01"),
    # Figures against one another.
    (A, END, "队员从20人增加到50人，增长250%。", "算术-01"),
    (A, END, "三类队员分别占45%、40%和25%。", "算术-02"),
    (A, END, "东村3人、西村4人、南村5人，共计13人。", "算术-03"),
    (A, END, "来了三家单位：卫生院、派出所。", "算术-04"),
    (F, "有8个月被", "有8个月（三个季节：冬、春）被", "算术-04"),
    # Quotations.
    (A, "text: 哪里有疫情，哪里", "text: 哪里有疫情，那里", "引文-01"),
    (C, "text: 每一个学生都是", "text: 每个学生都是", "引文-01"),
    (E, "text: 从一点微光变成了", "text: 从一点微光变成", "引文-01"),
    (F, "text: 能帮到别人，就是", "text: 能帮到别人就是", "引文-01"),
    (B, "text: 志愿服务要有热情，也要有章法", "text: 让雷锋精神在青少年中蔚然成风", "引文-01"),
    # Names, posts, wording.
    (A, END, "王秀蓝同志来了。", "名称-11"),
    (A, END, "王兰秀同志来了。", "名称-11"),
    (B, "label: 青少年参与", "label: 王秀蓝同志等青少年参与", "名称-11"),
    (B, "note: 中国青年志愿者行动", "note: 春风社区志原服务队", "名称-12"),
    (A, END, "春风社区志愿服队来了。", "名称-12"),
    (A, END, "县长王秀兰来了。", "名称-13"),
    (E, "协会的故事要从", "吉林市医疗志原者协会的故事要从", "名称-14"),
    (A, END, "八年抗战的老兵来了。", "提法-01"),
    # Links.
    (A, "http://www.jl.gov.cn", "http://www.jl gov.cn", ""),
    (B, "https://www.gqt.org.cn", "htps://www.gqt.org.cn", ""),
    (C, "http://www.moe.gov.cn", "javascript:alert(1)", ""),
    # Nothing unfinished; characters; marks.
    (A, "label: 走访基层", "label: （请写说明）", "占位-01"),
    (B, END, "感谢某某同志。", "占位-01"),
    (F, "designation: 第八批全国学雷锋活动示范点", "designation: TODO", "占位-01"),
    ("booklet.yaml", "place: 长春", "place: ____", "占位-01"),
    (A, END, "他叫\U00013000。", "缺字-01"),
    (A, END, "他说:“好”。", "标点-01"),
    ("booklet.yaml", "text: 超过4万余人次", "text: 超过5万余人次", "例外-02"),
    # What an internal publication must and must not say.
    ("booklet.yaml", "internal: false", "internal: true", "版权-01"),
    ("booklet.yaml", "internal: false", "internal: true\ncolophon: {compiler: 本刊，定价9元}", "版权-03"),
    ("booklet.yaml", "place: 长春\n", "place: 长春\nhost: 内部资料编写组\n", "版权-04"),
    # Figures of the text, cut, moved and made larger.
    (A, "5690名队员", "15690名队员", "数字-01"),
    (B, "全省66.04万名青少年", "全省166.04万名青少年", "数字-01"),
    (C, "有50人获评", "有第50人获评", "数字-01"),
    (E, "收入群众超过4万余人次", "收入群众超过14万余人次", "数字-01"),
    (A, END, "参加的有120人，其中党员150人。", "算术-03"),
]  # fmt: skip


def plant(folder: Path, name: str, old: str, new: str) -> None:
    """Copy the sample and change one place of it."""
    shutil.copytree(SAMPLE, folder)
    path = folder / name
    manifest = folder / "booklet.yaml"
    manifest.write_text(manifest.read_text("utf-8") + MORE, "utf-8")
    text = path.read_text("utf-8")
    if old == END:
        path.write_text(f"{text}\n{new}\n", "utf-8")
    else:
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")


def found(folder: Path) -> list[Finding]:
    """Return all findings of a manuscript, whether they stop it or not."""
    try:
        return [*examine(folder).findings]
    except BookletError as error:
        return [*error.findings]


def test_the_sample_itself_is_sound(tmp_path: Path) -> None:
    plant(tmp_path / "book", "booklet.yaml", "place: 长春", "place: 长春")
    assert found(tmp_path / "book") == []


@pytest.mark.parametrize(("name", "old", "new", "rule"), FAULTS)
def test_a_planted_fault_is_told_by_its_rule(
    tmp_path: Path, name: str, old: str, new: str, rule: str
) -> None:
    plant(tmp_path / "book", name, old, new)
    told = found(tmp_path / "book")
    assert rule in {one.code for one in told}, [str(one) for one in told]
    assert all(name in one.path for one in told if one.code == rule)
