"""The outcome document: three versions, read from their files as any upload is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import FileField

from tribune.common.reading import read_document
from tribune.engine.types import Document
from tribune.watch.actions import add_rendition, import_version, make_draft, publish_version
from tribune.watch.choices import Distribution
from tribune.watch.models import Rendition

from ._story import SAMPLE, Step, Story, table
from .people import HUB_OFFICER
from .processes import VERSIONS

__all__ = ["plan", "read_all", "sweep", "told"]

WHY_PUBLIC = "The secretariat of the conference publishes it on the day that it bears."


def read_all() -> dict[tuple[str, str], tuple[bytes, Document]]:
    """Return bytes and paragraphs of every file of the texts, by (version, language); two are read at a time."""
    wanted = [(version["key"], language) for process in table("processes")["processes"]
              for draft in process["drafts"] for version in draft["versions"] for language in version["renditions"]]
    with ThreadPoolExecutor(2) as pool:
        return dict(zip(wanted, pool.map(_read, wanted), strict=True))


def _read(key: tuple[str, str]) -> tuple[bytes, Document]:
    name = file_name(*key)
    data = (SAMPLE / "texts" / name).read_bytes()
    return data, read_document(data, name=name)


def sweep(documents: dict[tuple[str, str], tuple[bytes, Document]]) -> None:
    """Remove the files that an interrupted loading left behind; its rows went with its transaction."""
    field = Rendition._meta.get_field("file")
    assert isinstance(field, FileField)
    for data, _document in documents.values():
        field.storage.delete(f"{field.upload_to}{hashlib.sha256(data).hexdigest()[:32]}.md")


def file_name(version: str, language: str) -> str:
    return f"{version}.{language}.md"


def plan(story: Story) -> Iterator[Step]:
    """Each version comes on its day: imported, its other languages added, published."""
    for process in table("processes")["processes"]:
        for draft in process["drafts"]:
            first = draft["versions"][0]["day"]
            yield Step(story.clock.past(first, "08:00"), partial(_draft, story, process, draft))
            for version in draft["versions"]:
                yield Step(story.clock.past(version["day"], "08:10"), partial(_version, story, draft, version))
                yield Step(story.clock.past(version["day"], "08:30"), partial(_publish, story, version))


def told(story: Story) -> str:
    return f"{len(story.versions)} versions of the text in {len(story.renditions)} files, compared"


def _draft(story: Story, process: dict[str, Any], row: dict[str, Any], at: datetime) -> None:
    story.drafts[row["key"]] = make_draft(
        process=story.processes[process["key"]], slug=row["slug"], name=row["title"]["en"], names=row["title"],
        by=story.viewer(HUB_OFFICER), at=at)


def _version(story: Story, draft: dict[str, Any], row: dict[str, Any], at: datetime) -> None:
    by = story.viewer(HUB_OFFICER)
    version = None
    for language, status in row["renditions"].items():
        data, document = story.documents[row["key"], language]
        file: dict[str, Any] = {"document": document, "file_name": file_name(row["key"], language), "file": data,
                                "language": language, "status": status, "by": by, "at": at}
        if version is None:
            version = import_version(
                draft=story.drafts[draft["key"]], slug=row["key"], name=row["title"]["en"], names=row["title"],
                stage=VERSIONS[row["key"]], dated_on=story.clock.date(row["day"]), symbol=row["symbol"], **file)
            story.versions[row["key"]] = version
            story.renditions[row["key"], language] = version.renditions.get()
        else:
            story.renditions[row["key"], language] = add_rendition(version=version, **file)


def _publish(story: Story, row: dict[str, Any], at: datetime) -> None:
    story.versions[row["key"]] = publish_version(
        version=story.versions[row["key"]], distribution=Distribution.PUBLIC, public_because=WHY_PUBLIC,
        by=story.viewer(HUB_OFFICER), at=at)
