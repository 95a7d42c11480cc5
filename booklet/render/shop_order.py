"""The page that goes to the print shop with the press edition (付印单): what to order, what to say."""

from booklet.edition import Edition
from booklet.imprint import Imprint
from booklet.model import Book

COVER_PAGES = 4
MOST_STAPLED = 60  # pages; a thicker booklet of such paper does not lie flat when stapled
LEAF_MM = 0.12  # thickness of a leaf of 100 g offset paper
COVER_MM = 0.25
BLANK = "＿＿＿＿"


def order_rows(book: Book, edition: Edition, pages: int, imprint: Imprint) -> list[tuple[str, str]]:
    """Return the rows of the order: what a print shop asks for, filled in where it is known."""
    width, height = edition.trim_mm
    inner = pages - COVER_PAGES
    return [
        ("书　　名", "".join(book.title)),
        ("文本编号", imprint.entry if imprint.final else f"{imprint.entry}，不要付印"),
        ("成品尺寸", f"{width:g} × {height:g} 毫米，竖开，左侧装订"),
        ("页　　数", f"{pages} 页：封面四面（封一至封四），内文 {inner} 页（{inner // 2} 张纸）"),
        ("印　　色", "封面、内文都是四色，双面印"),
        ("内 文 纸", "100 克双胶纸；照片多的，105 克哑粉纸"),
        ("封 面 纸", "200 克铜版纸，覆哑膜"),
        ("装　　订", binding(pages)),
        ("印　　数", book.colophon.copies or f"{BLANK}册（到会人数，加一成备用，加存档样书）"),
        ("文　　件", f"{edition.stem}.pdf，单页，四边各有 {edition.bleed_mm:g} 毫米出血"),
        ("文件标准", f"PDF/X-4，输出意图 {edition.condition}，字体全部嵌入"),
        ("联 系 人", book.colophon.contact or BLANK * 2),
        ("交 货 期", BLANK * 2),
    ]


def binding(pages: int) -> str:
    """Return how the booklet is bound, with the width of its spine where it has one."""
    if pages <= MOST_STAPLED:
        return "骑马订，两枚钉"
    spine = (pages - COVER_PAGES) / 2 * LEAF_MM + 2 * COVER_MM
    return f"无线胶装，书脊约 {spine:.1f} 毫米（请厂里按所用的纸核算）"


def order_steps(book: Book, edition: Edition, imprint: Imprint) -> list[str]:
    """Return what to tell the shop, and what to look at before it prints."""
    steps = [
        "按 100% 输出，不缩放，不加白边；成品线、出血线已在文件里。",
        "黑字是单色黑，红色、金色是定好的四色值，文件里黑字已经设好叠印，请不要转换颜色，不要改叠印。",
        "拼版请厂里按机器来做，不要用 booklet-imposed.pdf：那是办公室打印机用的。",
        "先出一份数码样。对照阅读版核对封面书名、目录页码、“数字”各页，用手机扫一遍二维码，签字后再开印。",
        f"厂里要求用自己的 ICC 文件的，换掉 styles/profiles/{edition.profile} 再排一次。",
    ]
    if not imprint.final:
        steps.insert(0, "这是校样，不能付印：看完、改完以后运行 make final，用那里的文件。")
    if book.internal and not book.colophon.permit:
        steps.insert(
            0, "这是内部资料：先到当地新闻出版部门办准印证，证号写进 booklet.yaml 再付印。"
        )
    return steps
