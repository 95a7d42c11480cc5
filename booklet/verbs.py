"""What each command does; ``cli`` reads the words, here is the work. Each returns an exit status.

What takes long to load is imported where it is needed: a command that has nothing to do is quick.
"""

import argparse
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from booklet import disk, freshness, paths
from booklet.errors import BookletError, Finding, errors_of
from booklet.talk import progress, report_findings, say, show, talks
from booklet.workers import cores

if TYPE_CHECKING:
    from booklet.build import Output
    from booklet.standing import Standing

DONE, FINDINGS = 0, 1
STANDING = ".standing"  # folder below ``build``
PICTURED = {  # for the READMEs: the picture of a sample, its pages, counted from 1
    "speeches": ("spread.png", (1, 8, 9)),
    "speeches-school": ("spread-school.png", (8, 9, 36, 37)),
}
Args = argparse.Namespace


def build_command(args: Args) -> int:
    """``booklet build``: nothing to do, or all editions, or one; or the trial sheet."""
    edition = args.edition
    if edition and edition not in paths.edition_names():
        fix = f"可以用的有：{'、'.join(paths.edition_names())}"
        raise BookletError(Finding("--edition", 0, f"没有“{edition}”这个版本", fix))
    if args.trial:
        from booklet.build import build_trial

        show_made(build_trial(edition or "imposed", paths.BUILD))
    else:
        build_folder(args.folder, edition)
    return DONE


def build_folder(folder: Path, edition: str = "") -> None:
    """Build a folder's editions, or one of them, unless the files are there and nothing has changed."""
    need_folder(folder)
    out = paths.out_of(folder)
    refuse_other(folder, out)
    if freshness.is_fresh(folder, out, edition):
        show(f"没有变化，{out}/ 里已是最新的。")
        return
    from booklet.making import make  # late: WeasyPrint takes longer to load than all the above

    with progress() as tell:
        made = make(folder, out, tell, edition, standing=standing_type())
    show_outputs(made.outputs, made.findings)
    if made.stale:
        say(
            f"原稿改过以后没有重做的旧成品已删去：{'、'.join(made.stale)}。全部重做：make BOOK={disk.typed(folder)}"
        )
    if talks():
        say(f"这是校样。看完、改完以后排定稿：make final BOOK={disk.typed(folder)}")


def standing_type() -> "Standing":
    """Return the type that is kept standing for this program; a 定稿 is set without it."""
    from booklet.standing import Standing

    return Standing(paths.BUILD / STANDING, freshness.program())


def show_outputs(made: Sequence["Output"], findings: Sequence[Finding]) -> None:
    """Show what was made, and the warnings about it."""
    report_findings(findings, say)
    for file in made:
        show_made(file)


def refuse_other(folder: Path, out: Path) -> None:
    """Stop where ``out`` holds the files of another book."""
    other = freshness.recall(out).folder
    if other and Path(other) != folder.resolve():
        fix = f"给文件夹换一个名字，或删去 {out}/"
        message = f"{out}/ 里是另一本书（{other}）的成品，没有动它"
        raise BookletError(Finding(str(folder), 0, message, fix))


def desk_command(args: Args) -> int:
    """``booklet desk``: the work in a browser, until Ctrl-C."""
    from booklet.desk.serve import serve  # late: a server takes long to load

    if not args.folder.exists():  # where files will be dropped
        disk.make_folder(args.folder, args.folder.absolute().parent)
    refuse_other(args.folder, paths.out_of(args.folder))
    serve(args.folder.resolve(), standing_type(), say, browser=not args.no_browser)
    return DONE


def final_command(args: Args) -> int:
    """``booklet final``: all editions as 定稿, in a folder of their own; unless somebody must still look."""
    from booklet.build import build_points
    from booklet.making import make
    from booklet.signoff import UnsignedError

    folder = args.folder
    need_folder(folder)
    out = paths.out_of(folder)
    refuse_other(folder, out)
    try:
        with progress() as tell:
            made = make(folder, out, tell, final=True)
    except UnsignedError as error:
        report_findings(error.findings, say, ending="；没有排定稿")
        sheet, printed = build_points(folder, out, error.warnings)
        show_made(printed)
        say(
            f"校对单可以打印签字；看过的，把名字写进 {sheet}，再运行 make final BOOK={disk.typed(folder)}"
        )
        return FINDINGS
    show_outputs(made.outputs, made.findings)
    first = made.outputs[0]
    say(
        f"定稿 {first.imprint.state}，印在版本记录里。以后查：make verify FILE={disk.typed(first.path)}"
    )
    return DONE


def sign_command(args: Args) -> int:
    """``booklet sign``: 签字.txt brought up to date, and the same as a PDF to print."""
    from booklet.build import build_points

    need_folder(args.folder)
    refuse_other(args.folder, paths.out_of(args.folder))
    sheet, printed = build_points(args.folder, paths.out_of(args.folder))
    if sheet.is_file():
        show(str(sheet))
    show_made(printed)
    return DONE


def verify_command(args: Args) -> int:
    """``booklet verify``: what a finished file can prove of itself, a line each."""
    from booklet.verify import verify

    folder = args.folder
    if folder is None:
        remembered = Path(freshness.recall(args.file.parent).folder or "/nowhere")
        folder = remembered if remembered.is_dir() else None
    else:
        need_folder(folder)
    wrong = 0
    for verdict in verify(args.file, folder):
        show(str(verdict))
        wrong += verdict.true is False
    return FINDINGS if wrong else DONE


def contact_command(args: Args) -> int:
    """``booklet contact``: the spreads of the reading edition on a few sheets."""
    from booklet.faces.fonts import read_fonts
    from booklet.finish.contact import draw_contact
    from booklet.finish.seal import read_seal

    if args.folder:
        build_folder(args.folder)
    _, out = made_of(args.folder)
    pdf = paths.finished(out / "booklet.pdf")
    seal = read_seal(disk.read(pdf, paths.root_of(out)))
    heading = f"{seal.imprint.named}　阅读版" if seal else pdf.name
    for path in draw_contact(pdf, out, heading, read_fonts(paths.FONTS)["hei-400"].path):
        show(str(path))
    return DONE


def show_made(file: "Output") -> None:
    """Show a finished file."""
    size = file.path.stat().st_size / 1e6
    said = "  ".join(filter(None, (file.remark, file.imprint.named)))
    show(f"{file.path}  {file.title}  {said}  {size:.1f} MB")


def check_command(args: Args) -> int:
    """``booklet check``: list every finding; with ``--pages``, measure the finished file instead."""
    if args.pages:
        return check_finished_pages(*made_of(args.folder))
    from booklet.proof.examine import examine

    folder = args.folder or paths.SAMPLE
    need_folder(folder)
    silenced = 0
    try:
        examined = examine(folder)
        findings: Sequence[Finding] = examined.findings
        silenced = examined.silenced
    except BookletError as error:
        findings = error.findings
    report_findings(findings, show)
    if not findings:
        show("没有发现问题。")
    if silenced:
        say(f"另有 {silenced} 处按 booklet.yaml 的 allow 放过。")
    return FINDINGS if errors_of(findings) else DONE


def check_finished_pages(folder: Path, out: Path) -> int:
    """``booklet check --pages``: the lengths measured in build/booklet.pdf, and what is wrong."""
    from booklet.compose.keeping import names_of
    from booklet.preflight.lines import check_file
    from booklet.proof.examine import examine

    need_folder(folder)
    kept = names_of(examine(folder).book)
    reading = paths.STYLES / "reading.toml"
    report, findings = check_file(out / "booklet.pdf", reading, kept)
    show(f"量了 {report.lines} 行正文")
    for what, value in sorted(report.worst.items()):
        show(f"{what}  最大 {value:.3f}")
    report_findings(findings, show)
    if not findings:
        show("没有发现问题。")
    return FINDINGS if findings else DONE


def import_command(args: Args) -> int:
    """``booklet import``: source texts to a folder of speeches, and the list of all that was done."""
    from booklet.intake.run import HTML_NAME, import_files
    from booklet.intake.source import EVERY, NONE
    from booklet.review.trip import sent_for

    into = args.into
    sources = [
        inner
        for one in args.source
        for path in source_paths(one)
        for inner in (sorted(path.glob("*.docx")) if is_returned(path) else [path])
    ]
    if sources and all(map(sent_for, sources)):
        return bring_back_all(sources, into, args.accept)
    result = import_files(sources, into, EVERY if args.accept else NONE)
    for path in result.written:
        show(str(path))
    done, proposed, asked = map(result.count, ("done", "proposed", "asked"))
    say(
        f"修改 {done} 处，建议修改 {proposed} 处，疑问 {asked} 处，都列在 {into / HTML_NAME}，可以打印签字。"
    )
    if proposed:
        say("同意全部建议：make import FROM=… INTO=… ACCEPT=1")
    report_findings(result.kept, say)
    say(f"请先通读 {into}/ 里的文字，再运行 make BOOK={disk.typed(into)}")
    return FINDINGS if result.kept else DONE


def is_returned(path: Path) -> bool:
    """Tell whether a folder holds nothing but files that come back from their authors."""
    from booklet.review.trip import sent_for

    inner = [one for one in path.iterdir() if one.name[0] not in ".~"] if path.is_dir() else []
    return bool(inner) and all(map(sent_for, inner))


def bring_back_all(paths: Sequence[Path], into: Path, accept: bool) -> int:
    """Bring back what authors corrected: do what is accepted, list the rest."""
    from booklet.review.trip import bring_back

    need_folder(into)
    told: list[Finding] = []
    for path in paths:
        made = bring_back(path, into, accept)
        show(str(made.opinions))
        say(f"{path.name}：照做 {made.done} 处，还有 {made.open} 处等您决定")
        told += made.findings
    report_findings(told, say)
    say("同意的，在清单里把□改成√，再导入一次")
    return FINDINGS if told else DONE


def review_command(args: Args) -> int:
    """``booklet review``: a Word file a speech for its author, with the questions as comments."""
    from booklet.proof.examine import examine
    from booklet.review.trip import FOLDER, send

    folder = args.folder
    need_folder(folder)
    examined = examine(folder)
    out = paths.out_of(folder)
    written = send(folder, examined.book, examined.findings, out, paths.root_of(out))
    for path in written:
        show(str(path))
    say(
        f"{len(written)} 份 Word 在 {out / FOLDER}/，各发给作者；改好发回：make import FROM=发回的.docx INTO={disk.typed(folder)}"
    )
    return DONE


def source_paths(text: str) -> list[Path]:
    """Return the files that were given: one, or several as make passes them in one text."""
    if Path(text).exists():
        return [Path(text)]
    try:
        return [Path(part) for part in shlex.split(text)]
    except ValueError:
        return [Path(text)]


def new_command(args: Args) -> int:
    """``booklet new``: an empty manuscript with explanations."""
    from booklet.starter import start

    for path in start(args.into):
        show(str(path))
    say(f"把发言写进 {args.into}/ 里的 .md 文件，再运行 make BOOK={disk.typed(args.into)}")
    return DONE


def fonts_command(_: Args) -> int:
    """``booklet fonts``: which face plays which role."""
    from booklet.faces.fonts import read_fonts

    for role, face in read_fonts(paths.FONTS).items():
        count = len(face.characters)
        show(f"{role}  {face.name}  {count} 字  {face.licence}  {face.path.name}")
    return DONE


def picture_command(_: Args) -> int:
    """``booklet picture``: the README's spreads, of both samples; ``build/`` is left alone."""
    from booklet.build import build
    from booklet.finish.pictures import draw_spreads

    for folder, (name, pages) in PICTURED.items():
        with disk.room() as room, progress() as tell:
            made = build(paths.ROOT / folder, room, tell, "reading", final=True)[0]
            show(str(draw_spreads(made[0].path, paths.ROOT / "docs" / name, pages)))
    return DONE


def share_command(args: Args) -> int:
    """``booklet share``: the reading edition as pictures; builds only the folder that is named."""
    from booklet.finish.pictures import draw_pages

    if args.folder:
        build_folder(args.folder)
    _, out = made_of(args.folder)
    drawn = draw_pages(out / "booklet.pdf", out / "share")
    size = sum(path.stat().st_size for path in drawn) / 1e6
    show(f"{drawn[0].parent}/  {len(drawn)} 张图片，封面是 {drawn[0].name}  {size:.1f} MB")
    return DONE


def copies_command(args: Args) -> int:
    """``booklet copies``: a finished file, the reading edition if none is named, with a name in each copy."""
    from booklet.copies import make_copies

    if args.file is None:
        if args.folder:
            build_folder(args.folder)
        pdf = made_of(args.folder)[1] / "booklet.pdf"
    else:
        pdf = args.file
    with progress() as tell:
        count, where = make_copies(args.table, pdf, pdf.parent, tell, cores(), args.one)
    show(f"{where}  {count} 份，各印了名字")
    return DONE


def series_command(args: Args) -> int:
    """``booklet series``: every manuscript in a folder; one that cannot be printed keeps no other back."""
    from booklet.making import remember
    from booklet.series import manuscripts, print_series

    folders = manuscripts(args.folder)
    wanted = [
        one for one in folders if not freshness.is_fresh(one, paths.out_of(one), args.edition)
    ]
    if not wanted:
        show(f"没有变化，{len(folders)} 本都已是最新的。")
        return DONE
    for one in wanted:
        refuse_other(one, paths.out_of(one))
    before = {one: freshness.fingerprint(one, args.edition) for one in wanted}
    failed = 0
    with progress() as tell:
        for folder, made, findings in print_series(
            wanted, args.edition, tell, cores(), args.cluster
        ):
            if made:
                remember(folder, before[folder], made, args.edition)
                show_outputs(made, findings)
            else:
                failed += 1
                report_findings(findings, say, ending=f"；没有排印 {folder}")
    say(f"{len(wanted) - failed} 本排好了" + (f"，{failed} 本没有" if failed else ""))
    return FINDINGS if failed else DONE


def made_of(folder: Path | None) -> tuple[Path, Path]:
    """Return (folder, where its files are) of a book; of the one that was built last, or the sample."""
    if folder:
        return folder, paths.out_of(folder)
    return freshness.last_built() or (paths.SAMPLE, paths.BUILD)


def need_folder(folder: Path) -> None:
    """Stop where the manuscript's folder is not there, or is none: before anybody reads through it."""
    if not folder.is_dir():
        raise BookletError(
            Finding(
                str(folder),
                0,
                "没有这个文件夹",
                f"运行 make new INTO={disk.typed(folder)} 新建一份原稿",
            )
        )
    if not (folder / paths.MANIFEST).exists():
        from booklet.proof.examine import examine

        examine(folder)  # says what is missing
