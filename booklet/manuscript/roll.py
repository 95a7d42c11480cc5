"""名单.txt beside booklet.yaml: who and what the book names, a line each, as an office keeps it.

``王秀兰　镇长（2018—2021年）；镇党委副书记`` is a person with posts, ``青山镇卫生院`` a term. A line
that ends in a colon heads a part: 人员： or 用语：; ``#`` begins a note.
"""

import re
from pathlib import Path

from booklet.errors import Finding
from booklet.limits import most
from booklet.manuscript.files import ROLL, read_text
from booklet.model import Person
from booklet.text.names import is_person

PERSON = re.compile(
    r"(?P<name>[\u3400-\u9fff·]{2,4}|[\u3400-\u9fff]+·[\u3400-\u9fff·]+)(?:[ \t\u3000：:，,]+(?P<posts>.*))?"
)
HEADING = re.compile(r"(?P<persons>人员|人名|姓名|人物)|单位|用语|名称|术语")
SPREAD = re.compile(r"^([\u3400-\u9fff])[ \u3000]+([\u3400-\u9fff])(?=$|[ \t\u3000：:，,])")
BETWEEN = re.compile(r"[；;、/]")
MOST_ODD = 20  # lines that are told; a file of more of them is no roll

Roll = tuple[tuple[Person, ...], tuple[str, ...], list[Finding]]


def read_roll(folder: Path) -> Roll:
    """Return persons and terms of a folder's 名单.txt, and what is wrong with it; none if there is none."""
    path = folder / ROLL
    if not path.exists():
        return (), (), []
    text, findings = read_text(path)
    persons: list[Person] = []
    terms: list[str] = []
    wanted: bool | None = None  # whether the part is of persons; not known without a heading
    for number, row in enumerate(text.split("\n"), 1):
        if len(persons) > most("people") or len(terms) > most("terms") or len(findings) > MOST_ODD:
            break  # what is too much is told where all limits are
        line = SPREAD.sub(r"\1\2", row.partition("#")[0].strip())
        heading = HEADING.fullmatch(line.rstrip("：:"))
        if heading:
            wanted = heading["persons"] is not None
        elif line:
            match = PERSON.fullmatch(line)
            posts = tuple(
                post.strip()
                for post in BETWEEN.split((match and match["posts"]) or "")
                if post.strip()
            )
            named = wanted if wanted is not None else bool(posts) or is_person(line)
            if named and match is None:
                fix = "一行一人：姓名、空格、职务，几个职务用分号隔开；单位和用语写在“用语：”下面"
                findings.append(Finding(str(path), number, f"这一行不像人名：{line[:20]}", fix))
            elif named and match:
                persons.append(Person(match["name"], posts, number))
            else:
                terms.append(line)
    return tuple(persons), tuple(terms), findings
