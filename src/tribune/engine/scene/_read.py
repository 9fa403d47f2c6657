"""Which format a file is in, and its model."""

from __future__ import annotations

import gc
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any

from tribune.engine.types import Unreadable

from ._cityjson import Header, batch_of, header_of
from ._gather import Batch, Book, gather
from ._geojson import footprints
from ._model import CityModel

__all__ = ["LARGEST_WHOLE", "read_city"]

# Whole files are parsed in memory, some ten times their size; sequences of any length go line by line.
LARGEST_WHOLE = 256_000_000
LONGEST_LINE = 64_000_000
BATCH_BYTES = 4_000_000
Progress = Callable[[int], None]


def read_city(source: bytes | IO[bytes], *, lod: str = "", crs: str = "", height: str = "",
              buildings_only: bool = False, progress: Progress | None = None) -> CityModel:
    """Read CityJSON 1.0–2.0, CityJSONSeq or GeoJSON footprints and check every object.

    `lod` chooses a level of detail ("2" or "2.2"; default the highest), `crs` overrides the file's reference
    system, `height` names the height in GeoJSON properties. `progress` gets the bytes read so far; whatever it
    raises cancels the reading. Findings never stop it. Raises Unreadable for what is no model at all, for cut-off
    JSON, and for a whole file above 256 MB.

    >>> square = {"type": "Polygon", "coordinates": [[[4.0, 52.0], [4.001, 52.0], [4.001, 52.001], [4.0, 52.0]]]}
    >>> city = read_city(json.dumps({"type": "Feature", "properties": {"height": 9}, "geometry": square}).encode())
    >>> len(city.features), len(city.mesh.triangles), city.findings
    (1, 8, ())
    """
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    book = Book()
    first = stream.readline(LONGEST_LINE)
    while first and not first.strip():
        first = stream.readline(LONGEST_LINE)
    header = _line(first)
    if header is not None and header.get("type") == "CityJSON" and (rest := stream.readline(LONGEST_LINE)).strip():
        batches = _sequence(header, rest, stream, book, lod, buildings_only, progress)
        return gather(batches, book, crs)
    if header is not None and not header.get("CityObjects") and header.get("type") == "CityJSONFeature":
        raise Unreadable("no_header", "The sequence does not begin with a CityJSON line.", "Put its header first.")
    rest = stream.read(LARGEST_WHOLE)
    if len(first) + len(rest) > LARGEST_WHOLE:
        raise Unreadable("too_large", "The model is larger than 256 MB.",
                         "Turn it into CityJSONSeq (a line an object), which is read piece by piece.")
    raw = first + rest
    if progress:
        progress(len(raw))
    with _uncollected():
        document = _whole(raw, book) if header is None or rest.strip() else header
        return gather(_batches(document, raw, book, lod, height, buildings_only), book, crs)


def _line(raw: bytes) -> dict[str, Any] | None:
    try:
        document = _parsed(raw)
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) else None


@contextmanager
def _uncollected() -> Iterator[None]:
    """A parse tree of a city is millions of lists and no circles: the collector would walk them again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _parsed(raw: bytes) -> Any:
    with _uncollected():
        return json.loads(raw)


def _whole(raw: bytes, book: Book) -> dict[str, Any]:
    if not raw.strip():
        raise Unreadable("empty", "The file is empty.", "Choose a CityJSON or GeoJSON file.")
    try:
        document = _parsed(raw)
    except json.JSONDecodeError as error:
        raise Unreadable("bad_json", f"The file is no complete JSON: {error.msg}, line {error.lineno}, "
                         f"column {error.colno}.", "It may have been cut off; fetch it again.") from None
    except (ValueError, RecursionError):
        raise Unreadable("bad_json", "The file is no JSON in UTF-8.", "CityGML and other formats are not read; "
                         "turn the model into CityJSON.") from None
    if not isinstance(document, dict):
        raise Unreadable("not_a_model", "The file holds JSON, but no model.", "Choose CityJSON or GeoJSON.")
    return document


def _batches(document: dict[str, Any], raw: bytes, book: Book, lod: str, height: str, only: bool) -> Iterator[Batch]:
    kind = document.get("type")
    if kind == "CityJSON":
        version = str(document.get("version", ""))
        if not re.match(r"[12]\.\d", version):
            raise Unreadable("bad_version", f"CityJSON {version or 'without a version'} is not read.",
                             "Versions 1.0, 1.1 and 2.0 are.")
        objects = document.get("CityObjects")
        named = len(re.findall(rb'"type"\s*:\s*"Building', raw))
        if isinstance(objects, dict) and named != sum(
                str(one.get("type", "")).startswith("Building") for one in objects.values() if isinstance(one, dict)):
            document = json.loads(raw, object_pairs_hook=_Twice(book))
        yield batch_of([document], header_of(document, book), book, lod, only)
    elif kind in ("FeatureCollection", "Feature", "Polygon", "MultiPolygon"):
        yield from footprints(document, book, height)
    else:
        raise Unreadable("not_a_model", "The file is neither CityJSON nor GeoJSON with polygons.",
                         "Choose one of these.")


class _Twice:
    """JSON keeps the last of two members of one name; buildings must not vanish that way."""

    def __init__(self, book: Book) -> None:
        self.book = book

    def __call__(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        result = dict(pairs)
        if len(result) == len(pairs):
            return result
        seen: Counter[str] = Counter()
        for name, value in pairs:
            seen[name] += 1
            if seen[name] > 1 and isinstance(value, dict) and str(value.get("type", "")).startswith("Building"):
                self.book.find(name, "same_id")
                result[f"{name}~{seen[name]}"] = value
        return result


def _sequence(head: dict[str, Any], line: bytes, stream: IO[bytes], book: Book, lod: str, only: bool,
              progress: Progress | None) -> Iterator[Batch]:
    header: Header = header_of(head, book)
    if head.get("CityObjects"):
        yield batch_of([head], header, book, lod, only)
    seen: Counter[str] = Counter()
    waiting: list[dict[str, Any]] = []
    size, done, number = 0, 0, 1
    while line:
        number += 1
        done += len(line)
        document = _line(line) if line.strip() else {}
        if document is None or (document and document.get("type") != "CityJSONFeature"):
            book.find(f"line {number}", "bad_json" if document is None else "bad_object")
        elif document:
            name = str(document.get("id", ""))
            seen[name] += 1
            if seen[name] > 1:
                book.find(name, "same_id")
                _renamed(document, seen[name])
            waiting.append(document)
            size += len(line)
        if size >= BATCH_BYTES:
            yield batch_of(waiting, header, book, lod, only)
            waiting, size = [], 0
            if progress:
                progress(done)
        line = stream.readline(LONGEST_LINE)
    if waiting:
        yield batch_of(waiting, header, book, lod, only)


def _renamed(document: dict[str, Any], number: int) -> None:
    objects = document.get("CityObjects")
    if not isinstance(objects, dict):
        return
    new = {name: f"{name}~{number}" for name in objects}
    for one in objects.values():
        for key in ("parents", "children"):
            if isinstance(one, dict) and isinstance(one.get(key), list):
                one[key] = [new.get(name, name) if isinstance(name, str) else name for name in one[key]]
    document["CityObjects"] = {new[name]: one for name, one in objects.items()}
