"""What became of the asks: what comparison proposed, what the officer signed."""

from __future__ import annotations

from collections.abc import Iterator

from ._story import Step, Story

__all__ = ["plan", "told"]


def plan(story: Story) -> Iterator[Step]:
    yield from ()


def told(story: Story) -> str:
    return ""
