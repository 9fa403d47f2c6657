"""Schools and fibre nodes of one city, brought by its delegate as files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from django.core.files.uploadedfile import SimpleUploadedFile

from tribune.evidence.choices import ListKind
from tribune.evidence.lists import bring_list, use_list
from tribune.evidence.models import School

from ._story import SAMPLE, Step, Story

CITY, KEEPER = "kestrel-sound", "maureen"
FILES = ((ListKind.SCHOOLS, "schools.csv", "School register of the town"),
         (ListKind.NODES, "nodes.csv", "Register of lines of the town"),
         (ListKind.PRICES, "prices.toml", "Tenders of the town"),
         (ListKind.INDICATORS, "indicators.csv", "Statistics of the town"),
         (ListKind.TARGETS, "targets.csv", "Plan of the council until 2030"))


def plan(story: Story) -> Iterator[Step]:
    """The lists come while the consultation is open."""
    for place, (kind, name, source) in enumerate(FILES):
        yield Step(story.clock.past(-60, "09:00", minutes=place), partial(_bring, story, kind, name, source))


def told(story: Story) -> str:
    return f"{School.objects.count()} schools"


def _bring(story: Story, kind: str, name: str, source: str, at: datetime) -> None:
    by = story.viewer(KEEPER)
    made = bring_list(city=story.cities[CITY], kind=kind, file=SimpleUploadedFile(name, (SAMPLE / name).read_bytes()),
                      source=source, as_of=story.clock.date(-90), by=by, at=at)
    use_list(figures=made, by=by, at=at)
