"""Reading schools and fibre nodes from CSV, GeoJSON and OFDS: bad rows are reported by line, the rest is kept."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from rapidfuzz.fuzz import ratio
from scipy.spatial import cKDTree

from tribune.engine.text import decode
from tribune.engine.types import Unreadable

from ._columns import FIELDS, match_columns
from ._nearest import earth_centred, metres
from ._sites import UNKNOWN, Finding, Findings, Flags, Floats, Nodes, Schools

# Two schools that are nearer than this and named alike are one.
SAME_METRES, SAME_NAME, MOST_IN_A_CELL = 50.0, 85.0, 100
# One limit in all readers: the module `csv` keeps it for the whole process.
_CELL_LIMIT = 16_000_000
_YES = {"1", "yes", "y", "true", "oui", "si", "sí", "نعم", "да", "是", "有", "good", "available"}
_NO = {"0", "no", "n", "false", "non", "لا", "нет", "否", "无", "none"}
_NUMBERS = str.maketrans({"٫": ".", "٬": "", "\u00a0": "", "\u202f": "", " ": ""})


@dataclass(frozen=True, slots=True)
class SchoolsRead:
    """Schools of a file, which column was taken for what, and all findings (`counts` by code)."""

    schools: Schools
    columns: dict[str, str]
    unused: tuple[str, ...]
    findings: tuple[Finding, ...]
    counts: dict[str, int]
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NodesRead:
    """Nodes of a file and its findings."""

    nodes: Nodes
    findings: tuple[Finding, ...]
    counts: dict[str, int]


def read_schools(source: bytes, *, name: str = "the schools", columns: Mapping[str, str] | None = None,
                 strict: bool = False) -> SchoolsRead:
    """Read schools from CSV or GeoJSON points; `columns` (field → heading) says what the headings do not.

    Places outside the earth, at 0/0 or without numbers are left out, and so is a second school within 50 metres under
    nearly the same name. Raises `Unreadable` where it is no such file, or has no column for the place; with `strict`
    at the first row that is left out.
    """
    rows, headings = _rows(source, name)
    found = match_columns(headings, columns)
    if "lat" not in found or "lon" not in found:
        raise Unreadable("no_place", f"{name} has no columns for latitude and longitude: {', '.join(headings)[:200]}.",
                         "Name them lat and lon, or say which they are.")
    findings = _Telling(name, strict)
    kept: dict[str, list[Any]] = {field: [] for field in FIELDS}
    lines: list[int] = []
    seen: set[str] = set()
    for line, row in rows:
        place = _place(row.get(found["lat"]), row.get(found["lon"]), line, findings)
        if place is None:
            continue
        one = str(row.get(found.get("id", ""), "") or "").strip()[:200] or f"row-{line}"
        if one in seen:
            findings.add(line, "same_id", f"{one!r} is there already; this row got its line as an id")
            one = f"{one}~{line}"
        seen.add(one)
        lines.append(line)
        kept["id"].append(one)
        kept["lat"].append(place[0])
        kept["lon"].append(place[1])
        kept["name"].append(str(row.get(found.get("name", ""), "") or "").strip()[:300])
        for field in ("pupils", "girls", "boys", "mbit", "bits", "cell_m"):
            kept[field].append(_number(row.get(found.get(field, "")), field, line, findings))
        for field in ("available", "stable", "powered", "devices"):
            kept[field].append(_flag(row.get(found.get(field, "")), field, line, findings))
        kept["coverage"].append(_coverage(row.get(found.get("coverage", ""))))
        _heads(kept, line, findings)
    schools = _schools(kept)
    schools, kept_lines = _without_twins(schools, lines, findings)
    _far_ones(schools, kept_lines, findings)
    return SchoolsRead(schools, found, tuple(one for one in headings if one not in found.values()),
                       tuple(findings.told), findings.counts, tuple(kept_lines))


def read_nodes(source: bytes, *, name: str = "the nodes", strict: bool = False) -> NodesRead:
    """Read fibre nodes from CSV, GeoJSON points or OFDS (nodes; of spans, both ends). Raises `Unreadable`."""
    findings = _Telling(name, strict)
    ids: list[str] = []
    places: list[tuple[float, float]] = []
    text = source[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if text[:1] in (b"{", b"["):
        for line, (one, points, ends) in enumerate(_features(source, name), start=1):
            if ends:
                findings.add(line, "span", "a span stands for its two ends: where it may be joined between is not said")
            for lon, lat in points:
                place = _place(lat, lon, line, findings)
                if place is not None:
                    ids.append(str(one or f"node-{len(ids) + 1}")[:200])
                    places.append(place)
    else:
        rows, headings = _rows(source, name)
        found = match_columns(headings)
        if "lat" not in found or "lon" not in found:
            raise Unreadable("no_place", f"{name} has no columns for latitude and longitude.", "Name them lat and lon.")
        for line, row in rows:
            place = _place(row.get(found["lat"]), row.get(found["lon"]), line, findings)
            if place is not None:
                ids.append(str(row.get(found.get("id", ""), "") or f"node-{line}").strip()[:200])
                places.append(place)
    table = np.array(places, dtype=np.float64).reshape(-1, 2)
    return NodesRead(Nodes(tuple(ids), table[:, 0], table[:, 1]), tuple(findings.told), findings.counts)


class _Telling(Findings):
    """Findings, of which with `strict` the first row that is left out ends the reading."""

    __slots__ = ("_name", "_strict")

    def __init__(self, name: str, strict: bool) -> None:
        super().__init__()
        self._name, self._strict = name, strict

    def add(self, line: int, code: str, message: str, *, left_out: bool = False) -> None:
        if left_out and self._strict:
            raise Unreadable("bad_row", f"{self._name}, line {line}: {message}.",
                             "Correct it, or leave out --strict to skip such rows.")
        super().add(line, code, message, left_out=left_out)


def _rows(source: bytes, name: str) -> tuple[Iterator[tuple[int, Mapping[str, Any]]], list[str]]:
    """Rows with their lines, and the headings; GeoJSON points are rows with lat and lon."""
    if not source.strip():
        raise Unreadable("empty", f"{name} is empty.", "Give a file with places.")
    if source.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        table = _points(source, name)
        headings = list(dict.fromkeys(key for row in table[:200] for key in row))
        return iter(enumerate(table, start=1)), headings
    text, _notice = decode(source)
    csv.field_size_limit(_CELL_LIMIT)
    first = text[:20_000].splitlines()[0] if text else ""
    comma = max(",;\t|", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=comma)
    try:
        headings = [one.strip() for one in next(reader)]
    except (StopIteration, csv.Error) as error:
        raise Unreadable("no_table", f"{name} is no table: {error}.", "Give CSV with a heading, or GeoJSON.") from None

    def rows() -> Iterator[tuple[int, Mapping[str, Any]]]:
        while True:
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error:
                continue
            if any(row):
                yield reader.line_num, dict(zip(headings, row, strict=False))
    return rows(), headings


def _points(source: bytes, name: str) -> list[dict[str, Any]]:
    table = []
    for feature in _loaded(source, name):
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        row = dict(feature.get("properties") or {}) if isinstance(feature, dict) and isinstance(
            feature.get("properties"), dict) else {}
        row.setdefault("id", feature.get("id") if isinstance(feature, dict) else None)
        where = geometry.get("coordinates") if isinstance(geometry, dict) and geometry.get("type") == "Point" else None
        row["lon"], row["lat"] = where[:2] if isinstance(where, list) and len(where) > 1 else (None, None)
        table.append(row)
    return table


def _features(source: bytes, name: str) -> Iterator[tuple[Any, list[tuple[Any, Any]], bool]]:
    """(id, places, are these the ends of a span) of each GeoJSON feature or OFDS node and span."""
    for feature in _loaded(source, name):
        if not isinstance(feature, dict):
            continue
        about = feature.get("properties") if isinstance(feature.get("properties"), dict) else feature
        geometry = feature.get("geometry") or feature.get("location") or feature.get("route")
        where = geometry.get("coordinates") if isinstance(geometry, dict) else None
        kind = geometry.get("type") if isinstance(geometry, dict) else ""
        one = (about or {}).get("id") or feature.get("id")
        if kind == "Point" and isinstance(where, list) and len(where) > 1:
            yield one, [(where[0], where[1])], False
        elif kind == "LineString" and isinstance(where, list) and len(where) > 1:
            ends = [end for end in (where[0], where[-1]) if isinstance(end, list) and len(end) > 1]
            yield one, [(end[0], end[1]) for end in ends], True
        else:
            yield one, [(None, None)], False


def _loaded(source: bytes, name: str) -> list[Any]:
    try:
        data = json.loads(source.decode("utf-8-sig", errors="replace"))
    except (ValueError, RecursionError) as error:
        raise Unreadable("bad_json", f"{name} is no JSON: {str(error)[:120]}.", "Export it again.") from None
    if isinstance(data, dict) and isinstance(data.get("features"), list):
        return list(data["features"])
    if isinstance(data, dict) and isinstance(data.get("networks"), list):
        return [one for network in data["networks"] if isinstance(network, dict)
                for key in ("nodes", "spans") for one in network.get(key) or []]
    if isinstance(data, dict) and data.get("type") == "Feature":
        return [data]
    raise Unreadable("no_places", f"{name} has no features and no networks.", "Give GeoJSON or OFDS.")


def _place(lat: Any, lon: Any, line: int, findings: Findings) -> tuple[float, float] | None:
    try:
        a, b = _float(lat), _float(lon)
    except ValueError:
        findings.add(line, "no_place", f"the place {str(lat)[:40]!r}, {str(lon)[:40]!r} is no pair of numbers",
                     left_out=True)
        return None
    if not (math.isfinite(a) and math.isfinite(b)):
        findings.add(line, "no_place", "the place is missing", left_out=True)
    elif a == 0 and b == 0:
        findings.add(line, "zero_place", "0, 0 lies in the Gulf of Guinea: the place is missing", left_out=True)
    elif abs(a) > 90 and abs(b) <= 90 and abs(a) <= 180:
        findings.add(line, "swapped", f"latitude {a:g} is none; latitude and longitude look swapped", left_out=True)
    elif abs(a) > 90 or abs(b) > 180:
        findings.add(line, "off_earth", f"{a:g}, {b:g} is no place on earth", left_out=True)
    else:
        return a, b
    return None


def _float(value: Any) -> float:
    if value is None or value == "":
        return math.nan
    if isinstance(value, bool):
        raise ValueError(value)
    if isinstance(value, int | float):
        return float(value)
    text = str(value).strip().translate(_NUMBERS)
    if not text:
        return math.nan
    if "," in text:
        text = text.replace(",", ".") if text.count(",") == 1 and "." not in text else text.replace(",", "")
    # "nan" and "inf" are words here, not numbers.
    if any(one.isalpha() and one not in "eE" for one in text) or len(text) > 60:
        raise ValueError(value)
    return float(text)


def _number(value: Any, field: str, line: int, findings: Findings) -> float:
    try:
        number = _float(value)
    except ValueError:
        findings.add(line, "no_number", f"{field} {str(value)[:40]!r} is no number; it counts as unknown")
        return math.nan
    if number < 0 or math.isinf(number):
        findings.add(line, "negative", f"{field} is {number:g}; it counts as unknown")
        return math.nan
    if field in ("pupils", "girls", "boys") and number > 100_000:
        findings.add(line, "implausible", f"{field} is {number:g}; it counts as unknown")
        return math.nan
    return number


def _flag(value: Any, field: str, line: int, findings: Findings) -> int:
    if value is None or str(value).strip() == "":
        return UNKNOWN
    word = str(value).strip().casefold()
    if word in _YES:
        return 1
    if word in _NO:
        return 0
    try:
        return int(_float(value) > 0)
    except ValueError:
        if word not in ("unknown", "n/a", "na", "-", "?", "null"):
            findings.add(line, "no_flag", f"{field} {word[:40]!r} is neither yes nor no; it counts as unknown")
        return UNKNOWN


def _coverage(value: Any) -> str:
    word = str(value or "").strip().casefold()
    for known in ("5g", "4g", "3g", "2g"):
        if known in word:
            return known
    return "4g" if "lte" in word else "no" if word in _NO else ""


def _heads(kept: dict[str, list[Any]], line: int, findings: Findings) -> None:
    """Girls and boys beside all pupils: what is missing follows, what contradicts is told."""
    pupils, girls, boys = (kept[field][-1] for field in ("pupils", "girls", "boys"))
    if math.isnan(pupils) and not math.isnan(girls) and not math.isnan(boys):
        kept["pupils"][-1] = girls + boys
    elif not math.isnan(pupils):
        if not math.isnan(girls) and girls > pupils:
            findings.add(line, "more_girls", f"{girls:g} girls among {pupils:g} pupils; girls count as unknown")
            kept["girls"][-1] = math.nan
        elif not math.isnan(girls) and not math.isnan(boys) and girls + boys > pupils * 1.02 + 1:
            findings.add(line, "heads_differ", f"{girls:g} girls and {boys:g} boys are more than {pupils:g} pupils")


def _schools(kept: dict[str, list[Any]]) -> Schools:
    def floats(field: str) -> Floats:
        return np.array(kept[field], dtype=np.float64)

    def flags(field: str) -> Flags:
        return np.array(kept[field], dtype=np.int8)

    mbit = floats("mbit")
    return Schools(
        tuple(kept["id"]), tuple(kept["name"]), floats("lat"), floats("lon"), floats("pupils"), floats("girls"),
        floats("boys"), np.where(np.isnan(mbit), floats("bits") / 1e6, mbit) if len(mbit) else mbit, flags("available"),
        flags("stable"), flags("powered"), flags("devices"), tuple(kept["coverage"]), floats("cell_m"))


def take(schools: Schools, at: Any) -> Schools:
    """Return some of the schools, in the order of `at` (places or a mask)."""
    place = np.arange(len(schools))[at]
    taken: dict[str, Any] = {}
    for name in Schools.__slots__:
        value = getattr(schools, name)
        taken[name] = tuple(value[i] for i in place) if isinstance(value, tuple) else value[place]
    return Schools(**taken)


def _without_twins(schools: Schools, lines: list[int], findings: Findings) -> tuple[Schools, list[int]]:
    """Leave out the later of two schools within 50 metres under nearly the same name.

    A list that sets thousands of schools on the middle of their district would have millions of pairs: where a cell of
    50 metres holds more than a hundred, only equal names are twins there.
    """
    if len(schools) < 2:
        return schools, lines
    points = earth_centred(schools.lat, schools.lon)
    out: set[int] = set()

    def leave(a: int, b: int) -> None:
        out.add(b)
        findings.add(lines[b], "twin", f"{schools.names[b][:80]!r} stands within 50 metres of line {lines[a]} "
                                       "under nearly the same name", left_out=True)

    _, begins, of, held = np.unique(np.floor(points / SAME_METRES).astype(np.int64), axis=0, return_index=True,
                                    return_inverse=True, return_counts=True)
    of = of.reshape(-1)
    crowded = held[of] > MOST_IN_A_CELL
    first: dict[tuple[int, str], int] = {}
    for i in np.flatnonzero(crowded).tolist():
        name = schools.names[i].casefold()
        before = first.setdefault((int(of[i]), name), i)
        if name and before != i:
            leave(before, i)
    for cell in np.flatnonzero(held > MOST_IN_A_CELL).tolist():
        at = int(begins[cell])
        findings.add(lines[at], "crowded", f"{held[cell]} schools stand within about 50 metres: the place looks like "
                                           "the middle of an area, not like theirs")
    rest = np.flatnonzero(~crowded)
    for a, b in _near_pairs(points[rest]):
        i, j = int(rest[a]), int(rest[b])
        if i in out or j in out or not schools.names[i]:
            continue
        if ratio(schools.names[i].casefold(), schools.names[j].casefold()) >= SAME_NAME:
            leave(i, j)
    kept = [i for i in range(len(schools)) if i not in out]
    return (take(schools, kept), [lines[i] for i in kept]) if out else (schools, lines)


def _near_pairs(points: Floats) -> Iterator[tuple[int, int]]:
    """Pairs within 50 metres in order, a few thousand points at a time, so that they are never all in memory."""
    if len(points) < 2:
        return
    tree = cKDTree(points)
    some = np.flatnonzero(np.asarray(tree.query(points, k=2)[0])[:, 1] <= SAME_METRES)
    for start in range(0, len(some), 4096):
        part = some[start:start + 4096]
        around: Any = tree.query_ball_point(points[part], SAME_METRES)
        for a, near in zip(part.tolist(), around, strict=True):
            yield from ((a, b) for b in sorted(near) if b > a)


def _far_ones(schools: Schools, lines: list[int], findings: Findings) -> None:
    """Tell which schools lie far from all others and would lie among them with latitude and longitude swapped."""
    if len(schools) < 5:
        return
    middle = np.median(np.stack([schools.lat, schools.lon]), axis=1)
    here = metres(schools.lat, schools.lon, np.full(len(schools), middle[0]), np.full(len(schools), middle[1]))
    usual = max(float(np.quantile(here, 0.75)) * 4, 5_000.0)
    for i in np.flatnonzero(here > usual):
        if abs(schools.lon[i]) <= 90:
            there = metres(schools.lon[i:i + 1], schools.lat[i:i + 1], middle[:1], middle[1:])[0]
            if there <= usual:
                findings.add(lines[i], "maybe_swapped", f"{schools.ids[i]!r} lies {here[i] / 1000:.0f} km from the "
                             "middle of the others, but among them with its two numbers swapped")
                continue
        findings.add(lines[i], "far_away",
                     f"{schools.ids[i]!r} lies {here[i] / 1000:.0f} km from the middle of the others")
