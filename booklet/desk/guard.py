"""Who may speak to the desk: the browser that was opened with its token, on this machine, and nobody else.

Every request is held against the address it names (Host), the page it comes from (Origin), and a cookie
that only the first address, with the token in it, hands out. What is sent is bounded while it arrives.
"""

import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

MOST_BODY = 210_000_000  # bytes of an upload
MOST_TEXT = 4_000_000  # bytes of anything else
UPLOAD = "/import"  # the only path that takes files
SAFE = ("GET", "HEAD")
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; font-src 'self';"
        " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
REFUSED = {
    401: "这个地址只给打开它的浏览器用。请用终端里印出的那个地址。",
    403: "这个请求不是从本机的这个页面来的，没有照做。",
    413: "文件太大。一次上传不要超过 200 MB。",
}


class Guard:
    """Lets through to ``app`` what comes from the desk's own pages on this machine."""

    def __init__(self, app: App, port: int, token: str) -> None:
        self.app, self.token = app, token
        self.hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        self.cookie = f"desk-{port}"  # cookies know no ports: two desks must not share one

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        headers = {
            key.decode("latin-1"): value.decode("latin-1") for key, value in scope["headers"]
        }
        if not self.is_here(scope, headers):
            await refuse(send, 403)
        elif self.opens(scope):
            await welcome(send, self.cookie, self.token)
        elif not self.knows(headers):
            await refuse(send, 401)
        else:
            most = MOST_BODY if scope["path"].startswith(UPLOAD) else MOST_TEXT
            await self.pass_on(scope, receive, send, headers, most)

    def is_here(self, scope: Scope, headers: dict[str, str]) -> bool:
        """Tell whether a request names this machine, and comes from a page of ours where it changes anything."""
        host = headers.get("host", "")
        if host not in self.hosts:
            return False
        origin = headers.get("origin")
        if origin is not None and origin != f"http://{host}":
            return False
        if scope["method"] in SAFE:
            return True
        return origin is not None and headers.get("sec-fetch-site", "same-origin") == "same-origin"

    def opens(self, scope: Scope) -> bool:
        """Tell whether a request is the first one, with the token in its address."""
        if scope["method"] not in SAFE or scope["path"] != "/":
            return False
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        return secrets.compare_digest(given.encode(), self.token.encode())

    def knows(self, headers: dict[str, str]) -> bool:
        """Tell whether a request bears the cookie."""
        try:
            found = SimpleCookie(headers.get("cookie", "")).get(self.cookie)
        except CookieError:
            return False
        given = found.value if found else ""
        return secrets.compare_digest(given.encode(), self.token.encode())

    async def pass_on(
        self, scope: Scope, receive: Receive, send: Send, headers: dict[str, str], most: int
    ) -> None:
        """Answer a request that may be answered, while it stays within ``most`` bytes."""
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > most:
            await refuse(send, 413)
            return
        taken = 0
        over = started = False

        async def bounded() -> Message:
            nonlocal taken, over
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > most:
                over = True
                return {"type": "http.disconnect"}
            return message

        async def dressed(message: Message) -> None:
            nonlocal started
            if over:
                return
            if message["type"] == "http.response.start":
                started = True
                names = {key for key, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *((k.encode(), v.encode()) for k, v in HEADERS.items()),
                    *([] if b"cache-control" in names else [(b"cache-control", b"no-store")]),
                ]
            await send(message)

        await self.app(scope, bounded, dressed)
        if over and not started:
            await refuse(send, 413)


async def refuse(send: Send, status: int) -> None:
    """Answer that a request is not answered, in one sentence."""
    body = REFUSED[status].encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    headers += [(key.encode(), value.encode()) for key, value in HEADERS.items()]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def welcome(send: Send, cookie: str, token: str) -> None:
    """Hand out the cookie, and lead to the address without the token."""
    value = f"{cookie}={token}; Path=/; HttpOnly; SameSite=Strict"
    headers = [
        (b"location", b"/"),
        (b"set-cookie", value.encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
