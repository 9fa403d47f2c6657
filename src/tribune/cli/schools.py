"""Which schools lack meaningful connectivity, what each technology costs them, and what a budget buys.

SCHOOLS is CSV or GeoJSON points; --nodes is CSV, GeoJSON or OFDS. Prices are examples with their source, or your own
with --prices (TOML). Budgets are in the currency of the prices, at mid prices.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from tribune.engine.reach import (
    FIBRE,
    LEVELS,
    NO_WAY,
    TECHNOLOGIES,
    UNREACHED,
    Finding,
    Plan,
    default_prices,
    plan,
    plan_to_geojson,
    read_nodes,
    read_prices,
    read_schools,
)
from tribune.engine.types import Unreadable

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `tribune schools`."""
    parser.add_argument("schools", metavar="SCHOOLS", help="CSV or GeoJSON; - reads standard input")
    parser.add_argument("--nodes", metavar="NODES", required=True, help="CSV, GeoJSON or OFDS")
    parser.add_argument("--prices", metavar="FILE", help="a price set in TOML")
    parser.add_argument("--years", type=int, metavar="N", help="years of running cost")
    parser.add_argument("--budget", type=float, nargs="+", default=[], metavar="N", help="what may be spent")
    parser.add_argument("--by", choices=("pupils", "girls", "schools"), help="what a budget is spent for "
                        "(default: pupils, or schools where no pupils are known)")
    parser.add_argument("--geojson", metavar="FILE", help="write the plan as GeoJSON")
    parser.add_argument("--strict", action="store_true", help="refuse a file when a row of it is bad")
    parser.add_argument("--format", choices=("json", "text"), help="default: text on a terminal, json elsewhere")


def run(options: argparse.Namespace) -> int:
    """Print the plan."""
    if any(not math.isfinite(one) or one < 0 for one in options.budget):
        raise Unreadable("bad_budget", "A budget is less than nought or no number.", "Give amounts of money.")
    schools = read_schools(_bytes(options.schools), name=options.schools, strict=options.strict)
    _tell(options.schools, schools.findings, schools.counts)
    nodes = read_nodes(_bytes(options.nodes), name=options.nodes, strict=options.strict)
    _tell(options.nodes, nodes.findings, nodes.counts)
    prices = read_prices(_bytes(options.prices), name=options.prices) if options.prices else default_prices()
    if options.years is not None:
        prices = prices.with_years(options.years)
    found = plan(schools.schools, nodes.nodes, prices)
    by = options.by or ("schools" if np.isnan(schools.schools.pupils).all() else "pupils")
    if options.geojson:
        Path(options.geojson).write_text(json.dumps(plan_to_geojson(found), ensure_ascii=False), encoding="utf-8")
    if (options.format or ("text" if sys.stdout.isatty() else "json")) == "json":
        print(json.dumps(_shape(found, options.budget, by), ensure_ascii=False))
    else:
        print(_for_people(found, options.budget, by))
    return 0


def _bytes(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise Unreadable("no_file", f"{name}: {error.strerror or error}.", "Check the name.") from None


def _tell(name: str, findings: tuple[Finding, ...], counts: Mapping[str, int]) -> None:
    for one in findings:
        print(f"{name}, line {one.line}: {one.message}{'; left out' if one.left_out else ''}", file=sys.stderr)
    if sum(counts.values()) > len(findings):
        print(f"{name}: in all " + ", ".join(f"{n} × {code}" for code, n in sorted(counts.items())), file=sys.stderr)


def _six(value: float) -> float | None:
    return float(f"{value:.6g}") if math.isfinite(value) else None


def _shape(found: Plan, budgets: list[float], by: str) -> dict[str, Any]:
    names = found.schools.ids
    rows = []
    for i, standing in enumerate(found.standing):
        place = int(found.technology[i])
        rows.append({
            "id": names[i], "status": standing.status, "why": list(standing.why),
            "node": found.nodes.ids[found.node[i]] if found.node[i] >= 0 else None,
            "distance_m": _six(round(float(found.node_m[i]), 3)) if found.node[i] >= 0 else None,
            "technology": TECHNOLOGIES[place] if place != NO_WAY else None,
            "cost": {level: _six(float(found.cost[i, n])) for n, level in enumerate(LEVELS)}
            if place != NO_WAY else None,
            "limits": {TECHNOLOGIES[n]: list(codes) for n, codes in enumerate(found.costs.why[i]) if codes}})
    edges = [{"from": names[found.parent[i]] if found.parent[i] >= 0 else found.nodes.ids[found.node[i]],
              "to": names[i], "m": _six(float(found.line_m[i])), "built": bool(found.technology[i] == FIBRE)}
             for i in np.flatnonzero(found.parent != UNREACHED).tolist()]
    return {
        "schools": rows, "build_out": {"km": _six(found.km), "built_km": _six(found.built_km), "edges": edges},
        "frontier": [{"budget": _six(one.budget), "spent": _six(one.spent), "schools": len(one.schools),
                      "pupils": _six(one.pupils), "girls": _six(one.girls), "most": _six(one.most)}
                     for one in found.frontier(budgets, by=by)],
        "by": by, "prices": {"id": found.prices.id, "source": found.prices.source, "as_of": found.prices.as_of,
                             "currency": found.prices.currency, "years": found.prices.years,
                             "discount": found.prices.discount}}


def _for_people(found: Plan, budgets: list[float], by: str) -> str:
    statuses = [one.status for one in found.standing]
    low, mid, high = found.total
    money = found.prices.currency
    lines = [f"{len(statuses)} schools: {statuses.count('yes')} meaningfully connected, {statuses.count('no')} not, "
             f"{statuses.count('unknown')} unknown."]
    lines += [f"  {int((found.technology == place).sum()):>8} by {name.replace('_', ' ')}"
              for place, name in enumerate(TECHNOLOGIES) if (found.technology == place).any()]
    lines.append(f"To join all by fibre: {found.km:,.1f} km as the crow flies, of which {found.built_km:,.1f} km are "
                 "worth building at mid prices.")
    lines.append(f"All of it, {found.prices.years} years: {mid:,.0f} {money} (low {low:,.0f}, high {high:,.0f}).")
    lines.append(f"Prices: {found.prices.title}, {found.prices.as_of}; {found.prices.source}")
    for one in found.frontier(budgets, by=by, steps=5):
        lines.append(f"  {one.budget:>16,.0f} {money}: {len(one.schools):,} schools, {one.pupils:,.0f} pupils, "
                     f"{one.girls:,.0f} girls")
    return "\n".join(lines)
