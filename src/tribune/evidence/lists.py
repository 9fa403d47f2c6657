"""A file of a city: read, looked at, used, put back."""

from __future__ import annotations

import gzip
import hashlib
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tribune.common import journal
from tribune.common.outbox import announce
from tribune.common.refusals import NotAllowed, Refusal
from tribune.engine import indicators, reach
from tribune.engine.text import decode
from tribune.engine.types import Unreadable
from tribune.people.models import City
from tribune.people.rules import Viewer

from .choices import ListKind, ListState
from .events import SCHOOLS_CHANGED
from .models import FibreNode, FigureList, School, SchoolRule
from .rules import MOST_SCHOOLS, may_keep_figures

# Findings that a page shows one by one; counts are whole.
SHOWN = 200
_FACTS = ("name", "lat", "lon", "pupils", "girls", "boys", "mbit", "available", "stable", "powered", "devices",
          "coverage", "cell_m")


class NotYours(NotAllowed):
    words = _("Only the people of this city keep its figures.")


class NotRead(Refusal):
    """The file cannot be read; says what, where and what to do."""

    status = 422


class TooMany(Refusal):
    status = 422
    words = _("This list has more schools than a city has. For a country use the command line: tribune schools.")


class NothingBefore(Refusal):
    words = _("There is no list before this one.")


@dataclass(frozen=True, slots=True)
class Look:
    """What is in a file: how many, which columns mean what, which were not understood, findings and their counts."""

    n: int
    columns: dict[str, str]
    headings: tuple[str, ...]
    findings: list[list[object]]
    counts: dict[str, int]


def content_of(figures: FigureList) -> bytes:
    """Return the file of a list as it came."""
    return gzip.decompress(bytes(figures.content))


def look_at(kind: str, data: bytes, name: str, columns: Mapping[str, str] | None = None) -> Look:
    """Return what is in a file, using nothing yet. Raises NotRead, TooMany."""
    try:
        if kind == ListKind.PRICES:
            prices = reach.read_prices(data, name=name)
            return Look(len(reach.TECHNOLOGIES), {}, (prices.title, prices.source, prices.as_of), [], {})
        if kind == ListKind.INDICATORS:
            values, bad = indicators.read_observations(decode(data)[0], indicators.u4ssc())
            return Look(len(values), {}, (), _told_rows(bad), _counted(bad))
        if kind == ListKind.TARGETS:
            targets, bad = indicators.read_targets(decode(data)[0], indicators.u4ssc())
            return Look(len(targets), {}, (), _told_rows(bad), _counted(bad))
        if kind == ListKind.NODES:
            nodes = reach.read_nodes(data, name=name)
            return Look(len(nodes.nodes), {}, (), _told(nodes.findings), nodes.counts)
        read = reach.read_schools(data, name=name, columns=columns)
    except Unreadable as refusal:
        raise NotRead(str(refusal)) from refusal
    if len(read.schools) > MOST_SCHOOLS:
        raise TooMany
    return Look(len(read.schools), read.columns, (*read.columns.values(), *read.unused), _told(read.findings),
                read.counts)


def _told(findings: tuple[reach.Finding, ...]) -> list[list[object]]:
    return [[one.line, one.code, one.message[:200], one.left_out] for one in findings[:SHOWN]]


def _told_rows(bad: Sequence[indicators.BadRow]) -> list[list[object]]:
    return [[one.line, one.code, one.message[:200], True] for one in bad[:SHOWN]]


def _counted(bad: Sequence[indicators.BadRow]) -> dict[str, int]:
    return dict(Counter(one.code for one in bad))


@transaction.atomic
def bring_list(*, city: City, kind: str, file: UploadedFile, source: str, as_of: date, by: Viewer,
               at: datetime) -> FigureList:
    """Keep a file to be looked at; nothing is used yet. Raises NotYours, NotRead, TooMany."""
    _check(city, by)
    data = file.read()
    name = (file.name or "")[:200]
    seen = look_at(kind, data, name)
    FigureList.objects.filter(city=city, kind=kind, state=ListState.PREVIEW).delete()
    return FigureList.objects.create(
        city=city, kind=kind, name=name, sha256=hashlib.sha256(data).hexdigest(),
        content=gzip.compress(data, 6, mtime=0),
        source=source, as_of=as_of, n=seen.n, findings=seen.findings, counts=seen.counts, brought_by_id=by.user_id,
        brought_at=at)


@transaction.atomic
def match_again(*, figures: FigureList, columns: Mapping[str, str], by: Viewer, at: datetime) -> FigureList:
    """Read a list that is looked at with other columns. Raises NotYours, NotRead, TooMany."""
    _check(figures.city, by)
    seen = look_at(figures.kind, content_of(figures), figures.name, columns)
    figures.columns, figures.n, figures.findings, figures.counts = dict(columns), seen.n, seen.findings, seen.counts
    figures.save(update_fields=["columns", "n", "findings", "counts"])
    return figures


@transaction.atomic
def use_list(*, figures: FigureList, by: Viewer, at: datetime) -> FigureList:
    """Use a list from now on in the place of the one before, which stays and can be put back.

    Schools keep their address by their id in the list. Raises NotYours, NotRead.
    """
    _check(figures.city, by)
    city = City.objects.select_for_update().get(pk=figures.city_id)
    _put(figures, city)
    FigureList.objects.filter(city=city, kind=figures.kind, state=ListState.USED).exclude(pk=figures.pk).update(
        state=ListState.REPLACED)
    figures.state, figures.used_at = ListState.USED, at
    figures.save(update_fields=["state", "used_at"])
    journal.record("figures_used", by=by.public_id, thing=city.public_id, at=at)
    announce(SCHOOLS_CHANGED, at=at, city=city.pk)
    return figures


def put_back(*, city: City, kind: str, by: Viewer, at: datetime) -> FigureList:
    """Use the list before the present one again. Raises NotYours, NothingBefore."""
    _check(city, by)
    before = FigureList.objects.filter(city=city, kind=kind, state=ListState.REPLACED).order_by("-used_at").first()
    if before is None:
        raise NothingBefore
    return use_list(figures=before, by=by, at=at)


def _check(city: City, by: Viewer) -> None:
    if not may_keep_figures(by, city.pk):
        raise NotYours


def _put(figures: FigureList, city: City) -> None:
    data = content_of(figures)
    try:
        if figures.kind == ListKind.NODES:
            nodes = reach.read_nodes(data, name=figures.name).nodes
            FibreNode.objects.filter(city=city).delete()
            FibreNode.objects.bulk_create(
                (FibreNode(city=city, ident=ident, lat=lat, lon=lon) for ident, lat, lon in
                 zip(nodes.ids, nodes.lat.tolist(), nodes.lon.tolist(), strict=True)), batch_size=2000)
        elif figures.kind == ListKind.SCHOOLS:
            _put_schools(reach.read_schools(data, name=figures.name, columns=figures.columns).schools, city)
        else:
            # Prices, indicators and targets are read from their file where they are shown.
            look_at(figures.kind, data, figures.name)
    except Unreadable as refusal:
        raise NotRead(str(refusal)) from refusal


def _put_schools(schools: reach.Schools, city: City) -> None:
    there = {row.ident: row for row in School.objects.filter(city=city)}
    new: list[School] = []
    changed: list[School] = []
    for i, ident in enumerate(schools.ids):
        row = there.pop(ident, None) or School(city=city, ident=ident)
        for name in _FACTS:
            setattr(row, name, _plain(getattr(schools, "names" if name == "name" else name)[i], name))
        (changed if row.pk else new).append(row)
    School.objects.filter(pk__in=[row.pk for row in there.values()]).delete()
    School.objects.bulk_create(new, batch_size=500)
    School.objects.bulk_update(changed, _FACTS, batch_size=200)


def _plain(value: object, name: str) -> object:
    if isinstance(value, str):
        return value
    number = float(value)  # type: ignore[arg-type]
    if name in ("available", "stable", "powered", "devices"):
        return None if number < 0 else bool(number)
    return None if math.isnan(number) else number


@transaction.atomic
def set_measure(*, city: City, mbit: float, mbit_per_pupil: float, reason: str, by: Viewer, at: datetime) -> None:
    """Give a city its own measure of a meaningful connection, with the reason for it."""
    _check(city, by)
    SchoolRule.objects.update_or_create(city=city, defaults={
        "mbit": mbit, "mbit_per_pupil": mbit_per_pupil, "reason": reason, "set_at": at})
    journal.record("school_measure_set", by=by.public_id, thing=city.public_id, at=at)


@transaction.atomic
def forget_measure(*, city: City, by: Viewer, at: datetime) -> None:
    """Return to the published measure."""
    _check(city, by)
    SchoolRule.objects.filter(city=city).delete()
    journal.record("school_measure_set", by=by.public_id, thing=city.public_id, at=at)
