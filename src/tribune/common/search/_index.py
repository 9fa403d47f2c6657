"""Writing the index: what is due is read and analysed outside any transaction, and swapped in at once."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from django.db import transaction
from django.db.models import Max

from tribune.common.models import SearchDue, SearchEntry, SearchGroup, SearchSegment, SearchTerm
from tribune.engine.meaning import encode
from tribune.engine.search import analyse, joined, located, packed, postings, shifted, signs

from ._kinds import Batch, kinds

# Groups written together share a segment; so many segments of a level become one of the next.
TOGETHER = 40
JOINED = 12
_LONGEST_TERM = 100
# An encoder is near everything with a word or two; a long paragraph says what it is about at its beginning.
_FEWEST_WORDS, _MOST_LETTERS = 4, 1_500
_ENCODED_AT_ONCE = 256


def touch(kind: str, *refs: int) -> None:
    """Have groups read again soon. Cheap; call it in the transaction that changes their words or takes them away."""
    SearchDue.objects.bulk_create([SearchDue(kind=kind, ref=ref) for ref in refs], ignore_conflicts=True)


def sweep() -> int:
    """Have everything read again whose stamp differs from what is stored, and what is new or gone; say how much."""
    n = 0
    for kind in kinds().values():
        known = dict(SearchGroup.objects.filter(kind=kind.name).values_list("ref", "stamp"))
        there = dict(kind.stamps())
        stale = [ref for ref, stamp in there.items() if known.get(ref) != stamp] + sorted(known.keys() - there.keys())
        touch(kind.name, *stale)
        n += len(stale)
    return n


def index_due(*, most: int = TOGETHER) -> int:
    """Read up to `most` groups that are due and store their words; say how many were."""
    due = list(SearchDue.objects.order_by("pk")[:most])
    if due:
        wanted = {one.kind for one in due}
        # Stamps before words: what changes in between is read once more.
        stamps = {name: dict(kind.stamps()) for name, kind in kinds().items() if name in wanted}
        _store([(one, stamps.get(one.kind, {}).get(one.ref, ""), _read(one)) for one in due])
    return len(due)


def _read(due: SearchDue) -> Batch | None:
    kind = kinds().get(due.kind)
    return kind.read(due.ref) if kind else None


def _terms(batch: Batch) -> list[list[tuple[str, int]]]:
    """The located terms of each entry; its pieces follow each other with a gap that no phrase bridges."""
    found = []
    for entry in batch.entries:
        terms: list[tuple[str, int]] = []
        begin = 0
        for text, language in entry.pieces:
            words = analyse(text, language)
            terms += [(term[:_LONGEST_TERM], place + begin) for term, place in located(words)]
            begin += len(words) + 8
        found.append(terms)
    return found


def _store(read: Sequence[tuple[SearchDue, str, Batch | None]]) -> None:
    texts = [_terms(batch) if batch else [] for _, _, batch in read]
    lists = postings(itertools.chain.from_iterable(texts))
    with transaction.atomic():
        for one, _, _ in read:
            SearchGroup.objects.filter(kind=one.kind, ref=one.ref).delete()
        begin = first = _next_number()
        for (one, stamp, batch), terms in zip(read, texts, strict=True):
            if batch is None or not batch.entries:
                continue
            group = SearchGroup.objects.create(
                kind=one.kind, ref=one.ref, language=batch.language, first=first, size=len(batch.entries),
                n_words=sum(map(len, terms)), stamp=stamp, flags=bytes(entry.flags for entry in batch.entries))
            SearchEntry.objects.bulk_create(
                [SearchEntry(number=number, group=group, thing=entry.thing)
                 for number, entry in enumerate(batch.entries, start=first)], batch_size=500)
            first += len(batch.entries)
        if first > begin:
            segment = SearchSegment.objects.create(first=begin, end=first)
            SearchTerm.objects.bulk_create(
                [SearchTerm(segment=segment, term=term, occurrences=shifted(occurrences, begin))
                 for term, occurrences in sorted(lists.items())], batch_size=400)
        SearchDue.objects.filter(pk__in=[one.pk for one, _, _ in read]).delete()


def _next_number() -> int:
    return max(SearchSegment.objects.aggregate(end=Max("end"))["end"] or 0, 1)


def join_segments() -> bool:
    """Join the oldest segments of the lowest crowded level into one of the next; say whether there were any."""
    for level in range(8):
        crowd = list(SearchSegment.objects.filter(level=level).order_by("first")[:JOINED])
        if len(crowd) == JOINED:
            _join(crowd, level + 1)
            return True
    return False


def _join(crowd: Sequence[SearchSegment], level: int) -> None:
    """Join lists. A group that is replaced meanwhile leaves numbers that nobody finds, gone at the next joining."""
    alive = list(SearchGroup.objects.order_by("first").values_list("first", "size"))
    rows = (SearchTerm.objects.filter(segment__in=crowd).order_by("term", "segment__first")
            .values_list("term", "occurrences").iterator(chunk_size=5_000))
    fresh = []
    for term, group in itertools.groupby(rows, key=lambda row: row[0]):
        occurrences = joined((bytes(one) for _, one in group), alive)
        if occurrences:
            fresh.append(SearchTerm(term=term, occurrences=occurrences))
    with transaction.atomic():
        segment = SearchSegment.objects.create(level=level, first=crowd[0].first, end=max(one.end for one in crowd))
        for term in fresh:
            term.segment = segment
        SearchTerm.objects.filter(segment__in=crowd).delete()
        SearchSegment.objects.filter(pk__in=[one.pk for one in crowd]).delete()
        SearchTerm.objects.bulk_create(fresh, batch_size=400)


def encode_some(*, most: int = _ENCODED_AT_ONCE) -> int:
    """Give up to `most` texts their vector of meaning; say how many got one."""
    group = SearchGroup.objects.filter(signs=None).order_by("first").first()
    if group is None:
        return 0
    waiting = list(SearchEntry.objects.filter(group=group, vector=None).order_by("number")[:most])
    if waiting:
        batch = kinds()[group.kind].read(group.ref) if group.kind in kinds() else None
        texts = {entry.thing: entry.pieces[0][0] for entry in batch.entries if entry.pieces} if batch else {}
        rows = packed(encode([_worth_encoding(texts.get(entry.thing, "")) for entry in waiting]))
        for entry, row in zip(waiting, rows, strict=True):
            entry.vector = row.tobytes()
        SearchEntry.objects.bulk_update(waiting, ["vector"], batch_size=200)
    if not SearchEntry.objects.filter(group=group, vector=None).exists():
        vectors = SearchEntry.objects.filter(group=group).order_by("number").values_list("vector", flat=True)
        table = np.frombuffer(b"".join(bytes(vector or b"") for vector in vectors), dtype=np.int8).reshape(-1, 512)
        SearchGroup.objects.filter(pk=group.pk).update(signs=signs(table).tobytes())
    return len(waiting)


def _worth_encoding(text: str) -> str:
    return text[:_MOST_LETTERS] if len(analyse(text[:400])) >= _FEWEST_WORDS else ""


def build() -> None:
    """Bring the whole index up to date at once: for tests, benchmarks and a first start."""
    sweep()
    while index_due():
        pass
    while join_segments():
        pass
    while encode_some(most=2_000):
        pass
