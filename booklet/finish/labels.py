"""What WeasyPrint does not write: page labels, header cells, how viewers open and print the file."""

from dataclasses import dataclass
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, String


@dataclass(frozen=True, slots=True)
class Labels:
    """Where each run of page numbers begins, as indexes of pages from 0.

    ``title`` is the title page, ``body`` the first page of the text (folio 1); what comes before the
    text counts i, ii … from the title page, the covers bear their names.
    """

    title: int
    body: int

    def named(self, pages: int) -> dict[int, str]:
        """Return the names of the covers of a file of so many pages."""
        return {0: "封面", pages - 1: "封底"} | ({1: "封二"} if self.title > 1 else {})

    def words(self, pages: int) -> list[str]:
        """Return what each page is called."""
        front = range(1, self.body - self.title + 1)
        counted = {self.title + n - 1: roman(n) for n in front}
        counted |= {page: str(page - self.body + 1) for page in range(self.body, pages)}
        return [(counted | self.named(pages)).get(page, "") for page in range(pages)]

    def tree(self, pages: int) -> Dictionary:
        """Return the page label tree of a file of so many pages (ISO 32000-1, 12.4.2)."""
        named = self.named(pages)
        entries = {index: Dictionary(P=String(name)) for index, name in named.items()}
        entries |= {self.title: Dictionary(S=Name("/r")), self.body: Dictionary(S=Name("/D"))}
        return Dictionary(
            Nums=Array([part for index in sorted(entries) for part in (index, entries[index])])
        )


def roman(number: int) -> str:
    """Return a number below forty in small Roman figures."""
    tens, ones = divmod(number, 10)
    return "x" * tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[ones]


def label(pdf: bytes, labels: Labels, bound: bool) -> bytes:
    """Return a file for screens with its page labels; ``bound`` ones open in spreads."""
    with pikepdf.open(BytesIO(pdf)) as file:
        file.Root.PageLabels = labels.tree(len(file.pages))
        # In spreads the cover stands alone.
        file.Root.PageLayout = Name("/TwoPageRight" if bound else "/SinglePage")
        file.Root.PageMode = Name("/UseOutlines")
        file.Root.ViewerPreferences = Dictionary(
            DisplayDocTitle=True, PrintScaling=Name("/None"), Direction=Name("/L2R")
        )
        scope_headers(file)
        out = BytesIO()
        file.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def scope_headers(file: pikepdf.Pdf) -> None:
    """Say of each header cell what it heads: a column in a table's head, else its row."""
    for item in file.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/S") == Name.TH:
            scope = Name.Column if in_head(item) else Name.Row
            item.A = Array([*attributes(item), Dictionary(O=Name.Table, Scope=scope)])


def in_head(cell: pikepdf.Object) -> bool:
    """Tell whether a cell stands in the head of a table."""
    while "/P" in cell:
        cell = cell.P
        if cell.get("/S") in (Name.THead, Name.Table):
            return bool(Name.THead == cell.S)
    return False


def attributes(cell: pikepdf.Object) -> list[pikepdf.Object]:
    """Return the attributes that an element has already."""
    own = cell.get("/A")
    return [] if own is None else list(own) if isinstance(own, Array) else [own]
