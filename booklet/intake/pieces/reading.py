"""Where pieces begin: the most consistent reading of a whole file, found at once.

Each row may be front matter, a note, a title, a subtitle, a date, who speaks, or text. Every such reading has
a score, from its looks, its words, its place; so has what follows what (a piece has somebody who speaks, and
text). The path with the highest sum is taken (Viterbi). It is looked for twice: what stands at the heads of
most pieces the first time counts for more the second, so a rare name is believed, and a post of no known
word, where the others stand. All scores are in one coin: 1 is weak evidence, 3 is strong.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import log2
from typing import NamedTuple

from booklet.intake.pieces.kinds import INNER_STOP, LONGEST_TITLE, SHORT
from booklet.intake.pieces.persons import SUBTITLE, Mark, marks_of
from booklet.intake.source import Row
from booklet.manuscript.headings import level_of
from booklet.text.amounts import value_of

NEVER = -99.0
STOPS = frozenset("。！？…”）：；.!?;:")
MASTHEAD = re.compile(
    r"(?:摘要|摘登|纪要|选登|侧记|综述|发言|座谈会|研讨会|大会|报告会|会议|交流会|追思会|汇编|材料|专题|特刊|实录|摘编)$"
)
WHERE = re.compile(
    r"[—―–]{0,2}在.{2,50}(?:上|时|中)?的?(?:交流|大会|典型|书面)?(?:发言|讲话|致辞|报告)(?:稿|摘要)?"
)
COURTESY = re.compile(
    r"^(?:谢谢|感谢|大家好|你们好|各位好|完毕|再见|我的发言)|[们位]好[！!]?$|谢谢(?:大家)?[！!]?$"
)
COUNT = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[.．、\s]*(?=[^\d\s.．]))"
)
DASHED = re.compile(r"[—―–]{1,2}\S")
WEIGHT = {  # of a shape: how seldom it is anything but who speaks
    "名（职）": 3.0, "职　名": 2.6, "名　职": 2.2, "职名": 1.6, "名": 2.0, "单位": 1.6, "职": 0.8,
    "（职）": 1.2, "（名）": 1.0, "（单位）": 0.6, "（职　名）": 2.4, "（名　职）": 2.2, "（职名）": 1.6, "（名（职））": 2.2,
    "第几": 1.5, "（作者系）": 3.0, "第一篇": 2.5, "一、发言": 3.0, "——在": 3.0, "【】": 2.6,
}  # fmt: skip
MUCH_LARGER = 3.5  # pt that a masthead is larger than the title under it
NO_FOOT = frozenset({"一、发言", "——在", "【】"})  # shapes that never stand below a text
LABELS = 3  # fewer labels of one shape, each with another name, are none
UNSURE = 2.6  # what a name costs that no surname and no post tells
STRANGE = 1.2  # what a row costs that only its place makes a name or a post
COUNTED = 2.0  # of a counted row above who speaks, where there are several
PIECE, UNNAMED, UNTITLED, EMPTY = 1.2, 2.6, 0.8, 6.0
NEAR = 0.9  # by how much less or more a piece may cost, for a reading that is nearly as good
MOST_DOUBTED = 20_000  # rows of a file whose other readings are looked for
LIKE_OTHERS = 2.6  # what a mark gains that stands at the heads of all pieces


@dataclass(frozen=True, slots=True)
class Head:
    """Where a piece begins: rows ``start`` to ``end`` are its head, ``last`` rows below its text name it.

    ``titles`` and ``dates`` are indexes of rows; ``words`` is where the words begin in a label's row, 0 for none.
    """

    start: int
    end: int
    titles: tuple[int, ...] = ()
    marks: tuple[tuple[int, Mark], ...] = ()
    dates: tuple[int, ...] = ()
    words: int = 0
    last: tuple[int, ...] = ()


class State(NamedTuple):
    """Where a reading is: in front, a note, a head or a text, and what its piece has so far.

    ``titles`` counts title rows; ``named`` is what is known of who speaks (0 nothing, 1 a name or a post, 2
    both); ``first`` tells that the name stood above the title; ``fresh`` that no text has come yet.
    """

    room: str
    titles: int = 0
    named: str = ""
    first: bool = False
    fresh: bool = False


class Step(NamedTuple):
    """A row read in one way: the act, the mark if it names somebody, the score of it, the state after it."""

    act: str
    mark: Mark | None
    score: float
    after: State


class Path(NamedTuple):
    """The best way to a state: its score, its last step, and the way before that."""

    score: float
    step: Step | None = None
    before: "Path | None" = None

    def steps(self) -> Iterator[Step]:
        """Yield the steps of the way from its beginning."""
        found: list[Step] = []
        at: Path | None = self
        while at is not None and at.step is not None:
            found.append(at.step)
            at = at.before
        return reversed(found)


@dataclass(slots=True)
class Evidence:
    """What is known of a file beside its rows: how many rows of each shape name somebody, and whom.

    ``piece`` is what a piece more costs; ``usual`` gives the share of heads that have a shape; ``plain`` tells that rows without a stop are
    usual in its text; ``counted`` are counted rows that stand above who speaks, where there are several.
    """

    support: Mapping[str, int] = field(default_factory=dict)
    usual: Mapping[str, float] = field(default_factory=dict)
    plain: bool = False
    counted: frozenset[int] = frozenset()
    piece: float = PIECE


@dataclass(frozen=True, slots=True)
class Read:
    """A reading of a file: its heads, what each row was taken for, its score.

    ``near`` are rows at which a piece begins in this reading or in one that is nearly as good, not in both.
    """

    heads: tuple[Head, ...]
    acts: tuple[str, ...]
    score: float
    counted: frozenset[int] = frozenset()
    near: tuple[int, ...] = ()


def read_heads(rows: Sequence[Row], kinds: Sequence[str]) -> Read:
    """Return the most consistent reading of a file; ``kinds`` are those of ``kinds``."""
    marks = [marks_of(row.plain) if not row.block and not row.item else [] for row in rows]
    evidence = Evidence(support_of(marks), {}, is_plain(rows, kinds), counted_titles(rows, marks))
    best = best_path(rows, kinds, marks, evidence)
    evidence.usual = usual_of(best)
    if evidence.usual:
        best = best_path(rows, kinds, marks, evidence)
    if len(rows) > MOST_DOUBTED:
        return best
    others = [
        best_path(rows, kinds, marks, replace(evidence, piece=PIECE + more))
        for more in (-NEAR, NEAR)
    ]
    own = {head.start for head in best.heads}
    near = {at for read in others for at in own ^ {head.start for head in read.heads}}
    return replace(best, near=tuple(sorted(near)))


def support_of(marks: Sequence[Sequence[Mark]]) -> dict[str, int]:
    """Return for each shape how many persons it names, each once; 0 where most names are no common ones."""
    named: dict[str, Counter[str]] = {}
    sure: Counter[str] = Counter()
    for found in marks:
        for one in found:
            named.setdefault(one.shape, Counter())[one.speaker or one.post or one.title] += 1
            sure[one.shape] += one.sure
    support = {}
    for shape, who in named.items():
        again = sum(count > 1 for count in who.values())
        believed = shape.endswith("】") or sure[shape] * 2 >= sum(who.values())
        count = len(who) if believed else 0
        support[shape] = 0 if again * 2 > len(who) else count
    return support


def counted_titles(rows: Sequence[Row], marks: Sequence[Sequence[Mark]]) -> frozenset[int]:
    """Return the rows that begin with a count and stand above who speaks, if there are several."""
    found = [
        at
        for at, (row, below) in enumerate(zip(rows, marks[1:], strict=False))
        if COUNT.match(row.plain)
        and any(one.sure and not one.end and one.part in ("both", "name", "body") for one in below)
    ]
    counts = [number_of(COUNT.match(rows[at].plain)) for at in found]
    in_turn = counts == list(range(1, len(counts) + 1))
    return frozenset(found) if in_turn and len(found) > 1 else frozenset()


def number_of(count: re.Match[str] | None) -> int:
    """Return the number of a count, 三、 or （3） or 3., 0 for none."""
    found = value_of(re.sub(r"\W", "", count[0])) if count else None
    return int(found[0]) if found else 0


def is_plain(rows: Sequence[Row], kinds: Sequence[str]) -> bool:
    """Tell whether text of this file often has no stop at its end."""
    long = [
        row.plain
        for row, kind in zip(rows, kinds, strict=True)
        if len(row.plain) > 12 and not row.block
    ]
    open_ended = sum(text[-1:] not in "。！？…”）：；.!?" for text in long)
    return open_ended * 4 > len(long)


def usual_of(read: Read) -> dict[str, float]:
    """Return the share of pieces at whose head (or foot) each shape stands; {} for fewer than two."""
    if len(read.heads) < 2:
        return {}
    seen: Counter[str] = Counter()
    for head in read.heads:
        seen.update({place(at, head) + one.shape for at, one in head.marks})
        seen[f"titles{min(len(head.titles), 1)}"] += 1
    return {key: count / len(read.heads) for key, count in seen.items()}


def place(at: int, head: Head) -> str:
    """Return where a row of a head stands: above the title, under it, or below the text."""
    if at in head.last:
        return "foot"
    return "above" if head.titles and at < head.titles[0] else "under"


# ---- The best path ---------------------------------------------------------------------------


def best_path(
    rows: Sequence[Row], kinds: Sequence[str], marks: Sequence[Sequence[Mark]], evidence: Evidence
) -> Read:
    """Return the reading with the highest score."""
    paths: dict[State, Path] = {State("front"): Path(0.0)}
    for at, row in enumerate(rows):
        reached: dict[State, Path] = {}
        above = rows[at - 1] if at else row
        for state, path in paths.items():
            for step in steps(state, row, above, kinds[at], marks[at], evidence, at):
                longer = Path(path.score + step.score, step, path)
                known = reached.get(step.after)
                if step.score > NEVER / 2 and (known is None or longer.score > known.score):
                    reached[step.after] = longer
        paths = reached
    state, best = max(paths.items(), key=lambda pair: pair[1].score - ending(pair[0]))
    taken = list(best.steps())
    return Read(
        tuple(heads_of(taken)),
        tuple(step.act for step in taken),
        best.score - ending(state),
        evidence.counted,
    )


def ending(state: State) -> float:
    """Return what it costs to end a piece here."""
    if state.room == "head":
        return EMPTY
    if state.room == "masthead":
        return EMPTY
    if state.room in ("text", "foot"):
        return (UNNAMED if state.named in ("", "post") else 0.0) + (EMPTY if state.fresh else 0.0)
    return 0.0


def steps(
    state: State,
    row: Row,
    above: Row,
    kind: str,
    marks: Sequence[Mark],
    evidence: Evidence,
    at: int,
) -> Iterator[Step]:
    """Yield every way to read a row after what stands above it."""
    begin = -evidence.piece
    if state.room in ("text", "foot"):
        begin -= ending(state)
    if state.room in ("front", "note"):
        yield Step("front", None, front_score(row, kind, state), State(state.room))
        if kind == "N":
            yield Step("label", None, 3.0, State("note"))
    if state.room in ("text", "foot") and not state.fresh:
        if kind == "N":
            yield Step("label", None, 3.0 - ending(state), State("note"))
        if kind in "TS":
            yield Step(
                "front", None, front_score(row, kind, state) - ending(state) - 0.6, masthead(row)
            )
    if state.room.startswith("masthead"):
        if kind in "TSD":
            after = state if state.room == "masthead, told" else masthead(row)
            yield Step("front", None, front_score(row, kind, state), after)
        if kind == "N":
            yield Step("label", None, 3.0, State("note"))
    if state.room in ("front", "note", "text", "foot", "masthead, told") and not state.fresh:
        yield from beginnings(begin, row, kind, marks, evidence, at)
    if state.room == "head":
        yield from in_head(state, row, above, kind, marks, evidence)
    if state.room in ("head", "text"):
        score = text_score(row, kind, marks, evidence)
        if state.room == "head" or state.fresh:
            score += 0.6 if kind in "PAHB" else -1.0
        if state.room == "head" and not state.titles:
            score -= UNTITLED * (1 - evidence.usual.get("titles0", 0.0))
        yield Step("text", None, score, State("text", 0, state.named, False, False))
    if state.room in ("text", "foot") and not state.fresh:
        for one in marks:
            if (
                one.end
                or one.part == "title"
                or (state.named not in ("", "name") and one.part != "post")
            ):
                continue
            yield Step(
                "foot",
                one,
                foot_score(row, one, state, evidence),
                State("foot", 0, more(state.named, one)),
            )
        if kind == "D":
            yield Step("date", None, 0.3, state._replace(room="foot"))


def masthead(row: Row) -> State:
    """Return where a row amid the speeches leads that is the newspaper's headline, told by its words or not yet."""
    return State("masthead, told" if MASTHEAD.search(row.plain) else "masthead")


def beginnings(
    begin: float, row: Row, kind: str, marks: Sequence[Mark], evidence: Evidence, at: int
) -> Iterator[Step]:
    """Yield the ways in which a piece may begin with a row."""
    score = COUNTED if at in evidence.counted else title_score(row, kind, marks)
    yield Step("title", None, begin + score, State("head", 1, "", False))
    for one in marks:
        if one.part == "title":
            score = begin + mark_score(row, one, "under", evidence)
            yield Step("title", one, score, State("head", 1, "", False))
        elif one.part == "ordinal":
            yield Step(
                "who",
                one,
                begin + mark_score(row, one, "above", evidence),
                State("head", 0, "", True),
            )
        elif one.end:
            if evidence.support.get(one.shape, 0) >= LABELS or one.shape.endswith("【】"):
                score = begin + mark_score(row, one, "under", evidence) - UNTITLED / 2
                fresh = not row.plain[one.end :].strip()
                yield Step("turn", one, score, State("text", 0, one.part, False, fresh))
        elif one.part != "post" or one.sure:
            score = begin + mark_score(row, one, "above", evidence)
            yield Step("who", one, score, State("head", 0, more("", one), True))


def in_head(
    state: State, row: Row, before: Row, kind: str, marks: Sequence[Mark], evidence: Evidence
) -> Iterator[Step]:
    """Yield the ways in which a head may go on."""
    if (not state.named or state.first) and state.titles < 2:
        score = title_score(row, kind, marks)
        if state.titles:
            score -= 0.8 if one_title(before, row) else 4.0
        yield Step("title", None, score, state._replace(titles=state.titles + 1))
    if state.titles and DASHED.match(row.plain) and kind not in "HB":
        yield Step("subtitle", None, 1.5, state)
    if (
        (SUBTITLE.fullmatch(row.plain) or WHERE.fullmatch(row.plain))
        and state.titles
        and len(row.plain) <= SHORT
    ):
        yield Step("subtitle", None, 1.2, state)
    if kind == "D":
        yield Step("date", None, 1.5, state)
    above = state.first and not state.titles
    if above or state.titles:
        for one in marks:
            if one.part == "title" and not state.titles:
                score = mark_score(row, one, "under", evidence)
                yield Step("title", one, score, state._replace(titles=1))
            if one.end or one.part in ("title", "ordinal") or not may_follow(state.named, one):
                continue
            score = mark_score(row, one, "above" if above else "under", evidence)
            if state.named and state.first and state.titles:
                score -= 1.0
            yield Step("who", one, score, state._replace(named=more(state.named, one)))
        if kind in "SP" and len(row.plain) <= SHORT and row.plain[-1:] not in "。！？：；":
            yield from strangers(state, row, above, evidence)


def one_title(above: Row, below: Row) -> bool:
    """Tell whether two rows look like lines of one title."""
    return above.level == below.level and abs(above.size - below.size) < MUCH_LARGER


def strangers(state: State, row: Row, above: bool, evidence: Evidence) -> Iterator[Step]:
    """Yield a row as a name or a post that only its place tells, where the others have one."""
    where = "above" if above else "under"
    for part, shapes in (("name", ("名",)), ("post", ("职", "（职）", "单位", "单位职务"))):
        text = row.plain.strip("（）() ")
        like = max(evidence.usual.get(where + shape, 0.0) for shape in shapes)
        looks = row.face == "kai" or row.centred
        if part == "name" and len(text) > 12:
            continue
        if (like >= 0.4 or (looks and part == "name")) and may_follow(state.named, Mark("", part)):
            one = Mark(
                shapes[0],
                part,
                text if part == "name" else "",
                text if part == "post" else "",
                sure=False,
            )
            yield Step(
                "who",
                one,
                like * LIKE_OTHERS - STRANGE + looks * 0.6,
                state._replace(named=more(state.named, one)),
            )


def may_follow(named: str, one: Mark) -> bool:
    """Tell whether a mark adds something to what is known of who speaks."""
    if not named:
        return True
    return (named, one.part) in {("name", "post"), ("post", "name"), ("body", "name")}


def more(named: str, one: Mark) -> str:
    """Return what is known of who speaks with one mark more."""
    if not named or named == one.part:
        return one.part
    return "both"


# ---- Scores ----------------------------------------------------------------------------------


def title_score(row: Row, kind: str, marks: Sequence[Mark]) -> float:
    """Return how much a row is like a title."""
    text = row.plain
    if row.block or row.item or kind in "NDA" or not text:
        return NEVER
    if DASHED.match(text) or text[-1:] in "。；：:，、":
        return -5.0
    score = {"T": 3.4, "S": 0.6, "H": -0.4, "P": -4.0}.get(kind, -4.0)
    if kind == "H":
        score += 1.6 if row.level else 0.0
        score += 1.6 if row.bold or row.face == "hei" else 0.0
        score -= 3.0 if level_of(text) else 0.0
    if (kind == "P" and text[-1:] in "！？" and len(text) <= SHORT) or (
        kind == "P" and len(text) <= LONGEST_TITLE and not INNER_STOP.search(text)
    ):
        score = -0.1
    if COURTESY.search(text):
        score -= 4.0
    named = max(
        (WEIGHT.get(one.shape, 1.0) for one in marks if one.sure and not one.end), default=0.0
    )
    score -= named * 0.8
    if len(text) < 4:
        score -= 0.6
    score -= 0.4 * max(text.count("，") - 1, 0)  # the clauses of a sentence
    if row.centred:
        score += 0.4
    return score


def text_score(row: Row, kind: str, marks: Sequence[Mark], evidence: Evidence) -> float:
    """Return how much a row is like text."""
    if kind == "T":
        return -3.0
    if kind in "BAH":
        return 0.5
    if kind == "N":
        return -3.0
    if kind == "P":
        return 1.0 if evidence.plain or row.plain[-1:] in STOPS else 0.4
    return -0.2 if evidence.plain else -1.2


def front_score(row: Row, kind: str, state: State) -> float:
    """Return how much a row is like what stands before the speeches, or in an editor's note."""
    if state.room == "note":
        return 0.9 if kind in "PAHB" else -0.6
    if kind in "TSD":
        return 0.2 + (0.8 if MASTHEAD.search(row.plain) else 0.0)
    return 0.5


def mark_score(row: Row, one: Mark, where: str, evidence: Evidence) -> float:
    """Return how much a row is like who speaks, written in this shape in this place."""
    score = WEIGHT.get(one.shape.strip("■—："), 2.4)
    if one.shape.startswith(("■", "——")):
        score += 0.6
    if not one.sure:
        score -= UNSURE
    count = evidence.support.get(one.shape, 0)
    if count > 1:
        score += min(log2(count), 2.0) * 0.7
    score += evidence.usual.get(where + one.shape, 0.0) * LIKE_OTHERS
    if row.face == "kai" or row.centred:
        score += 0.8
    if row.size and row.bold and not row.centred:
        score -= 0.2
    return score


def foot_score(row: Row, one: Mark, state: State, evidence: Evidence) -> float:
    """Return how much a row below a text is like its author."""
    score = mark_score(row, one, "foot", evidence) - 1.6
    if row.right or one.shape.startswith("（"):
        score += 1.6
    if state.room == "foot":
        score -= 0.4
    return score


# ---- The heads of a path ---------------------------------------------------------------------


def heads_of(path: Sequence[Step]) -> list[Head]:
    """Return the heads that a path goes through."""
    heads: list[Head] = []
    before = State("front")
    for at, step in enumerate(path):
        begins = step.act in ("title", "who", "turn") and before.room != "head"
        if begins:
            heads.append(Head(at, at + 1))
        if heads and (before.room == "head" or begins or step.act in ("foot", "date")):
            heads[-1] = with_row(heads[-1], at, step)
        before = step.after
    return heads


def with_row(head: Head, at: int, step: Step) -> Head:
    """Return a head with one row more."""
    own = (at, step.mark) if step.mark else None
    marks = (*head.marks, own) if own else head.marks
    match step.act:
        case "title":
            return Head(head.start, at + 1, (*head.titles, at), marks, head.dates)
        case "subtitle":
            return Head(head.start, at + 1, (*head.titles, at), marks, head.dates)
        case "who":
            return Head(head.start, at + 1, head.titles, marks, head.dates)
        case "date" if at == head.end:
            return Head(head.start, at + 1, head.titles, marks, (*head.dates, at))
        case "turn":
            words = step.mark.end if step.mark else 0
            return Head(head.start, at + 1, head.titles, marks, head.dates, words)
        case "foot" | "date":
            return Head(
                head.start, head.end, head.titles, marks, head.dates, head.words, (*head.last, at)
            )
    return head
