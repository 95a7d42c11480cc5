"""A series of booklets: every manuscript in a folder, on the cores of this machine or of a cluster.

A book that has an error in it is told with its findings; the others are printed all the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from booklet import paths
from booklet.build import Output, build
from booklet.errors import BookletError, Finding
from booklet.workers import Tell, side_by_side

PATIENCE = "10s"  # until a cluster that does not answer is not there
Printed = tuple[Path, list[Output], list[Finding]]
"""(manuscript, its files without their content, findings); no files where it has an error."""


def manuscripts(folder: Path) -> list[Path]:
    """Return the books in a folder, by name; where there is none, that is told."""
    found = sorted(
        one for one in folder.iterdir() if one.is_dir() and (one / paths.MANIFEST).is_file()
    ) if folder.is_dir() else []  # fmt: skip
    if not found:
        fix = f"每本书一个子文件夹，里面有 {paths.MANIFEST}"
        raise BookletError(Finding(str(folder), 0, "这里没有原稿文件夹", fix))
    outs = [paths.out_of(one) for one in found]
    for at, out in enumerate(outs):
        if out in outs[:at]:
            message = (
                f"“{found[at].name}”和“{found[outs.index(out)].name}”的成品会写到一处（{out}/）"
            )
            raise BookletError(Finding(str(found[at]), 0, message, "给其中一个文件夹换一个名字"))
    return found


def print_one(folder: Path, out: Path, edition: str, tell: Tell) -> Printed:
    """Print one book into ``out``; its files come back without their content, which is written."""
    try:
        made, findings = build(folder, out, lambda words: tell(f"{folder.name}：{words}"), edition)
    except BookletError as error:
        return folder, [], list(error.findings)
    return folder, [replace(one, pdf=b"") for one in made], findings


def print_series(
    folders: Sequence[Path], edition: str, tell: Tell, at_once: int, cluster: str = ""
) -> Iterator[Printed]:
    """Yield each book when it and those before it are done."""
    if not cluster:
        jobs = [partial(print_one, one, paths.out_of(one), edition) for one in folders]
        yield from side_by_side(jobs, tell, at_once)
        return
    # Elsewhere the working folder is another one.
    there = [
        partial(print_one, one.resolve(), paths.out_of(one).resolve(), edition) for one in folders
    ]
    for folder, (_, made, findings) in zip(folders, on_cluster(there, tell, cluster), strict=True):
        here = [replace(one, path=paths.out_of(folder) / one.path.name) for one in made]
        yield folder, here, findings


def on_cluster(jobs: Sequence[partial[Printed]], tell: Tell, address: str) -> Iterator[Printed]:
    """Yield the same from a dask cluster, whose workers see the same folders and this program."""
    try:
        from distributed import Client
    except ImportError:
        fix = "运行 .venv/bin/python -m pip install --require-hashes -r requirements-cluster.txt"
        raise BookletError(Finding("--cluster", 0, "没有装 dask.distributed", fix)) from None
    try:
        client = Client(address, timeout=PATIENCE)  # type: ignore[no-untyped-call]
    except (OSError, ValueError):
        fix = "核对地址；先在那里运行 dask scheduler"
        raise BookletError(Finding("--cluster", 0, f"连不上 {address}", fix)) from None
    with client:
        futures = [client.submit(done_there, job, pure=False) for job in jobs]
        for future in futures:
            printed: Printed = future.result()
            tell(f"{printed[0].name}：排好了")
            yield printed


def done_there(job: partial[Printed]) -> Printed:
    """Do a job where nobody listens."""
    return job(lambda _words: None)
