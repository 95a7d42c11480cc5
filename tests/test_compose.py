"""Lines of Chinese: no forbidden break, flush edges, nothing lost; and no cheaper set of breaks."""

import re
from itertools import combinations, pairwise
from math import inf

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from booklet import paths
from booklet.compose.hyphens import hyphenation
from booklet.compose.keeping import prices
from booklet.compose.linebreak import Cell, _Sums, break_into, break_lines, demerits
from booklet.compose.paragraph import Line, cast_off, cell_edges, compose, price_of_change
from booklet.faces.fonts import Fonts
from booklet.faces.ruler import Ruler
from booklet.faces.ruler import ruler as house_ruler
from booklet.manuscript.book import read_book
from booklet.model import paragraphs
from booklet.prices import LOOSEST_EM, RUNT, SHORT_RUNT, TIGHT
from booklet.text.clreq import MAY_NOT_END_LINE, MAY_NOT_START_LINE
from booklet.text.words import word_edges

ALPHABET = "汉字排版雷锋精神，。、“”‘’《》（）——……！？·0123456789AB%．"


def ruler(text: str, _role: str) -> float:
    """Full width for all but ASCII, which is half."""
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def lines(text: str, measure: float, indent: float = 0.0) -> list[str]:
    found = compose(cast_off(text, ["song-400"] * len(text), measure, ruler, indent))
    return [text[line.start : line.end] for line in found]


def width(line: Line) -> float:
    return sum(glyph.width for glyph in line.glyphs)


@pytest.mark.parametrize(
    ("text", "measure", "expected"),
    [
        ("", 5, []),
        ("汉字", 5, ["汉字"]),
        ("汉字排版雷锋精神汉", 5, ["汉字排版雷", "锋精神汉"]),
        ("汉字排版雷，锋精神汉字", 5.5, ["汉字排版雷，", "锋精神汉字"]),  # half a comma at the end
        ("汉" * 21, 20, ["汉" * 19, "汉汉"]),  # rather a little loose than one character alone
        ("汉字排版“雷锋”精神汉字", 4, ["汉字排版", "“雷锋”精", "神汉字"]),
        ("汉字排版——雷锋", 5, ["汉字排", "版——雷锋"]),  # a dash neither opens a line nor parts
        ("汉字有1286户人家来", 5, ["汉字有", "1286户人", "家来"]),
        ("汉字排，”雷锋精神排版汉字", 6.5, ["汉字排，”雷锋", "精神排版汉字"]),
    ],
)
def test_lines_break_where_the_rules_allow(text: str, measure: float, expected: list[str]) -> None:
    assert lines(text, measure) == expected


@pytest.mark.parametrize("mark", "，。、；：！？）》”’】·…—～％%℃")
def test_no_line_begins_with_a_mark_that_may_not(mark: str) -> None:
    """Written out (GB/T 15834—2011, 5.1.9), so that a mark which the table loses is missed."""
    for before in range(4, 12):
        assert not any(line[0] == mark for line in lines("汉" * before + mark + "字" * 9, 7))


@pytest.mark.parametrize("mark", "（《“‘【￥")
def test_no_line_ends_with_a_mark_that_may_not(mark: str) -> None:
    for before in range(4, 12):
        found = lines("汉" * before + mark + "字" * 9, 7)
        assert not any(line[-1] == mark for line in found[:-1])


def test_a_number_keeps_its_unit_when_another_break_will_do() -> None:
    text = "汉字排版雷锋精神汉字排版41.6万余人次雷锋精神汉字排版雷锋精神汉字"
    assert all("41.6万余人次" in line or "41" not in line for line in lines(text, 14))


def test_marks_are_squeezed_and_halved_at_the_edges() -> None:
    (line,) = compose(cast_off("“汉”，“字”", ["song-400"] * 7, 10, ruler, 0))
    assert [glyph.width for glyph in line.glyphs] == [0.5, 1, 0.5, 0.5, 1, 1, 0.5]
    assert line.glyphs[0].shift == -0.5


def test_an_address_wider_than_the_line_is_divided_and_nothing_sticks_out() -> None:
    text = "见https://www.wenming.cn/" + "a" * 60 + "。"
    found = compose(cast_off(text, ["song-400"] * len(text), 20, ruler))
    assert "".join(text[line.start : line.end] for line in found) == text
    assert all(width(line) <= 20 + 1e-6 for line in found)


def test_english_words_are_parted_at_blanks_which_stretch() -> None:
    text = "This is a long English paragraph that goes on for a while to see what becomes of it."
    found = compose(cast_off(text, ["song-400"] * len(text), 14, ruler, 0))
    assert [text[line.start : line.end] for line in found][-1].endswith("it.")
    for line in found[:-1]:
        assert text[line.end - 1] == " " or line.hyphen
        assert width(line) + line.hyphen * ruler("-", "") == pytest.approx(14)


@pytest.mark.parametrize(
    ("piece", "divided"),
    [
        ("volunteers,", "vol-un-teers,"),
        ("“Administration", "“Administration"),  # no Latin piece: the quote is another cell
        ("Administration’s", "Ad-min-is-tra-tion’s"),
        ("self-improvement", "self-improvement"),
        ("UNESCO", "UNESCO"),
        ("iPhoneography", "iPhoneography"),
        ("Zhongguancun", "Zhongguancun"),
        ("manual.pdf", "manual.pdf"),
        ("name@example.org", "name@example.org"),
        ("people", "peo-ple"),
        ("these", "these"),
    ],
)
def test_where_an_english_word_takes_a_hyphen(piece: str, divided: str) -> None:
    ends = sorted(hyphenation(piece))
    parts = [piece[a:b] for a, b in pairwise([0, *ends, len(piece)])]
    assert "-".join(parts) == divided


def test_quotation_marks_are_narrow_in_english_and_apostrophes_everywhere() -> None:
    def widths(text: str) -> list[float]:
        (line,) = compose(cast_off(text, ["song-400"] * len(text), 60, ruler, 0))
        return [glyph.width for glyph in line.glyphs if glyph.char in "“”’"]

    assert widths("He said: “It’s ours.”") == [0.54, 0.32, 0.54]
    assert widths("他说“It’s ours”。") == [1.0, 0.32, 0.5]


def test_a_straight_quotation_mark_stays_with_what_it_quotes() -> None:
    text = '打开文件"readme"和"notes"以后保存，再关闭"index"即可。'
    for measure in range(6, 20):
        for line in compose(cast_off(text, ["song-400"] * len(text), measure, ruler, 0))[:-1]:
            assert text[: line.end].count('"') % 2 == 0 or text[line.end - 1] != '"'


def test_a_mark_before_another_keeps_its_width() -> None:
    text = "真的吗？！" + "甲乙丙丁戊己庚辛壬癸" * 4
    for measure in (13.6, 13.8, 14.4, 14.7):
        first = compose(cast_off(text, ["song-400"] * len(text), measure, ruler, 0))[0]
        assert first.glyphs[3].width < 1.04


def test_an_address_breaks_after_a_mark_of_its_own() -> None:
    text = "网址是https://www.example.org/news/index.html请看"
    found = compose(cast_off(text, ["song-400"] * len(text), 15, ruler, 0))
    assert all(text[line.end - 1] in "/." for line in found[:-1]), [
        text[x.start : x.end] for x in found
    ]


def test_han_and_digits_stand_a_quarter_apart() -> None:
    (line,) = compose(cast_off("共12人", ["song-400"] * 4, 10, ruler, 0))
    assert [glyph.width for glyph in line.glyphs] == [1.25, 0.5, 0.75, 1]


texts = st.text(ALPHABET, min_size=1, max_size=90).map(lambda text: text.replace(" ", ""))


@settings(max_examples=300, deadline=None)
@given(texts, st.integers(8, 30))
@example("0———”……", 8)
@example("00000———…", 8)  # the dashes cling to the digits: wider than the indented line
def test_nothing_is_lost_and_no_break_is_forbidden(text: str, measure: int) -> None:
    found = lines(text, measure, 2.0)
    assert "".join(found) == text
    edges = cell_edges(text)
    widest = max(ruler(text[a:b], "") for a, b in pairwise(edges))
    hopeless = any(  # wider than a line, and no place in it where one may end
        ruler(text[a:b], "") > measure - 2
        and all(
            text[at] in MAY_NOT_START_LINE or text[at - 1] in MAY_NOT_END_LINE
            for at in range(a + 1, b)
        )
        for a, b in pairwise(edges)
    )
    if hopeless:
        return
    for before, after in pairwise(found):
        assert after[0] not in MAY_NOT_START_LINE
        assert before[-1] not in MAY_NOT_END_LINE
        if widest <= measure - 2:  # a cell that is wider than the first line must be divided
            assert not re.fullmatch(r"[0-9A-Z]{2}", before[-1] + after[0])


han = st.lists(
    st.sampled_from(["汉", "字", "排", "版", "，汉", "。字", "“雷锋”", "12人", "A"]),
    min_size=30,
    max_size=90,
).map("".join)


@settings(max_examples=200, deadline=None)
@given(han, st.integers(18, 30))
def test_every_line_but_the_last_is_flush(text: str, measure: int) -> None:
    found = compose(cast_off(text, ["song-400"] * len(text), measure, ruler))
    for number, line in enumerate(found):
        room = measure - (2.0 if number == 0 else 0.0)
        if line is not found[-1]:
            assert width(line) == pytest.approx(room, abs=1e-6)
        else:
            assert width(line) <= room + 1e-6


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from([
            Cell(1.0, han=1), Cell(2.0, tail=0.5, shrink=0.5, han=1), Cell(2.0, head=0.5, shrink=0.5),
            Cell(1.5, gap=0.25, stretch=0.08, shrink=0.125, han=1, price=300.0),
        ]),
        min_size=1, max_size=9,
    ),
    st.sampled_from([3.0, 4.0, 5.5]),
)  # fmt: skip
def test_no_set_of_breaks_is_cheaper(cells: list[Cell], measure: float) -> None:
    count = len(cells)
    every = [[*inner, count] for k in range(count) for inner in combinations(range(1, count), k)]
    cheapest = min(price(cells, ends, measure) for ends in every)
    assert price(cells, break_lines(cells, measure, 0.0), measure) == pytest.approx(cheapest)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from([Cell(1.0, han=1), Cell(2.0, tail=0.5, shrink=0.5, han=1),
                              Cell(1.5, gap=0.25, stretch=0.08, shrink=0.125, han=1)]),
             min_size=2, max_size=9),
    st.integers(1, 5),
)  # fmt: skip
@example([Cell(1.0, han=1), Cell(2.0, tail=0.5, shrink=0.5, han=1), *[Cell(1.0, han=1)] * 2], 2)
def test_running_into_a_count_of_lines_finds_the_cheapest_good_ones(
    cells: list[Cell], count: int
) -> None:
    every = [[*inner, len(cells)] for inner in combinations(range(1, len(cells)), count - 1)]
    good = [
        ends
        for ends in every
        if all(line_price(cells, a, b, 4.0) <= TIGHT * 100 + 1 for a, b in pairwise([0, *ends]))
        and (count == 1 or sum(cell.letters for cell in cells[ends[-2] :]) > 1)  # no runt
    ]
    found = break_into(cells, 4.0, 0.0, count)
    assert (found is not None) == bool(good)
    if found:
        assert found[1] == pytest.approx(min(price(cells, ends, 4.0) for ends in good))
        assert price(cells, found[0], 4.0) == pytest.approx(found[1])


def line_price(
    cells: list[Cell], start: int, end: int, measure: float, wide: bool = False
) -> float:
    """Return the demerits of one line of a paragraph; a ``wide`` one may stick out."""
    line = cells[start:end]
    natural = sum(c.width + c.gap for c in line) - line[0].head - line[-1].tail - line[-1].gap
    give = sum(c.shrink for c in line[:-1]) - (line[0].head if len(line) > 1 else 0.0)
    take = sum(c.stretch + LOOSEST_EM * c.han for c in line[:-1])
    if measure - natural < -give - 1e-6 and not wide:
        return inf
    return demerits(measure - natural, give, inf if end == len(cells) else take)


def test_a_paragraph_runs_a_line_shorter_where_its_last_line_is_short() -> None:
    text = "汉字，排版“雷锋”，精神，汉字排版" * 6
    copies = (cast_off(text, ["song-400"] * len(text), m / 2, ruler, 0) for m in range(20, 60))
    copy = next(copy for copy in copies if price_of_change(copy, -1) < inf)
    shorter = compose(copy, -1)
    assert len(shorter) == len(compose(copy)) - 1
    assert price_of_change(copy, -1) > 0
    assert "".join(text[line.start : line.end] for line in shorter) == text
    assert price_of_change(copy, -4) == inf
    assert len(compose(copy, -4)) == len(compose(copy))  # what cannot be stays as it is


def test_a_name_is_kept_on_one_line_when_another_break_will_do(house: Ruler) -> None:
    text = "参加座谈会并发言的有李小红、王建国、赵大海、孙晓梅和欧阳振华等二十多位同志"
    free = compose(cast_off(text, ["song-400"] * len(text), 12, house, 0, prices(text, ())))
    kept = compose(
        cast_off(text, ["song-400"] * len(text), 12, house, 0, prices(text, ("欧阳振华",)))
    )
    name = range(text.index("欧阳") + 1, text.index("华"))
    assert not any(line.end in name for line in kept)
    assert "".join(text[line.start : line.end] for line in free) == text


@settings(max_examples=200, deadline=None)
@given(st.text(ALPHABET + "il /", min_size=1, max_size=60))
def test_real_cells_are_sound(text: str) -> None:
    assert all(cell.sound for cell in cast_off(text, ["song-400"] * len(text), 12, ruler).cells)


def test_a_line_that_fits_again_with_a_letter_more_is_found() -> None:
    """Overfull after （甲, which must keep its bracket there; not so with one narrow letter behind it."""
    cells = [Cell(1.0, han=1), Cell(2.0, shrink=0.5, head=0.5), Cell(0.2), Cell(1.0)]
    assert not _Sums(cells, 2.7, 0.0).overfull(0, 3)
    assert _Sums(cells, 2.7, 0.0).overfull(0, 2)
    every = [[*inner, 4] for k in range(4) for inner in combinations(range(1, 4), k)]
    cheapest = min(price(cells, ends, 2.7) for ends in every)
    assert price(cells, break_lines(cells, 2.7, 0.0), 2.7) == pytest.approx(cheapest)


def price(cells: list[Cell], ends: list[int], measure: float) -> float:
    """Price a set of breaks as the breaker does; a line that cannot fit is no set at all."""
    total = 0.0
    for start, end in pairwise([0, *ends]):
        alone = end - start == 1
        line = line_price(cells, start, end, measure, alone)
        last = end == len(cells)
        letters = sum(cell.letters for cell in cells[start:end])
        total += line if last else line + cells[end - 1].price
        if last and start:
            total += RUNT if letters <= 1 else SHORT_RUNT if letters <= 2 else 0.0
    return total


# ---- With the faces of the house ---------------------------------------------------------------


@pytest.fixture(scope="module")
def house(fonts: Fonts) -> Ruler:
    """The ruler of the house's faces."""
    return house_ruler(fonts)


STRESS = ["2026", "41.6%", "Beijing", "——", "……", "“雷锋”", "《雷锋》", "！？", "·", "～", "/", "%",
          "36℃", "￥500", "（甲）", "：“", "。”", "、《", "http://a.cn/b", "３", "Ａ", "😀", "e\u0301",
          "\U00020000", "“", "）", "1,286", "3—5", "A4"]  # fmt: skip


@pytest.mark.parametrize("construct", STRESS)
def test_a_construct_at_every_place_of_the_line_breaks_no_rule(
    house: Ruler, construct: str
) -> None:
    for offset in range(30):
        text = "雷" * (14 + offset) + construct + "锋" * 40
        found = compose(cast_off(text, ["song-400"] * len(text), 29, house, 2.0, prices(text, ())))
        assert "".join(text[line.start : line.end] for line in found) == text
        for above, below in pairwise(found):
            before, after = text[above.end - 1], text[below.start]
            assert after not in MAY_NOT_START_LINE
            if "://" not in construct:  # an address may end a line after its own marks
                assert before not in MAY_NOT_END_LINE
                assert not (before.isascii() and after.isascii())
        for number, line in enumerate(found[:-1]):
            assert width(line) == pytest.approx(29 - (0 if number else 2.0), abs=0.001)


def test_words_are_parted_less_than_a_third_as_often_as_by_greedy_breaking(house: Ruler) -> None:
    book = read_book(paths.ROOT / "speeches", ("red",), paths.edition_names())
    texts = [text for speech in book.speeches for text, _ in paragraphs(speech.blocks)]
    composed = greedy = 0
    for text in texts:
        edges = word_edges(text)
        found = compose(cast_off(text, ["song-400"] * len(text), 29, house, 2.0, prices(text, ())))
        composed += sum(line.end not in edges for line in found)
        greedy += sum(end not in edges for end in greedy_ends(text, house))
    assert composed * 3 < greedy, (composed, greedy)


def greedy_ends(text: str, house: Ruler) -> list[int]:
    """Return the line ends of a setter that fills each line as far as it goes."""
    edges = cell_edges(text)
    ends, start, room = [], 0, 27.0
    for end, following in pairwise([*edges[1:], len(text)]):
        if house(text[start:following], "song-400") > room + 0.5 and end > start:
            ends.append(end)
            start, room = end, 29.0
    return ends
