"""Grouped commits: what arrives while one commit runs goes into the next one together (GROUND.md, SQLite).

A durable commit waits for the disk; a hundred votes that wait together cost one such wait. Whoever comes first while
nobody writes, writes for all who wait; no thread of its own, no timer, nothing acknowledged before its commit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

__all__ = ["Together"]

Thing = TypeVar("Thing")
Answer = TypeVar("Answer")


@dataclass(slots=True)
class _Waiting(Generic[Thing, Answer]):
    thing: Thing
    answers: list[Answer] = field(default_factory=list)
    error: BaseException | None = None


class Together(Generic[Thing, Answer]):
    """Calls `keep` with all things that wait at that moment, and gives each caller the answer to its own.

    `keep` takes a list and returns as many answers after it has committed; when it raises, every caller of that
    group gets the error and nothing counts as kept.
    """

    def __init__(self, keep: Callable[[Sequence[Thing]], Sequence[Answer]], *, most: int = 500) -> None:
        self._keep, self._most = keep, most
        self._waiting: list[_Waiting[Thing, Answer]] = []
        self._door, self._pen = Lock(), Lock()

    def __call__(self, thing: Thing) -> Answer:
        mine: _Waiting[Thing, Answer] = _Waiting(thing)
        with self._door:
            self._waiting.append(mine)
        while not (mine.answers or mine.error):
            with self._pen:
                if not (mine.answers or mine.error):
                    self._write()
        if mine.error is not None:
            raise mine.error
        return mine.answers[0]

    def _write(self) -> None:
        with self._door:
            group, self._waiting = self._waiting[:self._most], self._waiting[self._most:]
        try:
            answers = self._keep([each.thing for each in group])
        except BaseException as error:
            for each in group:
                each.error = error
            return
        for each, answer in zip(group, answers, strict=True):
            each.answers.append(answer)
