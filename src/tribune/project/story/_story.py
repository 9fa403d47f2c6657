"""What the parts of the story share: the files, the clock, and what each key of the files became."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from tribune.engine.types import Document
from tribune.listen.models import Consultation, Contribution, Statement
from tribune.people.models import City, Organisation, User
from tribune.people.queries import viewer_for
from tribune.people.rules import Viewer
from tribune.submit.models import Sentence, Submission
from tribune.synthesise.models import Ask
from tribune.watch.models import Call, Draft, Process, Rendition, Version

from ._clock import Clock

__all__ = ["SAMPLE", "Step", "Story", "table"]

SAMPLE = files("tribune.project") / "sample"


@cache
def table(name: str) -> Any:
    """Return what a file of the sample holds; callers do not change it."""
    return json.loads((SAMPLE / f"{name}.json").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens in the story: when, and the act of a room that does it."""

    at: datetime
    do: Callable[[datetime], object]


@dataclass(slots=True)
class Story:
    """The things that were made so far, by their keys in the files."""

    clock: Clock
    # (version, language) → the words of the file, and what was read in it
    documents: dict[tuple[str, str], tuple[bytes, Document]]
    users: dict[str, User] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    cities: dict[str, City] = field(default_factory=dict)
    processes: dict[str, Process] = field(default_factory=dict)
    calls: dict[str, Call] = field(default_factory=dict)
    drafts: dict[str, Draft] = field(default_factory=dict)
    versions: dict[str, Version] = field(default_factory=dict)
    renditions: dict[tuple[str, str], Rendition] = field(default_factory=dict)
    consultations: dict[str, Consultation] = field(default_factory=dict)
    contributions: dict[str, Contribution] = field(default_factory=dict)
    statements: dict[str, Statement] = field(default_factory=dict)
    asks: dict[str, Ask] = field(default_factory=dict)
    sentences: dict[str, Sentence] = field(default_factory=dict)
    submissions: dict[str, Submission] = field(default_factory=dict)

    def viewer(self, key: str) -> Viewer:
        """Return what a person of the story may do now."""
        return viewer_for(self.users[key])
