"""Check a city's indicators: values, share of a cited target, doubts with their reason, coverage, what is missing.

OBSERVATIONS is a CSV with the columns code,point,year,value,unit,sex,source,quality and, if wanted, numerator and
denominator; - reads standard input. Targets are those with a public source, or your own with --targets.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tribune.engine.indicators import BadRow, Report, Value, read_observations, read_targets, report, u4ssc
from tribune.engine.text import decode
from tribune.engine.types import Unreadable

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `tribune indicators`."""
    parser.add_argument("observations", metavar="OBSERVATIONS",
                        help="CSV code,point,year,value,unit,sex,source,quality; - reads standard input")
    parser.add_argument("--targets", metavar="FILE", help="CSV code,point,target,start,source")
    parser.add_argument("--strict", action="store_true", help="refuse the file when a row of it is bad")
    parser.add_argument("--format", choices=("json", "text"), help="default: text on a terminal, json elsewhere")


def run(options: argparse.Namespace) -> int:
    """Print the report."""
    observations, bad = read_observations(_text(options.observations), u4ssc())
    _tell(options.observations, bad, strict=options.strict)
    targets = None
    if options.targets:
        targets, bad_targets = read_targets(_text(options.targets), u4ssc())
        _tell(options.targets, bad_targets, strict=options.strict)
    found = report(observations, targets=targets, bad=bad)
    if (options.format or ("text" if sys.stdout.isatty() else "json")) == "json":
        print(json.dumps(_shape(found), ensure_ascii=False, indent=1))
    else:
        print(_for_people(found))
    return 0


def _text(name: str) -> str:
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise Unreadable("no_file", f"{name}: {error.strerror or error}.", "Check the name.") from None
    text, notice = decode(data)
    if notice:
        print(f"{name}: {notice.message}", file=sys.stderr)
    return text


def _tell(name: str, bad: tuple[BadRow, ...], *, strict: bool) -> None:
    if bad and strict:
        raise Unreadable("bad_row", f"{name}, line {bad[0].line}: {bad[0].message}.",
                         "Correct it, or leave out --strict to skip such rows.")
    for row in bad[:1000]:
        print(f"{name}, line {row.line}: {row.message}; left out", file=sys.stderr)
    if len(bad) > 1000:
        print(f"{name}: {len(bad) - 1000} more rows were left out", file=sys.stderr)


def _shape(found: Report) -> dict[str, Any]:
    def value(one: Value) -> dict[str, Any]:
        return {"point": one.point, "year": one.year, "value": _six(one.value), "women": _six(one.women),
                "men": _six(one.men), "share_of_target": _six(one.share), "band": one.band,
                "target": asdict(one.target) if one.target else None, "source": one.source, "quality": one.quality}

    coverage = found.coverage
    return {
        "indicators": [{
            "code": one.indicator.code, "name": one.indicator.name, "dimension": one.indicator.dimension,
            "category": one.indicator.category, "level": one.indicator.level, "type": one.indicator.type,
            "unit": one.indicator.unit, "verified": one.indicator.verified,
            "value": _six(one.values[0].value) if one.values and one.indicator.points == ("",) else None,
            "share_of_target": _six(one.share), "band": one.band, "points": [value(v) for v in one.values],
            "findings": [{"code": d.code, "line": d.line, "message": d.message, "source": d.source}
                         for d in one.doubts]} for one in found.results],
        "coverage": {
            "reported": coverage.n_reported, "of": coverage.n_indicators, "points": coverage.n_points,
            "points_of": coverage.n_points_of, "core": {"reported": coverage.core[0], "of": coverage.core[1]},
            "dimensions": [{"name": name, "reported": n, "of": of} for name, n, of in coverage.dimensions],
            "goes_back": coverage.goes_back},
        "missing": list(found.missing),
        "bad": [{"line": one.line, "code": one.code, "message": one.message} for one in found.bad[:1000]],
    }


def _six(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.6g}")


def _for_people(found: Report) -> str:
    lines = []
    for one in found.results:
        for value in one.values:
            said = f"{value.value:.6g} {one.indicator.unit}" if value.value is not None else "women and men only"
            share = f", {value.share:.0f} % of the target {value.target.target:.6g}" if (
                value.share is not None and value.target) else ""
            name = f"{one.indicator.name} {value.point}".strip()
            lines.append(f"{one.indicator.code:<20} {name}: {said} in {value.year}{share}")
        lines += [f"    line {doubt.line}: {doubt.message} ({doubt.source})" for doubt in one.doubts]
    coverage = found.coverage
    lines.append(f"{coverage.n_reported} of {coverage.n_indicators} indicators are reported, {coverage.n_points} of "
                 f"{coverage.n_points_of} data points.")
    if coverage.goes_back:
        lines.append("More than a fifth is missing: the programme sends such a report back.")
    return "\n".join(lines)
