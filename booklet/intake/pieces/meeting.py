"""What an editor's note says of the meeting: its name, date and place, and who spoke in what order."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from booklet.intake.pieces.byline import NOTE_LABELS, is_byline
from booklet.intake.pieces.piece import Piece
from booklet.intake.source import Entry

MEETING = re.compile(
    r"([\u4e00-\u9fff\d“”]{4,24}?(?:座谈会|研讨会|报告会|交流会|大会))在([\u4e00-\u9fff]{2,8}?)(?:召开|举行|举办)"
)
HELD = re.compile(
    r"在([\u4e00-\u9fff]{2,10}?)(?:召开|举行|举办)(?:了)?([\u4e00-\u9fff\d“”]{2,24}?(?:座谈会|研讨会|报告会|交流会|大会))"
)
CALLED = re.compile(
    r"(?:^|[，。日])([^，。在]{2,20}?(?:局|委|部|院|校|学|会|团|公司|中心|办|厂))(?:组织)?(?:召开|举行|举办)(?:了)?([\u4e00-\u9fff\d“”]{2,24}?(?:座谈会|研讨会|报告会|交流会|大会))"
)
OCCASION = re.compile(r"[^——\s]{2,40}?(?:座谈会|研讨会|报告会|交流会|大会)")
DATE = re.compile(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日")


@dataclass(frozen=True, slots=True)
class Meeting:
    """What is known of the meeting; "" for what is not."""

    occasion: str = ""
    date: str = ""
    place: str = ""
    host: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """The book's title and subtitle, as its masthead gives them."""

    title: tuple[str, ...]
    subtitle: str


def meeting_of(note: str) -> Meeting:
    """Return what a note says of the meeting."""
    found, held, date = MEETING.search(note), HELD.search(note), DATE.search(note)
    occasion, place = (found[1], found[2]) if found else (held[2], held[1]) if held else ("", "")
    called = None if occasion else CALLED.search(note)
    occasion, host = (called[2], called[1]) if called else (occasion, "")
    return Meeting(occasion, date[0] if date else "", place, host)


def occasion_of(titles: Sequence[str]) -> str:
    """Return the meeting that most titles and subtitles name, "" where none does twice.

    ——在建校六十周年座谈会上的发言, 建校六十周年座谈会议程.
    """
    found: Counter[str] = Counter()
    for title in titles:
        bare = re.sub(r"^[—―–]{1,2}|^.{0,12}?在(?=.*上)", "", title)
        if match := OCCASION.match(bare):
            found[match[0]] += 1
    name, count = found.most_common(1)[0] if found else ("", 0)
    return name if count > 1 else ""


def names_of(masthead: Sequence[str], meeting: Meeting) -> tuple[Names, Meeting]:
    """Return what a masthead's lines are: the host above, the title, what stands under it.

    What the note does not tell of the meeting is taken from them.
    """
    lines = ["".join(line.split()) if "\u3000" in line else line for line in masthead]
    if len(lines) > 1 and is_byline(lines[0]):
        meeting = replace(meeting, host=lines.pop(0))
    if not meeting.occasion and (found := OCCASION.match("".join(lines[1:]) or lines[0])):
        meeting = replace(meeting, occasion=meeting.host + found[0])
    return Names((lines[0],), "".join(lines[1:])), meeting


def in_order(pieces: Sequence[Piece], note: str, source: str) -> tuple[list[Piece], list[Entry]]:
    """Return notes first, then the speeches as the note names them, or else as they came."""
    notes = [piece for piece in pieces if piece.title[0] in NOTE_LABELS]
    others = [piece for piece in pieces if piece.title[0] not in NOTE_LABELS]
    if any(
        piece.kind == "note" for piece in others
    ):  # a folder of all that a meeting had, in its order
        return notes + others, []
    speeches = others
    places = announced([piece.designation + piece.speaker for piece in speeches], note)
    if places and places != sorted(places):
        ranked = sorted(zip(places, speeches, strict=True), key=lambda pair: pair[0])
        before = "、".join(piece.speaker for piece in speeches)
        after = "、".join(piece.speaker for _, piece in ranked)
        what = "各篇按编者按列出的次序排列"
        entry = Entry("done", "次序-01", source, 0, what, before, after)
        return notes + [piece for _, piece in ranked], [entry]
    return notes + speeches, []


def announced(speakers: Sequence[str], note: str) -> list[int]:
    """Return where in the note each speaker is named, or nothing unless all are, each apart.

    The note abbreviates (省直机关工委 for 中共吉林省委直属机关工作委员会): a name stands for a
    speaker when its characters occur in his in that order.
    """
    names = []
    for match in re.finditer(r"[^，。、；：]+", note):
        for part in re.finditer(r"(?:(?!以及|和|与|及).)+", match[0]):
            name = re.split(r"在会上|作了|先后|分别|等", part[0])[0]
            if len(name) >= 2:
                names.append((match.start() + part.start(), name))
    places = []
    for speaker in speakers:
        fit, at = max(((fit_of(name, speaker), -at) for at, name in names), default=(0, 0))
        if not fit:
            return []
        places.append(-at)
    return places if len(set(places)) == len(places) else []


def fit_of(name: str, speaker: str) -> int:
    """Return how many characters of a name in the note stand for a speaker, 0 for none.

    What introduces him (志愿者代表…) may stand before; four characters are the least to tell him by,
    or a person's whole name.
    """
    for start in range(len(name)):
        rest = name[start:]
        least = 3 if start == 0 else 4
        if (
            len(rest) >= least or rest == speaker or (len(rest) >= 2 and speaker.endswith(rest))
        ) and is_within(rest, speaker):
            return len(rest)
    return 0


def is_within(name: str, speaker: str) -> bool:
    """Tell whether the characters of ``name`` occur in ``speaker`` in order."""
    rest = iter(speaker)
    return all(char in rest for char in name)
