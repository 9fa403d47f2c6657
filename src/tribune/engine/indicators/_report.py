"""A city's report: values, share of the target, bands, doubts, what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ._observations import BadRow, Observation
from ._rules import Doubt, doubts, in_unit
from ._set import Indicator, Target, published_targets, u4ssc

# Bands by share of the target (U4SSC city snapshots; not an official score).
BANDS = ((95.0, "95+"), (66.0, "66-95"), (33.0, "33-66"), (0.0, "<33"))
NOT_REPORTED, NO_BENCHMARK = "not_reported", "no_benchmark"
# A report with more than this share of indicators missing goes back (verification manual, p. 32).
MOST_MISSING = 0.20


@dataclass(frozen=True, slots=True)
class Value:
    """The latest value of a data point in its unit, None where only women and men were reported; `share` of the target
    in percent (None without one), its band."""

    point: str
    year: int
    value: float | None
    women: float | None
    men: float | None
    share: float | None
    band: str
    target: Target | None
    source: str
    quality: str


@dataclass(frozen=True, slots=True)
class Result:
    """One indicator of a report; its band is that of the mean share of its points."""

    indicator: Indicator
    values: tuple[Value, ...]
    share: float | None
    band: str
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much is reported: indicators, data points, and by dimension (reported, of)."""

    n_reported: int
    n_indicators: int
    n_points: int
    n_points_of: int
    core: tuple[int, int]
    dimensions: tuple[tuple[str, int, int], ...]

    @property
    def goes_back(self) -> bool:
        """Whether more than a fifth is missing."""
        return self.n_reported < self.n_indicators * (1 - MOST_MISSING)


@dataclass(frozen=True, slots=True)
class Report:
    """All indicators in the order of the set, how much is there, and which codes are missing."""

    results: tuple[Result, ...]
    coverage: Coverage
    missing: tuple[str, ...]
    doubts: tuple[Doubt, ...]
    bad: tuple[BadRow, ...]


def report(observations: Sequence[Observation], *, indicators: Sequence[Indicator] = (),
           targets: Sequence[Target] | None = None, bad: Sequence[BadRow] = ()) -> Report:
    """Return the report of a city from its observations; the latest year of each data point counts.

    Of two rows for the same point, year and sex the later line counts, and that is told. `targets` defaults to the few
    with a public source. Missing ones stay missing: nothing is guessed.
    """
    indicators = tuple(indicators) or u4ssc()
    known = {one.code: one for one in indicators}
    aims = {(one.code, one.point): one for one in (published_targets() if targets is None else targets)}
    kept: dict[tuple[str, str, str, int], Observation] = {}
    told: list[Doubt] = []
    for one in observations:
        key = (one.code, one.point, one.sex, one.year)
        if key in kept and kept[key].value != one.value:
            told.append(Doubt("twice", one.code, one.line,
                              f"line {kept[key].line} said {kept[key].value:.6g} for {one.year}; this one counts"))
        kept[key] = one
    every = list(kept.values())
    latest: dict[tuple[str, str, str], Observation] = {}
    for one in sorted(every, key=lambda one: one.year):
        latest[one.code, one.point, one.sex] = one
    told += doubts(latest, every, known)
    results = []
    for indicator in indicators:
        values = tuple(found for point in indicator.points
                       if (found := _value(indicator, point, latest, aims, told)) is not None)
        shares = [value.share for value in values if value.share is not None]
        share = sum(shares) / len(shares) if shares and len(values) == len(indicator.points) else None
        results.append(Result(indicator, values, share, band(share) if share is not None else
                              NO_BENCHMARK if values else NOT_REPORTED,
                              tuple(one for one in told if one.indicator == indicator.code)))
    return Report(tuple(results), _coverage(results), tuple(one.indicator.code for one in results if not one.values),
                  tuple(sorted(told, key=lambda one: (one.line, one.code))), tuple(bad))


def share_of_target(value: float, target: Target, direction: str) -> float | None:
    """Return a value's share of its target in percent, or None where none can be told (a target of nought, say).

    With `start`, the share of the way from there; without, value over target, or target over value where less is
    better. Never below 0 nor above 100.

    >>> share_of_target(50, Target("x", "", 100, None, "s"), "higher")
    50.0
    >>> share_of_target(10, Target("x", "", 5, None, "s"), "lower")
    50.0
    """
    if target.start is not None and target.start != target.target:
        share = (value - target.start) / (target.target - target.start)
    elif direction == "lower":
        if value <= target.target:
            share = 1.0
        elif target.target <= 0:
            return None
        else:
            share = target.target / value
    elif direction == "higher":
        if target.target <= 0:
            return None
        share = value / target.target
    else:
        return None
    return max(0.0, min(100.0, share * 100))


def band(share: float) -> str:
    """Return the band of a share of the target."""
    return next(name for least, name in BANDS if share >= least)


def _value(indicator: Indicator, point: str, latest: dict[tuple[str, str, str], Observation],
           aims: dict[tuple[str, str], Target], told: list[Doubt]) -> Value | None:
    whole = latest.get((indicator.code, point, ""))
    women, men = (latest.get((indicator.code, point, sex)) for sex in ("women", "men"))
    one = whole or women or men
    if one is None:
        return None
    value = in_unit(whole, indicator)[0] if whole else None
    aim = aims.get((indicator.code, point))
    # Without a value for all, nothing is measured against a target that is for all.
    share = share_of_target(value, aim, indicator.direction) if aim and value is not None else None
    if aim and value is not None and share is None:
        told.append(Doubt("no_share", indicator.code, one.line,
                          f"no share of the target {aim.target:.6g} can be told for {value:.6g}"))
    return Value(point, one.year, value, in_unit(women, indicator)[0] if women else None,
                 in_unit(men, indicator)[0] if men else None, share,
                 band(share) if share is not None else NO_BENCHMARK, aim, one.source, one.quality)


def _coverage(results: Sequence[Result]) -> Coverage:
    there = [one for one in results if one.values]
    core = [one for one in results if one.indicator.level == "core"]
    dimensions = dict.fromkeys(one.indicator.dimension for one in results)
    return Coverage(
        len(there), len(results), sum(len(one.values) for one in results),
        sum(len(one.indicator.points) for one in results), (sum(bool(one.values) for one in core), len(core)),
        tuple((name, sum(bool(one.values) for one in results if one.indicator.dimension == name),
               sum(one.indicator.dimension == name for one in results)) for name in dimensions))
