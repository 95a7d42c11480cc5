"""The desk's addresses: each a few lines that call what the command line calls."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route
from starlette.staticfiles import StaticFiles

from booklet import paths
from booklet.artwork import qr
from booklet.desk.files import ChangedMeanwhileError, Files, Text
from booklet.desk.importing import MOST_FILES, Importing
from booklet.desk.screen import face_for_screen
from booklet.desk.signing import points_told, sign
from booklet.desk.take import Take
from booklet.desk.telling import finding_told, states, told
from booklet.desk.views import page
from booklet.desk.work import Work
from booklet.edition import typeset_titles
from booklet.errors import BookletError
from booklet.manuscript.speech import URL

STATIC = Path(__file__).parent / "static"
FOREVER = "private, max-age=31536000, immutable"  # of a page's picture, whose name is its content
HEARTBEAT_S = 15.0
MOST_URL = 500
CODE_MM = (20.0, 28.0)


class Desk:
    """One book on the desk."""

    def __init__(self, folder: Path, work: Work, take: Take) -> None:
        self.folder, self.work, self.take = folder, work, take
        self.files = Files(folder)
        self.importing = Importing(folder)
        self.editions = typeset_titles(paths.STYLES, paths.edition_names())

    def routes(self) -> list[Any]:
        """Return the addresses."""
        return [
            Route("/", self.home),
            Route("/events", self.events),
            Route("/leaf/{edition}/{key}.png", self.leaf),
            Route("/line", self.line),
            Route("/text", self.text),
            Route("/text", self.save, methods=["PUT"]),
            Route("/form", self.form),
            Route("/form", self.save_form, methods=["PUT"]),
            Route("/pick", self.pick, methods=["POST"]),
            Route("/order", self.order, methods=["PUT"]),
            Route("/qr.svg", self.code),
            Route("/undo", self.undo, methods=["POST"]),
            Route("/edition", self.edition, methods=["POST"]),
            Route("/import", self.import_told),
            Route("/import", self.dropped, methods=["POST"]),
            Route("/import/again", self.again, methods=["POST"]),
            Route("/take", self.taken),
            Route("/take", self.make, methods=["POST"]),
            Route("/take/{name}", self.file),
            Route("/points", self.points),
            Route("/points", self.sign, methods=["POST"]),
            Route("/face/{role}.ttf", self.face),
        ]

    async def home(self, _: Request) -> Response:
        """The page itself."""
        return HTMLResponse(page(self.folder, self.files.names(), self.editions))

    async def events(self, request: Request) -> Response:
        """What happens, as it happens."""
        return StreamingResponse(self.stream(request), media_type="text/event-stream")

    async def stream(self, request: Request) -> AsyncIterator[str]:
        """Yield server-sent events, and a sign of life where nothing happens."""
        source = states(self.work, self.folder)
        waiting = asyncio.ensure_future(anext(source))
        try:
            while not await request.is_disconnected():
                done, _ = await asyncio.wait([waiting], timeout=HEARTBEAT_S)
                if not done:
                    yield ": \n\n"
                    continue
                yield f"data: {json.dumps(waiting.result(), ensure_ascii=False)}\n\n"
                waiting = asyncio.ensure_future(anext(source))
        finally:
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
            await source.aclose()

    async def leaf(self, request: Request) -> Response:
        """A page as a picture."""
        width = request.query_params.get("w", "")
        found = await asyncio.to_thread(
            self.work.proofs.draw,
            request.path_params["edition"],
            request.path_params["key"],
            int(width) if width.isdecimal() and len(width) < 6 else 600,
        )
        if found is None:
            return Response(status_code=404)
        return Response(found, media_type="image/png", headers={"cache-control": FOREVER})

    async def line(self, request: Request) -> Response:
        """Which line of which file stands at a point of a page."""
        try:
            asked = request.query_params
            leaf, x, y = int(asked["leaf"]), float(asked["x"]), float(asked["y"])
        except (KeyError, ValueError):
            return Response(status_code=404)
        found = await asyncio.to_thread(self.work.line, leaf, x, y)
        return JSONResponse({"file": found[0], "line": found[1]} if found else {})

    async def text(self, request: Request) -> Response:
        """A file of the book."""
        return self.answer(lambda: self.files.read(request.query_params.get("name", "")))

    async def save(self, request: Request) -> Response:
        """A file of the book, as it was edited."""
        given = await body_of(request)
        name, text, digest = (str(given.get(key, "")) for key in ("name", "text", "digest"))
        return self.written(lambda: self.files.write(name, text, digest))

    async def form(self, request: Request) -> Response:
        """A file's form."""
        return self.answer(lambda: self.files.form(request.query_params.get("name", "")))

    async def save_form(self, request: Request) -> Response:
        """A file's form, as it was filled in."""
        given = await body_of(request)
        values = given.get("values")
        fields = values if isinstance(values, dict) else {}
        name, digest = str(given.get("name", "")), str(given.get("digest", ""))
        return self.written(lambda: self.files.write_form(name, fields, digest))

    async def pick(self, request: Request) -> Response:
        """A sentence to quote, a figure to show: picked in the text."""
        given = await body_of(request)
        keys = ("name", "kind", "words", "label", "digest")
        name, kind, words, label, digest = (str(given.get(key, "")) for key in keys)
        return self.written(lambda: self.files.pick(name, kind, words, label, digest))

    async def order(self, request: Request) -> Response:
        """The order of the speeches."""
        names = (await body_of(request)).get("names")
        listed = [str(name) for name in names] if isinstance(names, list) else []
        return self.written(lambda: self.files.put_in_order(listed))

    async def code(self, request: Request) -> Response:
        """A link's QR code, as it is being typed."""
        url = request.query_params.get("url", "")
        if not URL.match(url) or len(url) > MOST_URL:
            return Response(status_code=404)
        svg = (
            qr.code(url, *CODE_MM)
            .svg()
            .replace("var(--black)", "#000")
            .replace("var(--paper)", "#FFF")
        )
        return Response(svg, media_type="image/svg+xml")

    async def undo(self, _: Request) -> Response:
        """Take the last change back."""
        return self.written(self.files.undo)

    def answer(self, do: Any) -> Response:
        """Answer with a text; with both texts where the file has changed meanwhile."""
        try:
            found: Text | dict[str, Any] | None = do()
        except ChangedMeanwhileError as meanwhile:
            return JSONResponse({"there": asdict(meanwhile.there)}, status_code=409)
        except BookletError as error:
            return self.refused(error)
        return JSONResponse(asdict(found) if isinstance(found, Text) else found or {})

    def written(self, do: Any) -> Response:
        """Answer as ``answer`` does, and let the work look at what was written."""
        answer = self.answer(do)
        self.work.look()
        return answer

    def refused(self, error: BookletError) -> Response:
        """Answer with what is wrong."""
        found = [finding_told(one, self.folder) for one in error.findings]
        return JSONResponse({"findings": found}, status_code=422)

    async def edition(self, request: Request) -> Response:
        """Look at another edition."""
        name = str((await body_of(request)).get("edition", ""))
        if name not in self.editions:
            return Response(status_code=404)
        self.work.look(name)
        return JSONResponse(told(self.work.state, self.folder))

    async def dropped(self, request: Request) -> Response:
        """Files that were dropped: imported."""
        async with request.form(max_files=MOST_FILES, max_fields=1) as form:
            given = [one for one in form.getlist("files") if isinstance(one, UploadFile)]
            files = [(one.filename or "", one.file) for one in given]
            return await self.imported(lambda: self.importing.drop(files))

    async def again(self, request: Request) -> Response:
        """The same files imported once more: proposals taken, divided as the table says, or without a file."""
        given = await body_of(request)

        def first() -> None:
            if given.get("forget"):
                self.importing.forget(str(given["forget"]))
            self.importing.accept(given.get("accept"))
            self.importing.divide(given.get("pieces"))

        return await self.imported(first)

    async def imported(self, first: Callable[[], None]) -> Response:
        """Import, and answer with what was done."""

        def do() -> dict[str, Any]:
            first()
            self.importing.run()
            return self.importing.told()

        return await asyncio.to_thread(self.written, do)

    async def import_told(self, _: Request) -> Response:
        """What was imported last."""
        return JSONResponse(self.importing.told())

    async def make(self, request: Request) -> Response:
        """Make every edition, the 定稿, pictures, or the list to sign."""
        return JSONResponse({"begun": self.take.start(str((await body_of(request)).get("what")))})

    async def taken(self, _: Request) -> Response:
        """What was made, or how far it is."""
        # Asked first: what is wrong is known when the making ends.
        told_ = await asyncio.to_thread(self.take.told)
        findings = [finding_told(one, self.folder) for one in self.take.findings]
        return JSONResponse(told_ | {"findings": findings})

    async def file(self, request: Request) -> Response:
        """A finished file."""
        name = request.path_params["name"]
        found = await asyncio.to_thread(self.take.data, name)
        if found is None:
            return Response(status_code=404)
        if isinstance(found, bytes):
            named = {"content-disposition": f'attachment; filename="{name}"'}
            return Response(found, media_type="application/zip", headers=named)
        return FileResponse(found, filename=found.name)

    async def points(self, _: Request) -> Response:
        """What must be looked at before the book is final."""
        findings = self.work.state.findings
        return self.answer(lambda: {"points": points_told(self.folder, findings)})

    async def sign(self, request: Request) -> Response:
        """Sign some of it."""
        given = await body_of(request)
        keys = given.get("keys")
        wanted = [str(key) for key in keys] if isinstance(keys, list) else []
        findings, name = self.work.state.findings, str(given.get("name", ""))
        return self.written(lambda: sign(self.folder, findings, wanted, name))

    async def face(self, request: Request) -> Response:
        """A face of the house, cut down to what is read every day."""
        data = await asyncio.to_thread(face_for_screen, request.path_params["role"])
        if data is None:
            return Response(status_code=404)
        return Response(data, media_type="font/ttf", headers={"cache-control": FOREVER})


async def body_of(request: Request) -> dict[str, Any]:
    """Return what a page sent, {} for what is no JSON object."""
    try:
        given = json.loads(await request.body())
    except (ValueError, RecursionError):
        return {}
    return given if isinstance(given, dict) else {}


def application(desk: Desk) -> Starlette:
    """Return the application of a desk, without its guard."""
    app = Starlette(routes=desk.routes())
    app.mount("/static", StaticFiles(directory=STATIC))
    return app
