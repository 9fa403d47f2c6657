"""What looks wrong in a report, with the reason: rules of the verification manual, and our own where marked."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ._observations import Observation
from ._set import Indicator

# Source of the numbered rules: ITU, U4SSC KPIs Verification Manual (2022); pages in each comment.
_SUM = {"EC: I: T: 4A", "EN: EN: WA: 1C"}                      # p. 32: shares add to 100, give or take 2
_OVER_100 = {"SC: EH: ED: 2C"}                                  # p. 118: pupils from outside the city
_LESS = (("EC: I: WS: 2C", "EC: I: WS: 1C"),                    # p. 68: potable within basic supply
         ("EC: ICT: ICT: 2C", "EC: ICT: ICT: 1C"),              # p. 36: fixed broadband within access
         ("EC: ICT: WS: 1C", "EC: ICT: ES: 1C"))                # p. 44: smart water meters within electricity meters
_TREATMENT = "EN: EN: WS: 4C"                                   # p. 32: tertiary within secondary within primary
_AIR = "EN: EN: AQ: 1C"                                         # p. 95: parts per billion to micrograms
_PER_PPB = {"NO2": 1.9, "SO2": 2.62, "O3": 1.96}
_UNITS = {"percent": "%", "per cent": "%", "pct": "%", "prozent": "%", "ug/m3": "ug/m3 annual mean",
          "µg/m3": "ug/m3 annual mean", "µg/m³": "ug/m3 annual mean", "ug/m³": "ug/m3 annual mean"}
# Own convention: a share that moves so many points in a year, or another number that doubles or halves, is asked about.
POINTS_A_YEAR, TIMES_A_YEAR = 20.0, 2.0
# p. 31: denominators that differ by more than this are asked about.
DENOMINATORS = 0.05


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing to ask the city about: which indicator and line, a code, words, and where the rule comes from."""

    code: str
    indicator: str
    line: int
    message: str
    source: str = "own rule"


def in_unit(one: Observation, indicator: Indicator) -> tuple[float, str]:
    """Return (value in the indicator's unit, what was done to it: "", "converted" or "other_unit")."""
    unit = " ".join(one.unit.casefold().split())
    wanted = indicator.unit.casefold()
    if not unit or unit == wanted or _UNITS.get(unit) == indicator.unit or wanted.startswith(unit):
        return one.value, ""
    if one.code == _AIR and one.point in _PER_PPB and unit in ("ppb", "ppm"):
        return one.value * _PER_PPB[one.point] * (1000 if unit == "ppm" else 1), "converted"
    if indicator.unit == "%" and unit in ("share", "fraction", "ratio") and 0 <= one.value <= 1:
        return one.value * 100, "converted"
    return one.value, "other_unit"


def doubts(latest: Mapping[tuple[str, str, str], Observation], every: Sequence[Observation],
           indicators: Mapping[str, Indicator]) -> list[Doubt]:
    """Return what looks wrong; `latest` by (code, point, sex), `every` observation of all years."""
    return sorted(_all(latest, every, indicators), key=lambda one: (one.line, one.code, one.indicator))


def _all(latest: Mapping[tuple[str, str, str], Observation], every: Sequence[Observation],
         indicators: Mapping[str, Indicator]) -> Iterator[Doubt]:
    manual = "U4SSC verification manual 2022"
    values = {key: in_unit(one, indicators[one.code])[0] for key, one in latest.items()}
    for key, one in latest.items():
        yield from _alone(one, indicators[one.code], values[key])
    for code in _SUM:
        if code not in indicators:
            continue
        parts = {point: values[code, point, ""] for point in indicators[code].points if (code, point, "") in values}
        if parts and len(parts) == len(indicators[code].points) and abs(sum(parts.values()) - 100) > 2:
            yield Doubt("sum_100", code, latest[code, next(iter(parts)), ""].line,
                        f"the shares add to {sum(parts.values()):.6g} %, not to 100, give or take 2",
                        f"{manual}, p. 32")
    chain = [(point, values.get((_TREATMENT, point, ""))) for point in ("primary", "secondary", "tertiary")]
    for (wider, more), (finer, less) in itertools.pairwise(chain):
        if more is not None and less is not None and less > more:
            yield Doubt("wastewater_order", _TREATMENT, latest[_TREATMENT, finer, ""].line,
                        f"{finer} treatment ({less:.6g} %) is more than {wider} ({more:.6g} %)", f"{manual}, p. 32")
    for small, large in _LESS:
        a, b = values.get((small, "", "")), values.get((large, "", ""))
        if a is not None and b is not None and a > b:
            yield Doubt("order", small, latest[small, "", ""].line,
                        f"{a:.6g} is more than {b:.6g} of {indicators[large].name}, which it is normally within",
                        f"{manual}, p. 36, 44, 68")
    yield from _denominators(latest, indicators)
    yield from _jumps(every, indicators)


def _alone(one: Observation, indicator: Indicator, value: float) -> Iterator[Doubt]:
    manual = "U4SSC verification manual 2022"
    done = in_unit(one, indicator)[1]
    if done == "other_unit":
        yield Doubt("other_unit", one.code, one.line, f"the unit is {one.unit!r}, asked was {indicator.unit!r}")
    if done == "converted":
        yield Doubt("converted", one.code, one.line,
                    f"{one.value:.6g} {one.unit} was read as {value:.6g} {indicator.unit}", f"{manual}, p. 95")
    if indicator.unit == "%":
        if value < 0 or (value > 100 and one.code not in _OVER_100):
            yield Doubt("out_of_range", one.code, one.line, f"{value:.6g} % is no share")
        elif 0 < value < 1 and not done:
            yield Doubt("maybe_fraction", one.code, one.line, f"{value:.6g} % may be a share between 0 and 1")
    elif value < 0:
        yield Doubt("negative", one.code, one.line, f"{value:.6g} is less than nought")
    if one.numerator is not None and one.denominator and one.value == one.numerator and one.denominator > 1:
        yield Doubt("numerator_as_value", one.code, one.line, "the value is the numerator; the result may be missing",
                    f"{manual}, p. 32")
    if one.code == "EC: I: WS: 5C" and value < 80:
        yield Doubt("sanitation_low", one.code, one.line, f"{value:.6g} % is well below 90 %", f"{manual}, p. 73")
    if one.code == "EC: P: IN: 1C" and value > 5:
        yield Doubt("rd_high", one.code, one.line, f"{value:.6g} % is above 5 %", f"{manual}, p. 56")
    if not one.source:
        yield Doubt("no_source", one.code, one.line, "no source is given")


def _denominators(latest: Mapping[tuple[str, str, str], Observation],
                  indicators: Mapping[str, Indicator]) -> Iterator[Doubt]:
    """The same people, households or area across a report must be the same number."""
    groups: dict[tuple[str, int], list[tuple[float, Observation]]] = defaultdict(list)
    for one in latest.values():
        what = indicators[one.code].denominator
        if one.denominator and not one.sex:
            whole = one.denominator * (100_000 if what == "1/100 000 of population" else 1)
            name = "population" if what in ("1/100 000 of population", "all inhabitants", "population") else what
            if name in ("population", "all households", "city area (km2)"):
                groups[name, one.year].append((whole, one))
    for (name, year), rows in sorted(groups.items(), key=lambda item: item[0]):
        middle = sorted(value for value, _ in rows)[len(rows) // 2]
        for value, one in rows:
            if abs(value - middle) > DENOMINATORS * middle:
                yield Doubt("denominators_differ", one.code, one.line,
                            f"{name} is {value:,.0f} here and {middle:,.0f} elsewhere in {year}",
                            "U4SSC verification manual 2022, p. 28, 31")


def _jumps(every: Sequence[Observation], indicators: Mapping[str, Indicator]) -> Iterator[Doubt]:
    series: dict[tuple[str, str, str], dict[int, Observation]] = defaultdict(dict)
    for one in every:
        series[one.code, one.point, one.sex][one.year] = one
    for (code, _point, _sex), years in series.items():
        ordered = [years[year] for year in sorted(years)]
        for before, after in itertools.pairwise(ordered):
            a, b = in_unit(before, indicators[code])[0], in_unit(after, indicators[code])[0]
            gap = max(1, after.year - before.year)
            share = indicators[code].unit == "%"
            if (share and abs(b - a) > POINTS_A_YEAR * gap) or (
                    not share and a > 0 and b > 0 and max(a / b, b / a) > TIMES_A_YEAR ** gap):
                yield Doubt("jump", code, after.line, f"from {a:.6g} in {before.year} to {b:.6g} in {after.year}")
