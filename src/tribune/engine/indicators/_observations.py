"""Observations of a city as they come in tables: bad rows are reported by line, the rest is kept."""

from __future__ import annotations

import csv
import io
import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from tribune.engine.types import Unreadable

from ._set import Indicator, Target

SEXES = ("", "women", "men")
# The six choices of the programme's own form, by number.
QUALITIES = ("measured", "survey", "extrapolated", "assumptions", "personal", "unknown")
_SEX = {"": "", "all": "", "total": "", "both": "", "women": "women", "female": "women", "f": "women", "w": "women",
        "femmes": "women", "mujeres": "women", "men": "men", "male": "men", "m": "men", "hommes": "men",
        "hombres": "men"}
_CELL_LIMIT = 16_000_000
_NUMBERS = str.maketrans({"٫": ".", "٬": "", "\u00a0": "", "\u202f": "", " ": ""})
_NOT_REPORTED = ("", "nr", "n/a", "na", "-", "n.a.", "not reported")


@dataclass(frozen=True, slots=True)
class Observation:
    """One value of one data point in one year; `numerator` and `denominator` where they were given."""

    line: int
    code: str
    point: str
    year: int
    value: float
    unit: str = ""
    sex: str = ""
    source: str = ""
    quality: str = ""
    numerator: float | None = None
    denominator: float | None = None


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was left out: its line, a code and words."""

    line: int
    code: str
    message: str


def read_observations(source: str, indicators: Sequence[Indicator]) -> tuple[tuple[Observation, ...],
                                                                             tuple[BadRow, ...]]:
    """Read CSV `code,point,year,value,unit,sex,source,quality[,numerator,denominator]`; return rows and bad rows.

    Cells that say "not reported" are no rows. A value may be missing where numerator and denominator are there.
    Raises `Unreadable` without the columns code, year and value.
    """
    csv.field_size_limit(_CELL_LIMIT)
    first = source.lstrip("\ufeff").splitlines()[0] if source.strip() else ""
    reader = csv.DictReader(io.StringIO(source.lstrip("\ufeff"), newline=""), delimiter=max(",;\t", key=first.count))
    headings = {(name or "").strip().casefold(): name for name in reader.fieldnames or ()}
    missing = [name for name in ("code", "year", "value") if name not in headings]
    if missing:
        raise Unreadable("no_columns", f"The table has no column {', '.join(missing)}.",
                         "Begin with code,point,year,value,unit,sex,source,quality.")
    known = {plain_code(one.code): one for one in indicators}
    kept: list[Observation] = []
    bad: list[BadRow] = []
    while True:
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            bad.append(BadRow(reader.line_num, "bad_row", f"the row cannot be read: {error}"))
            continue
        line = reader.line_num
        cells = {name: str(row.get(heading) or "").strip() for name, heading in headings.items()}
        try:
            if (one := _observation(line, cells, known)) is not None:
                kept.append(one)
        except _Bad as problem:
            bad.append(BadRow(line, *problem.args))
    return tuple(kept), tuple(bad)


def read_targets(source: str, indicators: Sequence[Indicator]) -> tuple[tuple[Target, ...], tuple[BadRow, ...]]:
    """Read CSV `code,point,target,start,source`; a target without a source is left out, for it is nobody's."""
    known = {plain_code(one.code): one for one in indicators}
    kept, bad = [], []
    reader = csv.DictReader(io.StringIO(source.lstrip("\ufeff"), newline=""))
    for row in reader:
        cells = {str(name).strip().casefold(): str(value or "").strip() for name, value in row.items()}
        found = known.get(plain_code(cells.get("code", "")))
        try:
            if found is None:
                raise _Bad("unknown_code", f"there is no indicator {cells.get('code', '')[:40]!r}")
            if not cells.get("source"):
                raise _Bad("no_source", "a target without a source is nobody's")
            start = cells.get("start", "")
            kept.append(Target(found.code, _point(cells.get("point", ""), found), _number(cells.get("target", "")),
                               _number(start) if start else None, cells["source"][:300]))
        except _Bad as problem:
            bad.append(BadRow(reader.line_num, *problem.args))
    return tuple(kept), tuple(bad)


def plain_code(code: str) -> str:
    """Return a code without spaces and case, as people type it.

    >>> plain_code("ec: ict:ICT : 1c") == plain_code("EC: ICT: ICT: 1C")
    True
    """
    return "".join(code.split()).casefold()


class _Bad(Exception):
    """What is wrong with a row, as a code and in words."""


def _observation(line: int, cells: dict[str, str], known: dict[str, Indicator]) -> Observation | None:
    one = known.get(plain_code(cells.get("code", "")))
    if one is None:
        raise _Bad("unknown_code", f"there is no indicator {cells.get('code', '')[:40]!r}")
    value, over, under = cells.get("value", ""), cells.get("numerator", ""), cells.get("denominator", "")
    if value.casefold() in _NOT_REPORTED and not (over and under):
        return None
    numerator, denominator = (_number(text) if text else None for text in (over, under))
    if value.casefold() in _NOT_REPORTED:
        assert numerator is not None
        if not denominator:
            raise _Bad("zero_denominator", "the denominator is nought")
        number = numerator / denominator * (100 if one.unit == "%" else 1)
    else:
        number = {"yes": 1.0, "no": 0.0, "true": 1.0, "false": 0.0}.get(value.casefold(), math.nan)
        number = _number(value) if math.isnan(number) else number
    try:
        year = int(_number(cells.get("year", "")))
    except _Bad:
        raise _Bad("no_year", f"year {cells.get('year', '')[:20]!r} is none") from None
    if not 1900 <= year <= 2100:
        raise _Bad("no_year", f"year {year} is none")
    sex = _SEX.get(cells.get("sex", "").casefold())
    if sex is None:
        raise _Bad("unknown_sex", f"sex {cells['sex'][:20]!r} is none of women, men or empty")
    return Observation(line, one.code, _point(cells.get("point", ""), one), year, number, cells.get("unit", "")[:60],
                       sex, cells.get("source", "")[:300], _quality(cells.get("quality", "")), numerator, denominator)


def _point(text: str, one: Indicator) -> str:
    if one.points == ("",):
        if text and text.casefold() not in ("value", "all"):
            raise _Bad("unknown_point", f"{one.code} has one data point only, not {text[:30]!r}")
        return ""
    found = next((point for point in one.points if point.casefold() == text.casefold()), None)
    if found is None:
        raise _Bad("unknown_point", f"{one.code} has the data points {', '.join(one.points)}, not {text[:30]!r}")
    return found


def _number(text: str) -> float:
    cleaned = unicodedata.normalize("NFKC", text).translate(_NUMBERS).rstrip("%")
    if "," in cleaned:
        cleaned = cleaned.replace(",", ".") if cleaned.count(",") == 1 and "." not in cleaned else cleaned.replace(
            ",", "")
    try:
        if len(cleaned) > 60 or any(one.isalpha() and one not in "eE" for one in cleaned):
            raise ValueError
        number = float(cleaned)
    except ValueError:
        raise _Bad("no_number", f"{text[:40]!r} is no number") from None
    if not math.isfinite(number):
        raise _Bad("no_number", f"{text[:40]!r} is no number")
    return number


def _quality(text: str) -> str:
    if text.isdecimal() and 1 <= int(text) <= len(QUALITIES):
        return QUALITIES[int(text) - 1]
    word = text.casefold()
    return next((name for name in QUALITIES if word.startswith(name[:6])), "") if word else ""
