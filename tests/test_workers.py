"""Things done side by side: the same results in the same order, and nothing left running."""

import os
import signal
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from booklet import build as pipeline
from booklet.errors import BookletError, Finding
from booklet.workers import EndedError, Tell, cores, side_by_side
from tests.conftest import OFFICE, Write

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no processes can be forked here")


def quiet(_words: str) -> None:
    """Hear nothing."""


def late(number: int, tell: Tell) -> int:
    """Return a number; the first ones last."""
    time.sleep(0.2 / (number + 1))
    tell(f"job {number}")
    return number * number


@pytest.mark.parametrize("most", [1, 2, 3, 9])
def test_results_come_in_the_order_asked_and_all_is_told(most: int) -> None:
    told: list[str] = []
    jobs = [partial(late, number) for number in range(5)]
    assert list(side_by_side(jobs, told.append, most)) == [0, 1, 4, 9, 16]
    assert sorted(told) == [f"job {number}" for number in range(5)]


def refusing(number: int, _tell: Tell) -> int:
    """Refuse what is odd, the later ones sooner."""
    time.sleep(0.3 / (number + 1))
    if number % 2:
        raise BookletError(Finding(f"{number}.md", number, "错了", "改"))
    return number


@pytest.mark.parametrize("most", [1, 4])
def test_the_first_refusal_in_order_is_raised(most: int) -> None:
    jobs = [partial(refusing, number) for number in range(4)]
    with pytest.raises(BookletError) as told:
        list(side_by_side(jobs, quiet, most))
    assert told.value.findings == (Finding("1.md", 1, "错了", "改"),)


def test_a_bug_keeps_its_traceback() -> None:
    def broken(_tell: Tell) -> int:
        return 1 // 0

    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        list(side_by_side([broken, broken], quiet, 2))


def test_a_process_that_is_ended_is_told_by_its_signal() -> None:
    def killed(_tell: Tell) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(EndedError) as told:
        list(side_by_side([killed, killed], quiet, 2))
    assert told.value.number == signal.SIGKILL


def test_a_process_short_of_memory_says_so() -> None:
    def short(_tell: Tell) -> None:
        raise MemoryError

    with pytest.raises(MemoryError):
        list(side_by_side([short, short], quiet, 2))


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_nothing_runs_on_when_the_caller_gives_up(
    tmp_path: Path, error: type[BaseException]
) -> None:
    def slow(name: str, tell: Tell) -> None:
        (tmp_path / name).write_text(str(os.getpid()))
        tell(name)
        time.sleep(60)

    def give_up(_words: str) -> None:
        raise error

    jobs: list[Callable[[Tell], None]] = [partial(slow, name) for name in "ab"]
    with pytest.raises(error):
        list(side_by_side(jobs, give_up, 2))
    numbers = [path.read_text() for path in tmp_path.iterdir()]
    assert any(numbers)
    for number in filter(None, numbers):  # one that had hardly begun wrote nothing
        with pytest.raises(ProcessLookupError):
            os.kill(int(number), 0)


def test_there_is_a_core_at_least() -> None:
    assert cores() >= 1


def test_editions_made_at_once_are_the_same_to_the_byte(write: Write, tmp_path: Path) -> None:
    manifest = OFFICE["booklet.yaml"].replace("[reading, imposed]", "[reading, phone, imposed]")
    folder = write({"booklet.yaml": manifest})
    made = [pipeline.build(folder, tmp_path / str(most), quiet, at_once=most) for most in (1, 2)]
    (one, found), (other, also) = made
    assert [output.path.name for output in one] == [output.path.name for output in other]
    assert [output.pdf for output in one] == [output.pdf for output in other]
    assert found == also
