"""Whether a school is meaningfully connected: yes, no or unknown, each with reasons, by a rule that has a version."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ._sites import UNKNOWN, Floats, Schools

YES, NO, NOT_KNOWN = "yes", "no", "unknown"

# What each code says; shown in other languages by whoever has the words.
REASONS = {
    "not_available": "there is no connection",
    "availability_unknown": "whether there is a connection is not known",
    "too_slow": "what was measured is less than what its pupils need",
    "speed_unknown": "no speed was measured",
    "pupils_unknown": "how many pupils there are is not known; the least speed for any school was asked of it",
    "not_stable": "the connection is not stable",
    "stability_unknown": "whether the connection is stable is not known",
    "no_power": "there is no electricity",
    "power_unknown": "whether there is electricity is not known",
    "no_devices": "pupils have no devices",
    "devices_unknown": "whether pupils have devices is not known",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """What a school needs. Mbit/s for any school, and for each pupil; which conditions count beside speed.

    The default is Giga's published target: 20 Mbit/s a school, or 50 kbit/s a pupil above 400 pupils.
    """

    version: str = "2026-1"
    mbit: float = 20.0
    mbit_per_pupil: float = 0.05
    stable: bool = True
    powered: bool = True
    devices: bool = True


@dataclass(frozen=True, slots=True)
class Standing:
    """One school's answer, with codes of `REASONS`; all of them, not only the first."""

    status: str
    why: tuple[str, ...]


def needed(pupils: Floats, rule: Rule | None = None) -> Floats:
    """Return the Mbit/s that each school needs; the least for any school where its pupils are unknown.

    >>> needed(np.array([100.0, 400.0, 1000.0, np.nan])).tolist()
    [20.0, 20.0, 50.0, 20.0]
    """
    rule = rule or Rule()
    return np.asarray(np.fmax(rule.mbit, rule.mbit_per_pupil * pupils), dtype=np.float64)


def meaningful(schools: Schools, rule: Rule | None = None) -> list[Standing]:
    """Return for each school whether it is meaningfully connected, and why.

    One condition that fails makes it no; without one, a condition that is not known makes it unknown; never the other
    way round. A measured speed says that there is a connection.
    """
    rule = rule or Rule()
    need = needed(schools.pupils, rule)
    flags = [("stable", rule.stable, "not_stable", "stability_unknown"),
             ("powered", rule.powered, "no_power", "power_unknown"),
             ("devices", rule.devices, "no_devices", "devices_unknown")]
    result = []
    for i in range(len(schools)):
        fails, open_ = [], []
        mbit, there = schools.mbit[i], schools.available[i]
        if there == 0:
            fails.append("not_available")
        elif np.isnan(mbit):
            if there == UNKNOWN:
                open_.append("availability_unknown")
            open_.append("speed_unknown")
        elif mbit < need[i]:
            fails.append("too_slow")
        elif np.isnan(schools.pupils[i]) and rule.mbit_per_pupil:
            open_.append("pupils_unknown")
        for name, counts, bad, unsure in flags:
            value = getattr(schools, name)[i]
            if counts and value == 0:
                fails.append(bad)
            elif counts and value == UNKNOWN:
                open_.append(unsure)
        result.append(Standing(NO if fails else NOT_KNOWN if open_ else YES, (*fails, *open_)))
    return result
