"""Do several things at once, each in a process of its own; results come in the order they were asked.

Forked, so that a job is any function and finds all that was read before; where that is not to be had,
or for one job, they are done one after the other. What comes out is the same.
"""

import gc
import multiprocessing
import os
import signal
import traceback
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from booklet.errors import BookletError

Tell = Callable[[str], None]
Result = TypeVar("Result")
Job = Callable[[Tell], Result]
TOLD, DONE, REFUSED, SHORT, ENDED, BROKEN = "told", "done", "refused", "short", "ended", "broken"


class EndedError(Exception):
    """The system, or a library that found no memory, ended a process of ours by this signal."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def cores() -> int:
    """Return how many processes may run at a time; 1 where none can be forked."""
    if not hasattr(os, "fork"):
        return 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def side_by_side(jobs: Sequence[Job[Result]], tell: Tell, most: int) -> Iterator[Result]:
    """Yield what each job returns, in order; at most ``most`` are done at a time.

    A job is given a function that tells how far it is. What it raises is raised here when its turn
    comes; then, and when the caller gives up, those that still run are ended.
    """
    if min(most, len(jobs)) < 2:
        for job in jobs:
            yield job(tell)
        return
    running: dict[Connection, tuple[int, BaseProcess]] = {}
    ended: dict[int, tuple[str, Any]] = {}
    begun = 0
    gc.freeze()  # a collection would touch, and so copy, all that the processes share
    try:
        for turn in range(len(jobs)):
            while turn not in ended:
                while begun < len(jobs) and len(running) < most:
                    here, process = _start(jobs[begun])
                    running[here] = (begun, process)
                    begun += 1
                ready = wait(list(running))
                for here in [one for one in running if one in ready]:
                    _hear(here, running, ended, tell)
            yield _outcome(*ended.pop(turn))
    finally:
        gc.unfreeze()
        _end(running)


def apart(job: Job[Result], tell: Tell) -> Result:
    """Return what a job returns that is done in a process of its own, which may have others.

    For libraries that do one thing at a time: there they are the job's alone. What it raises is raised here.
    """
    if not hasattr(os, "fork"):
        return job(tell)
    here, process = _start(job, daemon=False)
    running, ended = {here: (0, process)}, dict[int, tuple[str, Any]]()
    try:
        while not ended:
            _hear(here, running, ended, tell)
    finally:
        _end(running)
    result: Result = _outcome(*ended[0])
    return result


def _start(job: Job[Any], daemon: bool = True) -> tuple[Connection, BaseProcess]:
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(job, there), daemon=daemon)
    process.start()
    there.close()
    return here, process


def _end(running: dict[Connection, tuple[int, BaseProcess]]) -> None:
    """End what still runs."""
    for _, process in running.values():
        process.terminate()
    for here, (_, process) in running.items():
        process.join()
        here.close()


def _hear(
    here: Connection,
    running: dict[Connection, tuple[int, BaseProcess]],
    ended: dict[int, tuple[str, Any]],
    tell: Tell,
) -> None:
    """Take in what a process says: how far it is, or how it ended."""
    number, process = running[here]
    try:
        kind, value = here.recv()
    except EOFError:
        process.join()
        kind, value = ENDED, -(process.exitcode or 0)
    if kind == TOLD:
        tell(value)
        return
    ended[number] = (kind, value)
    del running[here]
    here.close()
    process.join()


def _outcome(kind: str, value: Any) -> Any:
    if kind == REFUSED:
        raise BookletError(value)
    if kind == SHORT:
        raise MemoryError
    if kind == ENDED:
        raise EndedError(value)
    if kind == BROKEN:
        raise RuntimeError(f"in a process of its own:\n{value}")
    return value


def _work(job: Job[Any], there: Connection) -> None:
    """Do a job in this process, and say what became of it."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # Ctrl-C reaches the caller too, who ends us
        signal.signal(getattr(signal, name), signal.SIG_IGN if name == "SIGINT" else signal.SIG_DFL)
    result: tuple[str, Any]
    try:
        result = (DONE, job(lambda words: there.send((TOLD, words))))
    except BookletError as error:
        result = (REFUSED, error.findings)
    except MemoryError:
        result = (SHORT, None)
    except Exception:
        result = (BROKEN, traceback.format_exc())
    there.send(result)
    there.close()
