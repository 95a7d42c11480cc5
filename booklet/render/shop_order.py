"""The page that goes to the print shop with the press edition (付印单): what to order, what to say."""

from collections.abc import Sequence

from booklet.bindery import LEAST_GLUED, Bound, bound
from booklet.edition import Edition
from booklet.imprint import Imprint
from booklet.model import Block, Book, Figure

BLANK = "＿＿＿＿"
UNCOATED = (
    "{paper}不是涂布纸：内文图片的总墨量已经限在 {most:g}% 以内。文件按 {condition} 做；厂里有双胶纸的 ICC 文件"
    "（如 PSO uncoated），请用它转换内文图片，黑字和专定的红色不转换。"
)


def order_rows(book: Book, edition: Edition, pages: int, imprint: Imprint) -> list[tuple[str, str]]:
    """Return the rows of the order: what a print shop asks for, filled in where it is known."""
    width, height = edition.trim_mm
    made = bound(book, pages)
    stem = edition.stem
    return [
        ("书　　名", "".join(book.title)),
        ("文本编号", imprint.entry if imprint.final else f"{imprint.entry}，不要付印"),
        ("成品尺寸", f"{width:g} × {height:g} 毫米，竖开，左侧装订"),
        (
            "页　　数",
            f"{pages} 页：封面四面（封一至封四），内文 {made.inner} 页（{made.inner // 2} 张纸）",
        ),
        ("印　　色", inks_said(book)),
        ("内 文 纸", f"{made.paper.name}；照片多的，105克哑粉纸"),
        ("封 面 纸", "200克铜版纸，覆哑膜"),
        ("装　　订", way(made)),
        (
            "封面文件",
            f"{stem}-cover.pdf，展开 {sheet_size(made, edition)} 毫米，连出血；第一面是封面封底，第二面是封二封三",
        ),
        (
            "内文文件",
            f"{stem}-inner.pdf，{made.inner} 页，单页，四边各有 {edition.bleed_mm:g} 毫米出血",
        ),
        ("印　　数", book.colophon.copies or f"{BLANK}册（到会人数，加一成备用，加存档样书）"),
        ("全　　书", f"{stem}.pdf，封面内文在一起的单页，核对用"),
        ("文件标准", f"PDF/X-4，输出意图 {edition.condition}，字体全部嵌入"),
        ("联 系 人", book.colophon.contact or BLANK * 2),
        ("交 货 期", BLANK * 2),
    ]


def inks_said(book: Book) -> str:
    """Return in which inks the book is printed."""
    asked = book.binding
    pictures = any(speech.portrait or has_figure(speech.blocks) for speech in book.speeches)
    inner = "内文四色" if pictures or not asked.spot else "内文两色：黑"
    said = f"封面四色，{inner}" if asked.spot else "封面、内文都是四色"
    said += f"加专色“{asked.spot}”" if asked.spot else ""
    said += "，双面印"
    return said + (f"；封面烫印“{asked.foil}”（单独一版）" if asked.foil else "")


def has_figure(blocks: Sequence[Block]) -> bool:
    """Tell whether there is a picture among some blocks."""
    return any(isinstance(block, Figure) for block in blocks)


def way(made: Bound) -> str:
    """Return how the booklet is bound, with the width of its spine where it has one."""
    if not made.perfect:
        return "骑马订，两枚钉"
    return (
        f"无线胶装，书脊 {made.spine_mm:.1f} 毫米（按内文纸每张 {made.paper.leaf_mm:g} 毫米算，"
        "请厂里按所用的纸核算，差 0.5 毫米以上请告诉我们重做封面）；封面离书脊 7 毫米压痕"
    )


def sheet_size(made: Bound, edition: Edition) -> str:
    """Return the size of the cover's sheet with its bleed."""
    width, height = edition.trim_mm
    bleed = 2 * edition.bleed_mm
    return f"{2 * width + made.spine_mm + bleed:g} × {height + bleed:g}"


def order_steps(book: Book, edition: Edition, pages: int, imprint: Imprint) -> list[str]:
    """Return what to tell the shop, and what to look at before it prints."""
    made = bound(book, pages)
    steps = [
        "按 100% 输出，不缩放，不加白边；成品线、出血线已在文件里。",
        "黑字是单色黑，红色、金色是定好的四色值，文件里黑字已经设好叠印，请不要转换颜色，不要改叠印。",
        "拼版请厂里按机器来做，不要用 booklet-imposed.pdf：那是办公室打印机用的。",
        "先出一份数码样。对照阅读版核对封面书名、目录页码、“数字”各页，用手机扫一遍二维码，签字后再开印。",
        f"厂里要求用自己的 ICC 文件的，换掉 styles/profiles/{edition.profile} 再排一次。",
    ]
    if not made.paper.coated:
        said = {"paper": made.paper.name, "condition": edition.condition, "most": edition.most_ink}
        steps.append(UNCOATED.format(**said))
    if book.binding.foil:
        steps.append(
            f"烫印版“{book.binding.foil}”在封面上是单独一版，底色请不要挖空；烫印版只用实地。"
        )
    if made.perfect:
        steps.append("胶装的封二、封三离书脊 7 毫米以内不印，留给胶水，文件里已经留出。")
    if made.perfect and pages < LEAST_GLUED:
        steps.append(f"内文只有 {made.inner} 页，胶装容易脱页；不一定要胶装的，改成骑马订。")
    if not imprint.final:
        steps.insert(0, "这是校样，不能付印：看完、改完以后运行 make final，用那里的文件。")
    if book.internal and not book.colophon.permit:
        steps.insert(
            0, "这是内部资料：先到当地新闻出版部门办准印证，证号写进 booklet.yaml 再付印。"
        )
    return steps
