"""Memory: asks of all processes can be found like texts are, by words and by meaning, through their gate."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tribune.common.search import Batch, Entry, Filters, Kind, Piece
from tribune.people.rules import Viewer
from tribune.synthesise.models import Ask
from tribune.synthesise.queries import asks_for, behind
from tribune.watch.models import Version

from . import queries
from .models import Verdict
from .words import asked_by

_WORDS = ("language", "name", "names", "old", "new", "text", "texts")


def _stamps() -> Iterable[tuple[int, str]]:
    for pk, *words in Ask.objects.filter(is_public=True).values_list("pk", *_WORDS).iterator():
        yield pk, hashlib.sha256(repr(words).encode()).hexdigest()[:16]


def _words_of(ref: int) -> Batch | None:
    ask = Ask.objects.filter(pk=ref, is_public=True).first()
    if ask is None:
        return None
    own = ". ".join(said for said in (ask.name, ask.new, ask.old, ask.text) if said)
    others = [(said, language[:2]) for texts in (ask.names, ask.texts)
              for language, said in sorted(texts.items()) if said and language[:2] != ask.language]
    return Batch("", [Entry(ask.public_id, ((own, ask.language), *others))])


def _asks_for(viewer: Viewer, filters: Filters) -> object:
    asks = asks_for(viewer).filter(is_public=True)
    if filters.process:
        asks = asks.filter(process__slug=filters.process)
    if filters.since:
        asks = asks.filter(made_at__date__gte=filters.since)
    if filters.until:
        asks = asks.filter(made_at__date__lte=filters.until)
    return asks.order_by().values("pk")


def _show(found: Sequence[tuple[int, str]], viewer: Viewer) -> Mapping[tuple[int, str], Piece]:
    asks = list(asks_for(viewer).filter(is_public=True, pk__in=[ref for ref, _thing in found]))
    latest, stands_behind = queries.latest_words(viewer, asks), behind(asks, viewer)
    numbers = queries.numbers_of(latest.values())
    return {(ask.pk, ask.public_id): ("trace/_found_ask.html", {
        "ask": ask, "words": ask.new or ask.old or ask.text, "asked_by": asked_by(stands_behind[ask.pk]),
        **_agreed(latest.get(ask.pk), numbers)}) for ask in asks}


def _agreed(verdict: Verdict | None, numbers: dict[tuple[int, str], str]) -> dict[str, object]:
    if verdict is None:
        return {"verdict": None}
    path = queries.path_of(verdict)
    number = numbers.get((verdict.version_id, path), path)
    return {"verdict": verdict, "path": path, "number": number,
            "cite": citation(verdict.version, number) if path else ""}


def citation(version: Version, number: str) -> str:
    """Return how to cite a paragraph, in the present language: "Draft outcome, as adopted (A/1/2), 2 July 2027,
    paragraph 39"."""
    title = _("%(draft)s, %(version)s") % {"draft": version.draft, "version": version}
    if version.symbol:
        title = f"{title} ({version.symbol})"
    return _("%(title)s, %(day)s, paragraph %(number)s") % {
        "title": title, "day": date_format(version.dated_on, "DATE_FORMAT"), "number": number}


ASKS = Kind("ask", gettext_lazy("Asks"), _stamps, _words_of, _asks_for, _show, frozenset({"process", "since", "until"}))
