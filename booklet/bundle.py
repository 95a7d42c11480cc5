"""One file that sets up a machine without network: ``make bundle``.

In it: this project as git has it, the faces, the Python packages for several Pythons on x86-64 and ARM64,
each checked against its hash, and Pango with the libraries it needs, out of Debian's packages, whose
signatures apt checks. Unpacked, ``make`` or a double click sets it up; ``bootstrap`` uses what lies in
``bundle/`` and asks no network. Standard library only, but for pip; needs a Debian or Ubuntu with network.
"""

import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from booklet.bootstrap import BUNDLE, FONTS, PANGO_APT, PIP_LOCK, PYTHON, ROOT, pinned_faces

NAME = "booklet"
TARGET = ROOT / "build" / f"{NAME}-bundle.tar.gz"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
MACHINES = {"x86_64": "amd64", "aarch64": "arm64"}  # as Python calls them: as Debian does
GLIBC = (
    "2_34",
    "2_31",
    "2_28",
    "2_27",
    "2_24",
    "2_17",
    "2_12",
    "2_5",
)  # that a wheel may be made for
OLDER = ("manylinux2014", "manylinux2010", "manylinux1", "linux")  # the same under older names
# The base of the system: every Linux has it, and another one's would not fit.
OF_THE_SYSTEM = ("libc6", "libgcc-s1", "libstdc++6", "libcrypt1")
COMPRESSION = 6


class BundleError(Exception):
    """Why no bundle was made, and what to do."""


def main() -> int:
    """Make the bundle; 0 done, 1 stopped."""
    try:
        with tempfile.TemporaryDirectory(prefix="booklet-bundle-") as name:
            room = Path(name)
            wheels(room / "wheels")
            for machine, debian in MACHINES.items():
                pango(room, machine, debian)
            pack(room)
    except BundleError as error:
        print(f"没有打包：{error}", file=sys.stderr)
        return 1
    print(f"{TARGET}  {TARGET.stat().st_size / 1e6:.0f} MB")
    print("拷到没有网络的 Linux 电脑上：tar xf 解开，进入文件夹，make；或双击 start/ 里的“书桌”。")
    return 0


def run(command: Sequence[str], remedy: str) -> str:
    """Run a command and return what it said; BundleError where it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise BundleError(f"{said[-1] if said else command[0]}\n  改法：{remedy}")
    return done.stdout


def say(text: str) -> None:
    """Tell what takes time now."""
    print(text, file=sys.stderr, flush=True)


# ---- Python packages -------------------------------------------------------------------------


def wheels(into: Path) -> None:
    """Fetch the locked packages for every Python and machine."""
    for machine in MACHINES:
        for version in PYTHONS:
            say(f"Python {version} 的软件包（{machine}）……")
            for lock in (PIP_LOCK, "requirements.txt"):
                command = [str(PYTHON), "-m", "pip", "download", "--quiet", "--no-deps"]
                command += ["--require-hashes", "--only-binary", ":all:", "--dest", str(into)]
                command += [*platform_of(machine, version), "--requirement", str(ROOT / lock)]
                run(command, "检查网络（或 pip 的镜像设置）后再运行 make bundle")


def platform_of(machine: str, version: str) -> list[str]:
    """Return what tells pip for which Python and machine it fetches."""
    names = [*(f"manylinux_{glibc}" for glibc in GLIBC), *OLDER]
    words = [word for name in names for word in ("--platform", f"{name}_{machine}")]
    words += ["--implementation", "cp", "--python-version", version]
    for abi in (f"cp{version.replace('.', '')}", "abi3", "none"):
        words += ["--abi", abi]
    return words


# ---- Pango -----------------------------------------------------------------------------------


def pango(room: Path, machine: str, debian: str) -> None:
    """Fetch Pango and what it needs for one machine, and take the libraries out of the packages."""
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        raise BundleError("这台电脑没有 apt-get\n  改法：在 Debian 或 Ubuntu 上打包")
    say(f"Pango（{machine}）……")
    apt = room / f"apt-{machine}"
    for folder in ("lists/partial", "cache/archives/partial"):
        (apt / folder).mkdir(parents=True)
    (apt / "status").touch()  # as if nothing were installed: all that is needed is fetched
    command = ["apt-get", "--quiet=2", "--yes", "--no-install-recommends", "--download-only"]
    options = {
        "APT::Architecture": debian, "APT::Architectures::": debian,
        "Dir::State": str(apt), "Dir::State::lists": str(apt / "lists"),
        "Dir::State::status": str(apt / "status"), "Dir::Cache": str(apt / "cache"),
        "Debug::NoLocking": "true", "APT::Sandbox::User": "root",
    }  # fmt: skip
    command += [word for key, value in options.items() for word in ("-o", f"{key}={value}")]
    remedy = "检查网络和 /etc/apt 里的软件源后再运行 make bundle"
    run([*command, "update"], remedy)
    run([*command, "install", *PANGO_APT], remedy)
    for package in sorted((apt / "cache/archives").glob("*.deb")):
        name = package.name.partition("_")[0]
        if name not in OF_THE_SYSTEM:
            inner = apt / "inner" / name
            inner.mkdir(parents=True)
            run(["dpkg-deb", "--extract", str(package), str(inner)], remedy)
            libraries(inner, name, room / "pango" / machine)
    shutil.rmtree(apt)


def libraries(package: Path, name: str, into: Path) -> None:
    """Copy the libraries of a package, under the names that they are looked for by, with its licence."""
    every = [path for path in package.rglob("lib*.so.*") if path.parent.parent.name == "lib"]
    called = [path for path in every if path.is_symlink()]
    found = [*called, *({*every} - {*called} - {path.resolve() for path in called})]
    for path in found:
        into.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path.resolve(), into / path.name)
    licence = package / "usr/share/doc" / name / "copyright"
    if found and licence.is_file():
        shutil.copyfile(licence, into / f"{name}.copyright")


# ---- The file --------------------------------------------------------------------------------


def pack(room: Path) -> None:
    """Write all of it into one file, in place of the last one."""
    say("打包……")
    TARGET.parent.mkdir(exist_ok=True)
    new = TARGET.with_name(f".{TARGET.name}.new")
    try:
        with tarfile.open(new, "w:gz", compresslevel=COMPRESSION) as archive:
            for path, name in contents(room):
                archive.add(path, f"{NAME}/{name}", recursive=False, filter=plain)
        new.replace(TARGET)
    finally:
        new.unlink(missing_ok=True)


def contents(room: Path) -> Iterator[tuple[Path, str]]:
    """Yield every file of the bundle, and its name in it."""
    for name in tracked():
        yield ROOT / name, name
    for name in sorted(pinned_faces()):
        if not (FONTS / name).is_file():
            raise BundleError("字体还没有装\n  改法：先运行 make")
        yield FONTS / name, f"fonts/{name}"
    for path in sorted(room.rglob("*")):
        if path.is_file():
            yield path, f"{BUNDLE.name}/{path.relative_to(room).as_posix()}"


def tracked() -> Iterable[str]:
    """Return the files of the project, as git has them."""
    said = run(["git", "-C", str(ROOT), "ls-files", "-z"], "在 git 的工作目录里打包")
    return [name for name in said.split("\0") if name and (ROOT / name).is_file()]


def plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Return a member that tells nothing of who packed it, and when."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mtime = 0
    member.mode = 0o755 if member.mode & 0o100 else 0o644
    return member


if __name__ == "__main__":
    sys.exit(main())
