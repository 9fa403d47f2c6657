"""The opinion map of a consultation: computed off the request, kept as what may be shown of it.

What a snapshot holds is safe to show as it is (GROUND.md, Voices): numbers are `counts.Cell`s, rounded down to steps
of five while open or where a small cell would follow; of each group so many marks are drawn as its rounded number
says, on a coarse grid; shares come from rounded numbers too.
"""

from __future__ import annotations

import hashlib
import json
import math
import random
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np
from django.db import transaction

from tribune.engine.opinion import Opinion, fit, votes_from

from .choices import ConsultationState, Dimension, StatementState
from .counts import STEP
from .missing import counted_parts, whole
from .models import Consultation, MapSnapshot, Statement, Vote

__all__ = ["LEAST_VOICES", "PARTS", "compute", "is_due", "keep_map", "parts_offered"]

LEAST_VOICES = 7
# More marks than this are a cloud anyway, and a page of half a megabyte.
MOST_MARKS = 500
_GRID = 90
PARTS = (Dimension.REGION, Dimension.SIZE)
# Snapshots kept of the whole; of a part only the last is.
_KEPT = 200


def compute(consultation: Consultation, *, part: str = "") -> dict[str, Any]:
    """Return the map of all voices, or of one part ("region:africa"), as what may be shown of it."""
    closed = consultation.state == ConsultationState.CLOSED
    statements = list(Statement.objects.filter(consultation=consultation, state=StatementState.PUBLISHED)
                      .order_by("pk").values_list("pk", "public_id"))
    rows = Vote.objects.filter(statement__consultation=consultation, statement__state=StatementState.PUBLISHED)
    if part:
        dimension, _colon, key = part.partition(":")
        rows = rows.filter(**{f"voice__{Dimension(dimension).value}": key})
    columns = list(rows.order_by("voice_id", "statement_id").values_list("voice_id", "statement_id", "value"))
    voice, statement, value = zip(*columns, strict=True) if columns else ((), (), ())
    units = dict(rows.exclude(voice__region="").values_list("voice_id", "voice__region").distinct()) if not part else {}
    opinion = fit(votes_from(voice, statement, value), units=units if len(set(units.values())) > 1 else None)
    return _shown(opinion, dict(statements), np.array(voice), np.array(statement), np.array(value),
                  exact=closed and not part)


def _shown(opinion: Opinion, names: dict[int, str], voice: Any, statement: Any, value: Any, *,
           exact: bool) -> dict[str, Any]:
    group_of = dict(zip(opinion.places.participant.tolist(), opinion.places.group.tolist(), strict=True))
    groups = np.array([group_of.get(each, -1) for each in voice.tolist()], dtype=np.int64)
    table: list[dict[str, Any]] = []
    whole_rows = []
    for pk, public_id in names.items():
        here = statement == pk if len(statement) else np.zeros(0, dtype=bool)
        cells = [[int(((value == side) & here & (groups == group)).sum()) for side in (1, -1, 0)]
                 for group in range(-1, opinion.n_groups)]
        rest, per_group = cells[0], cells[1:]
        everyone = [sum(column) for column in zip(*cells, strict=True)]
        # Exact in all columns or in none: what one column hides must not follow from the others.
        is_whole = exact and all(whole(row) for row in (everyone, rest, *per_group))
        whole_rows.append(is_whole)
        table.append({"statement": public_id, "exact": is_whole,
                      "all": _floor(everyone, is_whole), "groups": [_floor(row, is_whole) for row in per_group]})
    sizes = [group.size + group.placed for group in opinion.groups]
    n_rest = opinion.n_participants - sum(sizes)
    sizes_exact = exact and whole([opinion.n_participants, n_rest, *sizes])
    by_statement: dict[str, Any] = {row["statement"]: row for row in table}
    return {
        "reason": opinion.reason, "n_groups": opinion.n_groups, "n_statements": len(names),
        "n_voices": _one(opinion.n_participants, sizes_exact), "exact": sizes_exact,
        "n_votes": _one(opinion.n_votes, exact and all(whole_rows)),
        "groups": [_group(group, opinion, by_statement, names, size=_one(size, sizes_exact))
                   for group, size in zip(opinion.groups, sizes, strict=True)],
        "marks": _marks(opinion),
        "unites": [{"statement": names[one.statement], "side": one.side} for one in opinion.consensus
                   if one.statement in names],
        "divides": [{"statement": names[one.statement]} for one in opinion.divisive if one.statement in names],
        "bridges": [{"statement": names[one.statement], "side": one.side, "groups": list(one.groups)}
                    for one in opinion.bridges if one.statement in names],
        "minorities": [{"statement": names[one.statement], "side": one.side, "group": one.group}
                       for one in opinion.minorities if one.statement in names],
        "table": table, "trust": _trust(opinion)}


def _floor(row: Sequence[int], exact: bool) -> list[int]:
    return [_one(n, exact) for n in row]


def _one(n: int, exact: bool) -> int:
    return n if exact else n - n % STEP


def _group(group: Any, opinion: Opinion, table: dict[str, Any], names: dict[int, str], *, size: int) -> dict[str, Any]:
    places = opinion.places
    mine = places.group == group.id
    x, y = places.x[mine], places.y[mine]
    return {"size": size, "cx": round(float(x.mean()), 2), "cy": round(float(y.mean()), 2),
            "rx": round(2 * float(x.std()), 2), "ry": round(2 * float(y.std()), 2),
            "statements": [{"statement": names[one.statement], "side": one.side} for one in group.statements
                           if one.statement in names]}


def _marks(opinion: Opinion) -> list[list[float]]:
    """Return [x, y, group, flagged] on a coarse grid: of each kind so many as its rounded number says."""
    places = opinion.places
    kinds: dict[tuple[int, bool], list[int]] = {}
    for row, (group, flagged) in enumerate(zip(places.group.tolist(), places.flagged.tolist(), strict=True)):
        if group >= 0:
            kinds.setdefault((group, flagged), []).append(row)
    n_all = sum(len(rows) for rows in kinds.values())
    share = min(1.0, MOST_MARKS / n_all) if n_all else 1.0
    spread = max(float(np.ptp(places.x)), float(np.ptp(places.y)), 1e-9) if n_all else 1.0
    cell = spread / _GRID
    marks = []
    for (group, flagged), rows in sorted(kinds.items()):
        # Drawn by lot, the same for the same votes.
        chosen = random.Random(f"{group}:{flagged}:{len(rows)}").sample(rows, k=len(rows))
        for row in chosen[:math.floor(share * (len(rows) - len(rows) % STEP))]:
            marks.append([round(round(float(places.x[row]) / cell) * cell, 3),
                          round(round(float(places.y[row]) / cell) * cell, 3), group, int(flagged)])
    return sorted(marks)


def _trust(opinion: Opinion) -> dict[str, Any]:
    trust = opinion.trust
    n_flagged = len(trust.flagged)
    findings = []
    for each in trust.findings:
        values = {key: (_one(int(value), False) if key in ("size", "n") else round(float(value), 3))
                  for key, value in each.values.items()}
        findings.append({"code": each.code, "level": each.level, "values": values})
    return {"findings": findings, "coverage": round(trust.coverage, 2),
            "stability": None if trust.stability is None else round(trust.stability, 2),
            "n_flagged": _one(n_flagged, False), "any_flagged": n_flagged > 0,
            "without": [{"unit": one.unit, "n_groups": one.n_groups, "agreement": round(one.agreement, 2)}
                        for one in trust.left_out if one.n_participants >= STEP]}


def parts_offered(consultation: Consultation) -> list[str]:
    """Return the parts of which a map may be shown: enough voices in it, and the others none or not few.

    Where one part of a dimension is small, the smallest of the rest is left out too, so that the small one does
    not follow from the whole and the other maps.
    """
    offered = []
    for dimension, counted in counted_parts(consultation).items():
        if dimension not in PARTS:
            continue
        n_all = sum(counted.values())
        named = {key: n for key, n in counted.items() if n}
        hidden = {key for key, n in named.items() if n < LEAST_VOICES}
        small = sum(named[key] for key in hidden)
        if 0 < small < STEP and len(named) > len(hidden):
            hidden.add(min((key for key in named if key not in hidden), key=lambda key: (named[key], key)))
        for key, n in sorted(named.items()):
            if key and key not in hidden and (n_all - n == 0 or n_all - n >= STEP):
                offered.append(f"{dimension}:{key}")
    return offered


def is_due(consultation: Consultation) -> bool:
    """Whether a new snapshot says more than the last: five votes more or less, or another set of statements."""
    last = (MapSnapshot.objects.filter(consultation=consultation, part="").order_by("-made_at", "-pk")
            .values("n_votes", "summary").first())
    published = Statement.objects.filter(consultation=consultation, state=StatementState.PUBLISHED)
    n_statements = published.count()
    if last is None:
        return n_statements > 0
    n_votes = Vote.objects.filter(statement__in=published).count()
    return abs(n_votes - last["n_votes"]) >= STEP or last["summary"].get("n_statements") != n_statements


def keep_map(*, consultation: Consultation, at: datetime) -> MapSnapshot:
    """Compute the map and those of its parts, keep them, and return the snapshot of the whole."""
    offered = parts_offered(consultation)
    made = {part: compute(consultation, part=part) for part in ["", *offered]}
    n_votes = Vote.objects.filter(statement__consultation=consultation,
                                  statement__state=StatementState.PUBLISHED).count()
    with transaction.atomic():
        MapSnapshot.objects.filter(consultation=consultation).exclude(part="").delete()
        for part, shown in made.items():
            MapSnapshot.objects.create(
                consultation=consultation, part=part, made_at=at, n_voices=shown["n_voices"],
                n_votes=n_votes if not part else shown["n_votes"], summary=_summary(shown), shown=shown,
                etag=hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()[:16])
        old = MapSnapshot.objects.filter(consultation=consultation, part="").order_by("-made_at", "-pk")[_KEPT:]
        MapSnapshot.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()
    return MapSnapshot.objects.filter(consultation=consultation, part="").latest("made_at", "pk")


def _summary(shown: dict[str, Any]) -> dict[str, Any]:
    return {"n_voices": shown["n_voices"], "n_votes": shown["n_votes"], "n_groups": shown["n_groups"],
            "n_statements": shown["n_statements"], "n_unites": len(shown["unites"]),
            "n_divides": len(shown["divides"]), "reason": shown["reason"],
            "stability": shown["trust"]["stability"]}
