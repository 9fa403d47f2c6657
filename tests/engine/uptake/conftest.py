"""Small texts to judge asks against."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tribune.engine.types import Ask, Judgement, Paragraph
from tribune.engine.uptake import judge


def paragraphs(*texts: str) -> list[Paragraph]:
    """Operative paragraphs "1", "2", … with the given texts."""
    return [Paragraph(str(n), str(n), "", "operative", text) for n, text in enumerate(texts, 1)]


def judge_one(
    kind: str, texts: list[str], before: list[str] | None = None, *, previous: str = "", **words: str
) -> Judgement:
    """The judgement of one ask; keyword arguments are the fields of the ask."""
    ask = Ask("a", kind, **words)
    older = None if before is None else paragraphs(*before)
    (judgement,) = judge([ask], paragraphs(*texts), old=older, previous={"a": previous} if previous else None)
    return judgement


@pytest.fixture(name="one")
def _one() -> Callable[..., Judgement]:
    return judge_one


@pytest.fixture(name="paragraphs")
def _paragraphs() -> Callable[..., list[Paragraph]]:
    return paragraphs
