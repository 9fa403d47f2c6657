"""Three real worker processes give what one machine gives."""

import numpy as np
import pytest
from tests.engine.opinion.crowds import crowd, joined, votes

from tribune.engine.opinion import fit, sums_of, to_json
from tribune.engine.opinion._cluster import Cluster, fit_on_cluster, parts_of, read_on_cluster


@pytest.fixture(name="client", scope="module")
def _client(tmp_path_factory):
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(n_workers=3, threads_per_worker=1, processes=True, dashboard_address=None,
                                  local_directory=str(tmp_path_factory.mktemp("dask"))) as cluster, \
            distributed.Client(cluster) as client:
        yield client


@pytest.fixture(name="found", scope="module")
def _found():
    rows, _ = crowd(600, 40, 3, seed=1)
    return votes(joined(rows, 5000, 9, range(40), 1))


def nearly(one, two):
    """Equal but for floats, which may differ by 1e-9."""
    if isinstance(one, float) and isinstance(two, float):
        return abs(one - two) <= 1e-9 * max(1.0, abs(one))
    if isinstance(one, dict):
        return one.keys() == two.keys() and all(nearly(one[key], two[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(two) and all(map(nearly, one, two))
    return one == two


def test_three_processes_do_the_work(client, found):
    import os

    machine = Cluster(client)
    assert machine.n_parts == 3
    assert len(set(client.run(os.getpid).values()) - {os.getpid()}) == 3
    held = client.who_has(machine._parts(found))
    assert len({worker for workers in held.values() for worker in workers}) == 3


def test_sums_are_the_same_integers(client, found):
    there, here = Cluster(client).sums_of(found), sums_of(found)
    for name in ("counts", "vv", "vm", "mm"):
        assert np.array_equal(getattr(there, name), getattr(here, name))


@pytest.mark.parametrize("profile", ["tribune", "polis"])
@pytest.mark.parametrize("cost", [0, 10**9])
def test_the_map_is_the_same(client, found, profile, cost, monkeypatch):
    """Both ways to the axes: by passes, and by sums."""
    monkeypatch.setattr("tribune.engine.opinion._axes._PASSES_COST", cost)
    here, there = fit(found, profile=profile), fit_on_cluster(client, found, profile=profile)
    assert here.n_groups >= 2
    assert np.array_equal(here.places.group, there.places.group)
    assert np.abs(here.places.x - there.places.x).max() < 1e-9
    assert np.abs(here.places.y - there.places.y).max() < 1e-9
    assert nearly(to_json(here, places=False), to_json(there, places=False))


def test_workers_read_files_of_their_own(client, found, tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    files = []
    for at, part in enumerate(parts_of(found, 4)):
        files.append(str(tmp_path / f"{at}.parquet"))
        code = part.code.astype(int)
        pq.write_table(pa.table({"participant": part.participants[part.rows()],
                                 "statement": part.statements[code // 3], "vote": code % 3 - 1}), files[-1])
    together = read_on_cluster(client, files[::-1])
    assert together.participants.tolist() == found.participants.tolist()
    assert together.code.tolist() == found.code.tolist()
