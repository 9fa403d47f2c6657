"""Schools and fibre nodes as arrays, and what was wrong with their rows."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.int8]

# A flag that is neither yes (1) nor no (0).
UNKNOWN = -1
# Findings are counted all, and told one by one up to this many.
MOST_TOLD = 1000


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about one row: its line (from 1, the heading is line 1), a code, words, and whether it was left out."""

    line: int
    code: str
    message: str
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Schools:
    """Schools, one place in each array. Unknown numbers are NaN, unknown flags -1, unknown words "".

    `lat`, `lon` in degrees (WGS 84); `pupils`, `girls`, `boys` heads; `mbit` measured download in Mbit/s; `available`,
    `stable`, `powered`, `devices` 1, 0 or -1; `coverage` "", "no", "2g", "3g", "4g" or "5g"; `cell_m` metres to the
    nearest 4G mast.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    lat: Floats
    lon: Floats
    pupils: Floats
    girls: Floats
    boys: Floats
    mbit: Floats
    available: Flags
    stable: Flags
    powered: Flags
    devices: Flags
    coverage: tuple[str, ...]
    cell_m: Floats

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Nodes:
    """Places where a school can be joined to the fibre network."""

    ids: tuple[str, ...]
    lat: Floats
    lon: Floats

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(slots=True)
class Findings:
    """Findings as they are met: all counted by code, the first thousand told."""

    told: list[Finding] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, line: int, code: str, message: str, *, left_out: bool = False) -> None:
        """Note one finding."""
        self.counts[code] = self.counts.get(code, 0) + 1
        if len(self.told) < MOST_TOLD:
            self.told.append(Finding(line, code, message, left_out))


def schools_from(ids: list[str], lat: Floats, lon: Floats, **known: Floats | Flags | list[str]) -> Schools:
    """Return schools of whom only some things are known; everything else is unknown.

    >>> schools_from(["a"], np.array([1.0]), np.array([2.0])).available.tolist()
    [-1]
    """
    n = len(ids)
    fields: dict[str, object] = {
        name: np.full(n, np.nan) for name in ("pupils", "girls", "boys", "mbit", "cell_m")}
    fields |= {name: np.full(n, UNKNOWN, dtype=np.int8) for name in ("available", "stable", "powered", "devices")}
    fields |= {"names": ("",) * n, "coverage": ("",) * n}
    for name, value in known.items():
        fields[name] = tuple(value) if name in ("names", "coverage") else np.asarray(value)
    return Schools(ids=tuple(ids), lat=np.asarray(lat, float), lon=np.asarray(lon, float), **fields)  # type: ignore[arg-type]
