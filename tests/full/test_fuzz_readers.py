"""100,000 bent files: read or refused, never anything else."""

from pathlib import Path

from tests.full.fuzz_readers import ROOT, run


def test_a_hundred_thousand_bent_files():
    result = run(100_000, Path(ROOT / "benchmarks/results/full/fuzz_readers.json"))
    assert not result["wrong"], result["wrong"][:5]
    assert result["peak_mb"] < 1024
