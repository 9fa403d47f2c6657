"""How sure a verdict is: a logistic curve per kind of evidence, fitted on checked matches."""

from __future__ import annotations

import json
import math
from functools import lru_cache
from importlib.resources import files

from tribune.engine.types import Ask

from ._body import Body
from ._finding import Finding


@lru_cache(maxsize=1)
def _curves() -> dict[str, list[float]]:
    text = files(__package__).joinpath("confidence.json").read_text(encoding="utf-8")
    curves: dict[str, list[float]] = json.loads(text)["curves"]
    return curves


def curve_name(found: Finding, ask: Ask, body: Body) -> str:
    """Which curve speaks for a finding."""
    if found.verdict in ("none", "removed"):
        return "absent"
    if found.by_meaning:
        return "meaning"
    if body.rows and body.has_old and ask.old:
        return "change"
    return {"verbatim": "verbatim", "kept": "verbatim", "substance": "substance"}.get(found.verdict, "partly")


def figure(found: Finding, ask: Ask, body: Body) -> float:
    """The figure in 0..1 that the curve takes."""
    if curve_name(found, ask, body) == "change":
        return found.proofs[0].score if found.proofs else 0.0
    return min(1.0, max(0.0, found.margin))


def confidence(found: Finding, ask: Ask, body: Body) -> float:
    """Probability that a person who checks would keep this verdict, in 0.01..0.99."""
    slope, offset = _curves()[curve_name(found, ask, body)]
    value = 1 / (1 + math.exp(-(slope * figure(found, ask, body) + offset)))
    return float(f"{min(0.99, max(0.01, value)):.4g}")
