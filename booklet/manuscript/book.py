"""A folder of speeches to a Book. Every complaint names file, line and remedy, all in one run."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

from booklet import disk
from booklet.bindery import WAYS, papers
from booklet.errors import BookletError, Finding, errors_of
from booklet.genres import PART
from booklet.limits import most
from booklet.manuscript.blocks import picture_of
from booklet.manuscript.bounds import check_book
from booklet.manuscript.fields import Fields, read_table, suggestion
from booklet.manuscript.files import (
    is_speech,
    ordered,
    read_own_formulations,
    read_text,
    strays,
)
from booklet.manuscript.roll import read_roll
from booklet.manuscript.speech import links, read_speech
from booklet.model import (
    Allowance,
    Anniversary,
    Binding,
    Book,
    Colophon,
    Figure,
    Person,
    Speech,
)
from booklet.paths import MANIFEST

BOOK_KEYS = (
    "title",
    "subtitle",
    "occasion",
    "date",
    "place",
    "host",
    "anniversary",
    "binding",
    "theme",
    "cover",
    "emblem",
    "order",
    "parts",
    "notice",
    "colophon",
    "links",
    "editions",
    "internal",
    "index",
    "keep",
    "allow",
    "people",
    "terms",
)
COLOPHON_KEYS = ("compiler", "printer", "printed", "copies", "recipients", "permit", "contact")
ALLOW_KEYS = ("rule", "text", "why")
ANNIVERSARY_KEYS = ("years", "from", "to")
PERSON_KEYS = ("name", "post")
BINDING_KEYS = ("way", "paper", "leaf", "spot", "foil")
PART_KEYS = ("title", "from", "note")


def read_book(
    folder: Path, themes: Sequence[str], editions: Sequence[str], usual: Sequence[str] = ()
) -> Book:
    """Read ``folder`` into a Book, or raise BookletError with every mistake found.

    ``themes`` and ``editions`` are the names that booklet.yaml may ask for; ``usual`` are the
    editions of a book that asks for none, all of them if empty.
    """
    manifest = folder / MANIFEST
    if not manifest.is_file():
        near = sorted(path.name for path in folder.glob("booklet.y*ml"))
        fix = f"运行 make new INTO={disk.typed(folder)} 建一份空白原稿"
        if folder.is_dir() and any(is_speech(path) for path in folder.iterdir()):
            fix = f"在 {folder} 里新建 {MANIFEST}，第一行写 title: 书名"
        fix = f"把“{near[0]}”改名为 {MANIFEST}" if near else fix
        raise BookletError(Finding(str(manifest), 0, "找不到这个文件", fix))
    text, findings = read_text(manifest)
    table = read_table(text, BOOK_KEYS, str(manifest), 1)
    book = book_of(table, str(manifest), themes, editions, tuple(usual or editions))
    numbers = count(1)
    files = ordered(table, folder)
    dividers = dividers_of(table, files)
    read = [read_speech(path, numbers) for path in files]
    findings = [
        *strays(folder),
        *findings,
        *table.findings,
        *(f for _, found in read for f in found),
    ]
    formulations, wrong = read_own_formulations(folder)
    people, terms, amiss = read_roll(folder)
    findings += [*wrong, *amiss]
    book = replace(book, people=(*book.people, *people), terms=(*book.terms, *terms))
    speeches = tuple(
        one
        for path, (speech, _) in zip(files, read, strict=True)
        for one in (*dividers.get(path, ()), speech)
        if one
    )
    book = replace(book, speeches=speeches, formulations=formulations)
    if not book.speeches and not errors_of(findings):
        fix = "每篇发言存成一个 .md 文件，例如 01-张三.md"
        findings.append(Finding(str(folder), 0, "文件夹里没有发言稿", fix))
    findings += check_book(book)
    if errors_of(findings):
        raise BookletError(sorted(findings))
    return replace(book, remarks=tuple(sorted(findings)))


def book_of(
    table: Fields, path: str, themes: Sequence[str], editions: Sequence[str], usual: tuple[str, ...]
) -> Book:
    """Return what booklet.yaml says of a book, without its speeches."""
    title = table.lines("title", example="把雷锋精神代代传承下去")
    colophon = table.table("colophon", COLOPHON_KEYS)
    return Book(
        path=path,
        title=title,
        subtitle=table.text("subtitle"),
        occasion=table.text("occasion"),
        date=table.text("date"),
        place=table.text("place"),
        host="、".join(table.lines("host")),
        theme=choice(table, "theme", themes) or themes[0],
        notice=table.text("notice"),
        internal=table.flag("internal"),
        colophon=Colophon(**{key: colophon.text(key) for key in COLOPHON_KEYS}),
        editions=choices(table, "editions", editions) or usual,
        links=links(table),
        anniversary=anniversary_of(table),
        index=table.flag("index"),
        picture=own_picture(table, "cover", Path(path).parent),
        emblem=own_picture(table, "emblem", Path(path).parent, DRAWINGS),
        binding=binding_of(table),
        keep=table.lines("keep", most=most("keep")),
        people=tuple(
            Person(row.text("name", example="王秀兰"), row.lines("post", most=20), row.line("name"))
            for row in table.tables("people", PERSON_KEYS)
        ),
        terms=table.lines("terms", most=most("terms")),
        allow=tuple(
            Allowance(
                row.text("rule", example="规则编号"),
                row.text("text", example="服务旅游者 敬业全社会"),
                row.text("why", example="口号原样如此"),
                row.line("rule"),
            )
            for row in table.tables("allow", ALLOW_KEYS)
        ),
        speeches=(),
    )


def anniversary_of(table: Fields) -> Anniversary:
    """Return what a meeting commemorates; years that do not add up are an error: they stand on the cover."""
    inner = table.table("anniversary", ANNIVERSARY_KEYS)
    said = {key: inner.text(key) for key in ANNIVERSARY_KEYS}
    fix = "照样子写：anniversary: {years: 60, from: 1963, to: 2023}；from、to 可以不写"
    for key, text in said.items():
        if text and not YEAR.fullmatch(text):
            inner.complain(inner.fields[key], f"“{key}”应为数字，现在是“{text[:12]}”", fix)
            return Anniversary()
    years, first, last = (int(said[key] or 0) for key in ANNIVERSARY_KEYS)
    if bool(first) != bool(last) or (first and not years):
        node = next(inner.fields[key] for key in ANNIVERSARY_KEYS if said[key])
        inner.complain(node, "纪年没有写全", fix)
    elif first and last - first != years:
        message = f"从 {first} 年到 {last} 年是 {last - first} 年，不是 {years} 年"
        inner.complain(inner.fields["years"], message, "核对三个数字，它们印在封面上")
    return Anniversary(years, first, last)


def read_order(folder: Path) -> list[Path]:
    """Return the speech files of a folder in printing order, as far as booklet.yaml can be read.

    Files that it does not name come behind, in the order of their names; mistakes are not told.
    """
    manifest = folder / MANIFEST
    there = sorted(path for path in folder.iterdir() if is_speech(path))
    if not manifest.is_file():
        return there
    try:
        text, _ = read_text(manifest)
        named = ordered(read_table(text, BOOK_KEYS, str(manifest), 1), folder)
    except BookletError:
        return there
    return [*named, *(path for path in there if path not in named)]


def own_picture(table: Fields, key: str, folder: Path, kinds: Sequence[str] = ()) -> Figure | None:
    """Return the picture that a field names, None for none or one that cannot be used.

    ``kinds`` are endings of files that it may have beside those of photographs.
    """
    name = table.text(key)
    if not name:
        return None
    found = picture_of(name, folder, kinds)
    if isinstance(found, Path):
        return Figure(found, "", "", table.line(key))
    table.complain(table.fields[key], *found)
    return None


def binding_of(table: Fields) -> Binding:
    """Return how the book asks to be bound: a word, or a table with the paper and its caliper."""
    if not table.is_table("binding"):
        way = table.text("binding")
        inner, paper, leaf, spot, foil = table, "", "", "", ""
    else:
        inner = table.table("binding", BINDING_KEYS)
        way, paper, leaf, spot, foil = (inner.text(key) for key in BINDING_KEYS)
    if way and way not in WAYS:
        key = "binding" if inner is table else "way"
        inner.complain(inner.fields[key], f"没有“{key}: {way}”", suggestion(way, [*WAYS]))
    if paper and paper.replace(" ", "") not in papers():
        message = f"不认识这种纸：{paper}"
        inner.complain(inner.fields["paper"], message, suggestion(paper, [*papers()]))
        paper = ""
    if leaf and not LEAF.fullmatch(leaf):
        fix = "写厂里给的每张纸的厚度，毫米，例如 leaf: 0.12"
        inner.complain(inner.fields["leaf"], f"“leaf”应为厚度，现在是“{leaf[:12]}”", fix)
        leaf = ""
    for key, name in (("spot", spot), ("foil", foil)):
        if len(name) > MOST_INK_NAME or name in PROCESS:
            fix = "写厂里叫它的名称，例如 spot: PANTONE 1797 C"
            inner.complain(inner.fields[key], f"不能用“{name[:20]}”作油墨的名称", fix)
    if spot and spot == foil:
        inner.complain(inner.fields["foil"], "专色和烫印不能同名", "写厂里各自的名称")
    return Binding(WAYS.get(way, ""), paper.replace(" ", ""), float(leaf or 0), spot, foil)


def dividers_of(table: Fields, files: Sequence[Path]) -> dict[Path, list[Speech]]:
    """Return the parts of a book as dividers, by the file that each begins before."""
    stems = {path.stem: path for path in files} | {path.name: path for path in files}
    found: dict[Path, list[Speech]] = {}
    for row in table.tables("parts", PART_KEYS):
        title, name = row.lines("title", example="发言"), row.text("from", example="01-张三")
        if name and name not in stems:
            near = suggestion(name, [path.stem for path in files])
            row.complain(row.fields["from"], f"parts 里的“{name}”没有对应的文件", near)
        elif name and title:
            divider = Speech(
                table.path, PART, title, "", row.text("note"), (), line=row.line("title")
            )
            found.setdefault(stems[name], []).append(divider)
    return found


DRAWINGS = (".svg",)
MOST_INK_NAME = 40
PROCESS = ("Cyan", "Magenta", "Yellow", "Black", "All", "None")  # names that are taken
LEAF = re.compile(r"0?\.\d{1,4}|1(\.0+)?")
YEAR = re.compile("[1-9][0-9]{0,3}")


def choice(table: Fields, key: str, known: Sequence[str]) -> str:
    """Return a field that must be one of the known words; absent means ""."""
    value = table.text(key)
    if value and value not in known:
        table.complain(table.fields[key], f"没有“{key}: {value}”", suggestion(value, known))
    return value if value in known else ""


def choices(table: Fields, key: str, known: Sequence[str]) -> tuple[str, ...]:
    """Return a field that lists known words."""
    values = table.lines(key)
    for value in values:
        if value not in known:
            table.complain(table.fields[key], f"没有“{key}: {value}”", suggestion(value, known))
    return tuple(value for value in values if value in known)
