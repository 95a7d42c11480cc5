"""修改清单 and 疑问清单 on one page, as HTML to print and sign, and as text: what, where, before, after."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from html import escape

from booklet.intake.source import Entry
from booklet.text.rules import RULES

PARTS = (
    ("done", "修改清单", "已经改好的，请过目"),
    (
        "proposed",
        "建议修改",
        "没有改。同意的话，加上 --accept 再导入一次（make import … ACCEPT=1），或者自己在文稿里改",
    ),
    ("asked", "疑问清单", "没有改，请编者决定"),
)
STYLE = """@page{size:A4;margin:18mm}body{font:11pt/1.6 "Songti SC","SimSun",serif;max-width:46em;margin:2em auto;color:#1a1817}
h1{font-size:18pt}h2{font-size:13pt;border-bottom:1.5pt solid #b5121b;padding-bottom:2pt;margin-top:1.6em}
table{width:100%;border-collapse:collapse}th,td{text-align:left;vertical-align:top;padding:3pt 6pt;border-bottom:.5pt solid #ccc}
th{font-weight:normal;color:#6b625c}del{color:#b5121b}ins{text-decoration:none;background:#faf0d7}.no{width:2.5em}.where{width:9em}
.box{width:3.5em}.sign{margin-top:3em}small{color:#6b625c}"""
TEXT_NAME, HTML_NAME = "导入清单.txt", "导入清单.html"
MOST_SHOWN = 3  # places of one kind of bulk repair that are shown whole
BULK = frozenset(  # small repairs, of which a text may need hundreds
    rule.code
    for rule in RULES
    if rule.intake == "done" and rule.code[:2] in ("标点", "空格", "隐形")
)


def condensed(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries with hundreds of small repairs told by kind: a few shown, all places named."""
    bulk: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    out: list[Entry] = []
    for entry in entries:
        if entry.kind == "done" and entry.code in BULK:
            bulk[entry.place, entry.code].append(entry)
        else:
            out.append(entry)
    for (place, code), found in bulk.items():
        out += found[:MOST_SHOWN]
        if len(found) > MOST_SHOWN:
            lines = Counter(entry.line for entry in found)
            places = "、".join(f"第{line}行{times}处" for line, times in lines.items())
            what = f"{found[0].what}，这个文件里共 {len(found)} 处：{places}"
            out.append(Entry("done", code, place, 0, what))
    return sorted(out, key=lambda entry: (entry.place, entry.line, entry.code))


def where(entry: Entry) -> str:
    """Return the place of an entry."""
    unit = "行" if entry.place.lower().endswith(".txt") else "段"
    return f"{entry.place} 第{entry.line}{unit}" if entry.line else entry.place


def text_page(title: str, entries: Sequence[Entry]) -> str:
    """Return the page as plain text."""
    rows = [f"《{title}》导入清单", ""]
    for kind, name, told in PARTS:
        part = [entry for entry in condensed(entries) if entry.kind == kind]
        rows += [f"{name}（{len(part)} 条）　{told}", ""]
        for number, entry in enumerate(part, 1):
            rows.append(f"{number:>3}. {where(entry)}　{entry.what}　[{entry.code}]")
            if entry.before or entry.after:
                gone = "　（删去）" if kind == "done" and not entry.after else ""
                rows.append(f"     原文：{entry.before or '（无）'}{gone}")
            if entry.after:
                rows.append(f"     改为：{entry.after}")
            if entry.fix:
                rows.append(f"     办法：{entry.fix}")
        rows.append("")
    rows += ["编者签字：＿＿＿＿＿＿＿＿　　日期：＿＿＿＿＿＿＿＿", ""]
    return "\n".join(rows)


def html_page(title: str, entries: Sequence[Entry]) -> str:
    """Return the page as HTML, with a box to tick beside each row."""
    out = [
        '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">',
        f"<title>{escape(title)}　导入清单</title><style>{STYLE}</style></head><body>",
        f"<h1>《{escape(title)}》导入清单</h1>",
    ]
    for kind, name, told in PARTS:
        part = [entry for entry in condensed(entries) if entry.kind == kind]
        out.append(f"<h2>{name}（{len(part)} 条） <small>{escape(told)}</small></h2>")
        if not part:
            out.append("<p>没有。</p>")
            continue
        out.append(
            '<table><tr><th class="no">序号<th class="where">位置<th>内容<th class="box">审核</tr>'
        )
        for number, entry in enumerate(part, 1):
            what = escape(entry.what)
            if entry.before:
                tag = "del" if kind == "done" else "b"
                what += f"<br><{tag}>{escape(entry.before)}</{tag}>"
            if entry.after:
                what += f"<br>→ <ins>{escape(entry.after)}</ins>"
            if entry.fix:
                what += f"<br><small>{escape(entry.fix)}</small>"
            out.append(
                f'<tr><td class="no">{number}<td class="where">{escape(where(entry))}<td>{what}<td>□</tr>'
            )
        out.append("</table>")
    out.append(
        '<p class="sign">编者签字：＿＿＿＿＿＿＿＿　　日期：＿＿＿＿＿＿＿＿</p></body></html>\n'
    )
    return "".join(out)
