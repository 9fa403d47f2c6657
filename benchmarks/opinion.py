"""Measure the opinion engine: the same answer as red-dwarf, speed and memory, and how far its groups can be trusted.

Run `tribune bench opinion`, or `python -m benchmarks.opinion DATA OUT`. Crowds are made from seeds; the largest file
(100 million votes) is written in pieces to a temporary folder. Parts whose memory counts run in a process of their own.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tribune.engine.opinion import Conversation, Votes, fit, next_statement_weights, read_statements, read_votes
from tribune.engine.opinion._axes import axes_of
from tribune.engine.opinion._clusters import agreement
from tribune.engine.opinion._polis import fit_polis
from tribune.engine.opinion._votes import from_codes

__all__ = ["make_crowd", "run", "write_parquet"]

Ints = npt.NDArray[Any]


def make_crowd(n: int, statements: int, groups: int, density: float, seed: int, sharp: float = 0.8,
               ) -> tuple[Votes, Ints]:
    """Votes of planted groups (one: the same opinion for all), a tenth passes; and who is in which group."""
    rng = np.random.default_rng([seed, n, statements, groups])
    group = rng.integers(0, groups, n)
    agreeing = (np.where(rng.random((groups, statements)) < 0.5, sharp, 1 - sharp) if groups > 1
                else rng.beta(2, 2, (1, statements)))
    # participation is skewed, as in life
    share = np.minimum(rng.lognormal(np.log(density) - 0.32, 0.8, n), 1)
    parts = [_rows(rng, group[a:a + 20_000], share[a:a + 20_000], agreeing, a) for a in range(0, n, 20_000)]
    row, column, value = (np.concatenate(one) for one in zip(*parts, strict=True))
    found = from_codes(np.arange(n), np.arange(statements), row, column, value)
    return found.only(found.per_participant() > 0), group


def _rows(rng: np.random.Generator, group: Ints, share: Ints, agreeing: Ints, first: int) -> tuple[Ints, Ints, Ints]:
    row, column = np.nonzero(rng.random((len(group), agreeing.shape[1]), dtype=np.float32) < share[:, None])
    value = np.where(rng.random(len(row), dtype=np.float32) < agreeing[group[row], column], 1, -1).astype(np.int8)
    value[rng.random(len(row), dtype=np.float32) < 0.1] = 0
    return (row + first).astype(np.int32), column.astype(np.int16), value


def write_parquet(file: Path, n: int, statements: int, density: float, seed: int) -> int:
    """Write votes of three planted groups piece by piece; return how many."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rng = np.random.default_rng(seed)
    agreeing = np.where(rng.random((3, statements)) < 0.5, 0.8, 0.2)
    total = 0
    schema = pa.schema([("participant", pa.int32()), ("statement", pa.int16()), ("vote", pa.int8())])
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for first in range(0, n, 10_000):
            size = min(10_000, n - first)
            share = np.minimum(rng.lognormal(np.log(density) - 0.32, 0.8, size), 1)
            row, column, value = _rows(rng, rng.integers(0, 3, size), share, agreeing, first)
            total += len(row)
            writer.write_table(pa.table([row, column, value], schema=schema))
    return total


def _conversations(data: Path) -> list[Path]:
    return [folder for folder in sorted((data / "polis").iterdir()) if folder.is_dir()]


def _peer(found: Votes, moderated: list[int]) -> Any:
    from reddwarf.implementations.polis import run_pipeline

    rows = _peer_rows(found)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return run_pipeline(votes=rows, mod_out_statement_ids=moderated, random_state=0)


def _peer_rows(found: Votes) -> list[dict[str, int]]:
    return [{"participant_id": int(found.participants[row]), "statement_id": int(found.statements[code // 3]),
             "vote": int(code % 3 - 1)} for row, code in zip(found.rows(), found.code, strict=True)]


def same_answer(data: Path) -> dict[str, Any]:
    """Ten conversations: correlation of places and likeness of groups with red-dwarf, signs of axes aligned."""
    rows = {}
    for folder in _conversations(data):
        found = read_votes(folder / "votes.csv").votes
        moderated = [int(one) for one in read_statements(folder / "comments.csv").moderated]
        theirs = _peer(found, moderated)
        places = np.asarray([theirs.participant_projections[int(who)] for who in found.participants])
        ours = fit_polis(found, moderated=moderated)
        likeness = [float(np.corrcoef(places[:, axis], column)[0, 1])
                    for axis, column in enumerate((ours.places.x, ours.places.y))]
        aligned = fit_polis(found, moderated=moderated, signs=(int(np.sign(likeness[0])), int(np.sign(likeness[1]))))
        labels = theirs.participants_df["cluster_id"].reindex(found.participants).fillna(-1).astype(int).to_numpy()
        rows[folder.name] = {
            "correlation": round(min(abs(one) for one in likeness), 6), "groups": aligned.n_groups,
            "ari_aligned": round(agreement(labels, aligned.places.group), 4),
            "ari_other_signs": round(agreement(labels, ours.places.group), 4)}
    return {"conversations": rows, "least_correlation": min(row["correlation"] for row in rows.values()),
            "least_ari_aligned": min(row["ari_aligned"] for row in rows.values())}


def _seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    begin = time.perf_counter()
    found = work()
    return time.perf_counter() - begin, found


def speed(repeats: int = 3) -> dict[str, Any]:
    """10,000 × 300 beside red-dwarf, alternating; medians of wall-clock seconds."""
    found, _ = make_crowd(10_000, 300, 3, 0.1, 1)
    rows = _peer_rows(found)
    from reddwarf.implementations.polis import run_pipeline

    ours, theirs, full = [], [], []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for _ in range(repeats):
            theirs.append(_seconds(lambda: run_pipeline(votes=rows, random_state=0))[0])
            ours.append(_seconds(lambda: fit_polis(found))[0])
            full.append(_seconds(lambda: fit(found))[0])
    a, b = float(np.median(ours)), float(np.median(theirs))
    return {"votes": found.n_votes, "ours_polis_s": round(a, 3), "red_dwarf_s": round(b, 2), "times": round(b / a, 1),
            "ours_tribune_with_checks_s": round(float(np.median(full)), 2), "runs": {
                "ours_polis": [round(one, 3) for one in ours], "red_dwarf": [round(one, 2) for one in theirs]}}


def _peak_mb() -> int:
    """Greatest resident memory of this process. `ru_maxrss` would keep that of the parent it was forked from."""
    try:
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return round(int(line.split()[1]) / 1000)
    except OSError:
        pass
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)


def child(file: str, checks: str) -> dict[str, Any]:
    """Read one Parquet file and draw the map: seconds, load of the shared machine, greatest memory."""
    begin = time.perf_counter()
    found = read_votes(file).votes
    read = time.perf_counter()
    if checks == "polis":
        opinion = fit(found, profile="polis")
    else:
        opinion = fit(found, checks=checks == "checks")
    done = time.perf_counter()
    return {"votes": found.n_votes, "participants": found.n_participants, "read_s": round(read - begin, 2),
            "map_s": round(done - read, 2), "all_s": round(done - begin, 2),
            "processor_s": round(time.process_time(), 2),
            "load": round(os.getloadavg()[0], 1), "peak_mb": _peak_mb(),
            "groups": opinion.n_groups, "profile": checks}


def large(n: int, statements: int, ways: tuple[str, ...] = ("polis", "quick", "checks")) -> dict[str, Any]:
    """Votes of n participants from Parquet: the polis way, ours without the slow checks, and with them."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "votes.parquet"
        total = write_parquet(file, n, statements, 0.1, 1)
        found: dict[str, Any] = {"votes": total, "file_mb": round(file.stat().st_size / 1e6)}
        for way in ways:
            done = subprocess.run([sys.executable, "-m", "benchmarks.opinion", "--child", str(file), way],
                                  stdout=subprocess.PIPE, text=True, check=True, cwd=Path(__file__).parents[1],
                                  env={**os.environ, "PYTHONPATH": "src", "OPENBLAS_NUM_THREADS": "1"})
            found[way] = json.loads(done.stdout)
            print(f"{total} votes, {way}: {found[way]}", flush=True)
    return found


def _with_straight(found: Votes, n: int) -> Votes:
    """Add n accounts that agree with every statement."""
    code = found.code.astype(np.int64)
    first = int(found.participants.max()) + 1
    people = np.concatenate([found.participants, np.arange(first, first + n)])
    row = np.concatenate([found.rows(), np.repeat(np.arange(found.n_participants, len(people)), found.n_statements)])
    column = np.concatenate([code // 3, np.tile(np.arange(found.n_statements), n)])
    value = np.concatenate([code % 3 - 1, np.ones(n * found.n_statements, dtype=np.int64)])
    return from_codes(people, found.statements, row, column, value)


def trust(data: Path) -> dict[str, Any]:
    """Single crowds, planted groups, planted straight-liners in made and real conversations."""
    shapes = [(60, 30, 0.4), (200, 60, 0.3), (500, 40, 0.3), (1000, 150, 0.15)]
    single = [fit(make_crowd(n, s, 1, d, 1000 + seed)[0]).n_groups
              for seed in range(25) for n, s, d in shapes]
    planted = []
    for seed in range(10):
        for n, s, k, d in ((120, 40, 2, 0.5), (300, 60, 2, 0.3), (300, 60, 3, 0.4), (800, 100, 3, 0.2),
                           (600, 60, 4, 0.5)):
            found, truth = make_crowd(n, s, k, d, 2000 + seed)
            opinion = fit(found)
            inside = opinion.places.group >= 0
            planted.append((n, s, k, opinion.n_groups,
                            agreement(opinion.places.group[inside], truth[opinion.places.participant[inside]])))
    by_shape = {}
    for shape in sorted({one[:3] for one in planted}):
        of = [one for one in planted if one[:3] == shape]
        by_shape["{} people, {} statements, {} groups".format(*shape)] = {
            "right_k": f"{sum(one[3] == shape[2] for one in of)} of {len(of)}",
            "median_ari": round(float(np.median([one[4] for one in of])), 3)}
    return {"single_crowds_one_group": f"{sum(k == 1 for k in single)} of {len(single)}", "planted": by_shape,
            "flagged": _flagged(data)}


def _flagged(data: Path) -> dict[str, Any]:
    made_hit = made_all = made_false = made_people = 0
    for seed in range(10):
        found, _ = make_crowd(400, 60, 1 + seed % 3, 0.4, 3000 + seed)
        flags = {one.participant for one in fit(_with_straight(found, 20), checks=False).trust.flagged}
        planted = {one for one in flags if one > int(found.participants.max())}
        made_hit, made_all = made_hit + len(planted), made_all + 20
        made_false, made_people = made_false + len(flags) - len(planted), made_people + found.n_participants
    real = {}
    for folder in _conversations(data):
        found = read_votes(folder / "votes.csv").votes
        n = max(1, round(0.05 * found.n_participants))
        before, after = fit(found), fit(_with_straight(found, n))
        polis, polis_after = (fit(one, profile="polis") for one in (found, _with_straight(found, n)))
        flags = {one.participant for one in after.trust.flagged}
        last = int(found.participants.max())
        inside = np.flatnonzero(before.places.group >= 0)
        both = np.flatnonzero(polis.places.group >= 0)
        real[folder.name] = {
            "planted_found": f"{sum(one > last for one in flags)} of {n}",
            "others_flagged": f"{len(before.trust.flagged)} of {found.n_participants}",
            "groups": before.n_groups, "chance_p": before.trust.chance_p and round(before.trust.chance_p, 3),
            "continuum_p": before.trust.continuum_p and round(before.trust.continuum_p, 3),
            "stability": before.trust.stability and round(before.trust.stability, 3),
            "ari_of_others": round(agreement(before.places.group[inside], after.places.group[inside]), 3),
            "ari_of_others_polis": round(agreement(polis.places.group[both], polis_after.places.group[both]), 3)}
    return {"made": {"planted_found": f"{made_hit} of {made_all}", "honest_flagged": f"{made_false} of {made_people}"},
            "real_with_5_percent_all_agree": real}


def live() -> dict[str, Any]:
    """One vote into a running conversation of 10,000 × 300: sums, place of the voter, weights of the next statement."""
    found, _ = make_crowd(10_000, 300, 3, 0.1, 1)
    running = Conversation(votes=found)
    axes = axes_of(found)
    running.follow(axes, fit(found, checks=False))
    rng = np.random.default_rng(0)
    reach = np.ones(300)
    spans, routes = [], []
    for _ in range(2000):
        who, statement = int(rng.choice(found.participants)), int(rng.integers(300))
        begin = time.perf_counter()
        running.vote(who, statement, int(rng.integers(-1, 2)))
        running.place(who)
        spans.append(time.perf_counter() - begin)
        begin = time.perf_counter()
        next_statement_weights(running.sums, extremity=reach)
        routes.append(time.perf_counter() - begin)
    redraw = sorted(_seconds(running.redraw)[0] for _ in range(9))[4]
    return {"vote_and_place_ms": {"median": round(1000 * float(np.median(spans)), 3),
                                  "p99": round(1000 * float(np.quantile(spans, 0.99)), 3)},
            "next_statement_ms": round(1000 * float(np.median(routes)), 3), "new_axes_ms": round(1000 * redraw, 1)}


def many_machines() -> dict[str, Any]:
    """10 million votes with one, two and three worker processes, axes and places; the same groups as one machine."""
    import distributed

    from tribune.engine.opinion._cluster import Cluster

    found, _ = make_crowd(100_000, 1000, 3, 0.1, 1)
    here = fit(found, checks=False)
    rows: dict[str, Any] = {"votes": found.n_votes}
    for n in (1, 2, 3):
        with distributed.LocalCluster(n_workers=n, threads_per_worker=1, dashboard_address=None) as cluster, \
                distributed.Client(cluster) as client:
            machine = Cluster(client)
            machine._parts(found)
            axes_s, axes = _seconds(lambda machine=machine: machine.axes_of(found))
            places_s, _ = _seconds(lambda machine=machine, axes=axes: machine.project(found, axes))
            from tribune.engine.opinion._cluster import fit_on_cluster

            there = fit_on_cluster(client, found, checks=False)
            rows[f"{n} workers"] = {
                "axes_and_places_s": round(axes_s + places_s, 2),
                "same_labels": bool(np.array_equal(here.places.group, there.places.group)),
                "greatest_difference": float(max(np.abs(here.places.x - there.places.x).max(),
                                                 np.abs(here.places.y - there.places.y).max()))}
    return rows


def run(data: Path, out: Path) -> dict[str, Any]:
    """Measure everything, the heavy parts last; print, write JSON to `out`, return it."""
    result: dict[str, Any] = {}
    for name, work in (("same_answer", lambda: same_answer(data)), ("speed_10k_300", speed), ("live", live),
                       ("trust", lambda: trust(data)), ("10_million_votes", lambda: large(100_000, 1000)),
                       ("many_machines", many_machines), ("100_million_votes", lambda: large(1_000_000, 1000))):
        result[name] = work()
        print(name, json.dumps(result[name], indent=1), flush=True)
        out.write_text(json.dumps(result, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return result


if __name__ == "__main__":
    if sys.argv[1] == "--child":
        print(json.dumps(child(sys.argv[2], sys.argv[3])))
    else:
        run(Path(sys.argv[1]), Path(sys.argv[2]))
