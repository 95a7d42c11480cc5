"""Open the desk: a free port on this machine, a token in the address, a browser, and an end with Ctrl-C."""

import secrets
import socket
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from booklet import disk, paths
from booklet.desk import memory
from booklet.desk.app import Desk, application
from booklet.desk.guard import Guard
from booklet.desk.take import Take
from booklet.desk.work import Work
from booklet.errors import BookletError, Finding
from booklet.standing import Standing

HERE = "127.0.0.1"
LOCK = "desk.lock"
TOKEN_BYTES = 24
GRACE_S = 1  # that open connections have to end


def serve(
    folder: Path, standing: Standing, say: Callable[[str], None], browser: bool = True
) -> None:
    """Serve the desk of one book until it is interrupted; a second one on the same folder is told so."""
    lock = paths.out_of(folder) / LOCK
    memory.share()
    with taken(lock, folder):
        listener = socket.create_server((HERE, 0))
        port = listener.getsockname()[1]
        token = secrets.token_urlsafe(TOKEN_BYTES)
        work = Work(folder, standing)
        desk = Desk(folder, work, Take(folder, standing))
        guarded = Guard(application(desk), port, token)
        address = f"http://{HERE}:{port}/?token={token}"
        config = uvicorn.Config(
            guarded, log_level="error", access_log=False, lifespan="off", server_header=False,
            timeout_graceful_shutdown=GRACE_S, workers=1,
        )  # fmt: skip
        say(f"书桌开在 {address}\n只有这台电脑上的这个浏览器打得开。要结束，按 Ctrl-C。")
        work.start()
        if browser:
            webbrowser.open(address)
        try:
            uvicorn.Server(config).run(sockets=[listener])
        except KeyboardInterrupt:
            say("\n书桌收好了。改过的文字都已存在原稿里。")
        finally:
            work.stop()
            desk.importing.close()


@contextmanager
def taken(lock: Path, folder: Path) -> Iterator[None]:
    """Hold a book's folder for one desk; where another one holds it, that is told."""
    with disk.held(lock, paths.root_of(lock.parent)) as ours:
        if not ours:
            fix = "用已经开着的那一个；找不到它，就在它的终端里按 Ctrl-C"
            raise BookletError(Finding(str(folder), 0, "这本书的书桌已经开着", fix))
        yield
