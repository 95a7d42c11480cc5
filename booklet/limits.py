"""How much of anything a book may have. ``docs/limits.md`` is made from this table.

Below a limit time grows with the size; above it the editor is told, before anything is made of it.
Limits of Word files and pictures stand here, too: all that comes from outside meets one of these.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limit:
    """The largest number of something; ``fix`` is what to do about more."""

    most: int
    what: str
    unit: str
    fix: str

    def exceeded(self, number: int) -> str:
        """Return the sentence about a larger number, "" for one that is not."""
        if number <= self.most:
            return ""
        return f"{self.what}有 {number} {self.unit}，最多 {self.most} {self.unit}"


SPLIT = "分成几篇，每篇一个文件"
LIMITS = {
    "text": Limit(5_000_000, "一个文稿文件", "字节", "检查是不是放错了文件；太长就分成几篇"),
    "speeches": Limit(500, "一本书的文稿", "篇", "分成几册"),
    "characters": Limit(1_000_000, "一本书的正文", "字", "分成几册"),
    "paragraph": Limit(300_000, "一段文字", "字", "在意思断开的地方空一行，分成几段"),
    "word": Limit(300_000, "连在一起的西文", "个字符", "检查是不是误粘了数据；中间加空格"),
    "marks": Limit(256, "一个字上的附加符号", "个", "删去多余的附加符号"),
    "blocks": Limit(6_000, "一篇文稿", "段", SPLIT),
    "runs": Limit(6_000, "一篇文稿里的加粗、着重和链接", "处", SPLIT),
    "footnotes": Limit(1_200, "一篇文稿的脚注", "条", SPLIT),
    "rows": Limit(1_200, "一个表格", "行", "分成几个表格"),
    "columns": Limit(16, "一个表格", "栏", "分成几个表格；A5 的页面一行排不下这么多栏"),
    "quotes": Limit(20, "一篇文稿的引文（quotes）", "句", "留下最有力的几句"),
    "stats": Limit(120, "一篇文稿的数字框（stats）", "项", "留下最要紧的几项"),
    "links": Limit(40, "一处的链接（links）", "个", "留下最要紧的几个"),
    "keys": Limit(60, "一组“键: 值”", "个键", "检查是不是放错了文件"),
    "allow": Limit(300, "放过的问题（allow）", "条", "把能改的改掉"),
    "people": Limit(2_000, "人员（people 和名单）", "人", "只列本书提到的人"),
    "terms": Limit(2_000, "用语（terms 和名单）", "条", "只列本书用到的名称"),
    "keep": Limit(300, "不断开的名称（keep）", "条", "只列容易断开的名称"),
    "nesting": Limit(20, "加粗、着重、链接一层套一层", "层", "去掉多余的 * 和方括号"),
    "picture": Limit(120_000_000, "一张图片", "像素", "缩小到 8000 像素以内再用"),
    "picture_bytes": Limit(200_000_000, "一个图片文件", "字节", "缩小到 8000 像素以内，存成 .jpg 再用"),
    "copies": Limit(20_000, "一张名单", "份", "分成几张名单"),
    "source": Limit(200_000_000, "一份来稿", "字节", "检查是不是选错了文件；图片太多就先在 Word 里“压缩图片”"),
}  # fmt: skip


def most(name: str) -> int:
    """Return the largest number of something."""
    return LIMITS[name].most
